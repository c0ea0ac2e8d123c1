/**
 * A lower bound of what it costs to reach the units that are wanted: of each stock by itself, as if warehouses could be
 * opened in part, the cheapest unit first (the fractional cover of D. Hochbaum, "Approximation Algorithms for the Set
 * Covering and Vertex Cover Problems", 1982). The dearest stock bounds the whole.
 */
import type { SearchProblem, Stocks } from './search-problem.ts';

/** Compared one after the other. */
export type SearchCosts = readonly number[];

export function coverCosts(
  problem: SearchProblem,
  stocks: Stocks,
  {
    set,
    rest,
    reach,
  }: {
    readonly set: readonly number[];
    readonly rest: readonly number[];
    /** Units of each stock that the sets in question have to serve. */
    readonly reach: readonly number[];
  },
): SearchCosts {
  const costs = problem.warehouses[0]?.costs ?? [];
  return costs.map((_, index) => {
    let most = 0;
    for (const [stock, wanted] of reach.entries()) {
      let missing = wanted;
      for (const warehouse of set) missing -= stocks.gains[warehouse]?.[stock] ?? 0;
      if (missing > 0) most = Math.max(most, coverOf(problem, stocks, { rest, stock, missing, index }));
    }
    return index === 0 && problem.wholeCosts ? Math.ceil(most - 1e-9) : most;
  });
}

function coverOf(
  { warehouses }: SearchProblem,
  { gains }: Stocks,
  {
    rest,
    stock,
    missing,
    index,
  }: {
    readonly rest: readonly number[];
    readonly stock: number;
    readonly missing: number;
    readonly index: number;
  },
): number {
  const offers = rest
    .map((each) => ({ cost: warehouses[each]?.costs[index] ?? 0, units: gains[each]?.[stock] ?? 0 }))
    .filter(({ units }) => units > 0)
    .sort((a, b) => a.cost / a.units - b.cost / b.units);
  let cost = 0;
  let left = missing;
  for (const offer of offers) {
    const share = Math.min(1, left / offer.units);
    cost += share * offer.cost;
    left -= offer.units;
    if (left <= 0) break;
  }
  return cost;
}
