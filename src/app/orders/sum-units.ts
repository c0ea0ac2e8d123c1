/** Adds up units by product: one level moves once, however many lines move it. */
import type { ProductId } from '../../core/kernel/ids.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';

export function sumUnits(
  lines: readonly { readonly item: OrderItem; readonly units: number }[],
): [ProductId, number][] {
  const sums = new Map<ProductId, number>();
  for (const { item, units } of lines) sums.set(item.product, (sums.get(item.product) ?? 0) + units);
  return [...sums];
}
