/** An inventory level: what one warehouse has of one product. Allocated is never more than on hand. */
import type { ProductId, WarehouseId } from '../kernel/ids.ts';

export interface InventoryLevel {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly onHand: number;
  readonly allocated: number;
}

export function available(level: Pick<InventoryLevel, 'onHand' | 'allocated'>): number {
  return level.onHand - level.allocated;
}
