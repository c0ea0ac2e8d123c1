/**
 * The driver's fills: the core's walk, with windows of one or two items and pages of a few, as a fill of long queues has
 * them. So the queues are read again and again in the middle of a page, whole orders stand in several windows at once,
 * and what a page served is written down before the next one reads.
 */
import { compareRank } from '../../../src/core/allocation/queue-policy.ts';
import {
  openPage,
  type QueuePage,
  type ServedItem,
  serveQueue,
} from '../../../src/core/allocation/serve-queue.ts';
import { present } from '../../../src/core/kernel/assert.ts';
import type { ProductId } from '../../../src/core/kernel/ids.ts';
import { unserved } from '../../../src/core/orders/buckets.ts';
import type { OrderItem } from '../../../src/core/orders/order-item.ts';
import { addFills, asOrderItem, attributesOf, type CoreState, change, decisionWorld } from './core-state.ts';

/** Items served in one page; a whole order may go beyond. */
const PAGE_ITEMS = 3;

/** Serves the queues of all products, page by page until one finds no more than it may serve. */
export function serveAll(state: CoreState): void {
  while (servePage(state) >= PAGE_ITEMS);
}

function servePage(state: CoreState): number {
  const waiting = state.orders
    .flatMap((order) => order.items.map((item) => asOrderItem(order, item)))
    .filter((item) => unserved(item.buckets) > 0)
    .sort(compareRank);
  const page = openPage([...state.policies.keys()]);
  const unread = new Map(
    page.windows.map(({ product }) => [product, waiting.filter((item) => item.product === product)]),
  );
  const world = decisionWorld(state);
  const served: ServedItem[] = [];
  for (const { order } of waiting) {
    page.attributes.set(order, attributesOf(present(state.orders[order - 1], 'an order')));
  }
  let dry = page.windows;
  while (dry.length > 0 && served.length < PAGE_ITEMS) {
    refill({ ...page, windows: dry }, { unread, waiting, most: 1 + (state.orders.length % 2) });
    const walk = serveQueue(page, PAGE_ITEMS - served.length, world);
    served.push(...walk.served);
    dry = walk.dry;
  }
  for (const each of served) writeDown(state, each);
  return served.length;
}

interface Reading {
  readonly unread: ReadonlyMap<ProductId, OrderItem[]>;
  /** All that waits, by rank. */
  readonly waiting: readonly OrderItem[];
  /** Items read of each queue at once. */
  readonly most: number;
}

function refill({ windows, wholeOrders }: QueuePage, { unread, waiting, most }: Reading): void {
  for (const window of windows) {
    const heads = present(unread.get(window.product), 'a queue').splice(0, most);
    window.items.push(...heads);
    window.exhausted = heads.length < most;
    for (const { whole, order } of heads) {
      if (!whole || wholeOrders.has(order)) continue;
      const items = waiting.filter((item) => item.order === order).sort((a, b) => a.line - b.line);
      wholeOrders.set(order, items);
    }
  }
}

function writeDown(state: CoreState, { item, fills, change: by }: ServedItem): void {
  const order = present(state.orders[item.order - 1], 'an order');
  const held = present(
    order.items.find(({ line }) => line === item.line),
    `line ${item.line}`,
  );
  change(held, by);
  addFills(state, held, fills);
}
