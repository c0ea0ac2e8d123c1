/** What sourcing rules know of products, kept by each node like their policies. */
import { sql } from 'kysely';
import type { ProductId } from '../core/kernel/ids.ts';
import type { ProductFacts } from '../core/sourcing/condition-facts.ts';
import { ints } from './arrays.ts';
import type { Tx } from './database.ts';
import { KeptByVersion, type ProductVersion } from './kept-by-version.ts';

export type ProductFactsLookup = (product: ProductId) => ProductFacts;

const UNKNOWN: ProductFacts = { sku: '', name: '', tags: [] };

export class ProductFactsCache {
  readonly #kept = new KeptByVersion<ProductFacts>();

  async at(tx: Tx, versions: Iterable<ProductVersion>): Promise<ProductFactsLookup> {
    await this.#kept.refresh(versions, (products) => readProductFacts(tx, products));
    return (product) => this.#kept.get(product) ?? UNKNOWN;
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
