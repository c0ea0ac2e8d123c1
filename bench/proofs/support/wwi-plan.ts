/**
 * Turns the WideWorldImporters rows into what is played: orders with the items of their carriers, purchase orders with
 * what arrives of each line, the stock to open with, day by day.
 *
 * Decision: an order and the orders that carry what could not be picked of it are one order. The files move an item
 * that could not be picked whole from the order to its carrier (no product stands on both), so the demand is the items
 * of the chain together, on the day of the first.
 *
 * Decision: stock is the least with which the picking of the files was possible, and comes as late as possible. Going
 * back in time, what was picked has to have been on the shelf: it is taken from the nearest receipts before it, and
 * what no receipt explains was there at the opening. A receipt that no picking explains is surplus: it is counted in,
 * in a warehouse that serves nobody. With `asDelivered` all of a receipt is for the shelf instead.
 */
import type { WwiData, WwiItem, WwiOrder, WwiPurchaseLine } from './wwi-files.ts';

export interface PlannedItem {
  readonly sku: string;
  readonly units: number;
  readonly price: number;
  /** When the files picked all of it; undefined: not by the end. */
  readonly pickedOn: string | undefined;
}

export interface PlannedOrder {
  readonly number: string;
  readonly customer: number;
  readonly day: string;
  readonly items: readonly PlannedItem[];
  /** Orders of the files that carry items of it. */
  readonly carriers: number;
}

/** One line of a purchase order, and where its units end. */
export interface PlannedLine {
  readonly sku: string;
  readonly ordered: number;
  readonly unitPrice: number;
  readonly receivedOn: string | undefined;
  /** Counted in on the line. */
  readonly onLine: number;
  /** Reached the shelf beyond what was ordered: counted in without a purchase order. */
  readonly beyond: number;
  /** Delivered, but nothing was ever picked from it. */
  readonly surplus: number;
  /** Of the ordered units, those that are closed once the line is final. */
  readonly closed: number;
}

export interface PlannedPurchase {
  readonly number: string;
  readonly supplier: number;
  readonly day: string;
  readonly expectedOn: string;
  readonly lines: readonly PlannedLine[];
}

export interface PlannedDay {
  readonly day: string;
  /** With a line that arrives today. */
  readonly arriving: PlannedPurchase[];
  readonly orders: PlannedOrder[];
  readonly sent: PlannedPurchase[];
}

export interface WwiPlan {
  /** Units by SKU. */
  readonly opening: ReadonlyMap<string, number>;
  readonly days: readonly PlannedDay[];
  /** Links from an order to its carrier in the files. */
  readonly links: number;
}

export function skuOf(product: number): string {
  return `WWI-${String(product).padStart(3, '0')}`;
}

/** For each order, the first of its chain. */
function rootsOf(orders: readonly WwiOrder[]): Map<number, number> {
  const carried = new Map<number, number>();
  for (const { id, carrier } of orders) {
    if (carrier === undefined) continue;
    if (carried.has(carrier)) throw new Error(`order ${carrier} carries two orders`);
    carried.set(carrier, id);
  }
  const roots = new Map<number, number>();
  for (const { id, isCarrier } of orders) {
    if (isCarrier !== carried.has(id)) throw new Error(`order ${id} is a carrier of nothing, or not marked`);
    let root = id;
    for (let before = carried.get(root); before !== undefined; before = carried.get(root)) root = before;
    roots.set(id, root);
  }
  return roots;
}

function planOrders(data: WwiData): PlannedOrder[] {
  const roots = rootsOf(data.orders);
  const items = new Map<number, PlannedItem[]>();
  const carriers = new Map<number, number>();
  for (const { id, isCarrier } of data.orders) {
    const root = roots.get(id) ?? id;
    if (isCarrier) carriers.set(root, (carriers.get(root) ?? 0) + 1);
    else items.set(root, []);
  }
  for (const each of data.items) {
    const { order, product, units, price, picked, pickedOn } = each;
    const sku = skuOf(product);
    const own = items.get(roots.get(order) ?? order);
    if (own === undefined) throw new Error(`an item belongs to no order: ${JSON.stringify(each)}`);
    if (picked !== (pickedOn === undefined ? 0 : units) || own.some((item) => item.sku === sku))
      throw new Error(`an item is picked in part, or stands twice in a chain: ${JSON.stringify(each)}`);
    own.push({ sku, units, price, pickedOn });
  }
  return data.orders
    .filter(({ isCarrier }) => !isCarrier)
    .map(({ id, customer, day }) => ({
      number: String(id),
      customer,
      day,
      items: items.get(id) ?? [],
      carriers: carriers.get(id) ?? 0,
    }));
}

interface Explained {
  readonly opening: Map<string, number>;
  /** Units of a receipt from which something was picked. */
  readonly shelf: Map<WwiPurchaseLine, number>;
}

/** Of one product: what was picked on which day, and what was received. Receipts come before picking on a day. */
interface Flow {
  readonly picks: WwiItem[];
  readonly receipts: WwiPurchaseLine[];
}

function flowsOf(data: WwiData): Map<number, Flow> {
  const flows = new Map(data.products.map(({ id }): [number, Flow] => [id, { picks: [], receipts: [] }]));
  for (const item of data.items) if (item.pickedOn !== undefined) flows.get(item.product)?.picks.push(item);
  for (const line of data.purchaseLines)
    if (line.receivedOn !== undefined) flows.get(line.product)?.receipts.push(line);
  return flows;
}

function explainPicking(data: WwiData): Explained {
  const opening = new Map<string, number>();
  const shelf = new Map<WwiPurchaseLine, number>();
  for (const [product, { picks, receipts }] of flowsOf(data)) {
    const newest = picks.sort((a, b) => ((a.pickedOn ?? '') < (b.pickedOn ?? '') ? 1 : -1));
    const late = receipts.sort((a, b) => ((a.receivedOn ?? '') < (b.receivedOn ?? '') ? 1 : -1));
    let next = 0;
    let needed = 0;
    for (const receipt of late) {
      for (; (newest[next]?.pickedOn ?? '') >= (receipt.receivedOn ?? ''); next++)
        needed += newest[next]?.picked ?? 0;
      const taken = Math.min(needed, receipt.received);
      shelf.set(receipt, taken);
      needed -= taken;
    }
    for (const { picked } of newest.slice(next)) needed += picked;
    if (needed > 0) opening.set(skuOf(product), needed);
  }
  return { opening, shelf };
}

function planLine(line: WwiPurchaseLine, onShelf: number): PlannedLine {
  const { ordered, received, unitPrice, receivedOn, finalized } = line;
  const onLine = Math.min(ordered, onShelf);
  return {
    sku: skuOf(line.product),
    ordered,
    unitPrice,
    receivedOn,
    onLine,
    beyond: onShelf - onLine,
    surplus: received - onShelf,
    closed: finalized ? ordered - onLine : 0,
  };
}

function planPurchases(data: WwiData, shelf: (line: WwiPurchaseLine) => number): PlannedPurchase[] {
  const lines = new Map<number, PlannedLine[]>();
  for (const line of data.purchaseLines) {
    const own = lines.get(line.order) ?? [];
    own.push(planLine(line, shelf(line)));
    lines.set(line.order, own);
  }
  return data.purchaseOrders.map(({ id, supplier, day, expectedOn }) => ({
    number: `PO-${id}`,
    supplier,
    day,
    expectedOn,
    lines: lines.get(id) ?? [],
  }));
}

export function planWwi(data: WwiData, { asDelivered }: { readonly asDelivered: boolean }): WwiPlan {
  const { opening, shelf } = explainPicking(data);
  const days = new Map<string, PlannedDay>();
  function at(day: string): PlannedDay {
    const found = days.get(day) ?? { day, arriving: [], orders: [], sent: [] };
    days.set(day, found);
    return found;
  }
  for (const order of planOrders(data)) at(order.day).orders.push(order);
  for (const purchase of planPurchases(data, (line) =>
    asDelivered ? line.received : (shelf.get(line) ?? 0),
  )) {
    at(purchase.day).sent.push(purchase);
    for (const day of new Set(purchase.lines.map(({ receivedOn }) => receivedOn)))
      if (day !== undefined) at(day).arriving.push(purchase);
  }
  return {
    opening,
    days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
    links: data.orders.filter(({ carrier }) => carrier !== undefined).length,
  };
}
