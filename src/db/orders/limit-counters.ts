/**
 * Limit counters: units that wait by channel and by customer, kept in the transaction that makes them wait, for products
 * with a policy that limits by them. When such a limit is set or taken away the product is counted anew.
 */
import { sql } from 'kysely';
import type { ChannelId, ProductId } from '../../core/kernel/ids.ts';
import { ints, texts } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { unserved } from '../rank.ts';

export interface CounterKey {
  readonly product: ProductId;
  readonly channel: ChannelId;
  /** null: the counter of the whole channel. */
  readonly customer: string | null;
}

export interface CounterChange extends CounterKey {
  readonly backordered: number;
  readonly preordered: number;
}

function scopeOf({ customer }: CounterKey): string {
  return customer === null ? 'channel' : 'customer';
}

function keyOf({ channel, customer }: CounterKey): string {
  return customer === null ? `${channel}` : `${channel}/${customer}`;
}

/** The counters asked for, in the order asked; a counter that does not exist counts nothing. */
export async function readCounters(tx: Tx, keys: readonly CounterKey[]): Promise<CounterChange[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ place: number; backordered: number; preordered: number }>`
    select k.place, c.backordered, c.preordered
    from unnest(
      ${ints(keys.map((each) => each.product))}::int[],
      ${texts(keys.map(scopeOf))}::text[],
      ${texts(keys.map(keyOf))}::text[]
    ) with ordinality as k(product_id, scope, scope_key, place)
    join limit_counters c using (product_id, scope, scope_key)`.execute(tx);
  return rows.flatMap(({ place, backordered, preordered }) => {
    const key = keys[place - 1];
    return key === undefined ? [] : [{ ...key, backordered, preordered }];
  });
}

export async function changeCounters(tx: Tx, changes: readonly CounterChange[]): Promise<void> {
  if (changes.length === 0) return;
  // An insert checks its own row before it becomes an update, so decrements start from what is there.
  await sql`
    with c as (
      select * from unnest(
        ${ints(changes.map((each) => each.product))}::int[],
        ${texts(changes.map(scopeOf))}::text[],
        ${texts(changes.map(keyOf))}::text[],
        ${ints(changes.map((each) => each.backordered))}::bigint[],
        ${ints(changes.map((each) => each.preordered))}::bigint[]
      ) as c(product_id, scope, scope_key, backordered, preordered)),
    changed as (
      update limit_counters l set
        backordered = l.backordered + c.backordered, preordered = l.preordered + c.preordered
      from c where (l.product_id, l.scope, l.scope_key) = (c.product_id, c.scope, c.scope_key)
      returning l.product_id, l.scope, l.scope_key)
    insert into limit_counters (product_id, scope, scope_key, backordered, preordered)
    select * from c where (c.product_id, c.scope, c.scope_key) not in (table changed)`.execute(tx);
}

/** Counts a product's waiting units anew, or no longer, by what its policies limit now. Under its lock. */
export async function recountWaiting(tx: Tx, product: ProductId): Promise<void> {
  await sql`delete from limit_counters where product_id = ${product}`.execute(tx);
  await sql`
    with counted as (
      update product_positions set counts_waiting = exists (
        select from sell_policies s where s.product_id = ${product} and (
          s.backorder_per_customer is not null or s.backorder_per_channel is not null
          or s.preorder_per_customer is not null or s.preorder_per_channel is not null))
      where product_id = ${product} returning counts_waiting)
    insert into limit_counters (product_id, scope, scope_key, backordered, preordered)
    select i.product_id, s.scope, s.scope_key, sum(i.backordered), sum(i.preordered)
    from counted, order_items i, lateral (values
      ('channel', i.channel_id::text),
      ('customer', i.channel_id || '/' || i.customer)) as s(scope, scope_key)
    where counted.counts_waiting and i.product_id = ${product} and s.scope_key is not null
      and ${unserved('i')} > 0
    group by i.product_id, s.scope, s.scope_key`.execute(tx);
}
