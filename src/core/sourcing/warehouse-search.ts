/**
 * Which warehouses serve the items of one order: the most units first, then the least cost of the warehouses that have to
 * be opened for it (a cost may be 1 for each: the fewest shipments), then each next cost, then the channel's preference.
 *
 * Branch and bound over the warehouses. What a set serves of one stock is at most what is wanted and at most what its
 * warehouses have, so two bounds are cheap: units that all warehouses still undecided could add, and the cost of covering
 * what is missing if warehouses could be opened in part (the fractional cover). Beyond MAX_EXACT warehouses or MAX_NODES
 * steps the best found so far is taken, and the answer says so.
 */
import { coverCosts, type SearchCosts } from './search-costs.ts';
import { type SearchProblem, type Stocks, servedBy, servedOfEach, stocksOf } from './search-problem.ts';

export interface SearchAnswer {
  /** Indexes, ascending: those that are opened already and those to be opened. */
  readonly warehouses: readonly number[];
  readonly units: number;
  readonly exact: boolean;
}

/** Warehouses up to which every choice is weighed; more are chosen step by step. */
const MAX_EXACT = 20;
/** Steps of one search: about 20 ms; a search that needs more answers with the best it has. */
const MAX_NODES = 50_000;

interface Search {
  readonly problem: SearchProblem;
  readonly stocks: Stocks;
  /** Warehouses to decide about, in the order in which they are tried. */
  readonly candidates: readonly number[];
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
  candidates.sort((a, b) => usefulness(stocks, b) - usefulness(stocks, a) || a - b);
  const alone = oneWarehouse(problem, stocks, { opened, candidates });
  if (alone !== undefined) return answer(alone, opened, true);
  const step = stepByStep(problem, stocks, { opened, candidates });
  if (candidates.length > MAX_EXACT) return answer(step, opened, false);
  const reach = servedOfEach(stocks, [...opened, ...candidates]);
  const target = reach.reduce((sum, units) => sum + units, 0);
  const search: Search = { problem, stocks, candidates, target, reach, best: undefined, nodes: 0 };
  if (step.units === target) search.best = step;
  descend(search, { at: 0, set: opened, chosen: [], costs: noCosts(problem) });
  if (search.best !== undefined) return answer(search.best, opened, search.nodes <= MAX_NODES);
  // The limit on openings keeps from serving all that could be served: then as much as it allows.
  const limited: Search = { ...search, target: null, reach: [], best: step, nodes: 0 };
  descend(limited, { at: 0, set: opened, chosen: [], costs: noCosts(problem) });
  return answer(limited.best ?? step, opened, limited.nodes <= MAX_NODES);
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
  if (!problem.wholeCosts) return undefined;
  const target = servedBy(stocks, [...opened, ...candidates]);
  if (servedBy(stocks, opened) === target) return { units: target, costs: noCosts(problem), chosen: [] };
  if (problem.mostOpened === 0) return undefined;
  let best: Found | undefined;
  for (const each of candidates) {
    const costs = problem.warehouses[each]?.costs ?? [];
    const found = { units: target, costs, chosen: [each] };
    if (best !== undefined && !isBetter(found, best)) continue;
    if (servedBy(stocks, [...opened, each]) === target) best = found;
  }
  return best;
}

function answer({ chosen, units }: Found, opened: readonly number[], exact: boolean): SearchAnswer {
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
  /** The candidate to decide about next. */
  readonly at: number;
  /** Opened ones and chosen ones. */
  readonly set: readonly number[];
  readonly chosen: readonly number[];
  readonly costs: SearchCosts;
}

function descend(search: Search, node: Node): void {
  search.nodes += 1;
  if (search.nodes > MAX_NODES) return;
  const { problem, stocks, candidates, target } = search;
  const units = servedBy(stocks, node.set);
  if (target === null || units === target) keep(search, { units, costs: node.costs, chosen: node.chosen });
  if (units === target || node.at >= candidates.length) return;
  if (problem.mostOpened !== null && node.chosen.length >= problem.mostOpened) return;
  if (!mayImprove(search, node, units)) return;
  const next = candidates[node.at] ?? -1;
  const at = node.at + 1;
  descend(search, {
    at,
    set: [...node.set, next],
    chosen: [...node.chosen, next],
    costs: plus(node.costs, problem.warehouses[next]?.costs ?? []),
  });
  descend(search, { ...node, at });
}

/** Whether what is still undecided could lead to something better than the best so far. */
function mayImprove(
  { problem, stocks, candidates, target, reach, best }: Search,
  node: Node,
  units: number,
): boolean {
  const rest = candidates.slice(node.at);
  const most = mostUnits(stocks, { set: node.set, rest, room: roomFor(problem, node), units });
  if (target !== null && most < target) return false;
  if (best === undefined) return true;
  if (most !== best.units) return most > best.units;
  const bound = coverCosts(problem, stocks, { set: node.set, rest, reach });
  return compareCosts(plus(node.costs, bound), best.costs) <= 0;
}

function roomFor({ mostOpened }: SearchProblem, { chosen }: Node): number {
  return mostOpened === null ? Number.POSITIVE_INFINITY : mostOpened - chosen.length;
}

/** No set of `set` and at most `room` of `rest` serves more. */
function mostUnits(
  stocks: Stocks,
  {
    set,
    rest,
    room,
    units,
  }: {
    readonly set: readonly number[];
    readonly rest: readonly number[];
    readonly room: number;
    readonly units: number;
  },
): number {
  const together = relaxed(stocks, [...set, ...rest]);
  if (room >= rest.length) return together;
  const before = relaxed(stocks, set);
  const single = rest.map((each) => relaxed(stocks, [...set, each]) - before).sort((a, b) => b - a);
  const added = single.slice(0, room).reduce((sum, each) => sum + each, 0);
  return Math.min(together, Math.max(units, before + added));
}

/** What a set serves if items that want all their units from one warehouse shared their stock freely: never less. */
function relaxed({ wanted, gains }: Stocks, set: readonly number[]): number {
  let sum = 0;
  for (const [stock, units] of wanted.entries()) {
    let has = 0;
    for (const warehouse of set) has += gains[warehouse]?.[stock] ?? 0;
    sum += Math.min(units, has);
  }
  return sum;
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

/** Sums of kilometres differ in their last digits by the order of addition: that decides nothing. */
const TOLERANCE = 1e-9;

/** Negative: a is less. */
function compareCosts(a: SearchCosts, b: SearchCosts): number {
  for (const [index, cost] of a.entries()) {
    const difference = cost - (b[index] ?? 0);
    if (Math.abs(difference) > TOLERANCE * Math.max(1, Math.abs(cost))) return difference;
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
