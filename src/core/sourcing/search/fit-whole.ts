/**
 * Places items of one stock that want one warehouse each, so that most units are served; what may be split takes the rest.
 * Every placing is weighed (it is the subset sum problem with several bins), cut short by what cannot change the answer:
 * nothing better than serving all that is wanted or all that is there, warehouses with equally much left, items of equal
 * size, states that were seen, and a bound of what can still be placed. Of equal placings the first one counts: the
 * largest item in its preferred warehouse.
 *
 * Bounded by steps, not by a clock, so that every node decides alike. Beyond them the best placing so far is taken and the
 * answer says so; the first one, each item in its first warehouse that has room, is always made.
 */

/** Steps of one placing; looking at one warehouse in one state is a step. */
const MAX_STEPS = 200_000;

/** Steps that are left to the placings of one search, which are many. */
export interface Steps {
  left: number;
}

/** For a search over sets of warehouses: five placings at their worst. */
export function stepsOfSearch(): Steps {
  return { left: 5 * MAX_STEPS };
}

export interface WholeItems {
  /** Units of each item that wants one warehouse, the largest first. */
  readonly whole: readonly number[];
  /** Units of the other items together. */
  readonly split: number;
}

export interface Fitting {
  readonly units: number;
  /** Index of the warehouse of each whole item, -1 for none. */
  readonly places: readonly number[];
  /** No placing serves more. */
  readonly exact: boolean;
}

interface Placing {
  readonly whole: readonly number[];
  /** Units of the items from each one on. */
  readonly after: readonly number[];
  /** Warehouses in the order in which each item would have them. */
  readonly preferences: readonly (readonly number[])[];
  readonly left: number[];
  readonly places: number[];
  /** Units that whole items may take at most to any use: all that is wanted, or what those that split leave. */
  readonly enough: number;
  readonly seen: Set<string>;
  readonly steps: Steps;
  /** Steps that have to be left when it ends. */
  readonly kept: number;
  best: { readonly placed: number; readonly places: readonly number[] } | undefined;
  exact: boolean;
}

/**
 * @param frees units by warehouse
 * @param preferences for each item the warehouses it may have, the preferred one first; all in their order when not given
 */
export function fitWhole(
  { whole, split }: WholeItems,
  frees: readonly number[],
  {
    steps = { left: MAX_STEPS },
    preferences,
  }: { readonly steps?: Steps; readonly preferences?: readonly (readonly number[])[] } = {},
): Fitting {
  const free = sum(frees);
  const inOrder = [...frees.keys()];
  const after: number[] = [0];
  for (const units of whole.toReversed()) after.unshift(units + (after[0] ?? 0));
  const placing: Placing = {
    whole,
    after,
    preferences: preferences ?? whole.map(() => inOrder),
    left: [...frees],
    places: [],
    enough: Math.max(0, Math.min(after[0] ?? 0, free - split)),
    seen: new Set(),
    steps,
    kept: Math.max(0, steps.left - MAX_STEPS),
    best: undefined,
    exact: true,
  };
  place(placing, 0, 0);
  const { placed, places } = placing.best ?? { placed: 0, places: whole.map(() => -1) };
  return { units: Math.min(placed + split, free), places, exact: placing.exact };
}

function place(placing: Placing, index: number, placed: number): void {
  const { whole, left, places, best } = placing;
  const wanted = whole[index];
  if (wanted === undefined) {
    if (best === undefined || placed > best.placed) placing.best = { placed, places: [...places] };
    return;
  }
  if (best !== undefined && !mayImprove(placing, index, placed)) return;
  const tried = new Set<number>();
  for (const warehouse of placing.preferences[index] ?? []) {
    const free = left[warehouse] ?? 0;
    if (free < wanted || tried.has(free)) continue;
    tried.add(free);
    left[warehouse] = free - wanted;
    places.push(warehouse);
    place(placing, index + 1, placed + wanted);
    places.pop();
    left[warehouse] = free;
  }
  places.push(-1);
  place(placing, index + 1, placed);
  places.pop();
}

/** Whether placing the items from `index` on could beat the best so far; counts a step. */
function mayImprove(placing: Placing, index: number, placed: number): boolean {
  const { whole, after, left, steps, best, enough, seen } = placing;
  const most = best?.placed ?? 0;
  if (most >= enough) return false;
  const smallest = whole.at(-1) ?? 0;
  const usable = left.reduce((all, free) => (free < smallest ? all : all + free), 0);
  if (placed + Math.min(after[index] ?? 0, usable) <= most) return false;
  if (steps.left <= placing.kept) {
    placing.exact = false;
    return false;
  }
  steps.left -= left.length;
  // Warehouses are alike but for what they have left.
  const state = `${index}/${left.toSorted((a, b) => a - b).join()}`;
  if (seen.has(state)) return false;
  seen.add(state);
  return true;
}

function sum(units: readonly number[]): number {
  return units.reduce((all, each) => all + each, 0);
}
