/**
 * Which warehouses serve the items of one order: the most units first, then the least cost of the warehouses that have to
 * be opened for it (a cost may be 1 for each: the fewest shipments), then each next cost, then the channel's preference.
 *
 * Branch and bound over the warehouses (search-bounds). Beyond MAX_EXACT warehouses or MAX_NODES steps the best found so
 * far is taken, and the answer says so.
 */
import { SearchBounds, type SearchCosts } from './search-bounds.ts';
import { type SearchProblem, type Stocks, servedBy, servedOfEach, stocksOf } from './search-problem.ts';

export interface SearchAnswer {
  /** Indexes, ascending: those that are opened already and those to be opened. */
  readonly warehouses: readonly number[];
  readonly units: number;
  readonly exact: boolean;
}

/** Warehouses up to which every choice is weighed; more are chosen step by step. */
const MAX_EXACT = 20;
/** Steps of one search; a search that needs more answers with the best it has. */
const MAX_NODES = 50_000;

interface Search {
  readonly problem: SearchProblem;
  readonly stocks: Stocks;
  readonly bounds: SearchBounds;
  readonly opened: readonly number[];
  /** Warehouses to decide about, in the order in which they are tried. */
  readonly candidates: readonly number[];
  /** By how many are chosen: what they and the opened ones have of each stock. Written over again by each branch. */
  readonly has: readonly Float64Array[];
  /** Units to reach: what all warehouses together serve; null when the limit on openings keeps from it. */
  readonly target: number | null;
  /** The same for each stock; 0 where the limit leaves open which stock will lack. */
  readonly reach: readonly number[];
  best: Found | undefined;
  nodes: number;
}

interface Found {
  readonly units: number;
  readonly costs: SearchCosts;
  /** Ascending. */
  readonly chosen: readonly number[];
}

export function searchWarehouses(problem: SearchProblem): SearchAnswer {
  const stocks = stocksOf(problem);
  const opened = problem.warehouses.flatMap((each, index) => (each.opened ? [index] : []));
  const candidates = problem.warehouses.flatMap((each, index) =>
    !each.opened && usefulness(stocks, index) > 0 ? [index] : [],
  );
  const alone = oneWarehouse(problem, stocks, { opened, candidates });
  if (alone !== undefined) return answer(alone, { opened, exact: !stocks.wasCut });
  candidates.sort((a, b) => usefulness(stocks, b) - usefulness(stocks, a) || a - b);
  const step = stepByStep(problem, stocks, { opened, candidates });
  if (candidates.length > MAX_EXACT) return answer(step, { opened, exact: false });
  const reach = servedOfEach(stocks, [...opened, ...candidates]);
  const target = reach.reduce((sum, units) => sum + units, 0);
  const bounds = new SearchBounds(problem, stocks, candidates);
  const has = [...candidates, -1].map(() => new Float64Array(stocks.wanted.length));
  for (const [stock] of stocks.wanted.entries()) {
    const units = opened.reduce((sum, each) => sum + (stocks.gains[each]?.[stock] ?? 0), 0);
    has[0]?.set([units], stock);
  }
  const known = { problem, stocks, bounds, opened, candidates, has, nodes: 0 };
  const search: Search = { ...known, target, reach, best: step.units === target ? step : undefined };
  descend(search, { at: 0, chosen: [], costs: noCosts(problem) });
  const exact = (nodes: number) => nodes <= MAX_NODES && !stocks.wasCut;
  if (search.best !== undefined) return answer(search.best, { opened, exact: exact(search.nodes) });
  // The limit on openings keeps from serving all that could be served: then as much as it allows.
  const limited: Search = { ...known, target: null, reach: [], best: step };
  descend(limited, { at: 0, chosen: [], costs: noCosts(problem) });
  return answer(limited.best ?? step, { opened, exact: exact(limited.nodes) });
}

/**
 * The usual case: the warehouses that are opened serve all that can be served, or one more does. Where each opening costs
 * 1 first of all, nothing beats that.
 */
function oneWarehouse(
  problem: SearchProblem,
  stocks: Stocks,
  { opened, candidates }: { readonly opened: readonly number[]; readonly candidates: readonly number[] },
): Found | undefined {
  if (candidates.some((each) => problem.warehouses[each]?.costs[0] !== 1)) return undefined;
  const target = servedBy(stocks, [...opened, ...candidates]);
  if (servedBy(stocks, opened) === target) return { units: target, costs: noCosts(problem), chosen: [] };
  if (problem.mostOpened === 0) return undefined;
  let best: Found | undefined;
  for (const each of candidates) {
    const costs = problem.warehouses[each]?.costs ?? [];
    const found = { units: target, costs, chosen: [each] };
    if (best !== undefined && !isBetter(found, best)) continue;
    if (servedBy(stocks, opened.length === 0 ? [each] : [...opened, each]) === target) best = found;
  }
  return best;
}

function answer(
  { chosen, units }: Found,
  { opened, exact }: { readonly opened: readonly number[]; readonly exact: boolean },
): SearchAnswer {
  return { warehouses: [...opened, ...chosen].toSorted((a, b) => a - b), units, exact };
}

function noCosts({ warehouses }: SearchProblem): SearchCosts {
  return (warehouses[0]?.costs ?? []).map(() => 0);
}

/** Units it could serve if it were alone. */
function usefulness({ wanted, gains }: Stocks, warehouse: number): number {
  return wanted.reduce((sum, units, stock) => sum + Math.min(units, gains[warehouse]?.[stock] ?? 0), 0);
}

interface Node {
  /** Place of the candidate to decide about next. */
  readonly at: number;
  readonly chosen: readonly number[];
  readonly costs: SearchCosts;
}

function descend(search: Search, node: Node): void {
  search.nodes += 1;
  if (search.nodes > MAX_NODES) return;
  const { problem, bounds, candidates, has, target } = search;
  const { at, chosen, costs } = node;
  const own = has[chosen.length];
  const next = has[chosen.length + 1];
  const units = unitsOf(search, chosen);
  if (target === null || units === target) keep(search, { units, costs, chosen });
  if (units === target || own === undefined || next === undefined) return;
  if (at >= candidates.length || chosen.length === problem.mostOpened) return;
  if (!mayImprove(search, node, own)) return;
  const candidate = candidates[at] ?? -1;
  bounds.add(own, at, next);
  const opening = problem.warehouses[candidate]?.costs ?? [];
  descend(search, { at: at + 1, chosen: [...chosen, candidate], costs: plus(costs, opening) });
  descend(search, { at: at + 1, chosen, costs });
}

function unitsOf({ stocks, bounds, has, opened }: Search, chosen: readonly number[]): number {
  const own = has[chosen.length];
  if (stocks.crowded.length > 0 || own === undefined) return servedBy(stocks, [...opened, ...chosen]);
  return bounds.served(own);
}

/** Whether what is still undecided could lead to something better than the best so far. */
function mayImprove(
  { problem, bounds, target, reach, best }: Search,
  { at, chosen, costs }: Node,
  has: Float64Array,
): boolean {
  const room = (problem.mostOpened ?? Number.POSITIVE_INFINITY) - chosen.length;
  const most = bounds.mostServed(has, at, room);
  if (target !== null && most < target) return false;
  if (best === undefined) return true;
  if (most !== best.units) return most > best.units;
  // cost by cost, since the first one usually decides
  for (const [index, cost] of costs.entries()) {
    const least = cost + bounds.leastCost(has, { at, cost: index, reach });
    const difference = least - (best.costs[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function keep(search: Search, found: Found): void {
  const chosen = found.chosen.toSorted((a, b) => a - b);
  const { best } = search;
  if (best === undefined || isBetter({ ...found, chosen }, best)) search.best = { ...found, chosen };
}

function isBetter(a: Found, b: Found): boolean {
  if (a.units !== b.units) return a.units > b.units;
  const order = compareCosts(a.costs, b.costs);
  if (order !== 0) return order < 0;
  if (a.chosen.length !== b.chosen.length) return a.chosen.length < b.chosen.length;
  for (const [index, warehouse] of a.chosen.entries()) {
    const other = b.chosen[index] ?? warehouse;
    if (warehouse !== other) return warehouse < other;
  }
  return false;
}

/** Negative: a is less. */
function compareCosts(a: SearchCosts, b: SearchCosts): number {
  for (const [index, cost] of a.entries()) {
    const difference = cost - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function plus(a: SearchCosts, b: SearchCosts): SearchCosts {
  return a.map((cost, index) => cost + (b[index] ?? 0));
}

/** Opens what adds most units for its cost, one after another; then closes what turned out not to be needed. */
function stepByStep(
  problem: SearchProblem,
  stocks: Stocks,
  { opened, candidates }: { readonly opened: readonly number[]; readonly candidates: readonly number[] },
): Found {
  let set = [...opened];
  let units = servedBy(stocks, set);
  const most = problem.mostOpened ?? candidates.length;
  for (let count = 0; count < most; count++) {
    const open = candidates.filter((each) => !set.includes(each));
    const tried = open.map((each) => ({ each, units: servedBy(stocks, [...set, each]) }));
    tried.sort(
      (a, b) => b.units - a.units || compareCosts(costsOf(problem, [a.each]), costsOf(problem, [b.each])),
    );
    const [first] = tried;
    if (first === undefined || first.units <= units) break;
    set = [...set, first.each];
    units = first.units;
  }
  for (const each of set.filter((one) => !opened.includes(one))) {
    const without = set.filter((other) => other !== each);
    if (servedBy(stocks, without) === units) set = without;
  }
  const chosen = set.filter((each) => !opened.includes(each)).toSorted((a, b) => a - b);
  return { units, costs: costsOf(problem, chosen), chosen };
}

function costsOf(problem: SearchProblem, chosen: readonly number[]): SearchCosts {
  return chosen.reduce((sum, each) => plus(sum, problem.warehouses[each]?.costs ?? []), noCosts(problem));
}
