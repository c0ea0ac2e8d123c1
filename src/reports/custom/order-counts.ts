/**
 * Counts of orders that have a row of some kind, for each row, column and cell of a report and for all of it. In each cell an
 * order is made one row first, whatever it has, and then counted: counting distinct orders would do that anew for each
 * count and each total, which takes several times as long.
 */
import { type RawBuilder, sql } from 'kysely';

type Sql = RawBuilder<unknown>;

export interface OrderCounts {
  /** The keys of a cell by their names, k0, k1 … and k: what stands for all of each. */
  readonly keys: ReadonlyMap<string, Sql>;
  /** The totals that are wanted: each the keys by which it is grouped. */
  readonly sets: readonly (readonly string[])[];
  /** Which rows count: over the facts `f`. */
  readonly conditions: readonly Sql[];
}

/** A column of the facts: for what a row counts, a bit for each condition; none when nothing is counted. */
export function countedFor({ conditions }: OrderCounts): Sql[] {
  if (conditions.length === 0) return [];
  const bits = conditions.map(
    (condition, index) => sql`case when ${condition} then ${sql.lit(2 ** index)} else 0 end`,
  );
  return [sql`(${sql.join(bits, sql` + `)}) as counted`];
}

/** CTEs over `f`: `d`, a row for each order in each cell, and `n`, the counts n0, n1 … by the keys. */
export function countOrders({ keys, sets, conditions }: OrderCounts): Sql {
  const places = [...conditions.keys()];
  const merged = sql`bit_or(counted) as counted`;
  const counted = places.map(
    (index) => sql`count(*) filter (where counted & ${sql.lit(2 ** index)} <> 0) as ${sql.ref(`n${index}`)}`,
  );
  const eachOrder = (set: readonly string[]) => [...set.map((key) => sql.ref(key)), sql`order_id`];
  const parts = sets.map((set) => {
    const ids = eachOrder(set);
    const orders =
      set.length === keys.size
        ? sql`d`
        : sql`(select ${sql.join([...ids, merged])} from d group by ${sql.join(ids)})`;
    const whole = [...keys].map(
      ([key, all]) => sql`${set.includes(key) ? sql.ref(key) : all} as ${sql.ref(key)}`,
    );
    const by = set.length === 0 ? sql`` : sql`group by ${sql.join(set.map((key) => sql.ref(key)))}`;
    return sql`select ${sql.join([...whole, ...counted])} from ${orders} as o ${by}`;
  });
  const ids = eachOrder([...keys.keys()]);
  return sql`d as materialized (
      select ${sql.join([...ids, merged])} from f where counted <> 0
      group by ${sql.join(ids)}
    ), n as (${sql.join(parts, sql` union all `)})`;
}

/** The counts that belong to a row of `sums s`, whose keys are null where it is of all of them. */
export function countsOf({ keys }: OrderCounts): Sql {
  const same = [...keys].map(([key, all]) => sql`coalesce(s.${sql.ref(key)}, ${all}) = n.${sql.ref(key)}`);
  return sql`left join n on ${sql.join([sql`true`, ...same], sql` and `)}`;
}
