/**
 * What keeps sums exact when units are let in: how many wait for one product, and what an order comes to when its quantities
 * are raised. What a new order comes to is checked at the edge, by its contract; what is there already, however large an
 * older version let it become, is served, lowered and cancelled like any other.
 */
import { beyondBounds, beyondInWords, MAX_WAITING } from '../../../core/kernel/bounds.ts';
import type { ProductId } from '../../../core/kernel/ids.ts';
import { DONE, type Outcome, refuse } from '../../../core/kernel/refusal.ts';
import type { OrderItem } from '../../../core/orders/order-item.ts';
import type { Gate } from '../gate.ts';

export interface LetIn {
  /** How whoever sent it calls the product: by its SKU, or by the line that has it. */
  readonly named: { readonly sku: string } | { readonly line: number };
  readonly product: ProductId;
  readonly units: number;
}

/** Refuses units for which there is no room, should all of them wait. */
export function refuseBeyondWaiting(
  { positions, world }: Pick<Gate, 'positions' | 'world'>,
  letIn: readonly LetIn[],
): Outcome<undefined> {
  const asked = new Map<ProductId, number>();
  for (const { named, product, units } of letIn) {
    const wanted = (asked.get(product) ?? 0) + units;
    asked.set(product, wanted);
    const waiting = waitingFor(product, { positions, world });
    if (waiting + wanted <= MAX_WAITING) continue;
    const what = 'sku' in named ? named.sku : `the product of line ${named.line}`;
    return refuse(
      'too_many_units',
      `${waiting} units of ${what} wait already; with ${wanted} more they would be more than ${MAX_WAITING}`,
      { ...named, waiting, units: wanted, most: MAX_WAITING },
    );
  }
  return DONE;
}

/** Units that wait of the product, with those of orders that stand before in the same batch. */
function waitingFor(product: ProductId, { positions, world }: Pick<Gate, 'positions' | 'world'>): number {
  const position = positions.get(product);
  if (position === undefined) return 0;
  return world.uses.ofProduct(product) + position.unfillable;
}

/**
 * Refuses an order that would be too large.
 * @param quantities what is wanted of items that are raised
 */
export function refuseBeyondOrder(
  items: readonly OrderItem[],
  quantities: ReadonlyMap<number, number>,
): Outcome<undefined> {
  const after = items.map(({ line, buckets, unitPrice }) => {
    const quantity = quantities.get(line);
    return { units: quantity === undefined ? buckets.ordered : quantity + buckets.cancelled, unitPrice };
  });
  const beyond = beyondBounds(after);
  if (beyond === undefined) return DONE;
  const { of, sum, most } = beyond;
  const code = of === 'units' ? 'too_many_units' : 'too_much_value';
  return refuse(code, `Of this order, cancelled units included, ${beyondInWords(beyond)}`, { sum, most });
}
