/**
 * Puts the rows of the first-come-first-served files into the order in which they are played.
 *
 * Lines of one invoice and moment are one order, its items in the order of the file. Orders of the same moment are in
 * the order in which the file has them for each of their products; the file is sorted by product, so the order among
 * them is put together from all products they share, and it is an error when two products disagree. At one moment
 * stock comes in before orders; in the known files no moment has both for one product.
 */
import type { FillRow, SupplyRow } from './fifo-files.ts';

export interface FifoOrder {
  readonly number: string;
  readonly at: string;
  readonly rows: FillRow[];
}

export type FifoAct =
  | { readonly kind: 'receipt'; readonly at: string; readonly rows: SupplyRow[] }
  | { readonly kind: 'order'; readonly at: string; readonly order: FifoOrder };

function ordersOf(fills: readonly FillRow[]): FifoOrder[] {
  const orders = new Map<string, FifoOrder>();
  for (const row of fills) {
    const number = `${row.invoice}@${row.orderedAt}`;
    const order = orders.get(number) ?? { number, at: row.orderedAt, rows: [] };
    order.rows.push(row);
    orders.set(number, order);
  }
  return [...orders.values()];
}

/** For each order, those that the file has right before it for some product. */
function predecessors(
  orders: readonly FifoOrder[],
  fills: readonly FillRow[],
): Map<FifoOrder, Set<FifoOrder>> {
  const byNumber = new Map(orders.map((order) => [order.number, order]));
  const before = new Map<FifoOrder, Set<FifoOrder>>(orders.map((order) => [order, new Set()]));
  const last = new Map<string, FifoOrder>();
  for (const row of fills) {
    const order = byNumber.get(`${row.invoice}@${row.orderedAt}`);
    if (order === undefined) continue;
    const earlier = last.get(row.sku);
    if (earlier !== undefined && earlier !== order && earlier.at === order.at)
      before.get(order)?.add(earlier);
    last.set(row.sku, order);
  }
  return before;
}

/** By moment, and within a moment as the file has it for every product. */
function inFileOrder(orders: readonly FifoOrder[], fills: readonly FillRow[]): FifoOrder[] {
  const before = predecessors(orders, fills);
  const placed = new Set<FifoOrder>();
  const onTheWay = new Set<FifoOrder>();
  const sorted: FifoOrder[] = [];
  function place(order: FifoOrder): void {
    if (placed.has(order)) return;
    if (onTheWay.has(order)) throw new Error(`two products disagree about the order of ${order.number}`);
    onTheWay.add(order);
    for (const earlier of before.get(order) ?? []) place(earlier);
    placed.add(order);
    sorted.push(order);
  }
  for (const order of orders) place(order);
  return sorted.sort((a, b) => compareText(a.at, b.at));
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function receiptsOf(supply: readonly SupplyRow[]): FifoAct[] {
  const moments = new Map<string, SupplyRow[]>();
  for (const row of supply) {
    const rows = moments.get(row.at);
    if (rows === undefined) moments.set(row.at, [row]);
    else rows.push(row);
  }
  return [...moments].map(([at, rows]) => ({ kind: 'receipt', at, rows }));
}

/** Opening stock apart; everything else in the order of its moments. */
export function planFifo(supply: readonly SupplyRow[], fills: readonly FillRow[]) {
  const orders = inFileOrder(ordersOf(fills), fills);
  const acts: FifoAct[] = [
    ...receiptsOf(supply.filter(({ opening }) => !opening)),
    ...orders.map((order): FifoAct => ({ kind: 'order', at: order.at, order })),
  ];
  return {
    opening: supply.filter(({ opening }) => opening),
    acts: acts.sort((a, b) => compareText(a.at, b.at)),
  };
}
