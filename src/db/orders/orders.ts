/** Orders: the rows that claim a channel's order number, and what is kept of orders that were refused. */

import { sql } from 'kysely';
import type { Explanation } from '../../core/allocation/explanation.ts';
import type { Shipping, WhenIncomplete } from '../../core/catalog/sales-channel.ts';
import type { ChannelId, LineNumber, OrderId, ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import { instants, ints, intsOrNone, texts } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { explanationFrom, type StoredExplanation } from './stored-explanation.ts';

export interface OrderRow {
  readonly id: OrderId;
  readonly channel: ChannelId;
  readonly number: string;
  readonly customer: string | null;
  readonly priority: number;
  readonly placedAt: Instant;
  readonly acceptedAt: Instant;
  readonly hold: string | null;
  readonly shipping: Shipping;
  readonly whenIncomplete: WhenIncomplete;
  readonly shipTo: unknown;
  readonly customerGroup: string | null;
  /** Shares of an item and of the order that must have stock before anything leaves; null: any. */
  readonly itemGatePercent: number | null;
  readonly orderGatePercent: number | null;
  readonly contentsHash: string;
}

const ORDER_COLUMNS = sql`
  o.id, o.channel_id as channel, o.number, o.customer, o.priority, o.placed_at as "placedAt",
  o.accepted_at as "acceptedAt", o.hold, o.shipping, o.when_incomplete as "whenIncomplete", o.ship_to as "shipTo",
  o.customer_group as "customerGroup", o.item_gate_percent as "itemGatePercent",
  o.order_gate_percent as "orderGatePercent", o.contents_hash as "contentsHash"`;

/** Draws `count` order ids. Called while the products are locked, so ids follow the order of acceptance. */
export async function drawOrderIds(tx: Tx, count: number): Promise<OrderId[]> {
  const { rows } = await sql<{ id: OrderId }>`
    select nextval('order_ids') as id from generate_series(1, ${count})`.execute(tx);
  return rows.map((row) => row.id).toSorted((a, b) => a - b);
}

/** Claims their numbers in the order of the numbers: two batches that meet in several wait for each other once. */
export async function insertOrders(tx: Tx, accepted: readonly OrderRow[]): Promise<void> {
  const orders = accepted.toSorted(
    (a, b) => a.channel - b.channel || (a.number < b.number ? -1 : a.number > b.number ? 1 : 0),
  );
  await sql`
    insert into orders (id, channel_id, number, customer, priority, placed_at, accepted_at, hold, shipping,
      when_incomplete, ship_to, customer_group, item_gate_percent, order_gate_percent, contents_hash)
    select * from unnest(
      ${ints(orders.map((each) => each.id))}::bigint[],
      ${ints(orders.map((each) => each.channel))}::int[],
      ${texts(orders.map((each) => each.number))}::text[],
      ${texts(orders.map((each) => each.customer))}::text[],
      ${ints(orders.map((each) => each.priority))}::smallint[],
      ${instants(orders.map((each) => each.placedAt))}::timestamptz[],
      ${instants(orders.map((each) => each.acceptedAt))}::timestamptz[],
      ${texts(orders.map((each) => each.hold))}::text[],
      ${texts(orders.map((each) => each.shipping))}::text[],
      ${texts(orders.map((each) => each.whenIncomplete))}::text[],
      ${texts(orders.map((each) => (each.shipTo === null ? null : JSON.stringify(each.shipTo))))}::jsonb[],
      ${texts(orders.map((each) => each.customerGroup))}::text[],
      ${intsOrNone(orders.map((each) => each.itemGatePercent))}::smallint[],
      ${intsOrNone(orders.map((each) => each.orderGatePercent))}::smallint[],
      ${texts(orders.map((each) => each.contentsHash))}::text[])`.execute(tx);
}

export interface OrderKey {
  readonly channel: ChannelId;
  readonly number: string;
}

/** Orders that exist already under the given numbers. */
export async function findOrders(tx: Tx, keys: readonly OrderKey[]): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select ${ORDER_COLUMNS} from unnest(
      ${ints(keys.map((each) => each.channel))}::int[],
      ${texts(keys.map((each) => each.number))}::text[]) as k(channel_id, number)
    join orders o on o.channel_id = k.channel_id and o.number = k.number`.execute(tx);
  return rows;
}

/** Locks the order's row. Always after its products are locked, so that locks are taken in one order. */
export async function lockOrder(tx: Tx, id: OrderId): Promise<OrderRow | undefined> {
  const { rows } = await sql<OrderRow>`
    select ${ORDER_COLUMNS} from orders o where o.id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function productsOfOrder(tx: Tx, id: OrderId): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    select distinct product_id as product from order_items where order_id = ${id}`.execute(tx);
  return rows.map((row) => row.product);
}

export async function setHold(tx: Tx, id: OrderId, hold: string | null): Promise<void> {
  await sql`update orders set hold = ${hold} where id = ${id}`.execute(tx);
}

export async function setOrderPriority(tx: Tx, id: OrderId, priority: number): Promise<void> {
  await sql`update orders set priority = ${priority} where id = ${id}`.execute(tx);
}

/** What a placed order was answered with: its items as their first events left them. */
export interface PlacedItemRow {
  readonly order: OrderId;
  readonly line: LineNumber;
  readonly sku: string;
  readonly pending: number;
  readonly allocated: number;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
  readonly ordered: number;
  readonly explanation: Explanation;
}

export async function readPlacedItems(tx: Tx, orders: readonly OrderId[]): Promise<PlacedItemRow[]> {
  const { rows } = await sql<PlacedItemRow & { readonly explanation: StoredExplanation }>`
    select e.order_id as "order", e.line, p.sku, e.ordered, e.pending, e.allocated, e.backordered, e.preordered,
      e.unfillable, e.explanation
    from item_events e join products p on p.id = e.product_id
    where e.order_id = any(${ints(orders)}::bigint[]) and e.number = 1
    order by e.order_id, e.line`.execute(tx);
  return rows.map((row) => ({ ...row, explanation: explanationFrom(row.explanation) }));
}

export interface RefusedProduct {
  readonly channel: ChannelId;
  readonly number: string;
  readonly product: ProductId;
  readonly code: string;
  readonly wanted: number;
  readonly available: number;
  /** null: unlimited. */
  readonly mayWait: number | null;
}

/** Keeps what was refused: lost demand is a figure merchants ask for. */
export async function insertRefusals(
  tx: Tx,
  refused: readonly RefusedProduct[],
  now: Instant,
): Promise<void> {
  if (refused.length === 0) return;
  await sql`
    insert into order_refusals (recorded_at, channel_id, number, product_id, code, wanted, available, may_wait)
    select ${new Date(now)}::timestamptz, r.* from unnest(
      ${ints(refused.map((each) => each.channel))}::int[],
      ${texts(refused.map((each) => each.number))}::text[],
      ${ints(refused.map((each) => each.product))}::int[],
      ${texts(refused.map((each) => each.code))}::text[],
      ${ints(refused.map((each) => each.wanted))}::int[],
      ${ints(refused.map((each) => each.available))}::int[],
      ${intsOrNone(refused.map((each) => each.mayWait))}::int[]) as r`.execute(tx);
}
