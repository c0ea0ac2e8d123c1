/**
 * The one door for filling. Stock that became free is given to waiting items here and nowhere else, a page at a time:
 * read the heads of the due queues, decide, record. A product stays due until a page finds nothing more to serve,
 * and the due mark is part of the database, so that no wake-up is lost with a process.
 */

import {
  mayServe,
  openPage,
  type QueuePage,
  type QueueWindow,
  type ServedItem,
  serveQueue,
} from '../../core/allocation/serve-queue.ts';
import { looksAtOrders } from '../../core/allocation/world/world.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { isOwnFault } from '../../db/connection/fault.ts';
import { type Database, inTransaction, type Tx } from '../../db/database.ts';
import { settleFills } from '../../db/gate/due-fills.ts';
import { readOrderAttributes } from '../../db/orders/order-attributes.ts';
import { type HeadRequest, readHeads, readUnserved } from '../../db/orders/waiting-queue.ts';
import { type Gate, MoreProductsError } from './gate.ts';
import { type ItemChange, recordChanges, tiedNotHeld } from './record-changes.ts';
import { recordSourcing } from './world/sourcing-world.ts';

/** Items served in one transaction: larger pages are a little faster and hold the products' locks longer. */
const PAGE_ITEMS = 500;
export interface FillPage {
  readonly served: number;
  /** Products that must be locked as well before this page can be decided: nothing was served. */
  readonly alsoNeeded: readonly ProductId[];
}

/** A fill failed. Thrown by `fillingTransaction` only when the fault is its products' own. */
export class FillFailedError extends Error {
  override readonly name = 'FillFailedError';
  readonly products: readonly ProductId[];
  constructor(products: readonly ProductId[], cause: unknown) {
    super(`the fill of products ${products.join(', ')} failed`, { cause });
    this.products = products;
  }
}

/** Serves one page of what is owed at this gate. */
export async function fillPage(gate: Gate): Promise<FillPage> {
  try {
    return await servePage(gate);
  } catch (error) {
    throw error instanceof MoreProductsError ? error : new FillFailedError(gate.owed, error);
  }
}

/** Runs a story that fills in one transaction; when it fails at a fill, by what is wrong with it, it says at which. */
export async function fillingTransaction<T>(db: Database, story: (tx: Tx) => Promise<T>): Promise<T> {
  const filling: { failed?: FillFailedError | undefined } = {};
  try {
    return await inTransaction(db, async (tx) => {
      filling.failed = undefined;
      try {
        return await story(tx);
      } catch (error) {
        if (error instanceof FillFailedError) filling.failed = error;
        throw error;
      }
    });
  } catch (error) {
    // A transaction ends with what failed in it first, which may be another error than the fill's.
    const cause = error instanceof FillFailedError ? error.cause : error;
    if (filling.failed === undefined || !isOwnFault(cause)) throw cause;
    throw new FillFailedError(filling.failed.products, cause);
  }
}

async function servePage(gate: Gate): Promise<FillPage> {
  const due = gate.owed;
  const { served, open, alsoNeeded } = await walkQueues(gate, due);
  if (alsoNeeded.length > 0) return { served: 0, alsoNeeded };
  const changes = fillsOf(gate, served);
  const tied = await tiedNotHeld(gate, changes);
  if (tied.length > 0) return { served: 0, alsoNeeded: tied };
  // Settled first: what is served may make further fills owed, also of these products.
  await settleFills(
    gate.tx,
    due.filter((product) => !open.has(product)),
    gate.now,
  );
  await recordChanges(gate, changes, null);
  await recordSourcing(gate);
  return { served: served.length, alsoNeeded: [] };
}

/** What a walk looks at: products that are held, or one snapshot of them. */
export type WalkedProducts = Pick<Gate, 'tx' | 'world' | 'positions' | 'setAside'>;

export interface WalkedQueues {
  readonly served: readonly ServedItem[];
  /** Products that may have more to serve than one page. */
  readonly open: ReadonlySet<ProductId>;
  /** Products that must be looked at as well before this page can be decided. */
  readonly alsoNeeded: readonly ProductId[];
}

/** Decides one page of what these queues get; records nothing. */
export async function walkQueues(gate: WalkedProducts, due: readonly ProductId[]): Promise<WalkedQueues> {
  const notHeld = due.filter((product) => !gate.positions.has(product));
  if (notHeld.length > 0) return { served: [], open: new Set(), alsoNeeded: notHeld };
  const page = openPage(due);
  const reading: Reading = { page, last: new Map() };
  const served: ServedItem[] = [];
  let dry = page.windows.filter((window) => mayServe(window, gate.world));
  for (;;) {
    await refill(gate, dry, reading);
    passOverSetAside(gate, page);
    const alsoNeeded = productsNotHeld(gate, page);
    if (alsoNeeded.length > 0) return { served: [], open: new Set(), alsoNeeded };
    const walk = serveQueue(page, PAGE_ITEMS - served.length, gate.world);
    served.push(...walk.served);
    dry = [...walk.dry];
    if (dry.length === 0 || served.length >= PAGE_ITEMS) break;
  }
  const unfinished = page.windows.filter(
    (window) => mayServe(window, gate.world) && !(window.exhausted && window.items.length === 0),
  );
  return { served, open: new Set(unfinished.map((window) => window.product)), alsoNeeded: [] };
}

/** What a page has read so far. */
interface Reading {
  readonly page: QueuePage;
  /** The last item read of each queue. */
  readonly last: Map<ProductId, OrderItem>;
}

async function refill(
  gate: WalkedProducts,
  dry: readonly QueueWindow[],
  { page: { wholeOrders, attributes }, last }: Reading,
): Promise<void> {
  if (dry.length === 0) return;
  const requests = dry.map(
    ({ product }): HeadRequest => ({
      product,
      most: windowSize(gate, product),
      after: last.get(product) ?? null,
    }),
  );
  const heads = await readHeads(gate.tx, requests, servedChannels(gate));
  for (const [index, window] of dry.entries()) {
    const items = heads.filter((item) => item.product === window.product);
    window.items.push(...items);
    window.exhausted = items.length < (requests[index]?.most ?? 0);
    const final = items.at(-1);
    if (final !== undefined) last.set(window.product, final);
  }
  if (looksAtOrders(gate.world)) {
    const unknown = new Set(heads.map(({ order }) => order).filter((order) => !attributes.has(order)));
    for (const [order, found] of await readOrderAttributes(gate.tx, [...unknown]))
      attributes.set(order, found);
  }
  const orders = [...new Set(heads.filter((item) => item.whole).map((item) => item.order))];
  const unseen = orders.filter((order) => !wholeOrders.has(order));
  for (const [order, items] of await readUnserved(gate.tx, unseen)) wholeOrders.set(order, items);
}

/** Every item takes at least one unit, so more items than free units need not be read. */
function windowSize(gate: WalkedProducts, product: ProductId): number {
  const unmanaged = [...gate.world.warehouses.values()].some(
    (each) => each.stock === 'unmanaged' && each.enabled,
  );
  const free = unmanaged ? PAGE_ITEMS : gate.world.supply.total(product);
  return Math.max(1, Math.min(free, PAGE_ITEMS));
}

/** Channels that an enabled warehouse serves. */
function servedChannels(gate: WalkedProducts) {
  return [...gate.world.channels.values()]
    .filter((channel) => channel.warehouses.some((id) => gate.world.warehouses.get(id)?.enabled === true))
    .map((channel) => channel.id);
}

/**
 * An order that is served as a whole waits while one of its products is set aside, as it does while one is short: nothing of
 * that product can be given, and what the others have is for those behind.
 */
function passOverSetAside({ setAside }: WalkedProducts, { wholeOrders, considered }: QueuePage): void {
  if (setAside.size === 0) return;
  for (const [order, items] of wholeOrders) {
    if (items.some(({ product }) => setAside.has(product))) considered.add(order);
  }
}

function productsNotHeld(gate: WalkedProducts, { wholeOrders, considered }: QueuePage): ProductId[] {
  const missing = new Set<ProductId>();
  for (const [order, items] of wholeOrders) {
    if (considered.has(order)) continue;
    for (const { product } of items) if (!gate.positions.has(product)) missing.add(product);
  }
  return [...missing];
}

function fillsOf(gate: Gate, served: readonly ServedItem[]): ItemChange[] {
  return served.map(({ item, fills, change, explanation }) => ({
    item,
    change,
    held: fills.map(({ warehouse, units }) => ({ warehouse, open: units })),
    cause: 'filled',
    reference: gate.positions.get(item.product)?.fillCause ?? null,
    explanation,
  }));
}
