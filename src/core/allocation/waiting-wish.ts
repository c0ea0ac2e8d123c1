/** A waiting item as a wish: the units of it that are not served, at its own place in line. */
import { quantity } from '../kernel/quantity.ts';
import { unserved } from '../orders/buckets.ts';
import type { OrderItem } from '../orders/order-item.ts';
import type { Wish } from './source-units.ts';

export function wishOf(item: OrderItem): Wish {
  const { line, product, rejectedBy, waitingSince, kind, unitPrice, buckets } = item;
  return {
    line,
    product,
    units: quantity(unserved(buckets)),
    rejectedBy,
    waitingSince,
    quantity: buckets.ordered - buckets.cancelled,
    unitPrice,
    waitsAs: kind,
  };
}
