/**
 * Which chance each promise aims at, so that of all promises together the stated share is kept, no less and no more.
 *
 * A whole day is kept with a chance of its own, and for a supplier who is mostly on the dot there is none between, say,
 * 5 and 95 %. Promising every order the first day that reaches the confidence is therefore kept more often in all
 * than stated. Here each promise takes the day whose chance is nearest to an aim instead, and the aim is learnt from
 * the track record: what would have been promised 30, 60 … 180 days ago, knowing only what was known then, and what
 * has come of it. That also corrects for suppliers who have been getting better or worse. Among all choices of days
 * with the same sum of chances, nearest to one aim stays closest to the confidence, promise by promise (least squares).
 *
 * What the punctual keep beyond the confidence so lets the others be promised earlier. Near 50 % some punctual
 * suppliers are promised for the day before: neither of their two days is any nearer to one half.
 *
 * A record of some months is not exact to a point, and the share kept falls steeply where punctual suppliers change
 * sides, so it is evened out over EVEN points to both sides. On the first two thirds of bench/proofs/slip.ts (learning
 * from the first third), relearnt weekly, 0, 3 and 6 points keep 75.2, 77.1 and 80.2 % at 80 %, and 87.0, 88.2 and
 * 89.4 % at 90 %; aiming at the confidence itself keeps 93.6 and 95.5 %.
 */
import {
  ageWeight,
  type Curve,
  curveFrom,
  curveOf,
  learnGroups,
  type PathRecord,
  placeOf,
} from './pooled-curve.ts';

const LOWEST = 50;
const HIGHEST = 99;
/** How far ahead promises of the track record are made, and how many times that it reaches back. */
const AHEAD = 30;
const REACH = 6;
/** Less weight of records than this is no track record. */
const LEAST_WEIGHT = 20;
/** Points of the share kept that are given up per point for an aim nearer to the confidence. */
/** Points to both sides over which the track record is evened out. */
const EVEN = 6;
const NEARNESS = 0.02;

interface Promised {
  readonly day: number;
  readonly chance: number;
}

/** The day whose chance is nearest to `aim`: the first that reaches it, or the day before that one. */
export function nearestDay(curve: Curve, aim: number): Promised | undefined {
  const place = placeOf(curve, aim);
  const day = curve.values[place];
  if (day === undefined) return undefined;
  const chance = curve.chances[place] ?? 1;
  const before = curve.chances[place - 1] ?? 0;
  return aim - before < chance - aim ? { day: day - 1, chance: before } : { day, chance };
}

/** What was known of a record `days` days ago; nothing while its value had not begun to count. */
function asOf(record: PathRecord, days: number): PathRecord[] {
  const age = record.age - days;
  if (age <= 0) return [];
  const wasOpen = record.open || record.value >= age;
  return [
    { path: record.path, value: wasOpen ? Math.min(age, record.value) : record.value, open: wasOpen, age },
  ];
}

/** The chance that a promised day was kept: known, or judged by the curve while the record is open. */
function keptBy(day: number, { value, open }: PathRecord, curve: Curve): number {
  if (day < value) return 0;
  if (!open) return 1;
  const rest = curveFrom(curve, value);
  const place = rest.values.findLastIndex((each) => each <= day);
  return rest.chances[place] ?? 0;
}

interface Tally {
  readonly kept: number[];
  weight: number;
}

/** Adds to `tallied` what was promised `ago` days ago for the days that followed. */
function addPromisesOf(ago: number, records: readonly PathRecord[], tallied: Tally): void {
  const groups = learnGroups(records.flatMap((record) => asOf(record, ago)));
  const curves = new Map<string, Curve>();
  for (const record of records) {
    if (record.age > ago || record.age <= ago - AHEAD) continue;
    const key = JSON.stringify(record.path);
    const curve = curves.get(key) ?? curveOf(groups, record.path);
    curves.set(key, curve);
    if (curve.values.length === 0) continue;
    const weight = ageWeight(record.age);
    tallied.weight += weight;
    for (let percent = 1; percent <= HIGHEST; percent += 1) {
      const day = nearestDay(curve, percent / 100)?.day ?? 0;
      tallied.kept[percent] = (tallied.kept[percent] ?? 0) + weight * keptBy(day, record, curve);
    }
  }
}

/** The share kept at an aim, evened out over the aims around it: a record of a few months is not exact to a point. */
function shareAt(aim: number, { kept, weight }: Tally): number {
  const around = kept.slice(Math.max(1, aim - EVEN), aim + EVEN + 1);
  return around.reduce((sum, each) => sum + each, 0) / around.length / weight;
}

/** The aim for 50, 51 … 99 % of the whole; none without a track record. */
export function learnAims(records: readonly PathRecord[]): number[] {
  const tallied: Tally = { kept: [], weight: 0 };
  for (let times = 1; times <= REACH; times += 1) addPromisesOf(times * AHEAD, records, tallied);
  if (tallied.weight < LEAST_WEIGHT) return [];
  const aims: number[] = [];
  for (let percent = LOWEST; percent <= HIGHEST; percent += 1) {
    const cost = (aim: number): number =>
      Math.abs(shareAt(aim, tallied) - percent / 100) + NEARNESS * Math.abs(aim - percent) * 0.01;
    let best = percent;
    for (let aim = 1; aim <= HIGHEST; aim += 1) if (cost(aim) < cost(best)) best = aim;
    aims.push(Math.max(best / 100, aims.at(-1) ?? 0));
  }
  return aims;
}

/** What to aim at for `confidence` of the whole. */
export function aimFor(aims: readonly number[], confidence: number): number {
  const percent = Math.min(HIGHEST, Math.max(LOWEST, Math.round(confidence * 100)));
  return aims[percent - LOWEST] ?? confidence;
}
