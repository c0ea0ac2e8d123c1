/** What every story is told with: the database, the node's copies of what hardly changes, and the bell for fills. */
import { createHash } from 'node:crypto';
import type { ProductId } from '../core/kernel/ids.ts';
import { findProducts } from '../db/catalog.ts';
import { ConfigurationCache } from '../db/configuration.ts';
import type { Database } from '../db/database.ts';
import { PolicyCache } from '../db/policies.ts';
import { ProductFactsCache } from '../db/product-facts.ts';

/** A node's copies of what hardly changes; each is told which version is true. */
export interface Copies {
  readonly configuration: ConfigurationCache;
  readonly policies: PolicyCache;
  readonly productFacts: ProductFactsCache;
}

export interface App extends Copies {
  readonly db: Database;
  readonly productIds: ProductIds;
  /** Rings when a fill may be owed, so that the worker need not wait for its next look. */
  readonly ringForFills: () => void;
}

/** SKUs a node remembers; beyond it starts over. */
const MAX_REMEMBERED = 500_000;

/** SKU to id. Neither ever changes nor is reused, so what was found once stays true. */
export class ProductIds {
  readonly #db: Database;
  readonly #known = new Map<string, ProductId>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The ids of those SKUs that exist. */
  async find(skus: Iterable<string>): Promise<ReadonlyMap<string, ProductId>> {
    const wanted = new Set(skus);
    const missing = [...wanted].filter((sku) => !this.#known.has(sku));
    if (missing.length > 0) {
      if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
      const found = await findProducts(this.#db, missing);
      for (const { sku, id } of found) this.#known.set(sku, id);
    }
    const ids = new Map<string, ProductId>();
    for (const sku of wanted) {
      const id = this.#known.get(sku);
      if (id !== undefined) ids.set(sku, id);
    }
    return ids;
  }
}

export function createCopies(): Copies {
  return {
    configuration: new ConfigurationCache(),
    policies: new PolicyCache(),
    productFacts: new ProductFactsCache(),
  };
}

export function createApp(db: Database, ringForFills: () => void): App {
  return {
    ...createCopies(),
    db,
    productIds: new ProductIds(db),
    ringForFills,
  };
}

/** The fingerprint by which a repeat is told from another request under the same name. */
export function contentsHash(contents: unknown): string {
  return createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 22);
}
