/**
 * Counts of orders that have a row of some kind, for each row, column and cell of a report and for all of it. In each cell an
 * order is made one row first, whatever it has, and then counted. That is done once for all totals that only differ in what
 * belongs to the order itself, such as its channel, and not at all for rows that are known to be the only ones of their order.
 *
 * Where items differ in few ways, such as by status, an order is made one row for all totals at once: see order-marks.
 */
import { type RawBuilder, sql } from 'kysely';
import { ROWS_OF_ORDER } from './fact-sources.ts';
import { familiesOf, type OrderCounts } from './order-families.ts';
import { countMarks, marked } from './order-marks.ts';
import { totalled } from './totals.ts';

type Sql = RawBuilder<unknown>;

/** A column of facts: for which counts a row counts, a bit for each. @param counts which rows count, over the facts `f` */
export function countedFor(counts: readonly Sql[]): Sql {
  const bits = counts.map((where, at) => sql`case when ${where} then ${bitOf(at)} else 0 end`);
  return sql`(${sql.join(bits, sql` + `)}) as counted`;
}

function bitOf(at: number): Sql {
  return sql.lit(2 ** at);
}

function isOfProducts({ keys }: OrderCounts, set: readonly string[]): boolean {
  return set.some((name) => keys.get(name)?.column === 'product_id');
}

/** A select of the keys, where one that is not grouped by is what stands for all, and of the counts. */
export function countOrders(asked: OrderCounts): Sql {
  const families = familiesOf(asked);
  const ofProducts = families.filter(({ ofItems }) => isOfProducts(asked, ofItems));
  const others = families.filter(({ ofItems }) => !isOfProducts(asked, ofItems));
  const byProduct = ofProducts.map(({ sets }) =>
    countEach({ ...asked, sets }, ROWS_OF_ORDER.ofProduct, sql`true`),
  );
  // of nothing but the order itself, each order is one row in any case
  if (others.every(({ ofItems }) => ofItems.length === 0)) {
    const all = others.map(({ sets }) => countEach({ ...asked, sets }, ROWS_OF_ORDER.all, sql`true`));
    return sql.join([...byProduct, ...all], sql` union all `);
  }
  const marks = marked(asked, others);
  const parts = others.flatMap((family) => [
    countMarks(asked, family),
    countEach({ ...asked, sets: family.sets }, ROWS_OF_ORDER.all, sql`not ${marks.fits}`),
  ]);
  return sql`with ${marks.ctes} ${sql.join([...byProduct, ...parts], sql` union all `)}`;
}

/** @param rows the column that says which rows are the only ones of their order */
function countEach({ facts, keys, sets, names }: OrderCounts, rows: string, where: Sql): Sql {
  const finest = [...keys.keys()].filter((key) => sets.some((set) => set.includes(key)));
  const columns = finest.map((key) => sql.ref(key));
  const once = sql.join([...columns, sql`order_id`]);
  const kinds = sql.join([...columns, sql`counted`]);
  const counted = names.map(
    (name, at) => sql`sum(orders) filter (where counted & ${bitOf(at)} <> 0) as ${sql.ref(name)}`,
  );
  return totalled(keys, sets, {
    figures: counted,
    from: sql`(
      select ${kinds}, count(*) as orders from ${sql.table(facts)}
      where counted <> 0 and ${sql.ref(rows)} = 1 and ${where} group by ${kinds}
      union all
      select ${kinds}, count(*) from (
        select ${once}, bit_or(counted) as counted from ${sql.table(facts)}
        where counted <> 0 and ${sql.ref(rows)} is distinct from 1 and ${where} group by ${once}
      ) as once group by ${kinds}
    ) as kinds`,
  });
}
