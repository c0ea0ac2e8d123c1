/**
 * Chance for the demo, from a seed: mulberry32, a generator of 32 bits of state that passes the usual tests and is
 * six lines long. The same seed gives the same shop, the same orders and the same supply on every machine; nothing
 * here is meant to be secret. A source is split by name, so that a change to one part of the demo leaves the
 * numbers of the others as they were.
 */
export interface Chance {
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True with this probability. */
  happens(probability: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** An index, each as likely as its weight. */
  weighted(weights: Weights): number;
  /** Another source, the same for the same name. */
  split(name: string): Chance;
}

/** Weights summed up once, so that drawing is a binary search. */
export interface Weights {
  readonly sums: readonly number[];
  readonly total: number;
}

export function weightsOf(weights: readonly number[]): Weights {
  let total = 0;
  const sums = weights.map((weight) => {
    total += weight;
    return total;
  });
  return { sums, total };
}

/** FNV-1a over the name, mixed with the seed. */
function seedFor(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

function indexIn({ sums, total }: Weights, fraction: number): number {
  const wanted = fraction * total;
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    fraction,
    whole: (from, to) => from + Math.floor(fraction() * (to - from + 1)),
    happens: (probability) => fraction() < probability,
    pick(values) {
      const value = values[Math.floor(fraction() * values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
    weighted: (weights) => indexIn(weights, fraction()),
    split: (name) => chance(seedFor(seed, name)),
  };
}
