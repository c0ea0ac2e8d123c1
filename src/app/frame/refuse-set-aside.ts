/**
 * What may not be done with a product whose fill fails: taking its free stock. It is owed to those who wait, and whoever asks
 * now would overtake them; so such an act is refused for as long as that lasts, and nothing keeps the refusal.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import { type Refusal, refuse } from '../../core/kernel/refusal.ts';
import { type Instant, instant, isoInstant } from '../../core/kernel/time.ts';
import { readSkus } from '../../db/catalog/catalog.ts';
import type { Gate } from './gate.ts';

/** Refuses what asks for units of these products when one of them is set aside; `products`: by SKU. */
export function refuseSetAside(
  { setAside }: Pick<Gate, 'setAside'>,
  skus: readonly string[],
  products: ReadonlyMap<string, ProductId>,
): { readonly ok: false; readonly refusal: Refusal } | undefined {
  if (setAside.size === 0) return undefined;
  const aside = new Map<string, Instant>();
  for (const sku of skus) {
    const product = products.get(sku);
    const since = product === undefined ? undefined : setAside.get(product);
    if (since !== undefined) aside.set(sku, since);
  }
  if (aside.size === 0) return undefined;
  const [first, ...others] = aside.values();
  const since = isoInstant(
    others.reduce((least, each) => (each < least ? each : least), first ?? instant(0)),
  );
  return refuse(
    'product_set_aside',
    `Stock of ${[...aside.keys()].join(', ')} cannot be given to those who wait for it since ${since}, and nobody may overtake them; Allot tries again by itself, send this again later`,
    { skus: [...aside.keys()], since },
  );
}

/** The same for products of items that exist. */
export async function refuseItemsSetAside(gate: Gate, products: readonly ProductId[]) {
  if (gate.setAside.size === 0) return undefined;
  const skus = await readSkus(gate.tx, products);
  return refuseSetAside(gate, [...skus.values()], new Map([...skus].map(([product, sku]) => [sku, product])));
}
