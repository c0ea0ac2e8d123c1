/**
 * What keeps an order item from leaving the warehouse now, in the order in which it is checked: the order is on
 * hold, a pre-order's release has not come by the database's clock, an order that ships complete is not complete.
 */
import type { Shipping } from '../catalog/sales-channel.ts';
import { isReleased, type SellPolicy } from '../catalog/sell-policy.ts';
import type { Instant } from '../kernel/time.ts';
import { unserved } from './buckets.ts';
import type { OrderItem } from './order-item.ts';

export const SHIPPING_BARS = ['order_on_hold', 'not_released', 'order_incomplete'] as const;
export type ShippingBar = (typeof SHIPPING_BARS)[number];

export interface ShippingOrder {
  readonly hold: string | null;
  readonly shipping: Shipping;
  readonly items: readonly OrderItem[];
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
  return order.shipping === 'complete' && !isComplete(order.items) ? 'order_incomplete' : null;
}
