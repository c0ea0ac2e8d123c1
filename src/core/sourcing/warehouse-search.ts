/** Placeholder until the exact search is in: tries every set of up to 12 warehouses. */
export interface SearchItem {
  readonly wanted: number;
  readonly whole: boolean;
  readonly stock: number;
}
export interface SearchWarehouse {
  readonly costs: readonly number[];
  readonly opened: boolean;
  readonly free: readonly number[];
}
export interface SearchProblem {
  readonly items: readonly SearchItem[];
  readonly warehouses: readonly SearchWarehouse[];
  readonly mostOpened: number | null;
}
export interface SearchAnswer {
  readonly warehouses: readonly number[];
  readonly units: number;
  readonly exact: boolean;
}
export interface Share {
  readonly warehouse: number;
  readonly units: number;
}

export function searchWarehouses(problem: SearchProblem): SearchAnswer {
  const count = Math.min(12, problem.warehouses.length);
  let best: SearchAnswer & { costs: readonly number[] } = {
    warehouses: [],
    units: 0,
    exact: true,
    costs: [],
  };
  for (let mask = 1; mask < 1 << count; mask++) {
    const set = [...Array(count).keys()].filter((index) => (mask >> index) & 1);
    const fresh = set.filter((index) => problem.warehouses[index]?.opened !== true);
    if (problem.mostOpened !== null && fresh.length > problem.mostOpened) continue;
    const ranks = problem.items.map(() => set);
    const shares = allot(problem, { warehouses: set, units: 0, exact: true }, ranks);
    const units = shares.flat().reduce((sum, share) => sum + share.units, 0);
    if (set.some((index) => !shares.flat().some((share) => share.warehouse === index))) continue;
    const closed = set.filter((index) => problem.warehouses[index]?.opened !== true);
    const costs = (problem.warehouses[0]?.costs ?? []).map((_, at) =>
      closed.reduce((sum, index) => sum + (problem.warehouses[index]?.costs[at] ?? 0), 0),
    );
    const cheaper = costs.map((cost, at) => cost - (best.costs[at] ?? 0)).find((each) => each !== 0) ?? 0;
    if (units > best.units || (units === best.units && cheaper < 0))
      best = { warehouses: set, units, exact: true, costs };
  }
  return best;
}

export function allot(
  problem: SearchProblem,
  answer: SearchAnswer,
  ranks: readonly (readonly number[])[],
): Share[][] {
  const left = problem.warehouses.map(({ free }) => [...free]);
  return problem.items.map(({ wanted, whole, stock }, index) => {
    const shares: Share[] = [];
    let short = wanted;
    for (const warehouse of ranks[index] ?? []) {
      const row = left[warehouse];
      if (row === undefined || short === 0 || !answer.warehouses.includes(warehouse)) continue;
      const free = row[stock] ?? 0;
      const units = whole ? (free >= short ? short : 0) : Math.min(short, free);
      if (units === 0) continue;
      row[stock] = free - units;
      short -= units;
      shares.push({ warehouse, units });
    }
    return shares;
  });
}
