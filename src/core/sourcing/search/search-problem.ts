/**
 * The problem of the search, and what a set of warehouses serves of it. Items of one product draw from one stock. An item
 * that wants all its units from one warehouse counts a warehouse as nothing that has less; where several items of such a
 * stock meet, which of them fit together is tried out (6 and 6 do not fit into 10, see fit-whole).
 * Law: no warehouse gives more than it has, and no item gets more than it wants.
 */
import { fitWhole, type Steps, stepsOfSearch, type WholeItems } from './fit-whole.ts';

export interface SearchItem {
  readonly wanted: number;
  /** All its units from one warehouse, or none. */
  readonly whole: boolean;
  /** Index of the stock it draws from. */
  readonly stock: number;
}

export interface SearchWarehouse {
  /**
   * What opening it costs, compared one after the other; all have as many. Multiples of GRAIN of 0 or more, so that sums are
   * exact in any order. A cost that is not known is two: 1 and 0 beside the 0 and the cost of those that are.
   */
  readonly costs: readonly number[];
  /** The order ships from it anyway: it costs nothing and is not counted as opened by this search. */
  readonly opened: boolean;
  /** Units it can give, by stock. */
  readonly free: readonly number[];
}

export interface SearchProblem {
  readonly items: readonly SearchItem[];
  /** In the channel's order of preference, which is the last word. */
  readonly warehouses: readonly SearchWarehouse[];
  /** Most warehouses to open; null: any number. */
  readonly mostOpened: number | null;
}

/** The problem stock by stock. */
export interface Stocks {
  /** Units wanted of each. */
  readonly wanted: readonly number[];
  /** Units by warehouse and stock that can be of use. */
  readonly gains: readonly (readonly number[])[];
  /** Stocks whose items have to be tried out. */
  readonly crowded: readonly CrowdedStock[];
  /** Left to all placings of whole items together. */
  readonly steps: Steps;
  /** A placing was cut short: what is said to be served may be less than what could be. */
  wasCut: boolean;
}

interface CrowdedStock extends WholeItems {
  readonly stock: number;
  /** Units served, by what the warehouses have. */
  readonly known: Map<string, number>;
}

export function stocksOf({ items, warehouses }: SearchProblem): Stocks {
  const count = items.reduce((most, { stock }) => Math.max(most, stock + 1), 0);
  const wanted: number[] = Array.from({ length: count }, () => 0);
  const byStock: SearchItem[][] = wanted.map(() => []);
  for (const item of items) {
    wanted[item.stock] = (wanted[item.stock] ?? 0) + item.wanted;
    if (item.wanted > 0) byStock[item.stock]?.push(item);
  }
  const gains = warehouses.map(({ free }) =>
    byStock.map((ofStock, stock) => {
      const has = Math.min(free[stock] ?? 0, wanted[stock] ?? 0);
      const alone = ofStock.length === 1 && ofStock[0]?.whole === true;
      return alone && has < (wanted[stock] ?? 0) ? 0 : has;
    }),
  );
  const crowded = byStock.flatMap((ofStock, stock) => {
    if (ofStock.length < 2 || !ofStock.some(({ whole }) => whole)) return [];
    const whole = ofStock.filter((each) => each.whole).map((each) => each.wanted);
    const split = ofStock.filter((each) => !each.whole).reduce((sum, each) => sum + each.wanted, 0);
    return [{ stock, whole: whole.sort((a, b) => b - a), split, known: new Map() }];
  });
  return { wanted, gains, crowded, steps: stepsOfSearch(), wasCut: false };
}

/** Units that the warehouses of a set serve together, of each stock. */
export function servedOfEach(stocks: Stocks, set: readonly number[]): number[] {
  const { wanted, gains, crowded } = stocks;
  return wanted.map((units, stock) => {
    const tried = crowded.length === 0 ? undefined : crowded.find((each) => each.stock === stock);
    if (tried !== undefined) return servedOfCrowded(tried, stocks, set);
    let has = 0;
    for (const warehouse of set) has += gains[warehouse]?.[stock] ?? 0;
    return Math.min(units, has);
  });
}

export function servedBy(stocks: Stocks, set: readonly number[]): number {
  return servedOfEach(stocks, set).reduce((sum, units) => sum + units, 0);
}

/** The same set is asked for again and again, and sets of equal stock are one. */
function servedOfCrowded(crowded: CrowdedStock, stocks: Stocks, set: readonly number[]): number {
  const frees = set.map((warehouse) => stocks.gains[warehouse]?.[crowded.stock] ?? 0).sort((a, b) => b - a);
  const key = frees.join();
  const known = crowded.known.get(key);
  if (known !== undefined) return known;
  const { units, exact } = fitWhole(crowded, frees, { steps: stocks.steps });
  if (!exact) stocks.wasCut = true;
  crowded.known.set(key, units);
  return units;
}
