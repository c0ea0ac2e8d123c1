/**
 * Law L11 by walking: the queues are walked as the fill worker walks them, on the snapshot and without a
 * trace; whatever such a walk would serve is stranded. Under sourcing rules only this can say which
 * warehouses may serve an item; without them the statements of laws/queue say the same, written apart.
 */
import type { ServedItem } from '../../core/allocation/serve-queue.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Tx } from '../../db/database.ts';
import { readWaitingProducts } from '../../db/gate/due-fills.ts';
import { readAvailable } from '../../db/inventory.ts';
import { type Check, type CheckResult, MAX_EXAMPLES, nameItems } from '../../laws/check.ts';
import { type Copies, createCopies } from '../frame/app.ts';
import { walkQueues } from '../frame/fill-waiting.ts';
import { openReader, readRules } from '../frame/reader.ts';
import { worldOf } from '../frame/world/decision-world.ts';

/** Products walked together. */
const PAGE_PRODUCTS = 64;

export const nothingWaitsThatAWalkWouldServe: Check = {
  law: 'L11',
  what: 'at rest nothing waits that a walk of its queue would serve',
  run: findStranded,
};

async function findStranded(tx: Tx): Promise<Omit<CheckResult, 'law' | 'what'>> {
  const copies = createCopies();
  const products = await readWaitingProducts(tx);
  const stranded: ServedItem[] = [];
  for (let start = 0; start < products.length; start += PAGE_PRODUCTS) {
    const page = products.slice(start, start + PAGE_PRODUCTS);
    stranded.push(...atRest(await wouldServe(copies, tx, page), new Set(products)));
  }
  const examples = await nameItems(
    tx,
    stranded.slice(0, MAX_EXAMPLES).map(({ item }) => item),
  );
  return { checked: products.length, violations: stranded.length, examples };
}

async function wouldServe(copies: Copies, tx: Tx, products: readonly ProductId[]): Promise<Walked> {
  let wanted = products;
  for (;;) {
    const reader = await openReader(copies, tx, wanted);
    const world = worldOf(reader, await readAvailable(tx, wanted), await readRules(copies, reader));
    const positions = new Map(reader.positions.map((each) => [each.product, each]));
    const { served, alsoNeeded } = await walkQueues({ tx, world, positions, setAside: new Map() }, products);
    if (alsoNeeded.length === 0) return { served, positions };
    wanted = [...wanted, ...alsoNeeded];
  }
}

interface Walked {
  readonly served: readonly ServedItem[];
  readonly positions: ReadonlyMap<ProductId, { readonly fillDue: boolean }>;
}

/**
 * Without orders that are served as a whole and have a product to which a fill is owed: their turn may still
 * come.
 */
function atRest({ served, positions }: Walked, resting: ReadonlySet<ProductId>): ServedItem[] {
  const isOwed = (product: ProductId) => positions.get(product)?.fillDue === true && !resting.has(product);
  const owed = new Set(served.filter(({ item }) => isOwed(item.product)).map(({ item }) => item.order));
  return served.filter(({ item }) => !owed.has(item.order));
}
