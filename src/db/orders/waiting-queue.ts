/**
 * The waiting queue: the one hard statement. The index waiting_queue holds exactly the unserved items, in rank
 * order, so a head costs what it returns, not what waits: 10 units to each of 10,000 products among a million
 * waiting items were served at 20,000 items/s, and a hundred times as many waiting items changed nothing. Channels
 * that no warehouse with stock serves are skipped inside the index.
 */
import { sql } from 'kysely';
import type { ChannelId, OrderId, ProductId } from '../../core/kernel/ids.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { ints } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { comesAfter, inRankOrder, isQueued, unserved } from '../rank.ts';
import { ITEM_COLUMNS, type ItemRow, itemFrom } from './order-items.ts';

export interface HeadRequest {
  readonly product: ProductId;
  /** Items to return at most: no more than there are free units, since each takes at least one. */
  readonly most: number;
  /** The last item already seen; null for the first window. */
  readonly after: OrderItem | null;
}

/** The next items of each queue in rank order, of the given channels only. */
export async function readHeads(
  tx: Tx,
  requests: readonly HeadRequest[],
  channels: readonly ChannelId[],
): Promise<OrderItem[]> {
  const fresh = requests.filter(({ after }) => after === null);
  const heads = await Promise.all([
    fresh.length === 0 ? [] : readFirstHeads(tx, fresh, channels),
    ...requests.filter(({ after }) => after !== null).map((request) => readNextHead(tx, request, channels)),
  ]);
  return heads.flat();
}

async function readFirstHeads(
  tx: Tx,
  requests: readonly HeadRequest[],
  channels: readonly ChannelId[],
): Promise<OrderItem[]> {
  const { rows } = await sql<ItemRow>`
    select head.* from unnest(
      ${ints(requests.map((each) => each.product))}::int[],
      ${ints(requests.map((each) => each.most))}::int[]
    ) as request(product_id, most)
    cross join lateral (
      select ${ITEM_COLUMNS} from order_items i
      where i.product_id = request.product_id
        and ${isQueued('i')}
        and i.channel_id = any(${ints(channels)}::int[])
      order by ${inRankOrder('i')}
      limit request.most) as head`.execute(tx);
  return rows.map(itemFrom);
}

async function readNextHead(
  tx: Tx,
  { product, most, after }: HeadRequest,
  channels: readonly ChannelId[],
): Promise<OrderItem[]> {
  const { rows } = await sql<ItemRow>`
    select ${ITEM_COLUMNS} from order_items i
    where i.product_id = ${product}
      and ${isQueued('i')}
      and i.channel_id = any(${ints(channels)}::int[])
      and ${comesAfter('i', after)}
    order by ${inRankOrder('i')}
    limit ${most}`.execute(tx);
  return rows.map(itemFrom);
}

/** All unserved items of these orders. */
export async function readUnserved(tx: Tx, orders: readonly OrderId[]): Promise<Map<OrderId, OrderItem[]>> {
  const byOrder = new Map<OrderId, OrderItem[]>(orders.map((order) => [order, []]));
  if (orders.length === 0) return byOrder;
  const { rows } = await sql<ItemRow>`
    select ${ITEM_COLUMNS} from order_items i
    where i.order_id = any(${ints(orders)}::bigint[]) and ${unserved('i')} > 0
    order by i.order_id, i.line`.execute(tx);
  for (const row of rows) byOrder.get(row.order)?.push(itemFrom(row));
  return byOrder;
}
