/**
 * The rank, as SQL: what stands in a waiting queue, in which order, and what comes after a place. The rule itself is
 * core/allocation/queue-policy; here and there it is spelt, and nowhere else (test/house/rank.test.ts).
 *
 * Decision: fragments, not a stored column. They read as the index waiting_queue is written, so that a head of a queue costs
 * what it returns. A generated column of the unserved units would have to be stored below PostgreSQL 18: an upgrade would
 * write the largest table anew with all its indexes, and each order some bytes more, for a sum of three columns of one row.
 *
 * Names of tables are those that the statement around gives: words of the code, never what somebody sent.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Rank } from '../core/allocation/queue-policy.ts';
import { instants, ints } from './arrays.ts';

type Fragment = RawBuilder<unknown>;

function column(table: string, name: string): string {
  return table === '' ? name : `${table}.${name}`;
}

/** Unserved units of a row that has the buckets: an item, a change of one, or the sums of a product. */
export function unserved(table = ''): Fragment {
  const of = (bucket: string) => column(table, bucket);
  return sql.raw(`${of('backordered')} + ${of('preordered')} + ${of('unfillable')}`);
}

/** Whether an item stands in its product's queue: units of it wait, and not for a purchase order line of its own. */
export function isQueued(item: string): Fragment {
  return sql`${unserved(item)} > 0 and not ${sql.raw(column(item, 'bought'))}`;
}

/** What an item's rank consists of, each ascending: the best-ranked first. */
function rankColumns(item: string): string[] {
  const of = (name: string) => column(item, name);
  return [`(-${of('priority')})`, of('waiting_since'), of('order_id'), of('line')];
}

/** To order items of one product by: the product stands first, as in the index. */
export function inRankOrder(item: string): Fragment {
  return sql.raw([column(item, 'product_id'), ...rankColumns(item)].join(', '));
}

/** To order items by, the last in line first. */
export function lastInLineFirst(item: string): Fragment {
  return sql.raw(
    rankColumns(item)
      .map((each) => `${each} desc`)
      .join(', '),
  );
}

/** An item's rank as one value, to be compared with others. */
export function rankOfItem(item: string): Fragment {
  return sql.raw(`(${rankColumns(item).join(', ')})`);
}

/** Whether an item stands behind a place in its queue; all do when there is none. */
export function comesAfter(item: string, place: Rank | null | undefined): Fragment {
  if (place === null || place === undefined) return sql`true`;
  const { priority, waitingSince, order, line } = place;
  return sql`${rankOfItem(item)}
    > (${-priority}::int, ${new Date(waitingSince)}::timestamptz, ${order}::bigint, ${line}::int)`;
}

/** Ranks as arrays that stand beside each other in `unnest`, and what their columns are called there. */
export function rankArrays(ranks: readonly Rank[]): Fragment {
  return sql`
    ${ints(ranks.map((each) => each.priority))}::int[],
    ${instants(ranks.map((each) => each.waitingSince))}::timestamptz[],
    ${ints(ranks.map((each) => each.order))}::bigint[],
    ${ints(ranks.map((each) => each.line))}::int[]`;
}
export const RANK_ARRAYS = sql.raw('priority, waiting_since, order_id, line');

/** The columns in which a block of a long queue keeps the rank of its last item, and a rank before all others. */
const BLOCK_COLUMNS = ['last_priority', 'last_since', 'last_order', 'last_line'];
const BEFORE_ALL = ['-32768', "'-infinity'", '0', '0'];

/** The rank at which a block ends, as columns: of a table, or as they are called. */
export function blockRank(block = ''): Fragment {
  return sql.raw(BLOCK_COLUMNS.map((name) => column(block, name)).join(', '));
}

/** To order blocks by, the last of a queue first. */
export function lastBlockFirst(block: string): Fragment {
  return sql.raw(BLOCK_COLUMNS.map((name) => `${column(block, name)} desc`).join(', '));
}

/** The rank at which a block ends, as one value; before all others where there is no block. */
export function endOfBlock(block: string): Fragment {
  const ends = BLOCK_COLUMNS.map((name, index) => `coalesce(${column(block, name)}, ${BEFORE_ALL[index]})`);
  return sql.raw(`(${ends.join(', ')})`);
}

/** The same of the one block that a query brings, looked up before the statement begins. */
export function endOfFoundBlock(query: Fragment): Fragment {
  const ends = BLOCK_COLUMNS.map(
    (name, index) =>
      sql`coalesce((select ${sql.raw(name)} from (${query}) as found), ${sql.raw(BEFORE_ALL[index] ?? '')})`,
  );
  return sql`(${sql.join(ends, sql`, `)})`;
}

/** The columns of a block that ends with the last item of a window. */
export function blockRankOfLast(item: string, window: string): Fragment {
  const lasts = rankColumns(item).map(
    (each, index) => `last_value(${each}) over ${window} as ${BLOCK_COLUMNS[index]}`,
  );
  return sql.raw(lasts.join(', '));
}
