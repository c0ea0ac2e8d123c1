/**
 * Serves waiting items: gives what is free to those who wait, the best rank first.
 *
 * The queues of several products are walked as one, in rank order, so that an order which is served only as a whole
 * is looked at after everyone ahead of it in each of its products. An item that can take nothing (its warehouses
 * are empty, or its order cannot be completed) is passed over and keeps its place; that is the only way in which a
 * lower rank is served first.
 *
 * Queues come as windows, a bounded piece at a time. When a window is used up while its product still has stock, the
 * walk stops and says which window needs more; called again with the same page it goes on where it was. What was looked
 * at belongs to the page: an order that is served as a whole stands in several windows and is looked at once in all of it.
 */
import { present } from '../kernel/assert.ts';
import type { OrderId, ProductId } from '../kernel/ids.ts';
import { type BucketChange, unserved } from '../orders/buckets.ts';
import { type OrderItem, serve } from '../orders/order-item.ts';
import type { Explanation } from './explanation.ts';
import type { Fill } from './fill.ts';
import { type OrderAttributes, unknownOrder } from './order-attributes.ts';
import { compareRank } from './queue-policy.ts';
import { noteLoads, type Sourced, sourceUnits, type Wish, type WishingOrder } from './source-units.ts';
import { wishOf } from './waiting-wish.ts';
import { looksAtOrders, trialOf, type World } from './world/world.ts';

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

/** What has been read of some queues to be served together, as it was before any of it was served. */
export interface QueuePage {
  readonly windows: readonly QueueWindow[];
  /** All unserved items of each order that is served only as a whole. */
  readonly wholeOrders: Map<OrderId, readonly OrderItem[]>;
  /** Orders that were served or passed over as a whole: what stands of them in other windows is done. */
  readonly considered: Set<OrderId>;
  /** What rules may look at of the orders in the windows, as each is by now; empty where they look at none. */
  readonly attributes: Map<OrderId, OrderAttributes>;
}

/** Begins a page of these queues, of which nothing is read yet. */
export function openPage(products: readonly ProductId[]): QueuePage {
  const windows = products.map((product): QueueWindow => ({ product, items: [], exhausted: false }));
  return { windows, wholeOrders: new Map(), considered: new Set(), attributes: new Map() };
}

/**
 * Walks the page's windows, drawing from `world.supply`; items it served or passed over leave their windows.
 * @param most items to serve in this call
 */
export function serveQueue(page: QueuePage, most: number, world: World): Walk {
  const served: ServedItem[] = [];
  const walked = new Map(page.windows.map((window) => [window, 0]));
  const open = new Set(page.windows.filter((window) => mayServe(window, world)));
  let dry: readonly QueueWindow[] = [];
  while (served.length < most) {
    const heads = headsOf(open, walked);
    dry = heads.dry;
    if (dry.length > 0 || heads.best === undefined) break;
    const { window, item } = heads.best;
    walked.set(window, (walked.get(window) ?? 0) + 1);
    if (item.whole && page.considered.has(item.order)) continue;
    if (item.whole) page.considered.add(item.order);
    const items = item.whole
      ? present(page.wholeOrders.get(item.order), 'a whole order without its items')
      : [item];
    const gains = serveItems(page, items, world);
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

/**
 * The items of one order with what they take: of an order that is served as a whole all of them in full, or nothing; else
 * nothing when no eligible warehouse has any.
 */
function serveItems(page: QueuePage, items: readonly OrderItem[], world: World): ServedItem[] {
  const [first] = items;
  if (first === undefined) return [];
  const attributes = attributesOf(page, first, world);
  const channel = present(world.channels.get(first.channel), `channel ${first.channel} is not loaded`);
  const wishes = items.map(wishOf);
  const sourced = sourceOrder(first, { channel, attributes, mayWait: true }, { wishes, world });
  if (sourced.length === 0) return [];
  const fillings = sourced.map(({ filling }) => filling);
  if (looksAtOrders(world)) page.attributes.set(first.order, noteLoads(attributes, fillings, world));
  return items.flatMap((item, index) => {
    const { filling, explanation } = present(sourced[index], 'an answer for each wish');
    if (filling.fills.length === 0) return [];
    const change = serve(item.buckets, unserved(item.buckets) - filling.short);
    const whole = item.whole && { whole: true as const };
    return [{ item, fills: filling.fills, change, explanation: { ...explanation, ...whole } }];
  });
}

/** All wishes of an order that is served as a whole, or none of them: then nothing is taken. */
function sourceOrder(
  { whole }: OrderItem,
  order: WishingOrder,
  { wishes, world }: { readonly wishes: readonly Wish[]; readonly world: World },
): readonly Sourced[] {
  if (!whole) return sourceUnits(order, wishes, world);
  const trial = trialOf(world);
  const sourced = sourceUnits(order, wishes, trial);
  // Also an order that is passed over may find something when time alone has passed.
  world.wakeUps.noteAll(trial.wakeUps);
  if (sourced.some(({ filling }) => filling.short > 0)) return [];
  trial.supply.commit();
  return sourced;
}

function attributesOf(page: QueuePage, { order }: OrderItem, world: World): OrderAttributes {
  if (!looksAtOrders(world)) return unknownOrder();
  return present(page.attributes.get(order), `order ${order} is not loaded, and rules look at it`);
}
