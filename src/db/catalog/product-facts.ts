/** What sourcing rules know of products, kept by each node like their policies. */
import { sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { ProductFacts } from '../../core/sourcing/condition-facts.ts';
import { ints } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { KeptByVersion, type ProductVersion } from './kept-by-version.ts';

/** Facts of the products that were asked for; asking it for another one is a bug. */
export type ProductFactsLookup = (product: ProductId) => ProductFacts;

export class ProductFactsCache {
  readonly #kept: KeptByVersion<ProductFacts>;

  /** @param most products kept at once */
  constructor(most?: number) {
    this.#kept = new KeptByVersion(most);
  }

  async at(tx: Tx, versions: Iterable<ProductVersion>): Promise<ProductFactsLookup> {
    const facts = await this.#kept.at(tx, versions, (products) => readProductFacts(tx, products));
    return (product) => present(facts.get(product), 'facts of a product are read before they are asked for');
  }
}

export async function readProductFacts(
  tx: Tx,
  products: readonly ProductId[],
): Promise<Map<ProductId, ProductFacts>> {
  const { rows } = await sql<{
    id: ProductId;
    sku: string;
    name: string;
    tags: string[];
    weightGrams: number | null;
  }>`
    select id, sku, name, tags, weight_grams as "weightGrams"
    from products where id = any(${ints(products)}::int[])`.execute(tx);
  return new Map(
    rows.map(({ id, weightGrams, ...facts }) => [
      id,
      weightGrams === null ? facts : { ...facts, weightGrams },
    ]),
  );
}
