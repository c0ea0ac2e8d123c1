/**
 * The problem as the search walks it, in flat arrays, since a step is taken up to fifty thousand times; and the bounds that
 * cut its branches off. A branch is a place in the list of candidates (those before it are decided about) and what the
 * chosen ones have of each stock.
 *
 * Bound of the cost: what is missing has to come from the candidates that are left, as if they could be opened in part, the
 * cheapest unit first (the fractional cover of D. Hochbaum, "Approximation Algorithms for the Set Covering and Vertex Cover
 * Problems", 1982); once for each stock by itself and once for all that is missing together. The dearest bounds the whole.
 */
import { GRAIN } from '../scoring.ts';
import type { SearchProblem, Stocks } from './search-problem.ts';

/** Compared one after the other. */
export type SearchCosts = readonly number[];

interface Branch {
  /** Place of the first candidate that is not decided about. */
  readonly at: number;
  /** Which of the costs. */
  readonly cost: number;
}

export class SearchBounds {
  readonly #wanted: Float64Array;
  /** Units by candidate and stock. */
  readonly #gains: readonly Float64Array[];
  /** Units by stock that the candidates from a place on have together. */
  readonly #left: readonly Float64Array[];
  /** By cost: by candidate. */
  readonly #costs: readonly Float64Array[];
  /** By cost and stock: candidates that have any of it, the cheapest unit first. */
  readonly #cheapest: readonly (readonly Int32Array[])[];
  /** What is missing of each stock in the branch that is looked at; used over and over. */
  readonly #missing: Float64Array;
  readonly #shares: Float64Array;

  /** @param candidates indexes of warehouses, in the order in which they are decided about */
  constructor(problem: SearchProblem, { wanted, gains }: Stocks, candidates: readonly number[]) {
    const stocks = wanted.length;
    this.#wanted = Float64Array.from(wanted);
    this.#gains = candidates.map((index) => Float64Array.from(gains[index] ?? []));
    const left = [new Float64Array(stocks)];
    for (const own of this.#gains.toReversed()) {
      const behind = left[0] ?? own;
      left.unshift(own.map((units, stock) => units + (behind[stock] ?? 0)));
    }
    this.#left = left;
    const costs = problem.warehouses[0]?.costs.length ?? 0;
    this.#costs = Array.from({ length: costs }, (_, cost) =>
      Float64Array.from(candidates, (index) => problem.warehouses[index]?.costs[cost] ?? 0),
    );
    this.#cheapest = this.#costs.map((of) => wanted.map((_, stock) => this.#byPrice(of, stock)));
    this.#missing = new Float64Array(stocks);
    this.#shares = new Float64Array(candidates.length);
  }

  #byPrice(costs: Float64Array, stock: number): Int32Array {
    const price = (place: number) => (costs[place] ?? 0) / (this.#gains[place]?.[stock] ?? 0);
    const having = [...this.#gains.keys()].filter((place) => (this.#gains[place]?.[stock] ?? 0) > 0);
    return Int32Array.from(having.sort((a, b) => price(a) - price(b)));
  }

  /** What `has` becomes when the candidate is chosen too. */
  add(has: Float64Array, place: number, into: Float64Array): void {
    const own = this.#gains[place];
    if (own === undefined) return;
    for (let stock = 0; stock < has.length; stock++) into[stock] = (has[stock] ?? 0) + (own[stock] ?? 0);
  }

  /** Units that are served by what the chosen have, if items that want one warehouse shared their stock: never less. */
  served(has: Float64Array): number {
    let sum = 0;
    for (let stock = 0; stock < has.length; stock++) {
      sum += Math.min(this.#wanted[stock] ?? 0, has[stock] ?? 0);
    }
    return sum;
  }

  /** No choice of at most `room` candidates from `at` on serves more. */
  mostServed(has: Float64Array, at: number, room: number): number {
    const left = this.#left[at];
    let together = 0;
    for (let stock = 0; stock < has.length; stock++) {
      together += Math.min(this.#wanted[stock] ?? 0, (has[stock] ?? 0) + (left?.[stock] ?? 0));
    }
    if (room >= this.#gains.length - at) return together;
    const before = this.served(has);
    const added: number[] = [];
    for (let place = at; place < this.#gains.length; place++) added.push(this.#addedBy(has, place));
    added.sort((a, b) => b - a);
    let most = before;
    for (let count = 0; count < room; count++) most += added[count] ?? 0;
    return Math.min(together, most);
  }

  #addedBy(has: Float64Array, place: number): number {
    const own = this.#gains[place];
    let sum = 0;
    for (let stock = 0; stock < has.length; stock++) {
      const missing = (this.#wanted[stock] ?? 0) - (has[stock] ?? 0);
      if (missing > 0) sum += Math.min(missing, own?.[stock] ?? 0);
    }
    return sum;
  }

  /** No choice of candidates from `at` on that reaches `reach` of each stock costs less. */
  leastCost(has: Float64Array, { at, cost, reach }: Branch & { readonly reach: readonly number[] }): number {
    let all = 0;
    let least = 0;
    for (let stock = 0; stock < has.length; stock++) {
      const missing = Math.max(0, (reach[stock] ?? 0) - (has[stock] ?? 0));
      this.#missing[stock] = missing;
      all += missing;
      if (missing > 0) least = Math.max(least, this.#coverOf(missing, stock, { at, cost }));
    }
    if (all > 0) least = Math.max(least, this.#coverOfAll(all, { at, cost }));
    return Math.ceil((least - ROUNDING * Math.max(1, least)) / GRAIN) * GRAIN;
  }

  #coverOf(missing: number, stock: number, { at, cost }: Branch): number {
    const order = this.#cheapest[cost]?.[stock];
    const costs = this.#costs[cost];
    if (order === undefined || costs === undefined) return 0;
    let sum = 0;
    let left = missing;
    for (const place of order) {
      if (place < at) continue;
      const units = this.#gains[place]?.[stock] ?? 0;
      const price = costs[place] ?? 0;
      if (units >= left) return sum + (price * left) / units;
      sum += price;
      left -= units;
    }
    return sum;
  }

  /** Each candidate counts with what it has of all that is missing. */
  #coverOfAll(missing: number, { at, cost }: Branch): number {
    const costs = this.#costs[cost];
    if (costs === undefined) return 0;
    const places: number[] = [];
    for (let place = at; place < this.#gains.length; place++) {
      const own = this.#gains[place];
      let share = 0;
      for (let stock = 0; stock < this.#missing.length; stock++) {
        share += Math.min(this.#missing[stock] ?? 0, own?.[stock] ?? 0);
      }
      this.#shares[place] = share;
      if (share > 0) places.push(place);
    }
    const price = (place: number) => (costs[place] ?? 0) / (this.#shares[place] ?? 0);
    places.sort((a, b) => price(a) - price(b));
    let sum = 0;
    let left = missing;
    for (const place of places) {
      const share = this.#shares[place] ?? 0;
      if (share >= left) return sum + ((costs[place] ?? 0) * left) / share;
      sum += costs[place] ?? 0;
      left -= share;
    }
    return sum;
  }
}

/** Sums of thirds and the like end a little above what they are: this share of them at most. */
const ROUNDING = 1e-12;
