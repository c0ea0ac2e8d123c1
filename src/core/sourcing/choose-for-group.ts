/**
 * Chooses for items that have the same strategies and limits, as one: which warehouses ship at all, then what each gives
 * to each item.
 *
 * Where nothing ties the items together, each takes from its best-ranked warehouses. Fewest shipments, lowest cost and a
 * limit on shipments look at the set: it is searched for (warehouse-search), with the strategies from there on as its
 * costs. Strategies that come before make tiers: a worse tier is asked only for what the better ones could not serve.
 *
 * A cost that is not known of some warehouse is no large number, beside which all others would be equal: how many of the
 * chosen have none is a cost of its own, before the sum of the others.
 */
import type { WarehouseId } from '../kernel/ids.ts';
import { MAX_QUANTITY, quantity } from '../kernel/quantity.ts';
import type { Choice, Prepared } from './choice.ts';
import type { Offer } from './offer.ts';
import type { PlannedSearch } from './plan.ts';
import { compareScores } from './ranking.ts';
import type { Remaining } from './remaining.ts';
import type { SourcingLimits } from './rule.ts';
import { toGrain } from './scoring.ts';
import { allot } from './search/allot.ts';
import type { SearchProblem, SearchWarehouse } from './search/search-problem.ts';
import { searchWarehouses } from './search/warehouse-search.ts';

/** One choice for each item; what is chosen is taken from `remaining`. */
export function chooseForGroup(items: readonly Prepared[], remaining: Remaining): Choice[] {
  const [first] = items;
  if (first === undefined) return [];
  const { search, limits } = first.matched.plan;
  const tooFew = new Set<WarehouseId>();
  for (;;) {
    const trial = tryGroup(items, { search, limits, remaining, leftOut: tooFew });
    const weak = weakest(trial.given, limits, { items, remaining });
    if (weak === undefined) return settle(items, trial, { remaining, tooFew });
    // which one is left out is not tried in every way
    tooFew.add(weak);
  }
}

interface Terms {
  readonly search: PlannedSearch;
  readonly limits: SourcingLimits;
  readonly remaining: Remaining;
  readonly leftOut: ReadonlySet<WarehouseId>;
}

interface Trial {
  /** Units by item and warehouse. */
  readonly units: readonly ReadonlyMap<WarehouseId, number>[];
  readonly given: ReadonlyMap<WarehouseId, number>;
  readonly search: Choice['search'];
}

function tryGroup(items: readonly Prepared[], terms: Terms): Trial {
  const { search, limits } = terms;
  const searches = search.asked || limits.mostShipments !== null;
  const ids = warehousesOf(items).filter((id) => !terms.leftOut.has(id));
  const tiers = searches ? tiersOf(items, ids, search.scoresBefore) : [ids];
  const state: TierState = {
    units: items.map(() => new Map()),
    given: new Map(),
    opened: new Set(ids.filter((id) => terms.remaining.isOpened(id))),
    exact: true,
  };
  for (const tier of tiers) serveTier(items, { ...terms, ids: tier, searches }, state);
  const exact = state.exact && (!searches || terms.leftOut.size === 0);
  const found = exact ? (searches ? 'exact' : null) : 'greedy';
  return { units: state.units, given: state.given, search: found };
}

/** Every warehouse that may serve any of the items, in the channel's order of preference. */
function warehousesOf(items: readonly Prepared[]): WarehouseId[] {
  const preference = new Map<WarehouseId, number>();
  for (const { ranked } of items)
    for (const each of ranked) preference.set(each.warehouse.id, each.preference);
  return [...preference].sort(([, a], [, b]) => a - b).map(([id]) => id);
}

/**
 * The warehouse's scores over all items: their sums, not known as soon as one is not. An item that it may not serve counts as
 * the average of the others, so that a warehouse is no better for being of use to fewer.
 */
function groupScores(items: readonly Prepared[], id: WarehouseId): (number | null)[] {
  const sums: (number | null)[] = [];
  let counted = 0;
  for (const item of items) {
    const scores = item.byWarehouse.get(id)?.scores;
    if (scores === undefined) continue;
    counted += 1;
    for (let index = 0; index < scores.length; index++) {
      const score = scores[index] ?? null;
      const sum = sums[index];
      sums[index] = score === null || sum === null ? null : (sum ?? 0) + score;
    }
  }
  if (counted === items.length) return sums;
  return sums.map((sum) => (sum === null ? null : toGrain((sum * items.length) / counted)));
}

/** Groups of warehouses that the first `count` scores hold equal, the best first. */
function tiersOf(items: readonly Prepared[], ids: readonly WarehouseId[], count: number): WarehouseId[][] {
  if (count === 0) return [[...ids]];
  const scored = ids.map((id) => ({ id, scores: groupScores(items, id).slice(0, count) }));
  scored.sort((a, b) => compareScores(a.scores, b.scores));
  const tiers: { scores: readonly (number | null)[]; ids: WarehouseId[] }[] = [];
  for (const { id, scores } of scored) {
    const last = tiers.at(-1);
    if (last !== undefined && compareScores(last.scores, scores) === 0) last.ids.push(id);
    else tiers.push({ scores, ids: [id] });
  }
  return tiers.map((tier) => tier.ids);
}

interface TierState {
  /** Units given so far, by item and warehouse. */
  readonly units: Map<WarehouseId, number>[];
  readonly given: Map<WarehouseId, number>;
  readonly opened: Set<WarehouseId>;
  /** Nothing else was possible, as far as was looked. */
  exact: boolean;
}

interface Tier extends Terms {
  readonly ids: readonly WarehouseId[];
  readonly searches: boolean;
}

/**
 * The search knows what a warehouse has of each product, not how much it may still do today for all of them together. What it
 * promised beyond that is asked for again, of what the others have left.
 */
function serveTier(items: readonly Prepared[], tier: Tier, state: TierState): void {
  while (!serveOnce(items, tier, state)) {
    if (tier.searches) state.exact = false;
  }
}

/** @returns whether every warehouse may do what was asked of it */
function serveOnce(items: readonly Prepared[], tier: Tier, state: TierState): boolean {
  const wanted = items.map((item, index) => item.item.units - sum(state.units[index]?.values() ?? []));
  if (wanted.every((units) => units === 0)) return true;
  const problem = problemOf(items, { tier, state, wanted });
  const all = { warehouses: tier.ids.map((_, index) => index), units: 0, exact: true };
  const found = tier.searches ? searchWarehouses(problem) : all;
  const places = new Map(tier.ids.map((id, index) => [id, index]));
  const ranks = items.map(({ ranked }) => ranked.flatMap(({ warehouse }) => places.get(warehouse.id) ?? []));
  const { shares, exact } = allot(problem, found.warehouses, ranks);
  if (!found.exact || !exact) state.exact = false;
  let asAsked = true;
  for (const [index, of] of shares.entries()) {
    for (const { warehouse, units } of of) {
      if (!give(items, { state, index, units, id: tier.ids[warehouse] })) asAsked = false;
    }
  }
  return asAsked;
}

/** Notes what an allotment gives, as far as the day's capacity goes. @returns whether that was far enough */
function give(
  items: readonly Prepared[],
  {
    state,
    index,
    units,
    id,
  }: {
    readonly state: TierState;
    readonly index: number;
    readonly units: number;
    readonly id: WarehouseId | undefined;
  },
): boolean {
  const item = items[index];
  const shares = state.units[index];
  if (id === undefined || item === undefined || shares === undefined) return true;
  const left = Math.min(units, roomOf(item, id, state));
  if (left <= 0 || (left < units && item.matched.plan.limits.doNotSplit)) return false;
  shares.set(id, (shares.get(id) ?? 0) + left);
  state.given.set(id, (state.given.get(id) ?? 0) + left);
  state.opened.add(id);
  return left === units;
}

/** Units that the warehouse may still do today. */
function roomOf(item: Prepared, id: WarehouseId, { given }: TierState): number {
  const room = item.byWarehouse.get(id)?.room ?? 'unlimited';
  return room === 'unlimited' ? Number.POSITIVE_INFINITY : room - (given.get(id) ?? 0);
}

function problemOf(
  items: readonly Prepared[],
  {
    tier,
    state,
    wanted,
  }: { readonly tier: Tier; readonly state: TierState; readonly wanted: readonly number[] },
): SearchProblem {
  const products = [...new Set(items.map(({ item }) => item.product))];
  const firstOf = products.map((product) => items.find(({ item }) => item.product === product));
  const costs = tier.searches ? costsOf(items, tier) : [];
  const warehouses = tier.ids.map(
    (id, index): SearchWarehouse => ({
      costs: costs[index] ?? [],
      opened: state.opened.has(id),
      free: firstOf.map((item) => (item === undefined ? 0 : freeOf(item, id, { items, state }))),
    }),
  );
  const most = tier.limits.mostShipments;
  return {
    items: items.map(({ item, matched }, index) => ({
      wanted: wanted[index] ?? 0,
      whole: matched.plan.limits.doNotSplit,
      stock: products.indexOf(item.product),
    })),
    warehouses,
    mostOpened: most === null ? null : Math.max(0, most - openedSoFar(tier, state)),
  };
}

/** Units of the item's product that the warehouse has left, after what it gave already. */
function freeOf(
  first: Prepared,
  id: WarehouseId,
  { items, state }: { readonly items: readonly Prepared[]; readonly state: TierState },
): number {
  const free = first.byWarehouse.get(id)?.free;
  if (free === 'unlimited') return MAX_QUANTITY * items.length;
  if (!state.given.has(id)) return free ?? 0;
  const taken = items.map(({ item }, index) =>
    item.product === first.item.product ? (state.units[index]?.get(id) ?? 0) : 0,
  );
  return Math.max(0, Math.min((free ?? 0) - sum(taken), roomOf(first, id, state)));
}

/** By warehouse; what is not known of any of them counts before what is known of the others. */
function costsOf(items: readonly Prepared[], { ids, search }: Tier): number[][] {
  const scores = ids.map((id) => groupScores(items, id));
  const costs: number[][] = ids.map(() => []);
  for (const cost of search.costs) {
    const of = scores.map((each) => (cost === 'shipment' ? 1 : (each[cost] ?? null)));
    const known = !of.includes(null);
    for (const [index, score] of of.entries()) {
      if (!known) costs[index]?.push(score === null ? 1 : 0);
      costs[index]?.push(score ?? 0);
    }
  }
  return costs;
}

/** Warehouses that the order ships from whatever is chosen now. */
function openedSoFar(tier: Tier, state: TierState): number {
  const chosen = [...state.opened].filter((id) => !tier.remaining.isOpened(id));
  return tier.remaining.openedCount() + chosen.length;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** The warehouse that gives the order fewer units than a shipment must have, the fewest first; none when all are enough. */
function weakest(
  given: ReadonlyMap<WarehouseId, number>,
  { leastUnitsPerShipment }: SourcingLimits,
  { items, remaining }: { readonly items: readonly Prepared[]; readonly remaining: Remaining },
): WarehouseId | undefined {
  if (leastUnitsPerShipment === null) return undefined;
  // An order that wants fewer units than that could never be served.
  const least = Math.min(leastUnitsPerShipment, sum(items.map(({ item }) => item.units)));
  const weak = [...given].filter(([id, units]) => units < least && !remaining.isOpened(id));
  return weak.sort(([, a], [, b]) => a - b)[0]?.[0];
}

function settle(
  items: readonly Prepared[],
  trial: Trial,
  { remaining, tooFew }: { readonly remaining: Remaining; readonly tooFew: ReadonlySet<WarehouseId> },
): Choice[] {
  return items.map((prepared, index) => {
    const shares = trial.units[index] ?? new Map<WarehouseId, number>();
    const offers = prepared.ranked.flatMap(({ warehouse }): Offer[] => {
      const units = shares.get(warehouse.id) ?? 0;
      return units === 0 ? [] : [{ warehouse: warehouse.id, free: quantity(units) }];
    });
    for (const [id, units] of shares) remaining.take(prepared.item.product, id, units);
    const { item, matched, ranked, byWarehouse, excluded, waitsFor } = prepared;
    const found = { offers, search: trial.search, tooFew: [...tooFew] };
    return { item, matched, ranked, byWarehouse, excluded, waitsFor, ...found };
  });
}
