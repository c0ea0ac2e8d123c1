/**
 * Counts of orders that have a row of some kind, for each row, column and cell of a report and for all of it.
 * A row that is known to be the only one of its order is counted as it is, with whatever else adds up. Of the
 * others an order is made one row first in each cell, whatever it has, and then counted; once for all totals
 * that only differ in what belongs to the order itself, such as its channel.
 *
 * Where items differ in few ways, such as by status, an order is made one row for all totals at once: see
 * order-bitmaps.
 */
import { type RawBuilder, sql } from 'kysely';
import { ROWS_OF_ORDER } from '../facts/fact-sources.ts';
import { type GroupingSets, type Keys, totalsBy } from './grouping-sets.ts';
import { bitmapsOf, countBitmaps } from './order-bitmaps.ts';
import { type OrderCounts, setGroupsOf } from './order-set-groups.ts';

type Sql = RawBuilder<unknown>;

/**
 * Columns of facts: for which counts a row counts, a bit for each; the same of single rows, and 0 of others.
 */
export function countedFor(keys: Keys, counts: readonly Sql[]): Sql[] {
  const bits = counts.map((where, at) => sql`case when ${where} then ${bitOf(at)} else 0 end`);
  const counted = sql`(${sql.join(bits, sql` + `)})`;
  const single = singleRowsWith(keys).map(
    (rows) =>
      sql`case when f.${sql.ref(ROWS_OF_ORDER[rows])} = 1 then ${counted} else 0 end as ${sql.ref(bitsOf(rows))}`,
  );
  return [sql`${counted} as counted`, ...single];
}

function bitsOf(rows: string): string {
  return `counted_${rows}`;
}

function bitOf(at: number): Sql {
  return sql.lit(2 ** at);
}

export function isOfProducts(keys: Keys, set: readonly string[]): boolean {
  return set.some((name) => keys.get(name)?.column === 'product_id');
}

/** The totals without products have nothing but the order itself: an order is one row in any case. */
function areOfOrders(keys: Keys, sets: GroupingSets): boolean {
  return sets.every((set) => isOfProducts(keys, set) || set.every((name) => keys.get(name)?.isOfOrder));
}

/** Rows that are the only one of their order, in all or of a product: counted as they are in a total. */
export type SingleRows = keyof typeof ROWS_OF_ORDER;

/** Which may be in any total of these keys. */
function singleRowsWith(keys: Keys): SingleRows[] {
  return isOfProducts(keys, [...keys.keys()]) ? ['ofProduct', 'all'] : ['all'];
}

/** Which they are in one of these totals; undefined when orders get bitmaps for it. */
export function singleRowsIn(keys: Keys, sets: GroupingSets, set: readonly string[]): SingleRows | undefined {
  if (isOfProducts(keys, set)) return 'ofProduct';
  return areOfOrders(keys, sets) ? 'all' : undefined;
}

/** How many of those are there, over facts `f`. @param at the place of the count */
export function countSingleRows(single: SingleRows, at: number): Sql {
  return sql`count(*) filter (where f.${sql.ref(bitsOf(single))} & ${bitOf(at)} <> 0)`;
}

/**
 * A select of the keys, where one that is not grouped by is what stands for all, and of the counts of all
 * others.
 */
export function countOrders(wanted: OrderCounts): Sql {
  const groups = setGroupsOf(wanted);
  const ofProducts = groups.filter(({ itemKeys }) => isOfProducts(wanted.keys, itemKeys));
  const others = groups.filter(({ itemKeys }) => !isOfProducts(wanted.keys, itemKeys));
  const apart = (rows: SingleRows) => sql`${sql.ref(bitsOf(rows))} = 0`;
  const byProduct = ofProducts.map(({ sets }) => countOnce({ ...wanted, sets }, apart('ofProduct')));
  if (areOfOrders(wanted.keys, wanted.sets)) {
    const all = others.map(({ sets }) => countOnce({ ...wanted, sets }, apart('all')));
    return sql.join([...byProduct, ...all], sql` union all `);
  }
  const bitmaps = bitmapsOf(wanted, others);
  const parts = others.flatMap((group) => [
    ...bitmaps.sizes.map((words) => countBitmaps(wanted, group, words)),
    countOnce({ ...wanted, sets: group.sets }, sql`not ${bitmaps.fits}`),
  ]);
  return sql`with ${bitmaps.ctes} ${sql.join([...byProduct, ...parts], sql` union all `)}`;
}

function countOnce({ facts, keys, sets, names }: OrderCounts, where: Sql): Sql {
  const finest = [...keys.keys()].filter((key) => sets.some((set) => set.includes(key)));
  const columns = finest.map((key) => sql.ref(key));
  const once = sql.join([...columns, sql`order_id`]);
  const kinds = sql.join([...columns, sql`counted`]);
  const counted = names.map(
    (name, at) => sql`(sum(orders) filter (where counted & ${bitOf(at)} <> 0))::bigint as ${sql.ref(name)}`,
  );
  return totalsBy(keys, sets, {
    figures: counted,
    from: sql`(
      select ${kinds}, count(*) as orders from (
        select ${once}, bit_or(counted) as counted from ${sql.table(facts)}
        where counted <> 0 and ${where} group by ${once}
      ) as once group by ${kinds}
    ) as kinds`,
  });
}
