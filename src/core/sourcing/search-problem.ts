/**
 * The problem of the search, and what a set of warehouses serves of it. Items of one product draw from one stock. An item
 * that wants all its units from one warehouse counts a warehouse as nothing that has less; where several items of such a
 * stock meet, which of them fit together is tried out (6 and 6 do not fit into 10).
 * Law: no warehouse gives more than it has, and no item gets more than it wants.
 */
export interface SearchItem {
  readonly wanted: number;
  /** All its units from one warehouse, or none. */
  readonly whole: boolean;
  /** Index of the stock it draws from. */
  readonly stock: number;
}

export interface SearchWarehouse {
  /** What opening it costs, 0 or more each, compared one after the other; all have as many. */
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
  /** The first cost is a whole number for every warehouse. */
  readonly wholeCosts: boolean;
}

/** The problem stock by stock. */
export interface Stocks {
  /** Units wanted of each. */
  readonly wanted: readonly number[];
  /** Units by warehouse and stock that can be of use. */
  readonly gains: readonly (readonly number[])[];
  /** Stocks whose items have to be tried out. */
  readonly crowded: readonly CrowdedStock[];
}

interface CrowdedStock {
  readonly stock: number;
  /** Units of each of its items that want one warehouse, the largest first. */
  readonly whole: readonly number[];
  /** Units of its other items together. */
  readonly split: number;
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
    return [{ stock, whole: whole.sort((a, b) => b - a), split }];
  });
  return { wanted, gains, crowded };
}

/** Units that the warehouses of a set serve together, of each stock. */
export function servedOfEach({ wanted, gains, crowded }: Stocks, set: readonly number[]): number[] {
  return wanted.map((units, stock) => {
    const tried = crowded.length === 0 ? undefined : crowded.find((each) => each.stock === stock);
    if (tried !== undefined) {
      return fitWhole(
        tried,
        set.map((warehouse) => gains[warehouse]?.[stock] ?? 0),
      ).units;
    }
    let has = 0;
    for (const warehouse of set) has += gains[warehouse]?.[stock] ?? 0;
    return Math.min(units, has);
  });
}

export function servedBy(stocks: Stocks, set: readonly number[]): number {
  return servedOfEach(stocks, set).reduce((sum, units) => sum + units, 0);
}

/** Placings of whole items that are tried at most; beyond it the first ones are taken. */
const MAX_PLACINGS = 2_000;

interface Fitting {
  readonly units: number;
  /** Index of the warehouse of each whole item, -1 for none. */
  readonly places: readonly number[];
}

/** Places the whole items of one stock so that most units are served; warehouses are tried in their given order. */
export function fitWhole(
  { whole, split }: Pick<CrowdedStock, 'whole' | 'split'>,
  frees: readonly number[],
): Fitting {
  let best: Fitting = { units: -1, places: [] };
  let tries = 0;
  const left = [...frees];
  function place(index: number, units: number, places: readonly number[]): void {
    if (tries > MAX_PLACINGS) return;
    const wanted = whole[index];
    if (wanted === undefined) {
      tries += 1;
      const rest = left.reduce((sum, free) => sum + free, 0);
      const served = units + Math.min(split, rest);
      if (served > best.units) best = { units: served, places };
      return;
    }
    for (const [warehouse, free] of left.entries()) {
      if (free < wanted) continue;
      left[warehouse] = free - wanted;
      place(index + 1, units + wanted, [...places, warehouse]);
      left[warehouse] = free;
    }
    place(index + 1, units, [...places, -1]);
  }
  place(0, 0, []);
  return best;
}
