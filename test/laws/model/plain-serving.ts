/**
 * The plain model's two decisions: how waiting items are served, and what becomes of units newly asked for.
 * Both first plan what each item could take from free stock, and only then change anything.
 *
 * Queues of several products are served in one pass over the orders by rank. An order's items stand side by side
 * in that ranking, so each product's queue is served best rank first, and an order that is served only as a whole
 * sees what is left by everyone before it, whichever product they wait for.
 */
import { present } from '../../../src/core/kernel/assert.ts';
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
  openedBy,
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

/** What is free of a product in a warehouse, after what was planned. */
type Free = (sku: string, warehouse: string) => number;

/** What each want could take, the first ones first, from warehouses in order of preference. Changes nothing. */
function planTakes(state: State, order: Order, wants: readonly Want[]): Plan[] {
  const claimed = new Map<string, number>();
  const free: Free = (sku, warehouse) =>
    available(state, sku, warehouse) - (claimed.get(`${sku} in ${warehouse}`) ?? 0);
  const opened = openedBy(order);
  const plans = new Map<Want, Plan>(wants.map((want) => [want, { want, takes: [], short: want.units }]));
  for (const group of groupsOf(state, wants)) {
    const choices = group.map((want) => rankedWarehouses(state, { order, want }, free));
    const parcel = order.group === 'one-parcel' ? parcelOf({ group, choices, opened }, free) : undefined;
    for (const [index, want] of group.entries()) {
      const plan = present(plans.get(want), 'a plan');
      for (const warehouse of choices[index] ?? []) {
        if (parcel?.has(warehouse) === false) continue;
        const units = Math.min(plan.short, free(want.item.sku, warehouse));
        if (units <= 0) continue;
        const place = `${want.item.sku} in ${warehouse}`;
        claimed.set(place, (claimed.get(place) ?? 0) + units);
        opened.add(warehouse);
        plan.takes.push({ warehouse, units });
        plan.short -= units;
      }
    }
  }
  return [...plans.values()];
}

/**
 * Rules choose for the wants of an order together, but two of one product only when the same warehouses may serve them;
 * those that may not come after the others.
 */
function groupsOf(state: State, wants: readonly Want[]): Want[][] {
  if (!state.rules) return wants.map((want) => [want]);
  const rejected = ({ item }: Want) =>
    item.allocations
      .filter((each) => each.rejected)
      .map((each) => each.warehouse)
      .sort()
      .join();
  const groups: Want[][] = [];
  for (const want of wants) {
    const fits = (group: Want[]) =>
      group.every((other) => other.item.sku !== want.item.sku || rejected(other) === rejected(want));
    const group = groups.find(fits);
    if (group === undefined) groups.push([want]);
    else group.push(want);
  }
  return groups;
}

/** The warehouses that may serve a want, the preferred one first: by the channel, or the most stock where a rule says so. */
function rankedWarehouses(
  state: State,
  { order, want }: { readonly order: Order; readonly want: Want },
  free: Free,
): string[] {
  const eligible = eligibleWarehouses(state, order, want.item);
  if (order.group !== 'most') return eligible;
  const has = new Map(eligible.map((code) => [code, free(want.item.sku, code)]));
  const more = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);
  return eligible.sort((a, b) => more(has.get(a) ?? 0, has.get(b) ?? 0));
}

/** All from one warehouse: where the order ships from already, or the one that serves most units, the preferred one first. */
function parcelOf(
  {
    group,
    choices,
    opened,
  }: {
    readonly group: readonly Want[];
    readonly choices: readonly (readonly string[])[];
    readonly opened: ReadonlySet<string>;
  },
  free: Free,
): ReadonlySet<string> {
  if (opened.size > 0) return new Set(opened);
  const served = (warehouse: string) => {
    const wanted = new Map<string, number>();
    for (const [index, { item, units }] of group.entries()) {
      if (choices[index]?.includes(warehouse)) wanted.set(item.sku, (wanted.get(item.sku) ?? 0) + units);
    }
    return [...wanted].reduce((sum, [sku, units]) => sum + Math.min(units, free(sku, warehouse)), 0);
  };
  let best: { warehouse: string; units: number } | undefined;
  for (const warehouse of new Set(choices.flat())) {
    const units = served(warehouse);
    if (units > (best?.units ?? 0)) best = { warehouse, units };
  }
  return new Set(best === undefined ? [] : [best.warehouse]);
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
    for (const together of isWhole(order) ? [wants] : wants.map((want) => [want])) {
      const plans = planTakes(state, order, together);
      if (isWhole(order) && plans.some((plan) => plan.short > 0)) continue;
      for (const plan of plans) serve(plan);
    }
  }
}

/** Gives a want that waited what is planned for it. */
function serve({ want: { item }, takes }: Plan): void {
  for (const { warehouse, units } of takes) {
    allocate(item, warehouse, units);
    let left = units;
    for (const bucket of ['preordered', 'backordered', 'unfillable'] as const) {
      const served = Math.min(left, item.buckets[bucket]);
      item.buckets[bucket] -= served;
      left -= served;
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
