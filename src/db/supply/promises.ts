/**
 * The queue as promises see it, and what customers were told. Marks say for which
 * products something may have to be told; like fills they are part of the database, so none is lost with a process.
 */
import { sql } from 'kysely';
import type { WaitingKind } from '../../core/catalog/sell-policy.ts';
import type { ChannelId, LineNumber, OrderId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import type { Instant, LocalDate } from '../../core/kernel/time.ts';
import type { PromiseSlice } from '../../core/promises/promise.ts';
import { booleans, ints, intsOrNone, texts } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';
import { OWED } from '../gate/due-fills.ts';
import type { QueueRank } from '../orders/queue-blocks.ts';
import { comesAfter, inRankOrder, unserved } from '../rank.ts';
import { isPausing, isSetAside } from '../set-aside.ts';

/** Something that dates promises of these products, which the caller holds, has changed: customers may have to be told. */
export async function requirePromises(tx: Tx, products: readonly ProductId[], cause: string): Promise<void> {
  if (products.length === 0) return;
  await sql`
    update product_positions set dated = true, promise_due_at = coalesce(promise_due_at, clock_timestamp()),
      promise_cause = ${cause}, promise_urgent = true, promise_marks = promise_marks + 1
    where product_id = any(${ints(products)}::int[])`.execute(tx);
}

/** The customer of this order was told something before: what holds now may have to be told. */
export async function requireToldPromises(tx: Tx, order: OrderId, cause: string): Promise<void> {
  const { rows } = await sql<{ product: ProductId }>`
    select distinct product_id as product from promises where order_id = ${order}`.execute(tx);
  const products = rows.map((row) => row.product);
  await requirePromises(tx, products, cause);
}

/** Every product whose promises follow from days is looked at again: a day has passed, or a setting changed. */
export async function requireDatedPromises(tx: Tx, cause: string): Promise<void> {
  await sql`
    with dated as materialized (
      select product_id from product_positions where dated order by product_id for update)
    update product_positions p set promise_due_at = coalesce(promise_due_at, clock_timestamp()),
      promise_cause = coalesce(promise_cause, ${cause}), promise_marks = promise_marks + 1
    from dated where dated.product_id = p.product_id`.execute(tx);
}

/** An item of a queue as promises see it. */
export interface QueuedItem extends Omit<QueueRank, 'product'> {
  readonly channel: ChannelId;
  readonly kind: WaitingKind;
  readonly rejectedBy: readonly WarehouseId[];
  readonly units: number;
  /** null: nothing was told yet. */
  readonly told: readonly PromiseSlice[] | null;
  /** What was told holds: it has waited ever since. */
  readonly holds: boolean;
  readonly events: number;
}

/** The next items of a product's queue in rank order; those bought for themselves stand outside and come as asked. */
export async function readQueue(
  tx: Tx,
  {
    product,
    after,
    most,
    bought,
  }: {
    readonly product: ProductId;
    readonly after: QueuedItem | undefined;
    readonly most: number;
    readonly bought: boolean;
  },
): Promise<QueuedItem[]> {
  const { rows } = await sql<QueuedItem>`
    select i.order_id as "order", i.line, i.channel_id as channel, i.kind, i.rejected_by as "rejectedBy", i.priority,
      i.waiting_since as "waitingSince", ${unserved('i')} as units,
      p.told, coalesce(p.waiting, false) as holds, coalesce(p.events, 0) as events
    from (
      select * from order_items i
      where i.product_id = ${product} and ${unserved('i')} > 0
        and ${bought ? sql`i.bought` : sql`not i.bought`} and ${comesAfter('i', after)}
      order by ${inRankOrder('i')} limit ${most}) as i
    left join promises p on p.order_id = i.order_id and p.line = i.line
    order by ${inRankOrder('i')}`.execute(tx);
  return rows;
}

export interface DuePromises {
  readonly product: ProductId;
  readonly cause: string;
  readonly marks: number;
  /** Telling failed before: this is another attempt. */
  readonly isSetAside: boolean;
}

/**
 * Products for which something may have to be told, longest first, without those that rest, and without those to which
 * a fill is owed: their customers will have the stock in a moment, or not. Those set aside come when their pause is over.
 */
export async function readDuePromises(
  db: Database,
  resting: readonly ProductId[],
  most: number,
): Promise<DuePromises[]> {
  const { rows } = await sql<DuePromises>`
    select product_id as product, coalesce(promise_cause, 'queue') as cause, promise_marks as marks,
      ${isSetAside('promise')} as "isSetAside"
    from product_positions
    where promise_due_at is not null and not coalesce(${OWED}, false) and not ${isPausing('promise')}
      and (promise_urgent or product_id <> all(${ints(resting)}::int[]))
    order by promise_due_at limit ${most}`.execute(db);
  return rows;
}

/** Only one node publishes a product's promises at a time: false when another does. */
export async function ownPromises(tx: Tx, product: ProductId): Promise<boolean> {
  // It holds the lock while others write, for as long as a long queue takes.
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  const { rows } = await sql<{ own: boolean }>`
    select pg_try_advisory_xact_lock(1735289205, ${product}) as own`.execute(tx);
  return rows[0]?.own ?? false;
}

/** Nothing more has to be told, unless something was marked since; without anything dated no marks are made. */
export async function settlePromises(
  db: Database,
  { product, marks, dated }: { readonly product: ProductId; readonly marks: number; readonly dated: boolean },
): Promise<void> {
  await sql`
    update product_positions set promise_due_at = null, promise_cause = null, promise_urgent = false, dated = ${dated}
    where product_id = ${product} and promise_marks = ${marks}`.execute(db);
}

/** What an item's customer is told now, or what stays told of the units that still wait. */
export interface PromiseUpdate {
  readonly order: OrderId;
  readonly line: LineNumber;
  /** What it was told before; null: nothing yet. */
  readonly before: readonly PromiseSlice[] | null;
  readonly told: readonly PromiseSlice[];
  readonly toldOn: LocalDate | null;
  readonly news: boolean;
  readonly number: number;
}

/** Values of which many are the same: each once as JSON, and the place of each, counted from 1; null stays null. */
class Repeated {
  readonly #places = new Map<string, number>();

  place(value: unknown): number | null {
    if (value === null) return null;
    const json = JSON.stringify(value);
    const place = this.#places.get(json) ?? this.#places.size + 1;
    this.#places.set(json, place);
    return place;
  }

  values(): string[] {
    return [...this.#places.keys()];
  }
}

/**
 * Writes, in one statement, what is told and an event for each that is news. Only who owns the product's promises may
 * call it, since what was told before is taken from the updates.
 */
export async function recordPromises(
  db: Database,
  updates: readonly PromiseUpdate[],
  { product, cause }: { readonly product: ProductId; readonly cause: string },
): Promise<void> {
  if (updates.length === 0) return;
  const slices = new Repeated();
  const before = updates.map((each) => slices.place(each.before));
  const told = updates.map((each) => slices.place(each.told));
  await sql`
    with clock as materialized (
      select date_trunc('milliseconds', clock_timestamp()) as now, ${texts(slices.values())}::jsonb[] as slices),
    u as materialized (
      select order_id, line, clock.slices[before] as before, clock.slices[told] as told, told_on, news, number, clock.now
      from clock, unnest(
        ${ints(updates.map((each) => each.order))}::bigint[],
        ${ints(updates.map((each) => each.line))}::smallint[],
        ${intsOrNone(before)}::int[],
        ${intsOrNone(told)}::int[],
        ${texts(updates.map((each) => each.toldOn))}::date[],
        ${booleans(updates.map((each) => each.news))}::boolean[],
        ${ints(updates.map((each) => each.number))}::int[]
      ) as u(order_id, line, before, told, told_on, news, number)),
    first as (
      insert into promises (order_id, line, product_id, first_on, first_told_at, told, told_on, told_at, waiting, events)
      select order_id, line, ${product}, told_on, now, told, told_on, now, true, number from u where before is null),
    later as (
      update promises p set told = u.told, told_on = u.told_on, waiting = true,
        told_at = case when u.number > p.events then u.now else p.told_at end, events = u.number
      from u where u.before is not null and p.order_id = u.order_id and p.line = u.line)
    insert into promise_events (order_id, line, number, recorded_at, cause, old, new)
    select order_id, line, number, now, ${cause}, before, told from u where news`.execute(db);
}

/** Items of a product that wait and were told something. */
export async function countToldItems(tx: Tx, product: ProductId): Promise<number> {
  const { rows } = await sql<{ items: number }>`
    select count(*) as items from promises where product_id = ${product} and waiting`.execute(tx);
  return rows[0]?.items ?? 0;
}

/** What was told of items that no longer wait stays as their history; it promises nothing any more. */
export async function endServedPromises(tx: Tx, product: ProductId): Promise<void> {
  await sql`
    update promises p set waiting = false, told = '[]'
    from order_items i
    where p.product_id = ${product} and p.waiting and i.order_id = p.order_id and i.line = p.line
      and ${unserved('i')} = 0`.execute(tx);
}

export interface ToldRow {
  readonly line: LineNumber;
  readonly firstOn: LocalDate | null;
  readonly firstToldAt: Instant;
  readonly toldOn: LocalDate | null;
  readonly toldAt: Instant;
}

/** What the customer of an order was told, by line. */
export async function readTold(tx: Tx, order: OrderId): Promise<ToldRow[]> {
  const { rows } = await sql<ToldRow>`
    select line, first_on as "firstOn", first_told_at as "firstToldAt", told_on as "toldOn", told_at as "toldAt"
    from promises where order_id = ${order}`.execute(tx);
  return rows;
}
