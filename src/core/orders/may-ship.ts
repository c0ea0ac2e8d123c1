/**
 * May it ship? What keeps an item from leaving its warehouse now, in the order in which it is checked: its order is on
 * hold, a pre-order's release has not come by the database's clock, an order that ships complete is not complete, less of
 * the item or of the order has stock than the rules it was placed under ask for.
 *
 * Pick lists and shipments both ask here, so that what is shown as ready is never refused. An order that ships complete
 * leaves only when each of its items may: one pre-order before its release keeps all of it.
 */
import type { Shipping } from '../catalog/sales-channel.ts';
import { isReleased, type WaitingKind } from '../catalog/sell-policy.ts';
import { frozen } from '../kernel/frozen.ts';
import type { Instant } from '../kernel/time.ts';
import type { Buckets } from './buckets.ts';

export const SHIPPING_BARS = frozen([
  'order_on_hold',
  'not_released',
  'order_incomplete',
  'below_release_gate',
]);
type ShippingBarCode = (typeof SHIPPING_BARS)[number];

/** Why an item may not leave now; of a release, from when on it may. */
export type ShippingBar =
  | { readonly code: 'not_released'; readonly releaseAt: Instant }
  | { readonly code: Exclude<ShippingBarCode, 'not_released'> };

export interface ShippingItem {
  readonly line: number;
  readonly kind: WaitingKind;
  readonly buckets: Pick<Buckets, 'ordered' | 'allocated' | 'shipped' | 'cancelled'>;
  /** By the policy in force; null: nothing has to pass. */
  readonly releaseAt: Instant | null;
}

export interface ShippingOrder {
  readonly hold: string | null;
  readonly shipping: Shipping;
  readonly itemGatePercent: number | null;
  readonly orderGatePercent: number | null;
  /** All of them. */
  readonly items: readonly ShippingItem[];
}

/** What keeps the item from leaving; null: it may ship. */
export function shippingBar(order: ShippingOrder, item: ShippingItem, now: Instant): ShippingBar | null {
  if (order.hold !== null) return { code: 'order_on_hold' };
  const leavingTogether = order.shipping === 'complete' ? order.items : [item];
  const releaseAt = lastRelease(leavingTogether);
  if (releaseAt !== null && !isReleased({ releaseAt }, now)) return { code: 'not_released', releaseAt };
  if (order.shipping === 'complete' && !hasShare(order.items, 100)) return { code: 'order_incomplete' };
  const passes = hasShare([item], order.itemGatePercent) && hasShare(order.items, order.orderGatePercent);
  return passes ? null : { code: 'below_release_gate' };
}

/** The last release among pre-orders of which units are still to leave. */
function lastRelease(items: readonly ShippingItem[]): Instant | null {
  let last: Instant | null = null;
  for (const { kind, releaseAt, buckets } of items) {
    const toLeave = buckets.ordered - buckets.cancelled - buckets.shipped;
    if (kind !== 'preorder' || toLeave === 0 || releaseAt === null) continue;
    if (last === null || releaseAt > last) last = releaseAt;
  }
  return last;
}

/** Whether of the wanted units so many percent have stock or have left. In whole numbers: no share is lost to rounding. */
function hasShare(items: readonly ShippingItem[], percent: number | null): boolean {
  let wanted = 0;
  let ready = 0;
  for (const { buckets } of items) {
    wanted += buckets.ordered - buckets.cancelled;
    ready += buckets.allocated + buckets.shipped;
  }
  return 100 * ready >= (percent ?? 0) * wanted;
}
