/** What every story is told with: the database, the node's copies of what hardly changes, and the bell for fills. */
import type { ProductId } from '../../core/kernel/ids.ts';
import { findProducts } from '../../db/catalog/catalog.ts';
import { ConfigurationCache } from '../../db/catalog/configuration.ts';
import { PolicyCache } from '../../db/catalog/policies.ts';
import { ProductFactsCache } from '../../db/catalog/product-facts.ts';
import { RecentlyUsed } from '../../db/catalog/recently-used.ts';
import type { Database } from '../../db/database.ts';
import type { Work } from '../../db/set-aside.ts';

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
  /** Tells whoever runs the node what was set aside, and why. */
  readonly reportSetAside: (failure: SetAsideReport) => void;
}

/** Products whose work in the background failed by itself. */
export interface SetAsideReport {
  readonly work: Work;
  readonly products: readonly ProductId[];
  readonly error: unknown;
}

/** SKUs a node remembers. */
const MAX_REMEMBERED = 500_000;

/** SKU to id. Neither ever changes nor is reused, so what was found once stays true. */
export class ProductIds {
  readonly #db: Database;
  readonly #known: RecentlyUsed<string, ProductId>;

  /** @param most SKUs remembered at once */
  constructor(db: Database, most = MAX_REMEMBERED, known = new RecentlyUsed<string, ProductId>(most)) {
    this.#db = db;
    this.#known = known;
  }

  /** The same, asking over other connections. */
  over(db: Database): ProductIds {
    return new ProductIds(db, MAX_REMEMBERED, this.#known);
  }

  /** The ids of those SKUs that exist. */
  async find(skus: Iterable<string>): Promise<ReadonlyMap<string, ProductId>> {
    const ids = new Map<string, ProductId>();
    const missing: string[] = [];
    for (const sku of new Set(skus)) {
      const id = this.#known.get(sku);
      if (id === undefined) missing.push(sku);
      else ids.set(sku, id);
    }
    if (missing.length === 0) return ids;
    for (const { sku, id } of await findProducts(this.#db, missing)) {
      this.#known.set(sku, id);
      ids.set(sku, id);
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

export function createApp(
  db: Database,
  ringForFills: App['ringForFills'],
  reportSetAside: App['reportSetAside'] = () => undefined,
): App {
  return {
    ...createCopies(),
    db,
    productIds: new ProductIds(db),
    ringForFills,
    reportSetAside,
  };
}

/** The same node, over other connections to the same database. */
export function appOver(app: App, db: Database): App {
  return { ...app, db, productIds: app.productIds.over(db) };
}
