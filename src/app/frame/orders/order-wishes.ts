/** What a new order asks for, as decisions and sourcing rules see it: by placing it, and by a dry run of a rule set. */
import type { OrderRequest } from '../../../contract/orders.ts';
import type { OrderAttributes } from '../../../core/allocation/order-attributes.ts';
import type { Wish } from '../../../core/allocation/source-units.ts';
import type { World } from '../../../core/allocation/world/world.ts';
import type { SalesChannel } from '../../../core/catalog/sales-channel.ts';
import { MAX_WEIGHT } from '../../../core/kernel/bounds.ts';
import { lineNumber, type ProductId } from '../../../core/kernel/ids.ts';
import { quantity } from '../../../core/kernel/quantity.ts';
import { type Instant, instantFromIso } from '../../../core/kernel/time.ts';

/** The items of a new order as wishes; SKUs that are not known are left out. */
export function wishesOf(
  products: ReadonlyMap<string, ProductId>,
  order: OrderRequest,
  now: Instant,
): Wish[] {
  const waitingSince = placedAt(order, now);
  return order.items.flatMap(({ sku, quantity: units, unitPrice }, index) => {
    const product = products.get(sku);
    if (product === undefined) return [];
    const line = lineNumber(index + 1);
    const wish = { line, product, units: quantity(units), rejectedBy: [], waitingSince };
    return [{ ...wish, quantity: units, unitPrice, waitsAs: null }];
  });
}

/** What rules may look at of a new order. */
export function attributesOf(
  order: OrderRequest,
  channel: SalesChannel,
  { demands, world }: { readonly demands: readonly Wish[]; readonly world: World },
): OrderAttributes {
  const weights = demands.map(({ product, units }) => {
    const { weightGrams } = world.product(product);
    return weightGrams === undefined ? null : weightGrams * units;
  });
  return {
    number: order.number,
    priority: order.priority,
    shipping: order.shipping ?? channel.shipping,
    customer: order.customer,
    customerGroup: order.customerGroup,
    shipTo: order.shipTo,
    items: demands.length,
    units: demands.reduce((sum, { units }) => sum + units, 0),
    value: demands.reduce((sum, { units, unitPrice }) => sum + units * unitPrice, 0),
    weightGrams: sumOfWeights(weights),
    opened: new Set(),
  };
}

/** null when one of them is not known. */
function sumOfWeights(weights: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const weight of weights) {
    if (weight === null) return null;
    sum += weight;
  }
  return Math.min(sum, MAX_WEIGHT);
}

/** Nobody can have ordered in the future: such a moment counts as now. */
export function placedAt(order: OrderRequest, now: Instant): Instant {
  if (order.placedAt === undefined) return now;
  const given = instantFromIso(order.placedAt);
  return given < now ? given : now;
}
