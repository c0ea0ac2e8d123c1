/**
 * What a node keeps of products that seldom changes: each value with the version under which it was read. The version stands
 * in the product's position, read under its lock, and tells whether the copy is still true.
 *
 * Three rules make a copy safe. Who asks gets a view of its own that nothing changes afterwards: a decision ends by what it
 * began with, whatever others read or forget meanwhile. A copy only moves forward: who looks at an older snapshot gets what it
 * read and leaves the newer value where it is. And what a transaction wrote itself is never kept: should it be undone, the
 * next one may write something else under the same version.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Tx } from '../database.ts';
import { RecentlyUsed } from './recently-used.ts';

export interface ProductVersion {
  readonly product: ProductId;
  readonly policyVersion: number;
}

/** Products a node keeps: some 100 bytes each where policies are shared. */
const MAX_KEPT = 200_000;

const writers = new WeakSet<Tx>();

/** From here on what `tx` reads of what nodes keep is its own, since it may be undone. */
export function keepNothingOf(tx: Tx): void {
  writers.add(tx);
}

/** Whether what `tx` reads of what nodes keep is what everybody sees. */
export function mayKeep(tx: Tx): boolean {
  return !writers.has(tx);
}

export class KeptByVersion<Value> {
  readonly #kept: RecentlyUsed<ProductId, { readonly version: number; readonly value: Value }>;

  /** @param most products kept at once */
  constructor(most = MAX_KEPT) {
    this.#kept = new RecentlyUsed(most);
  }

  /**
   * The values of these products, as they are for this transaction.
   * @param versions as read under the products' locks or on a snapshot, before the transaction changes anything of them itself
   * @param read answers with the values of those it finds
   */
  async at(
    tx: Tx,
    versions: Iterable<ProductVersion>,
    read: (products: readonly ProductId[]) => Promise<ReadonlyMap<ProductId, Value>>,
  ): Promise<ReadonlyMap<ProductId, Value>> {
    const view = new Map<ProductId, Value>();
    const outdated: ProductVersion[] = [];
    for (const each of versions) {
      const kept = this.#kept.get(each.product);
      if (kept?.version === each.policyVersion) view.set(each.product, kept.value);
      else outdated.push(each);
    }
    if (outdated.length === 0) return view;
    const values = await read(outdated.map(({ product }) => product));
    for (const each of outdated) {
      const value = values.get(each.product);
      if (value === undefined) continue;
      view.set(each.product, value);
      if (mayKeep(tx)) this.#keep(each, value);
    }
    return view;
  }

  #keep({ product, policyVersion: version }: ProductVersion, value: Value): void {
    const kept = this.#kept.get(product);
    if (kept === undefined || kept.version < version) this.#kept.set(product, { version, value });
  }
}
