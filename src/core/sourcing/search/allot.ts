/**
 * How many units each chosen warehouse gives to each item, the item's better-ranked warehouses first. Laws: what an item
 * gets and what it is short of add up to what it wants, and no warehouse gives more than it has (tried on a million random
 * problems by `npm run proof:split`).
 */
import { fitWhole } from './fit-whole.ts';
import type { SearchProblem } from './search-problem.ts';

export interface Share {
  /** Index of the warehouse. */
  readonly warehouse: number;
  readonly units: number;
}

export interface Allotment {
  /** By item. */
  readonly shares: readonly (readonly Share[])[];
  /** No other placing of the items that want one warehouse serves more units. */
  readonly exact: boolean;
}

/**
 * @param chosen indexes of the warehouses that may give
 * @param ranks for each item its warehouses, the preferred one first
 */
export function allot(
  { items, warehouses }: Pick<SearchProblem, 'items' | 'warehouses'>,
  chosen: readonly number[],
  ranks: readonly (readonly number[])[],
): Allotment {
  const left = warehouses.map(({ free }) => [...free]);
  const shares: Share[][] = items.map(() => []);
  const mayGive = new Set(chosen);
  const ranked = ranks.map((rank) => rank.filter((warehouse) => mayGive.has(warehouse)));
  let exact = true;
  for (const stock of new Set(items.map((item) => item.stock))) {
    const indexes = items.flatMap((item, index) => (item.stock === stock ? [index] : []));
    if (!placeWhole({ items, left, chosen, ranked, shares }, { stock, indexes })) exact = false;
    for (const index of indexes.filter((each) => items[each]?.whole === false)) {
      let short = items[index]?.wanted ?? 0;
      for (const warehouse of ranked[index] ?? []) {
        const units = Math.min(short, left[warehouse]?.[stock] ?? 0);
        if (units > 0) give({ left, shares }, { index, warehouse, stock, units });
        short -= units;
      }
    }
  }
  return { shares, exact };
}

interface Giving {
  readonly left: number[][];
  readonly shares: Share[][];
}

function give(
  { left, shares }: Giving,
  { index, warehouse, stock, units }: Share & { readonly index: number; readonly stock: number },
): void {
  const row = left[warehouse];
  if (row === undefined) return;
  row[stock] = (row[stock] ?? 0) - units;
  shares[index]?.push({ warehouse, units });
}

interface Placing extends Giving {
  readonly items: SearchProblem['items'];
  readonly chosen: readonly number[];
  /** For each item the chosen warehouses, the preferred one first. */
  readonly ranked: readonly (readonly number[])[];
}

/** The items of a stock that want one warehouse each, so that most units are served. @returns whether no more could be */
function placeWhole(
  { items, left, chosen, ranked, shares }: Placing,
  { stock, indexes }: { readonly stock: number; readonly indexes: readonly number[] },
): boolean {
  const whole = indexes.filter((each) => items[each]?.whole === true && (items[each]?.wanted ?? 0) > 0);
  if (whole.length === 0) return true;
  const sorted = whole.toSorted((a, b) => (items[b]?.wanted ?? 0) - (items[a]?.wanted ?? 0));
  const split = indexes
    .filter((each) => items[each]?.whole === false)
    .reduce((sum, each) => sum + (items[each]?.wanted ?? 0), 0);
  const { places, exact } = fitWhole(
    { whole: sorted.map((each) => items[each]?.wanted ?? 0), split },
    chosen.map((warehouse) => left[warehouse]?.[stock] ?? 0),
    { preferences: sorted.map((each) => (ranked[each] ?? []).map((one) => chosen.indexOf(one))) },
  );
  for (const [position, index] of sorted.entries()) {
    const warehouse = chosen[places[position] ?? -1];
    const units = items[index]?.wanted ?? 0;
    if (warehouse !== undefined) give({ left, shares }, { index, warehouse, stock, units });
  }
  return exact;
}
