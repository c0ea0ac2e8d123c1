/** The locks of products by SKU, as orders that wait for one look at them: over the connections of orders. */
import { findHeldProducts, waitForProduct } from '../../db/gate/product-positions.ts';
import type { App } from '../frame/app.ts';
import type { ProductLocks } from './held-orders.ts';

export function productLocks(app: App): ProductLocks {
  return {
    async findHeld(skus) {
      const ids = await app.productIds.find(skus);
      const held = new Set(await findHeldProducts(app.db, [...ids.values()]));
      return new Set([...ids].flatMap(([sku, id]) => (held.has(id) ? [sku] : [])));
    },
    async waitFor(sku) {
      const id = (await app.productIds.find([sku])).get(sku);
      if (id !== undefined) await waitForProduct(app.db, id);
    },
  };
}
