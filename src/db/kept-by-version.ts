/**
 * What a node keeps of products that seldom changes: each value with the version under which it was read. The version stands
 * in the product's position, read under its lock, and tells whether the copy is still true.
 */
import type { ProductId } from '../core/kernel/ids.ts';

export interface ProductVersion {
  readonly product: ProductId;
  readonly policyVersion: number;
}

/** Products a node keeps; beyond it starts over. */
const MAX_KEPT = 200_000;

export class KeptByVersion<Value> {
  readonly #kept = new Map<ProductId, { readonly version: number; readonly value: Value }>();

  get(product: ProductId): Value | undefined {
    return this.#kept.get(product)?.value;
  }

  /**
   * Reads again what is outdated.
   * @param versions as read under the products' locks, before the transaction changes anything of them itself
   * @param read answers with the values of those it finds
   */
  async refresh(
    versions: Iterable<ProductVersion>,
    read: (products: readonly ProductId[]) => Promise<ReadonlyMap<ProductId, Value>>,
  ): Promise<void> {
    const outdated = [...versions].filter(
      ({ product, policyVersion }) => this.#kept.get(product)?.version !== policyVersion,
    );
    if (outdated.length === 0) return;
    if (this.#kept.size + outdated.length > MAX_KEPT) this.#kept.clear();
    const values = await read(outdated.map(({ product }) => product));
    for (const { product, policyVersion } of outdated) {
      const value = values.get(product);
      if (value !== undefined) this.#kept.set(product, { version: policyVersion, value });
    }
  }
}
