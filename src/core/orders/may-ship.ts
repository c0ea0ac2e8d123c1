/**
 * What keeps an order item from leaving the warehouse now, in the order in which it is checked: the order is on
 * hold, a pre-order's release has not come by the database's clock, an order that ships complete is not complete, less of
 * the item or of the order has stock than the rules it was placed under ask for.
 */

import type { Shipping } from '../catalog/sales-channel.ts';
import { isReleased, type SellPolicy } from '../catalog/sell-policy.ts';
import { frozen } from '../kernel/frozen.ts';
import type { Instant } from '../kernel/time.ts';
import { unserved } from './buckets.ts';
import type { OrderItem } from './order-item.ts';

export const SHIPPING_BARS = frozen([
  'order_on_hold',
  'not_released',
  'order_incomplete',
  'below_release_gate',
]);
export type ShippingBar = (typeof SHIPPING_BARS)[number];

export interface ShippingOrder {
  readonly hold: string | null;
  readonly shipping: Shipping;
  readonly itemGatePercent: number | null;
  readonly orderGatePercent: number | null;
  readonly items: readonly OrderItem[];
}

/** Percent of the wanted units that have stock or have left. */
function readyPercent(items: readonly OrderItem[]): number {
  let wanted = 0;
  let ready = 0;
  for (const { buckets } of items) {
    wanted += buckets.ordered - buckets.cancelled;
    ready += buckets.allocated + buckets.shipped;
  }
  return wanted === 0 ? 100 : (ready / wanted) * 100;
}

function isComplete(items: readonly OrderItem[]): boolean {
  return items.every((item) => unserved(item.buckets) + item.buckets.pending === 0);
}

export function shippingBar(
  order: ShippingOrder,
  item: OrderItem,
  { policy, now }: { readonly policy: SellPolicy; readonly now: Instant },
): ShippingBar | null {
  if (order.hold !== null) return 'order_on_hold';
  if (item.kind === 'preorder' && !isReleased(policy, now)) return 'not_released';
  if (order.shipping === 'complete' && !isComplete(order.items)) return 'order_incomplete';
  const { itemGatePercent, orderGatePercent, items } = order;
  const isBelow =
    readyPercent([item]) < (itemGatePercent ?? 0) || readyPercent(items) < (orderGatePercent ?? 0);
  return isBelow ? 'below_release_gate' : null;
}
