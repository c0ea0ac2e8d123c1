/**
 * When waiting units come, in the plain model: one unit after another, whoever is first in the queue first, takes the
 * unit that can be shipped earliest from a warehouse that serves its channel, whether it lies there or is to come.
 * Everybody who waits does so, those served as a whole and those who may not even wait included.
 *
 * A warehouse that rejected an item still counts as serving its channel: its unit is taken, and is of no use to the
 * item. One that a rule keeps from the order does not. Warehouses here work every day, need no time and keep their days in UTC.
 *
 * Law L13 is also looked at directly, in what another world shows: brokenPromises knows nothing of who takes what.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import type { PromisedUnits, WorldView } from './plain-acts.ts';
import {
  available,
  byRank,
  type Item,
  isExcluded,
  isManaged,
  isReleased,
  type Order,
  orderNamed,
  policyFor,
  releaseInstant,
  type State,
  today,
  unserved,
} from './plain-state.ts';
import { openOf } from './plain-supply.ts';

/** Sorts behind every day. */
const NEVER = '9999-99-99';

/** Some units that lie in a warehouse or come to it; null: they lie there. */
interface Comes {
  readonly on: string;
  readonly warehouse: string;
  readonly by: { readonly purchaseOrder: string; readonly line: number } | null;
  units: number;
}

/** What lies there comes before what arrives today; of two arrivals of a day the older order is first. */
function whatComes(state: State, sku: string): Comes[] {
  const now = today(state.now, 'Etc/UTC');
  const comes: Comes[] = [];
  for (const warehouse of state.warehouses.keys()) {
    if (!isManaged(state, warehouse)) continue;
    comes.push({ on: now, warehouse, by: null, units: available(state, sku, warehouse) });
  }
  for (const { number, cancelled, lines } of state.purchaseOrders) {
    for (const each of lines) {
      if (cancelled || each.sku !== sku) continue;
      const { warehouse, expectedOn, line } = each;
      const on = expectedOn < now ? now : expectedOn;
      comes.push({ on, warehouse, by: { purchaseOrder: number, line }, units: openOf(each) });
    }
  }
  return comes.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function serves(state: State, order: Order, warehouse: string): boolean {
  const channel = present(state.channels.get(order.channel), order.channel);
  return (
    channel.warehouses.includes(warehouse) &&
    state.warehouses.get(warehouse)?.enabled === true &&
    !isExcluded(state, order, warehouse)
  );
}

/** The day a pre-order waits for, in its channel; null when nothing has to pass. */
function releaseDay(state: State, order: Order, item: Item): string | null {
  const policy = policyFor(state, item.sku, order.channel);
  if (item.kind !== 'preorder' || policy.release === null || isReleased(policy, state.now)) return null;
  const { timeZone } = present(state.channels.get(order.channel), order.channel);
  return today(releaseInstant(policy.release), timeZone);
}

/** What is said of one unit; undefined: nothing comes for it. */
function unitPromised(from: Comes | undefined, release: string | null): PromisedUnits {
  const by = from?.by ?? { purchaseOrder: null, line: null };
  if (release !== null && (from === undefined || from.on < release))
    return { units: 1, on: release, source: 'release', ...by };
  if (from === undefined) return { units: 1, on: null, source: 'unknown', ...by };
  return { units: 1, on: from.on, source: from.by === null ? 'stock' : 'purchase_order', ...by };
}

/** The earliest first, what is not known last; neighbours that say the same are said once. */
function summedUp(units: readonly PromisedUnits[]): PromisedUnits[] {
  const days = [...new Set(units.map(({ on }) => on ?? NEVER))].sort();
  const sums: PromisedUnits[] = [];
  for (const unit of days.flatMap((day) => units.filter(({ on }) => (on ?? NEVER) === day))) {
    const last = sums.at(-1);
    if (last !== undefined && JSON.stringify({ ...last, units: 1 }) === JSON.stringify(unit))
      sums[sums.length - 1] = { ...last, units: last.units + 1 };
    else sums.push(unit);
  }
  return sums;
}

function promiseItem(state: State, { order, item }: { order: Order; item: Item }, comes: readonly Comes[]) {
  const rejected = item.allocations.filter((each) => each.rejected).map((each) => each.warehouse);
  const release = releaseDay(state, order, item);
  const dated: PromisedUnits[] = [];
  const rest: PromisedUnits[] = [];
  for (let unit = 0; unit < unserved(item); unit++) {
    const next = comes.find((each) => each.units > 0 && serves(state, order, each.warehouse));
    if (next !== undefined) next.units -= 1;
    if (next === undefined || rejected.includes(next.warehouse)) rest.push(unitPromised(undefined, release));
    else dated.push(unitPromised(next, release));
  }
  return summedUp([...dated, ...rest]);
}

/** What is promised of each item that waits. */
export function promisesOf(state: State): Map<Item, PromisedUnits[]> {
  const promises = new Map<Item, PromisedUnits[]>();
  const orders = [...state.orders].sort(byRank);
  for (const sku of state.products.keys()) {
    const comes = whatComes(state, sku);
    for (const order of orders) {
      for (const item of order.items) {
        if (item.sku === sku && unserved(item) > 0)
          promises.set(item, promiseItem(state, { order, item }, comes));
      }
    }
  }
  return promises;
}

type Shown = WorldView['orders'][number]['items'][number];

function unitsIn(promise: readonly PromisedUnits[]): number {
  return promise.reduce((sum, { units }) => sum + units, 0);
}

/** Purchase order lines of which more is promised than is open. */
function promisedBeyondOpen({ orders, purchaseOrders }: WorldView): string[] {
  const slices = orders.flatMap(({ items }) => items.flatMap(({ promise }) => promise));
  return purchaseOrders.flatMap(({ number, status, lines }) =>
    lines.flatMap(({ line, open }) => {
      const units = unitsIn(slices.filter((each) => each.purchaseOrder === number && each.line === line));
      const most = status === 'cancelled' ? 0 : open;
      return units > most ? [`${units} units are promised from line ${line} of ${number}, ${most} come`] : [];
    }),
  );
}

/** What is wrong with one item's promise by itself. */
function wrongAlone(state: State, order: Order, { line, buckets, promise }: Shown): string[] {
  const item = present(
    order.items.find((each) => each.line === line),
    `line ${line}`,
  );
  const name = `line ${line} of ${order.number}`;
  const waits = buckets.backordered + buckets.preordered + buckets.unfillable;
  const earliest = [today(state.now, 'Etc/UTC'), releaseDay(state, order, item) ?? ''].sort().at(-1) ?? '';
  return [
    ...(unitsIn(promise) === waits ? [] : [`${name}: ${waits} units wait, ${unitsIn(promise)} are promised`]),
    ...promise
      .filter(({ on }) => on !== null && on < earliest)
      .map(({ on }) => `${name}: promised for ${on}, before ${earliest}`),
  ];
}

/** Backorders of one product and channel that nobody rejected: nobody behind gets anything before somebody ahead. */
function wrongInQueue(state: State, view: WorldView): string[] {
  const last = new Map<string, string>();
  const wrong: string[] = [];
  for (const order of [...state.orders].sort(byRank)) {
    const shown = view.orders.find(({ number }) => number === order.number);
    for (const { line, sku, kind, allocations, promise } of shown?.items ?? []) {
      if (kind !== 'backorder' || promise.length === 0 || allocations.some(({ rejected }) => rejected))
        continue;
      if (order.group === 'only-de' || order.group === 'not-nl') continue;
      const days = promise.map(({ on }) => on ?? NEVER).sort();
      const queue = `${sku} on ${order.channel}`;
      const before = last.get(queue) ?? '';
      if ((days[0] ?? '') < before)
        wrong.push(`line ${line} of ${order.number} gets ${sku} on ${days[0]}, one ahead on ${before}`);
      last.set(queue, days.at(-1) ?? '');
    }
  }
  return wrong;
}

/** How what a world shows breaks L13; `state`: who stands where, and what day it is. */
export function brokenPromises(state: State, view: WorldView): string[] {
  const alone = view.orders.flatMap(({ number, items }) => {
    const order = present(orderNamed(state, number), number);
    return items.flatMap((item) => wrongAlone(state, order, item));
  });
  return [...promisedBeyondOpen(view), ...alone, ...wrongInQueue(state, view)];
}
