/** Facts of allocations: a row for each item and warehouse that holds or shipped something for it. */
import { sql } from 'kysely';
import {
  CODES,
  column,
  columnsFrom,
  ORDER,
  ROWS_COUNTED,
  ROWS_NOT_KNOWN,
  ROWS_OF_ORDER,
  type Sources,
} from './fact-sources.ts';

export function allocations(): Sources {
  return {
    from: sql`(
      select a.order_id, a.line, a.open, a.shipped, a.warehouse_id, i.product_id, i.channel_id, i.kind, i.priority
      from allocations a join order_items i on i.order_id = a.order_id and i.line = a.line
      where a.open + a.shipped > 0
    ) as t`,
    joins: {
      ...CODES.joins,
      ...ORDER.joins,
      warehouse: sql`join warehouses w on w.id = t.warehouse_id`,
    },
    columns: {
      ...CODES.columns,
      ...ORDER.columns,
      number: ORDER.number,
      ...ROWS_NOT_KNOWN,
      order_id: column(sql`t.order_id`),
      line: column(sql`t.line`),
      kind: column(sql`t.kind`),
      priority: column(sql`t.priority`),
      warehouse: column(sql`w.code`, 'warehouse'),
      held: column(sql`t.open::bigint`),
      sent: column(sql`t.shipped::bigint`),
    },
  };
}

/** The same for the report store, which has all rows of an order or none. */
export function allocationsToStore(): Sources {
  const { from, columns, ...same } = allocations();
  return {
    ...same,
    from: sql`(select t.*, ${ROWS_COUNTED} from ${from}) as t`,
    columns: { ...columns, ...columnsFrom('t', Object.values(ROWS_OF_ORDER)) },
  };
}
