/**
 * How many units stand ahead of a place in a queue. Counting them item by item costs more the more there are; so the
 * queue of a product that has dated supply is summed up in blocks of some hundred items, and a place costs the
 * sums of the blocks ahead and the items of its own. Short queues and the newest items have no block: an order that
 * joins at the end writes nothing here.
 *
 * Blocks are made by `extendBlocks`, away from orders and a piece at a time, and kept true by `changeBlocks` under the gate.
 */
import { sql } from 'kysely';
import type { Rank } from '../../core/allocation/queue-policy.ts';
import type { ChannelId, ProductId } from '../../core/kernel/ids.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { ints } from '../arrays.ts';
import { type Database, inTransaction, type Tx } from '../database.ts';
import { shareConfiguration } from '../gate/configuration-lock.ts';
import {
  blockRank,
  blockRankOfLast,
  endOfBlock,
  endOfFoundBlock,
  inRankOrder,
  isQueued,
  lastBlockFirst,
  RANK_ARRAYS,
  rankArrays,
  rankOfItem,
  unserved,
} from '../rank.ts';

/** A place in a queue. */
export interface QueueRank extends Rank {
  readonly product: ProductId;
}

export function rankOf({ product, priority, waitingSince, order, line }: OrderItem): QueueRank {
  return { product, priority, waitingSince, order, line };
}

export interface AheadUnits {
  /** Index of the rank asked about. */
  readonly index: number;
  readonly channel: ChannelId;
  readonly units: number;
}

/** Units that stand ahead of each rank in its queue, by channel. */
export async function readAhead(tx: Tx, ranks: readonly QueueRank[]): Promise<AheadUnits[]> {
  if (ranks.length === 0) return [];
  const { rows } = await sql<AheadUnits>`
    select (rank.n - 1)::int as index, ahead.channel_id as channel, ahead.units
    from unnest(
      ${ints(ranks.map((each) => each.product))}::int[],
      ${rankArrays(ranks)}
    ) with ordinality as rank(product_id, ${RANK_ARRAYS}, n)
    left join lateral (
      select ${blockRank('b')} from queue_blocks b
      where b.product_id = rank.product_id and (${blockRank('b')}) < ${rankOfItem('rank')}
      order by ${lastBlockFirst('b')} limit 1) as block on true
    cross join lateral (
      select channel_id, sum(units)::bigint as units from (
        select b.channel_id, b.units from queue_blocks b
        where b.product_id = rank.product_id and (${blockRank('b')}) < ${rankOfItem('rank')}
        union all
        select i.channel_id, ${unserved('i')}
        from order_items i
        where i.product_id = rank.product_id and ${isQueued('i')}
          and ${rankOfItem('i')} < ${rankOfItem('rank')}
          and ${rankOfItem('i')} > ${endOfBlock('block')}) as counted
      group by channel_id) as ahead`.execute(tx);
  return rows;
}

/** Signed units that come into or leave a queue at a rank. */
export interface BlockChange {
  readonly rank: QueueRank;
  readonly channel: ChannelId;
  readonly units: number;
}

/** Adds the units to the block that each rank stands in; behind the last block there is none, and nothing to do. */
export async function changeBlocks(tx: Tx, changes: readonly BlockChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into queue_blocks as b (product_id, ${blockRank()}, channel_id, units)
    select c.product_id, ${blockRank('block')}, c.channel_id,
      sum(c.units)
    from unnest(
      ${ints(changes.map(({ rank }) => rank.product))}::int[],
      ${rankArrays(changes.map(({ rank }) => rank))},
      ${ints(changes.map(({ channel }) => channel))}::int[],
      ${ints(changes.map(({ units }) => units))}::bigint[]
    ) as c(product_id, ${RANK_ARRAYS}, channel_id, units)
    cross join lateral (
      select ${blockRank('k')} from queue_blocks k
      where k.product_id = c.product_id and (${blockRank('k')}) >= ${rankOfItem('c')}
      order by ${blockRank('k')} limit 1) as block
    group by c.product_id, ${blockRank('block')}, c.channel_id
    on conflict (product_id, ${blockRank()}, channel_id)
      do update set units = b.units + excluded.units`.execute(tx);
}

/** Items in a block. */
const BLOCK_ITEMS = 250;
/** Items put into blocks in one transaction: how long the product's gate is held. */
const STEP_ITEMS = 5_000;

/**
 * Puts the next items behind the last block into blocks, when there are enough of them, and forgets empty blocks.
 * @returns whether there may be more to do
 */
export async function extendBlocks(db: Database, product: ProductId): Promise<'more' | 'done'> {
  const behind = await sql<{ items: number }>`
    select count(*)::int as items from (${behindLastBlock(product)} limit ${2 * BLOCK_ITEMS}) as behind`.execute(
    db,
  );
  if ((behind.rows[0]?.items ?? 0) < 2 * BLOCK_ITEMS) return 'done';
  return await inTransaction(db, async (tx) => {
    await shareConfiguration(tx);
    await sql`select from product_positions where product_id = ${product} for update`.execute(tx);
    await sql`
      delete from queue_blocks b where b.product_id = ${product} and not exists (
        select from queue_blocks k where k.product_id = b.product_id and k.units > 0
          and (${blockRank('k')}) = (${blockRank('b')}))`.execute(tx);
    const { rows } = await sql<{ items: number }>`
      with step as materialized (${behindLastBlock(product)} limit ${STEP_ITEMS}),
      numbered as (
        select *, (row_number() over (order by ${inRankOrder('step')}) - 1) / ${BLOCK_ITEMS} as block,
          count(*) over () as items from step),
      made as (
        select ${blockRankOfLast('numbered', 'w')}, channel_id, units
        from numbered where (block + 1) * ${BLOCK_ITEMS} <= items
        window w as (partition by block order by ${inRankOrder('numbered')}
          rows between unbounded preceding and unbounded following)),
      written as (
        insert into queue_blocks (product_id, ${blockRank()}, channel_id, units)
        select ${product}, ${blockRank()}, channel_id, sum(units) from made
        group by ${blockRank()}, channel_id),
      marked as (update product_positions set has_blocks = true where product_id = ${product})
      select count(*)::int as items from step`.execute(tx);
    return (rows[0]?.items ?? 0) < STEP_ITEMS ? 'done' : 'more';
  });
}

/** The items of a queue behind its last block, best rank first. */
function behindLastBlock(product: ProductId) {
  return sql`
    select i.product_id, i.priority, i.waiting_since, i.order_id, i.line, i.channel_id, ${unserved('i')} as units
    from order_items i
    where i.product_id = ${product} and ${isQueued('i')}
      and ${rankOfItem('i')} > ${endOfFoundBlock(lastBlock(product))}
    order by ${inRankOrder('i')}`;
}

function lastBlock(product: ProductId) {
  return sql`
    select ${blockRank('b')} from queue_blocks b where b.product_id = ${product}
    order by ${lastBlockFirst('b')} limit 1`;
}
