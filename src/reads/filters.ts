/** Conditions that several lists and figures share. */
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

export function all(conditions: readonly (Sql | undefined)[]): Sql {
  const given = conditions.filter((each) => each !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` and `);
}

/** The condition on what was asked for; undefined when it was not. */
export function given<Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql | undefined {
  return value === undefined ? undefined : condition(value);
}

/** @param product the column with the id of a product, which the supplier sells us */
export function soldBy(product: Sql, supplier: string): Sql {
  return sql`${product} in (select t.product_id from supplier_products t
    join suppliers s on s.id = t.supplier_id where s.code = ${supplier})`;
}

/** @param channel the column with the id of a sales channel */
export function onChannel(channel: Sql, code: string): Sql {
  return sql`${channel} = (select id from sales_channels where code = ${code})`;
}

/** Orders `o` that were placed from one instant on, and before another. */
export function placedWithin(from: string | undefined, until: string | undefined): (Sql | undefined)[] {
  return [
    given(from, () => sql`o.placed_at >= ${from}::timestamptz`),
    given(until, () => sql`o.placed_at < ${until}::timestamptz`),
  ];
}

/** Items `i` with an allocation in a warehouse. */
export function allocatedIn(warehouse: string): Sql {
  return sql`exists (select from allocations a join warehouses w on w.id = a.warehouse_id
    where a.order_id = i.order_id and a.line = i.line and w.code = ${warehouse})`;
}
