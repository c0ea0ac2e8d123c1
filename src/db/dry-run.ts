/** The last orders as a dry run plays them again: what of them has not shipped, and what they hold now. */
import { sql } from 'kysely';
import type { OrderAttributes } from '../core/allocation/order-attributes.ts';
import type { Wish } from '../core/allocation/source-units.ts';
import type { ChannelId, OrderId, WarehouseId } from '../core/kernel/ids.ts';
import { quantity } from '../core/kernel/quantity.ts';
import { ints } from './arrays.ts';
import type { Tx } from './database.ts';
import type { AvailableUnits } from './inventory.ts';
import { readOrderAttributes } from './orders/order-attributes.ts';
import { readItems } from './orders/order-items.ts';

export interface DryOrder {
  readonly id: OrderId;
  readonly channel: ChannelId;
  readonly attributes: OrderAttributes;
  readonly wishes: readonly Wish[];
}

/** The newest orders that are not on hold and of which something is still to be shipped, the oldest of them first. */
export async function readLastOrders(tx: Tx, most: number): Promise<DryOrder[]> {
  const { rows } = await sql<{ id: OrderId; channel: ChannelId }>`
    select o.id, o.channel_id as channel from orders o
    where o.hold is null and exists (
      select from order_items i where i.order_id = o.id and i.ordered > i.cancelled + i.shipped)
    order by o.id desc limit ${most}`.execute(tx);
  const orders = rows.toReversed();
  const ids = orders.map(({ id }) => id);
  const [attributes, items, shippedFrom] = await Promise.all([
    readOrderAttributes(tx, ids),
    readItems(tx, ids),
    readShippedFrom(tx, ids),
  ]);
  const wishes = new Map<OrderId, Wish[]>(ids.map((id) => [id, []]));
  for (const { order, line, product, rejectedBy, waitingSince, unitPrice, buckets } of items) {
    const units = buckets.ordered - buckets.cancelled - buckets.shipped;
    if (units === 0) continue;
    const wish = {
      line,
      product,
      units: quantity(units),
      rejectedBy,
      waitingSince,
      unitPrice,
      waitsAs: null,
    };
    wishes.get(order)?.push({ ...wish, quantity: buckets.ordered - buckets.cancelled });
  }
  const openedBy = new Map<OrderId, Set<WarehouseId>>(ids.map((id) => [id, new Set()]));
  for (const { order, warehouse } of shippedFrom) openedBy.get(order)?.add(warehouse);
  return orders.flatMap(({ id, channel }) => {
    const known = attributes.get(id);
    if (known === undefined) return [];
    const opened = openedBy.get(id) ?? new Set();
    return [{ id, channel, attributes: { ...known, opened }, wishes: wishes.get(id) ?? [] }];
  });
}

async function readShippedFrom(tx: Tx, orders: readonly OrderId[]) {
  const { rows } = await sql<{ order: OrderId; warehouse: WarehouseId }>`
    select distinct order_id as "order", warehouse_id as warehouse from allocations
    where order_id = any(${ints(orders)}::bigint[]) and shipped > 0`.execute(tx);
  return rows;
}

/** Units that these orders hold in warehouses that keep stock. */
export async function readHeldUnits(tx: Tx, orders: readonly OrderId[]): Promise<AvailableUnits[]> {
  if (orders.length === 0) return [];
  const { rows } = await sql<AvailableUnits>`
    select a.product_id as product, a.warehouse_id as warehouse, sum(a.open)::bigint as units
    from allocations a join warehouses w on w.id = a.warehouse_id and w.stock = 'managed'
    where a.order_id = any(${ints(orders)}::bigint[]) and a.open > 0
    group by a.product_id, a.warehouse_id`.execute(tx);
  return rows;
}
