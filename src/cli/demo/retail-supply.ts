/**
 * Supply for a file that has none: what the shop opens with and what arrives each Monday, sized from the file's own
 * demand per product. Each week a product gets a share of the week's demand, drawn from the seed, and most of what
 * was left waiting; sometimes a delivery fails to come. One level scales all shares; it is found by halving, on a
 * plain first-come-first-served count, so that about a fifth of the units have to wait. The real share is counted
 * from the answers and printed; it is never assumed.
 */

import type { Chance } from './random.ts';
import type { RetailCancel, RetailOrder } from './retail-orders.ts';
import { RETAIL_WAREHOUSES } from './retail-shop.ts';
import type { Delivery } from './shop-plan.ts';

export interface RetailDelivery extends Delivery {
  readonly at: number;
}

const WAITING_SHARE = 0.2;
const HALVINGS = 16;
const MOST_LEVEL = 8;
const WEEK_MS = 7 * 86_400_000;
/** Mondays at 06:00 UTC, counted from one of them. */
const A_MONDAY = Date.UTC(2010, 10, 29, 6);
const NO_DELIVERY = 0.12;
const BACKLOG_SHARE = 0.9;

/** A sale, or units of an earlier sale (by its index among the product's sales) that are cancelled. */
type Act =
  | { readonly week: number; readonly units: number }
  | { readonly week: number; readonly units: number; readonly sale: number };

interface ProductHistory {
  readonly sku: string;
  readonly acts: Act[];
  /** Units wanted for good, by week. */
  readonly demand: number[];
  /** Share of the demand that arrives, by week, before scaling. */
  readonly shares: number[];
  sales: number;
}

/** 0 is what the shop opens with; week n begins on the n-th Monday after the first order. */
interface Weeks {
  readonly first: number;
  readonly count: number;
  of(at: number): number;
}

function weeksOf(orders: readonly RetailOrder[]): Weeks {
  const week = (at: number): number => Math.floor((at - A_MONDAY) / WEEK_MS);
  const first = week(orders[0]?.at ?? A_MONDAY);
  const last = week(orders.at(-1)?.at ?? A_MONDAY);
  return { first, count: last - first + 1, of: (at) => week(at) - first };
}

/** What happened to each product, in the order in which it will be played: at one moment sales before cancellations. */
function historiesOf(
  orders: readonly RetailOrder[],
  cancels: readonly RetailCancel[],
  weeks: Weeks,
): ProductHistory[] {
  const histories = new Map<string, ProductHistory>();
  const saleOf = new Map<RetailOrder, number[]>();
  function historyOf(sku: string): ProductHistory {
    const known = histories.get(sku);
    if (known !== undefined) return known;
    const demand = Array.from({ length: weeks.count }, () => 0);
    const history: ProductHistory = { sku, acts: [], demand, shares: [], sales: 0 };
    histories.set(sku, history);
    return history;
  }
  function want(history: ProductHistory, week: number, units: number): void {
    history.demand[week] = (history.demand[week] ?? 0) + units;
  }
  let next = 0;
  function cancelUpTo(at: number): void {
    for (let cancel = cancels[next]; cancel !== undefined && cancel.at < at; cancel = cancels[++next]) {
      for (const [line, units] of cancel.units) {
        const sold = cancel.order.lines[line - 1];
        const sale = saleOf.get(cancel.order)?.[line - 1];
        if (sold === undefined || sale === undefined) continue;
        const history = historyOf(sold.sku);
        history.acts.push({ week: weeks.of(cancel.at), units, sale });
        want(history, weeks.of(cancel.order.at), -units);
      }
    }
  }
  for (const order of orders) {
    cancelUpTo(order.at);
    const week = weeks.of(order.at);
    const sales = order.lines.map(({ sku, units }) => {
      const history = historyOf(sku);
      history.acts.push({ week, units });
      want(history, week, units);
      return history.sales++;
    });
    saleOf.set(order, sales);
  }
  cancelUpTo(Number.POSITIVE_INFINITY);
  return [...histories.values()];
}

interface Counted {
  readonly receipts: readonly number[];
  readonly waited: number;
  readonly wanted: number;
}

/** Plays one product with supply at `level`: what arrives each week, and how many units had to wait. */
function countProduct(history: ProductHistory, level: number): Counted {
  const { demand, shares, acts } = history;
  const waiting: number[] = [];
  const receipts: number[] = [];
  let free = 0;
  let head = 0;
  let backlog = 0;
  let waited = 0;
  let wanted = 0;
  function serve(): void {
    for (; free > 0 && head < waiting.length; head++) {
      const units = Math.min(free, waiting[head] ?? 0);
      free -= units;
      backlog -= units;
      waiting[head] = (waiting[head] ?? 0) - units;
      if ((waiting[head] ?? 0) > 0) return;
    }
  }
  function receiveUpTo(week: number): void {
    while (receipts.length <= week) {
      const share = shares[receipts.length] ?? 0;
      const comes =
        (demand[receipts.length] ?? 0) * share * level + (share > 0 ? backlog * BACKLOG_SHARE : 0);
      receipts.push(Math.round(comes));
      free += receipts.at(-1) ?? 0;
      serve();
    }
  }
  for (const act of acts) {
    receiveUpTo(act.week);
    if ('sale' in act) {
      const unserved = Math.min(act.units, waiting[act.sale] ?? 0);
      waiting[act.sale] = (waiting[act.sale] ?? 0) - unserved;
      backlog -= unserved;
      free += act.units - unserved;
      serve();
    } else {
      const now = Math.min(free, act.units);
      free -= now;
      waiting.push(act.units - now);
      backlog += act.units - now;
      waited += act.units - now;
      wanted += act.units;
    }
  }
  receiveUpTo(demand.length - 1);
  return { receipts, waited, wanted };
}

function waitingShare(histories: readonly ProductHistory[], level: number): number {
  let [waited, wanted] = [0, 0];
  for (const history of histories) {
    const counted = countProduct(history, level);
    waited += counted.waited;
    wanted += counted.wanted;
  }
  return wanted === 0 ? 0 : waited / wanted;
}

function findLevel(histories: readonly ProductHistory[]): number {
  let [low, high] = [0, MOST_LEVEL];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (waitingShare(histories, middle) > WAITING_SHARE) low = middle;
    else high = middle;
  }
  return high;
}

/** Deliveries in order of their moments; those of the first week are what the shop opens with. */
export function planRetailSupply(
  orders: readonly RetailOrder[],
  cancels: readonly RetailCancel[],
  chance: Chance,
): RetailDelivery[] {
  const weeks = weeksOf(orders);
  const histories = historiesOf(orders, cancels, weeks);
  for (const history of histories) {
    for (let week = 0; week < weeks.count; week++) {
      history.shares.push(week > 0 && chance.happens(NO_DELIVERY) ? 0 : 0.2 + 1.2 * chance.fraction());
    }
  }
  const level = findLevel(histories);
  const arriving = Array.from({ length: weeks.count }, () => new Map<string, number>());
  for (const history of histories) {
    for (const [week, units] of countProduct(history, level).receipts.entries()) {
      if (units > 0) arriving[week]?.set(history.sku, units);
    }
  }
  return arriving.flatMap((units, week) => deliveriesOf(units, A_MONDAY + (weeks.first + week) * WEEK_MS));
}

function deliveriesOf(arriving: ReadonlyMap<string, number>, at: number): RetailDelivery[] {
  const [main, second] = RETAIL_WAREHOUSES;
  if (main === undefined || second === undefined) return [];
  const split = [...arriving].map(([sku, units]) => {
    const away = Math.floor(units * second.share);
    return { sku, away, here: units - away };
  });
  return [
    { at, warehouse: main.code, lines: split.map(({ sku, here }) => ({ sku, units: here })) },
    {
      at,
      warehouse: second.code,
      lines: split.filter(({ away }) => away > 0).map(({ sku, away }) => ({ sku, units: away })),
    },
  ].filter(({ lines }) => lines.length > 0);
}
