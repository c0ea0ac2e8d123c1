/**
 * Figures by day: counted by a fold of item events, a piece at a time, in transactions of its own.
 *
 * The boundary between what is counted and what is not is a transaction: an event is counted when its transaction is
 * below `folded_below`, which never passes the oldest one under way, so none that commits late is lost. Readers add
 * what is not counted yet in the same statement, so that a figure is never behind what was answered.
 */
import { type RawBuilder, sql } from 'kysely';
import { BUCKETS } from '../../core/orders/buckets.ts';
import type { Database, Tx } from '../database.ts';

type Sql = RawBuilder<unknown>;

function each(write: (bucket: Sql) => Sql): Sql {
  return sql.join(BUCKETS.map((bucket) => write(sql.ref(bucket))));
}

/** The status of an item by its buckets; the generated column of order_items says the same. */
export const STATUS_OF_BUCKETS = sql`
  case
    when cancelled = ordered then 'cancelled'
    when pending > 0 then 'pending'
    when unfillable > 0 then 'unfillable'
    when preordered > 0 and allocated = 0 then 'preordered'
    when backordered > 0 and allocated = 0 then 'backordered'
    when preordered + backordered > 0 then 'partially_allocated'
    when allocated > 0 and shipped = 0 then 'allocated'
    when allocated > 0 then 'partially_shipped'
    else 'shipped'
  end`;

const BOUNDARY = sql`(select folded_below from fact_folds)`;
/** No transaction is beyond this. */
const END = sql`'18446744073709551615'::xid8`;

/** With both ends, since PostgreSQL takes a range with one end for a third of the table, and reads all of it. */
function uncounted(until: Sql): Sql {
  return sql`e.transaction_id >= ${BOUNDARY} and e.transaction_id < ${until}`;
}

/** The buckets of items as the events say that meet a condition; items without any are left out. */
export function sumsOfEvents(condition: Sql, restriction: Sql = sql``): Sql {
  return sql`
    select e.order_id, e.line, ${each((bucket) => sql`sum(e.${bucket})::bigint as ${bucket}`)}
    from item_events e ${restriction} where ${condition}
    group by e.order_id, e.line`;
}

/**
 * By how much the facts are behind, as rows of day_facts: each item that has uncounted events is taken off as it was
 * counted and added as it is.
 * @param until events of transactions from this one on are left out; all that are visible are in when absent
 */
export function uncountedFacts(until: Sql = END): Sql {
  const below = sql`e.transaction_id < ${until}`;
  const side = (sign: number, condition: Sql) => sql`
    select ${sql.lit(sign)} as sign, s.* from (${sumsOfEvents(condition, sql`join touched using (order_id, line)`)}) s`;
  return sql`
    with touched as (
      select distinct e.order_id, e.line from item_events e where ${uncounted(until)}
    ), sides as (
      ${side(-1, sql`e.transaction_id < ${BOUNDARY}`)} union all ${side(1, below)}
    )
    select (o.placed_at at time zone 'UTC')::date as day, o.channel_id, s.status, sum(s.sign)::bigint as items,
      ${each((bucket) => sql`sum(s.sign * s.${bucket})::bigint as ${bucket}`)},
      sum(s.sign * s.ordered::numeric * i.unit_price) as value
    from (select *, ${STATUS_OF_BUCKETS} as status from sides) s
    join orders o on o.id = s.order_id
    join order_items i on i.order_id = s.order_id and i.line = s.line
    group by 1, 2, 3`;
}

/** The same for fill_facts: what was accepted and is not counted yet. */
export function uncountedFills(until: Sql = END): Sql {
  return sql`
    select (o.placed_at at time zone 'UTC')::date as day, o.channel_id, count(*) as items,
      count(*) filter (where e.allocated = e.ordered) as items_at_once,
      sum(e.ordered)::bigint as units, sum(e.allocated)::bigint as units_at_once
    from item_events e join orders o on o.id = e.order_id
    where ${uncounted(until)} and e.number = 1 and e.pending = 0 and e.preordered = 0
    group by 1, 2`;
}

/** Events counted at once: some tenths of a second of work. */
const PIECE = 20_000;

/** A boundary up to which events can be counted. */
export interface Piece {
  /** A transaction: text of xid8. */
  readonly until: string;
  /** Nothing that could be counted is left after it. */
  readonly isLast: boolean;
}

/** @returns undefined when there is nothing to count */
export async function findPiece(db: Database): Promise<Piece | undefined> {
  const oldest = sql`pg_snapshot_xmin(pg_current_snapshot())`;
  const { rows } = await sql<{ events: number; until: string }>`
    with piece as (
      select e.transaction_id from item_events e where ${uncounted(oldest)}
      order by e.transaction_id limit ${PIECE}
    )
    select count(*) as events, case when count(*) < ${PIECE} then ${oldest}
        else (max(transaction_id::text::bigint) + 1)::text::xid8 end::text as until
    from piece`.execute(db);
  const [found] = rows;
  if (found === undefined || found.events === 0) return undefined;
  return { until: found.until, isLast: found.events < PIECE };
}

/**
 * Counts up to a boundary, unless another node is at it or has been there.
 * @returns whether it was counted
 */
export async function countPiece(tx: Tx, piece: Piece): Promise<boolean> {
  const until = sql`${piece.until}::xid8`;
  const { rows: turns } = await sql`
    select from fact_folds where folded_below < ${until} for update skip locked`.execute(tx);
  if (turns.length === 0) return false;
  await sql`
    insert into day_facts as k (day, channel_id, status, items, ${each((bucket) => bucket)}, value)
    select * from (${uncountedFacts(until)}) as u
    on conflict (day, channel_id, status) do update set items = k.items + excluded.items,
      ${each((bucket) => sql`${bucket} = k.${bucket} + excluded.${bucket}`)}, value = k.value + excluded.value`.execute(
    tx,
  );
  await sql`
    insert into fill_facts as k select * from (${uncountedFills(until)}) as u
    on conflict (day, channel_id) do update set items = k.items + excluded.items,
      items_at_once = k.items_at_once + excluded.items_at_once, units = k.units + excluded.units,
      units_at_once = k.units_at_once + excluded.units_at_once`.execute(tx);
  await sql`update fact_folds set folded_below = ${until}`.execute(tx);
  return true;
}
