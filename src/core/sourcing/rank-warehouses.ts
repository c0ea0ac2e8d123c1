/**
 * Which warehouses may serve an item, the best first. For now the channel's order of preference decides; sourcing
 * rules with conditions and strategies take this place later, and whoever asks here will not notice.
 * Left out: disabled warehouses and those that rejected the item before.
 */
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import type { WarehouseId } from '../kernel/ids.ts';

export function rankWarehouses(
  channel: SalesChannel,
  warehouses: ReadonlyMap<WarehouseId, Warehouse>,
  rejectedBy: readonly WarehouseId[],
): Warehouse[] {
  const ranked: Warehouse[] = [];
  for (const id of channel.warehouses) {
    const warehouse = warehouses.get(id);
    if (warehouse?.enabled === true && !rejectedBy.includes(id)) ranked.push(warehouse);
  }
  return ranked;
}
