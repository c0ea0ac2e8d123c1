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
 * A record counts by its age and half as much every HALF_LIFE days: suppliers change. Both numbers were chosen by the
 * pinball loss of `npm run proof:slip`. At a belief of 40, half-lives of 45, 90, 120, 180 and 365 days lose 5.46, 5.61, 5.71,
 * 5.83 and 5.91 days at 50 %, 3.73, 3.66, 3.67, 3.70 and 3.72 at 80 %, 2.68, 2.69, 2.67, 2.67 and 2.74 at 90 %; the quantile
 * of the last 365 days loses 6.26, 3.86 and 2.72. A short memory wins most while suppliers change, and loses most to that
 * plain rule once they have settled (in the last half year of the file 3.90 at 45 days, 3.40 at 180, 3.32 by the plain rule
 * at 90 %). At 180 days it is worse in no year at no level, with beliefs of 20 and of 40; with 40, two bad records do not move
 * what is promised.
 */
import { frozen } from '../kernel/frozen.ts';

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

const HALF_LIFE = 180;
const BELIEF_ABOVE = 40;
/** Fewer records than these in all are no evidence. */
const LEAST_RECORDS = 5;
const NEARLY = 1e-9;

function ageWeight(age: number): number {
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

const NOTHING: Curve = frozen({ values: [], chances: [] });

/**
 * What is known of the narrowest group of a path; no values at all where there is no evidence. A curve is worked out once,
 * when its group is first asked for.
 */
export function curvesOf(groups: Groups): (path: readonly string[]) => Curve {
  const all = groups[keyOf([])];
  if (all === undefined || all.records < LEAST_RECORDS) return () => NOTHING;
  const broadest = curveWithin(NOTHING, all);
  const known = new Map<string, Curve>();
  const curveOf = (path: readonly string[]): Curve => {
    if (path.length === 0) return broadest;
    const key = keyOf(path);
    const group = groups[key];
    // an unknown group is what the group above it is, however much is known below
    if (group === undefined) return curveOf(path.slice(0, -1));
    const curve = known.get(key) ?? curveWithin(curveOf(path.slice(0, -1)), group);
    known.set(key, curve);
    return curve;
  };
  return curveOf;
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
function placeOf({ chances }: Curve, chance: number): number {
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
