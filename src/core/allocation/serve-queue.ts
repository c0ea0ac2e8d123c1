/**
 * Serves waiting items: gives what is free to those who wait, the best rank first.
 *
 * The queues of several products are walked as one, in rank order, so that an order which is served only as a whole
 * is looked at after everyone ahead of it in each of its products. An item that can take nothing (its warehouses
 * are empty, or its order cannot be completed) is passed over and keeps its place; that is the only way in which a
 * lower rank is served first.
 *
 * Queues come as windows, a bounded piece at a time. When a window is used up while its product still has stock, the
 * walk stops and says which window needs more; called again with more it goes on where it was.
 */
import { invariant, present } from '../kernel/assert.ts';
import type { OrderId, ProductId } from '../kernel/ids.ts';
import { quantity } from '../kernel/quantity.ts';
import { type BucketChange, unserved } from '../orders/buckets.ts';
import { compareRank, type OrderItem, serve } from '../orders/order-item.ts';
import { rankWarehouses } from '../sourcing/rank-warehouses.ts';
import { asked, type Explanation } from './explanation.ts';
import { type Fill, fill } from './fill.ts';
import type { World } from './world.ts';

/** The head of one product's queue that is still to be walked, best rank first. */
export interface QueueWindow {
  readonly product: ProductId;
  items: OrderItem[];
  /** Nothing waits behind the items of this window. */
  exhausted: boolean;
}

export interface ServedItem {
  readonly item: OrderItem;
  readonly fills: readonly Fill[];
  readonly change: BucketChange;
  readonly explanation: Explanation;
}

export interface Walk {
  readonly served: readonly ServedItem[];
  /** Windows that must be refilled before the walk can go on; empty when it is over. */
  readonly dry: readonly QueueWindow[];
}

export interface Queues {
  readonly windows: readonly QueueWindow[];
  /** All unserved items of each order that is served only as a whole. */
  readonly wholeOrders: ReadonlyMap<OrderId, readonly OrderItem[]>;
  /** Most items to serve in this call. */
  readonly most: number;
}

/** Walks the windows, drawing from `world.supply`; items it served or passed over leave their windows. */
export function serveQueue(queues: Queues, world: World): Walk {
  const served: ServedItem[] = [];
  const considered = new Set<OrderId>();
  const walked = new Map(queues.windows.map((window) => [window, 0]));
  const open = new Set(queues.windows.filter((window) => mayServe(window, world)));
  let dry: readonly QueueWindow[] = [];
  while (served.length < queues.most) {
    const heads = headsOf(open, walked);
    dry = heads.dry;
    if (dry.length > 0 || heads.best === undefined) break;
    const { window, item } = heads.best;
    walked.set(window, (walked.get(window) ?? 0) + 1);
    if (item.whole && considered.has(item.order)) continue;
    considered.add(item.order);
    const gains = item.whole
      ? serveWhole(present(queues.wholeOrders.get(item.order), 'a whole order without its items'), world)
      : serveOne(item, world);
    served.push(...gains);
    // Only what was just served can have taken the last of a product, so only its windows are looked at again.
    const touched = new Set(gains.map((gain) => gain.item.product));
    for (const each of open) if (touched.has(each.product) && !mayServe(each, world)) open.delete(each);
  }
  for (const [window, count] of walked) window.items = window.items.slice(count);
  return { served, dry };
}

/** Whether stock is left that could serve this product's queue: anywhere, or in a warehouse that always has it. */
export function mayServe(window: Pick<QueueWindow, 'product'>, world: World): boolean {
  if (world.supply.total(window.product) > 0) return true;
  return [...world.warehouses.values()].some((each) => each.stock === 'unmanaged' && each.enabled);
}

/** The best-ranked of the open windows' next items, and the windows that must be refilled before one can be named. */
function headsOf(
  open: ReadonlySet<QueueWindow>,
  walked: ReadonlyMap<QueueWindow, number>,
): { best: { window: QueueWindow; item: OrderItem } | undefined; dry: readonly QueueWindow[] } {
  const dry: QueueWindow[] = [];
  let best: { window: QueueWindow; item: OrderItem } | undefined;
  for (const window of open) {
    const item = window.items[walked.get(window) ?? 0];
    if (item === undefined) {
      if (!window.exhausted) dry.push(window);
    } else if (best === undefined || compareRank(item, best.item) < 0) best = { window, item };
  }
  return { best, dry };
}

/** The item with what it takes; nothing when no eligible warehouse has any. */
function serveOne(item: OrderItem, world: World): ServedItem[] {
  const channel = present(world.channels.get(item.channel), `channel ${item.channel} is not loaded`);
  const warehouses = rankWarehouses(channel, world.warehouses, item.rejectedBy);
  const offers = world.supply.offers(item.product, warehouses);
  const wanted = quantity(unserved(item.buckets));
  const filling = fill(wanted, offers);
  if (filling.fills.length === 0) return [];
  world.supply.take(item.product, filling.fills, world.warehouses);
  const explanation: Explanation = {
    asked: asked(warehouses, offers, filling),
    ...(item.whole && { whole: true as const }),
  };
  return [{ item, fills: filling.fills, change: serve(item.buckets, wanted - filling.short), explanation }];
}

/** All items of the order in full, or none of them. */
function serveWhole(items: readonly OrderItem[], world: World): ServedItem[] {
  const served: ServedItem[] = [];
  for (const item of items) {
    const [one] = serveOne(item, world);
    if (one !== undefined) served.push(one);
    if (one === undefined || one.change.allocated < unserved(item.buckets)) {
      for (const each of served) world.supply.putBack(each.item.product, each.fills, world.warehouses);
      return [];
    }
  }
  invariant(served.length === items.length, 'a whole order is served item by item');
  return served;
}
