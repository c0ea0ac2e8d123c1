/**
 * The warehouses of its channel that the rules in force keep from an item whatever they have: what promises must not count
 * on. Filters that depend on stock or on the day (safety stock, capacity) pass, and are not looked at here.
 */
import type { WarehouseId } from '../kernel/ids.ts';
import { exclusionOf } from '../sourcing/candidates.ts';
import { destinationOf, type OrderAttributes } from './order-attributes.ts';
import { rulesOf, type Wish, wishFacts } from './source-units.ts';
import type { World } from './world/world.ts';

export function excludedByRules(
  order: { readonly attributes: OrderAttributes; readonly channel: Parameters<typeof rulesOf>[0]['channel'] },
  wish: Wish,
  world: Pick<World, 'now' | 'warehouses' | 'ruleSet' | 'product'>,
): WarehouseId[] {
  const { ruleSet, now } = world;
  if (ruleSet === null) return [];
  const { plan } = rulesOf(order, { ruleSet, now }).planFor(wishFacts(wish, world));
  const destination = destinationOf(order.attributes);
  return order.channel.warehouses.filter((id) => {
    const warehouse = world.warehouses.get(id);
    return (
      warehouse !== undefined &&
      exclusionOf(warehouse, plan.filters, { rejectedBy: [], destination }) !== undefined
    );
  });
}
