/**
 * Decides again about units of an order that exists: a raised quantity, a lifted hold, a rejected allocation. They go
 * through the same decision as a new order and keep the item's rank.
 */
import { type Decision, decideOrder } from '../../core/allocation/decide-order.ts';
import { type OrderAttributes, unknownOrder } from '../../core/allocation/order-attributes.ts';
import { looksAtOrders } from '../../core/allocation/world/world.ts';
import { present } from '../../core/kernel/assert.ts';
import type { WarehouseId } from '../../core/kernel/ids.ts';
import { quantity } from '../../core/kernel/quantity.ts';
import { unserved } from '../../core/orders/buckets.ts';
import { type OrderItem, waitingBucket } from '../../core/orders/order-item.ts';
import { readOrderAttributes } from '../../db/orders/order-attributes.ts';
import { loadWaitingUses } from '../frame/world/waiting-uses.ts';
import type { OrderAtGate } from './order-at-gate.ts';

export interface UnitsToDecide {
  readonly item: OrderItem;
  readonly units: number;
  /** A warehouse that has just rejected the item. */
  readonly butNot?: WarehouseId;
}

export interface DecidingUnits {
  /** Never refuse: what may not wait is unfillable. */
  readonly insist: boolean;
  readonly whole: boolean;
  /** Judged the same way, but the units stay pending. */
  readonly onHold: boolean;
}

export async function decideUnits(
  at: OrderAtGate,
  units: readonly UnitsToDecide[],
  { insist, whole, onHold }: DecidingUnits,
): Promise<Decision> {
  const { gate, order, items } = at;
  const channel = present(gate.world.channels.get(order.channel), `channel ${order.channel} is not loaded`);
  await loadWaitingUses(
    gate,
    units.map(({ item }) => item),
  );
  const attributes = await attributesOf(at);
  return decideOrder(
    {
      channel,
      customer: order.customer,
      attributes,
      demands: units.map(({ item, units: count, butNot }) => ({
        line: item.line,
        product: item.product,
        units: quantity(count),
        rejectedBy: butNot === undefined ? item.rejectedBy : [...item.rejectedBy, butNot],
        waitingSince: item.waitingSince,
        quantity: item.buckets.ordered - item.buckets.cancelled,
        unitPrice: item.unitPrice,
        waitsAs: unserved(item.buckets) > 0 ? item.kind : null,
      })),
      whole,
      lacksOthers: items.some((item) => unserved(item.buckets) > 0),
      insist,
      onHold,
      waitingAlready: (product, kind) =>
        items
          .filter((item) => item.product === product)
          .reduce((sum, item) => sum + item.buckets[waitingBucket(kind)], 0),
    },
    gate.world,
  );
}

async function attributesOf({ gate, order }: OrderAtGate): Promise<OrderAttributes> {
  if (!looksAtOrders(gate.world)) return unknownOrder();
  const found = await readOrderAttributes(gate.tx, [order.id]);
  return present(found.get(order.id), 'the order is locked');
}
