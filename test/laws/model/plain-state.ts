/**
 * The plain model's state and what is read from it. Nothing is counted twice: what is allocated in a warehouse,
 * what waits and how much of a limit is used are sums over the items each time they are asked for.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import {
  type ActOutcome,
  type Buckets,
  type Channel,
  type Kind,
  type Policy,
  type Supplier,
  type Warehouse,
  ZONE_HOURS,
  type Zone,
} from './plain-acts.ts';
import { type Group, mayServe } from './small-rules.ts';

const HOUR = 3_600_000;

export interface Allocation {
  warehouse: string;
  /** Units not shipped yet; those picked are among them. */
  open: number;
  picked: number;
  shipped: number;
  rejected: boolean;
}

export interface Item {
  line: number;
  sku: string;
  kind: Kind;
  buckets: Buckets;
  allocations: Allocation[];
}

export interface Order {
  /** 1, 2, 3 … in acceptance order. */
  id: number;
  number: string;
  channel: string;
  customer: string | null;
  group: Group | null;
  priority: number;
  waitingSince: number;
  onHold: boolean;
  shipping: 'partial' | 'complete';
  whenIncomplete: 'hold' | 'give_back';
  items: Item[];
}

export interface PurchaseLine {
  line: number;
  sku: string;
  warehouse: string;
  ordered: number;
  received: number;
  /** Units that will not come. */
  closed: number;
  expectedOn: string;
}

/** Sent from the start. */
export interface PurchaseOrder {
  number: string;
  supplier: string;
  cancelled: boolean;
  lines: PurchaseLine[];
}

export interface State {
  now: number;
  /** In the order they were made, which breaks ties among warehouses that a channel no longer lists. */
  warehouses: Map<string, Warehouse>;
  channels: Map<string, Channel>;
  products: Map<string, { policy: Policy; channelPolicies: Map<string, Policy> }>;
  /** On hand by SKU, then by warehouse. */
  onHand: Map<string, Map<string, number>>;
  orders: Order[];
  suppliers: Map<string, Supplier>;
  /** In the order they were made. */
  purchaseOrders: PurchaseOrder[];
  /** Contents of what was accepted, by its natural number: a repeat changes nothing. */
  accepted: Map<string, string>;
  /** Sourcing rules are in force (small-rules). */
  readonly rules: boolean;
  /** What was sent under a key, and the answer. */
  answered: Map<string, { readonly contents: string; readonly outcome: ActOutcome }>;
}

export const NO_UNITS: Buckets = {
  ordered: 0,
  pending: 0,
  allocated: 0,
  backordered: 0,
  preordered: 0,
  unfillable: 0,
  shipped: 0,
  cancelled: 0,
};

export function copyOfOrder(order: Order): Order {
  const items = order.items.map((item) => ({
    ...item,
    buckets: { ...item.buckets },
    allocations: item.allocations.map((each) => ({ ...each })),
  }));
  return { ...order, items };
}

export function onHandOf(state: State, sku: string, warehouse: string): number {
  return state.onHand.get(sku)?.get(warehouse) ?? 0;
}

export function setOnHand(
  state: State,
  { sku, warehouse }: { sku: string; warehouse: string },
  units: number,
): void {
  const levels = state.onHand.get(sku) ?? new Map<string, number>();
  state.onHand.set(sku, levels.set(warehouse, units));
}

/** Calls `visit` for every allocation of a product in a warehouse. */
function visitAllocations(
  state: State,
  place: { sku: string; warehouse: string },
  visit: (of: Allocation) => void,
) {
  for (const order of state.orders) {
    for (const item of order.items) {
      if (item.sku !== place.sku) continue;
      for (const allocation of item.allocations)
        if (allocation.warehouse === place.warehouse) visit(allocation);
    }
  }
}

export function allocatedIn(state: State, sku: string, warehouse: string): number {
  let units = 0;
  visitAllocations(state, { sku, warehouse }, (allocation) => {
    units += allocation.open;
  });
  return units;
}

export function pickedIn(state: State, sku: string, warehouse: string): number {
  let units = 0;
  visitAllocations(state, { sku, warehouse }, (allocation) => {
    units += allocation.picked;
  });
  return units;
}

export function isManaged(state: State, warehouse: string): boolean {
  return present(state.warehouses.get(warehouse), warehouse).managed;
}

/** The warehouses in which an order has units, or from which it was shipped. */
export function openedBy({ items }: Order): Set<string> {
  const held = items.flatMap(({ allocations }) =>
    allocations.filter(({ open, shipped }) => open + shipped > 0),
  );
  return new Set(held.map(({ warehouse }) => warehouse));
}

/** Units free to promise; an unmanaged warehouse always has more. */
export function available(state: State, sku: string, warehouse: string): number {
  if (!isManaged(state, warehouse)) return Number.POSITIVE_INFINITY;
  return onHandOf(state, sku, warehouse) - allocatedIn(state, sku, warehouse);
}

/** Kept from the order by a rule, whatever it has. */
export function isExcluded(state: State, { group }: Order, code: string): boolean {
  return !mayServe(group, state.warehouses.get(code)?.country ?? null);
}

/** The warehouses an item may be served from, the preferred one first. */
export function eligibleWarehouses(state: State, order: Order, item: Item): string[] {
  return present(state.channels.get(order.channel), order.channel).warehouses.filter(
    (code) =>
      state.warehouses.get(code)?.enabled === true &&
      !isExcluded(state, order, code) &&
      !item.allocations.some((each) => each.warehouse === code && each.rejected),
  );
}

export function unserved(item: Item): number {
  return item.buckets.backordered + item.buckets.preordered + item.buckets.unfillable;
}

/** Served all at once or not at all. */
export function isWhole(order: Order): boolean {
  return order.shipping === 'complete' && order.whenIncomplete === 'give_back';
}

/** Sorts orders as their items stand in every queue: the best rank first. */
export function byRank(a: Order, b: Order): number {
  return b.priority - a.priority || a.waitingSince - b.waitingSince || a.id - b.id;
}

export function bucketOf(kind: Kind): 'backordered' | 'preordered' {
  return kind === 'backorder' ? 'backordered' : 'preordered';
}

/** Units of a product that wait as `kind`, over the orders that `counts` says. */
export function outstanding(
  state: State,
  of: { sku: string; kind: Kind },
  counts: (order: Order) => boolean,
): number {
  let units = 0;
  for (const order of state.orders) {
    if (!counts(order)) continue;
    for (const item of order.items) if (item.sku === of.sku) units += item.buckets[bucketOf(of.kind)];
  }
  return units;
}

/** A channel's own policy replaces the product's as a whole. */
export function policyFor(state: State, sku: string, channel: string): Policy {
  const product = present(state.products.get(sku), sku);
  return product.channelPolicies.get(channel) ?? product.policy;
}

/** When a release passes: the first instant of a day, or a time of day, in its zone. */
export function releaseInstant(release: { at: string; timeZone: Zone }): number {
  const local = release.at.length === 10 ? `${release.at}T00:00` : release.at;
  return Date.parse(`${local}:00Z`) - ZONE_HOURS[release.timeZone] * HOUR;
}

export function isReleased(policy: Policy, now: number): boolean {
  return policy.release === null || now >= releaseInstant(policy.release);
}

/** The calendar day in a zone. */
export function today(now: number, zone: Zone): string {
  return new Date(now + ZONE_HOURS[zone] * HOUR).toISOString().slice(0, 10);
}

export function orderNamed(state: State, number: string): Order | undefined {
  return state.orders.find((order) => order.number === number);
}

export function itemOf(order: Order, line: number): Item {
  return present(
    order.items.find((item) => item.line === line),
    `line ${line} of ${order.number}`,
  );
}

export function allocationIn(item: Item, warehouse: string): Allocation | undefined {
  return item.allocations.find((each) => each.warehouse === warehouse);
}
