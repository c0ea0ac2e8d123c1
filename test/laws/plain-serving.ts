/**
 * The plain model's two decisions: how waiting items are served, and what becomes of units newly asked for.
 * Both first plan what each item could take from free stock, and only then change anything.
 *
 * Queues of several products are served in one pass over the orders by rank. An order's items stand side by side
 * in that ranking, so each product's queue is served best rank first, and an order that is served only as a whole
 * sees what is left by everyone before it, whichever product they wait for.
 */
import { present } from '../../src/core/kernel/assert.ts';
import type { FailingItem, Kind } from './plain-acts.ts';
import {
  allocationIn,
  available,
  bucketOf,
  byRank,
  eligibleWarehouses,
  type Item,
  isReleased,
  isWhole,
  type Order,
  outstanding,
  policyFor,
  type State,
  today,
  unserved,
} from './plain-state.ts';

/** Units of an item to find a place for. */
export interface Want {
  readonly item: Item;
  readonly units: number;
}

interface Plan {
  readonly want: Want;
  readonly takes: { warehouse: string; units: number }[];
  short: number;
}

/** What each want could take, the first ones first, from warehouses in order of preference. Changes nothing. */
function planTakes(state: State, order: Order, wants: readonly Want[]): Plan[] {
  const claimed = new Map<string, number>();
  return wants.map((want) => {
    const plan: Plan = { want, takes: [], short: want.units };
    for (const warehouse of eligibleWarehouses(state, order, want.item)) {
      if (plan.short === 0) break;
      const place = `${want.item.sku} in ${warehouse}`;
      const free = available(state, want.item.sku, warehouse) - (claimed.get(place) ?? 0);
      const units = Math.min(plan.short, free);
      if (units <= 0) continue;
      claimed.set(place, (claimed.get(place) ?? 0) + units);
      plan.takes.push({ warehouse, units });
      plan.short -= units;
    }
    return plan;
  });
}

function allocate(item: Item, warehouse: string, units: number): void {
  const allocation = allocationIn(item, warehouse);
  if (allocation === undefined) {
    item.allocations.push({ warehouse, open: units, picked: 0, shipped: 0, rejected: false });
  } else {
    allocation.open += units;
  }
  item.buckets.allocated += units;
}

/** Serves everything that waits, as far as free stock goes. */
export function serveQueues(state: State): void {
  for (const order of [...state.orders].sort(byRank)) {
    if (order.onHold) continue;
    const wants = order.items
      .map((item) => ({ item, units: unserved(item) }))
      .filter((want) => want.units > 0);
    const plans = planTakes(state, order, wants);
    if (isWhole(order) && plans.some((plan) => plan.short > 0)) continue;
    for (const { want, takes } of plans) {
      for (const { warehouse, units } of takes) {
        allocate(want.item, warehouse, units);
        let left = units;
        for (const bucket of ['preordered', 'backordered', 'unfillable'] as const) {
          const served = Math.min(left, want.item.buckets[bucket]);
          want.item.buckets[bucket] -= served;
          left -= served;
        }
      }
    }
  }
}

/** The kind that units of a product wait as on a channel when they are asked for now. */
export function kindNow(state: State, sku: string, channel: string): Kind {
  return isReleased(policyFor(state, sku, channel), state.now) ? 'backorder' : 'preorder';
}

/** How many units of a product may wait for this order, beyond those that do. */
function mayWait(state: State, order: Order, sku: string): number {
  const kind = kindNow(state, sku, order.channel);
  const policy = policyFor(state, sku, order.channel);
  const { allowed, limits } = policy[kind];
  if (!allowed) return 0;
  if (kind === 'backorder' && policy.backorder.until !== null) {
    const zone = present(state.channels.get(order.channel), order.channel).timeZone;
    if (policy.backorder.until < today(state.now, zone)) return 0;
  }
  const inOrder = (other: Order) => other === order;
  const ofCustomer = (other: Order) => other.channel === order.channel && other.customer === order.customer;
  const scopes = [
    [limits.perOrder, inOrder],
    [limits.perCustomer, order.customer === null ? inOrder : ofCustomer],
    [limits.perChannel, (other: Order) => other.channel === order.channel],
    [limits.perProduct, () => true],
  ] as const;
  let units = Number.POSITIVE_INFINITY;
  for (const [limit, counts] of scopes) {
    if (limit !== null) units = Math.min(units, limit - outstanding(state, { sku, kind }, counts));
  }
  return Math.max(0, units);
}

export interface Decision {
  /** Products of which more units lack stock than may wait; a strict channel refuses for them. */
  readonly failing: readonly FailingItem[];
  /** Does it: takes the stock, waits. On an order on hold: makes the units pending. */
  readonly apply: () => void;
}

/**
 * Decides about units newly asked for by an order that is in the state. An order that is served as a whole takes
 * nothing for them when any of them lacks stock or any other unit of it waits.
 */
export function decide(state: State, order: Order, wants: readonly Want[]): Decision {
  let plans = planTakes(state, order, wants);
  const othersWait = order.items.some(
    ({ buckets }) => buckets.backordered + buckets.preordered + buckets.unfillable > 0,
  );
  if (isWhole(order) && (othersWait || plans.some((plan) => plan.short > 0))) {
    plans = wants.map((want) => ({ want, takes: [], short: want.units }));
  }
  const failing: FailingItem[] = [];
  const room = new Map<string, number>();
  for (const sku of new Set(wants.map((want) => want.item.sku))) {
    const ofProduct = plans.filter((plan) => plan.want.item.sku === sku);
    const short = ofProduct.reduce((sum, plan) => sum + plan.short, 0);
    const may = mayWait(state, order, sku);
    const wanted = ofProduct.reduce((sum, plan) => sum + plan.want.units, 0);
    if (short > may) failing.push({ sku, wanted, mayWait: may });
    room.set(sku, may);
  }
  return { failing, apply: () => applyPlans(state, order, { plans, room }) };
}

/** `room`: how many units of each product may wait; the first lines take it. */
function applyPlans(
  state: State,
  order: Order,
  { plans, room }: { plans: readonly Plan[]; room: Map<string, number> },
) {
  for (const { want, takes, short } of plans) {
    const { item, units } = want;
    if (order.onHold) {
      item.buckets.pending += units;
      continue;
    }
    for (const take of takes) allocate(item, take.warehouse, take.units);
    const left = present(room.get(item.sku), item.sku);
    const waits = Math.min(short, left);
    room.set(item.sku, left - waits);
    item.buckets[bucketOf(kindNow(state, item.sku, order.channel))] += waits;
    item.buckets.unfillable += short - waits;
  }
}

/** Puts units that lost their stock back where they wait, at their old place. */
export function waitAgain(order: Order, item: Item, units: number): void {
  item.buckets[order.onHold ? 'pending' : bucketOf(item.kind)] += units;
}
