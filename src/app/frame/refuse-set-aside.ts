/**
 * What may not be done with a product whose fill fails: taking its free stock. It is owed to those who wait, and whoever asks
 * now would overtake them; so such an act is refused for as long as that lasts, and nothing keeps the refusal.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import { DONE, type Outcome } from '../../core/kernel/refusal.ts';
import { type Instant, instant } from '../../core/kernel/time.ts';
import { readSkus } from '../../db/catalog/catalog.ts';
import type { Gate } from './gate.ts';
import { productsSetAside } from './refusals.ts';

/** Refuses what asks for units of these products when one of them is set aside; `products`: by SKU. */
export function refuseSetAside(
  { setAside }: Pick<Gate, 'setAside'>,
  skus: readonly string[],
  products: ReadonlyMap<string, ProductId>,
): Outcome<undefined> {
  if (setAside.size === 0) return DONE;
  const aside = new Map<string, Instant>();
  for (const sku of skus) {
    const product = products.get(sku);
    const since = product === undefined ? undefined : setAside.get(product);
    if (since !== undefined) aside.set(sku, since);
  }
  if (aside.size === 0) return DONE;
  const [first, ...others] = aside.values();
  const since = others.reduce((least, each) => (each < least ? each : least), first ?? instant(0));
  return productsSetAside([...aside.keys()], since);
}

/** The same for products of items that exist. */
export async function refuseItemsSetAside(
  gate: Gate,
  products: readonly ProductId[],
): Promise<Outcome<undefined>> {
  if (gate.setAside.size === 0) return DONE;
  const skus = await readSkus(gate.tx, products);
  return refuseSetAside(gate, [...skus.values()], new Map([...skus].map(([product, sku]) => [sku, product])));
}
