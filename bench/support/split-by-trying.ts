/**
 * The same problem by trying every set of warehouses and every placing of the items that want one warehouse: for small
 * problems only. Written apart from the search it is compared with.
 */
import type { SearchProblem } from '../../src/core/sourcing/search/search-problem.ts';

export interface Tried {
  readonly units: number;
  readonly costs: readonly number[];
}

export function costsOf(problem: SearchProblem, opens: readonly number[]): number[] {
  const none = (problem.warehouses[0]?.costs ?? []).map(() => 0);
  return none.map((_, at) =>
    opens.reduce((sum, index) => sum + (problem.warehouses[index]?.costs[at] ?? 0), 0),
  );
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((cost, index) => cost !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/** Every set of warehouses, one after the other. */
export function bestByTrying(problem: SearchProblem): Tried {
  let best: Tried = { units: -1, costs: [] };
  for (let mask = 0; mask < 1 << problem.warehouses.length; mask++) {
    const set = problem.warehouses.flatMap(({ opened }, index) =>
      opened || (mask >> index) & 1 ? [index] : [],
    );
    const opens = set.filter((index) => problem.warehouses[index]?.opened === false);
    if (problem.mostOpened !== null && opens.length > problem.mostOpened) continue;
    const units = servedByTrying(problem, set);
    const tried = { units, costs: costsOf(problem, opens) };
    if (units > best.units || (units === best.units && isLess(tried.costs, best.costs))) best = tried;
  }
  return best;
}

function servedByTrying({ items, warehouses }: SearchProblem, set: readonly number[]): number {
  let served = 0;
  for (const stock of new Set(items.map((item) => item.stock))) {
    const own = items.filter((item) => item.stock === stock);
    const frees = set.map((index) => warehouses[index]?.free[stock] ?? 0);
    const whole = own.filter((item) => item.whole).map(({ wanted }) => wanted);
    const split = own.filter((item) => !item.whole).reduce((sum, { wanted }) => sum + wanted, 0);
    // what may be split takes what the others leave, wherever they were placed
    served += Math.min(
      frees.reduce((sum, units) => sum + units, 0),
      split + mostPlaced(whole, frees),
    );
  }
  return served;
}

/** Most units of items that want one warehouse each, by every placing there is. */
export function mostPlaced([first, ...others]: readonly number[], frees: readonly number[]): number {
  if (first === undefined) return 0;
  const placed = frees.map((free, at) =>
    free < first ? 0 : first + mostPlaced(others, frees.with(at, free - first)),
  );
  return Math.max(mostPlaced(others, frees), ...placed);
}
