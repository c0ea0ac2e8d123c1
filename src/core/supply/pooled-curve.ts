/**
 * What is known of a number (days of slip, a share that came) in groups within groups, and how far a group is believed
 * over the group around it. A group's path is broadest first, as [supplier, product]; the empty path is everything.
 *
 * A value may be open: it is at least that, and how much more is not known yet. Each group's curve is the mean of a
 * Dirichlet process around the curve of the group above it (Susarla and Van Ryzin, 1976): without open values simply
 * both curves mixed, the group by its weight and the one above by BELIEF_ABOVE; an open value's weight goes to what
 * lies beyond it, as in Kaplan and Meier, which is what the broadest group's curve is. So a group with two records
 * hardly moves, one with two hundred speaks for itself, and there is no threshold at which an answer jumps.
 *
 * A record counts by its age and half as much every HALF_LIFE days: suppliers change. Both numbers were chosen on
 * the first two thirds of the deliveries of bench/proofs/slip.ts, by the pinball loss at 50, 80, 90 and 95 % of
 * promises made 30 days ahead in their second half, with groups of vendor and product. At a half-life of 45 days,
 * beliefs of 5, 10, 20, 40, 80, 160 lose 13.9, 13.3, 13.3, 13.2, 13.1, 13.3 days; at a belief of 40, half-lives of 30,
 * 45, 60, 90, 120 lose 13.0, 13.2, 13.2, 13.4, 13.5. The valley is flat, and these lie in the middle of it. A much
 * shorter memory is as good there only because that file has deliveries every day; a small shop has not.
 */

export interface PathRecord {
  /** Broadest first, as [supplier, product]. */
  readonly path: readonly string[];
  readonly value: number;
  /** The value is at least this. */
  readonly open: boolean;
  /** Days since; older records count less. */
  readonly age: number;
}

/** One group's own values in rising order, and the weight of those known and those open at each. */
interface Group {
  readonly values: readonly number[];
  readonly known: readonly number[];
  readonly open: readonly number[];
  readonly records: number;
}

/** Groups by the JSON of their path. Plain data. */
export type Groups = Readonly<Record<string, Group>>;

/** For each value, in rising order, the chance that it is not exceeded. */
export interface Curve {
  readonly values: readonly number[];
  readonly chances: readonly number[];
}

const HALF_LIFE = 45;
const BELIEF_ABOVE = 40;
/** Fewer records than these in all are no evidence. */
const LEAST_RECORDS = 5;
const NEARLY = 1e-9;

export function ageWeight(age: number): number {
  return 0.5 ** (Math.max(0, age) / HALF_LIFE);
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

interface Tally {
  readonly weights: Map<number, { known: number; open: number }>;
  records: number;
}

function tally(into: Map<string, Tally>, key: string, { value, open, age }: PathRecord): void {
  const group = into.get(key) ?? { weights: new Map(), records: 0 };
  const at = group.weights.get(value) ?? { known: 0, open: 0 };
  at[open ? 'open' : 'known'] += ageWeight(age);
  group.weights.set(value, at);
  group.records += 1;
  into.set(key, group);
}

export function learnGroups(records: readonly PathRecord[]): Groups {
  const tallies = new Map<string, Tally>();
  for (const record of records) {
    for (let depth = 0; depth <= record.path.length; depth += 1) {
      tally(tallies, keyOf(record.path.slice(0, depth)), record);
    }
  }
  return Object.fromEntries(
    [...tallies].map(([key, { weights, records: count }]) => {
      const rising = [...weights].sort(([a], [b]) => a - b);
      const group: Group = {
        values: rising.map(([value]) => value),
        known: rising.map(([, { known }]) => known),
        open: rising.map(([, { open }]) => open),
        records: count,
      };
      return [key, group];
    }),
  );
}

/** The curve of a group under the curve of the group above it; without one, by its own records alone. */
function curveWithin(above: Curve, { values, known, open }: Group): Curve {
  const belief = above.values.length === 0 ? 0 : BELIEF_ABOVE;
  let atRisk = known.reduce((sum, weight) => sum + weight, 0) + open.reduce((sum, weight) => sum + weight, 0);
  const merged: number[] = [];
  const chances: number[] = [];
  let left = 1;
  let leftAbove = 1;
  for (let own = 0, other = 0; own < values.length || other < above.values.length; ) {
    const value = Math.min(values[own] ?? Infinity, above.values[other] ?? Infinity);
    let here = 0;
    let hereAbove = 0;
    if (values[own] === value) {
      atRisk -= open[own] ?? 0;
      here = known[own] ?? 0;
      own += 1;
    }
    if (above.values[other] === value) {
      hereAbove = leftAbove - (1 - (above.chances[other] ?? 0));
      other += 1;
    }
    const all = belief * leftAbove + atRisk;
    if (all > NEARLY) left *= Math.max(0, 1 - (belief * hereAbove + here) / all);
    atRisk -= here;
    leftAbove -= hereAbove;
    merged.push(value);
    chances.push(1 - left);
  }
  return { values: merged, chances };
}

const NOTHING: Curve = { values: [], chances: [] };

/** What is known of the narrowest group of `path`; no values at all where there is no evidence. */
export function curveOf(groups: Groups, path: readonly string[]): Curve {
  const all = groups[keyOf([])];
  if (all === undefined || all.records < LEAST_RECORDS) return NOTHING;
  let curve = NOTHING;
  for (let depth = 0; depth <= path.length; depth += 1) {
    const group = groups[keyOf(path.slice(0, depth))];
    if (group === undefined) break;
    curve = curveWithin(curve, group);
  }
  return curve;
}

/** The records of the narrowest group that is believed at least as much as the one above it. */
export function recordsBehind(groups: Groups, path: readonly string[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const records = groups[keyOf(path.slice(0, depth))]?.records ?? 0;
    if (records >= BELIEF_ABOVE) return records;
  }
  const all = groups[keyOf([])]?.records ?? 0;
  return all < LEAST_RECORDS ? 0 : all;
}

/** What remains of a curve when the value is known to be at least `least`. */
export function curveFrom({ values, chances }: Curve, least: number): Curve {
  const first = values.findIndex((value) => value >= least);
  if (first <= 0) return first === 0 ? { values, chances } : NOTHING;
  const before = chances[first - 1] ?? 0;
  if (1 - before <= NEARLY) return NOTHING;
  return {
    values: values.slice(first),
    chances: chances.slice(first).map((chance) => (chance - before) / (1 - before)),
  };
}

/** Where in a curve the chance first reaches `chance`; the last place when it never does, -1 when there is none. */
export function placeOf({ chances }: Curve, chance: number): number {
  let low = 0;
  let high = chances.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((chances[middle] ?? 1) >= chance - NEARLY) high = middle;
    else low = middle + 1;
  }
  return high < 0 ? -1 : low;
}

/** The least value that is not exceeded with this chance. */
export function valueAt(curve: Curve, chance: number): number | undefined {
  return curve.values[placeOf(curve, chance)];
}
