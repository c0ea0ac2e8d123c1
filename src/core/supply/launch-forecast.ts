/**
 * Launch forecast: how many units of a product will be pre-ordered by its release, judged by earlier launches.
 *
 * Method: share of curve. Of each earlier launch i its share s_i is taken, the part of its total that was in at the
 * same position of its pre-order window, and what is in now is scaled up by the typical share:
 *
 *   position  p   = days open / (days open + days left)        0 at the opening, 1 at the release
 *   share     s_i = units of launch i in at p / total of i     0 < s_i <= 1, linear between the recorded days
 *   forecast  T   = units now / median(s_1 … s_n)              whole units, rounded up
 *
 * 1 / s is the chain ladder's development factor to ultimate (Mack, ASTIN Bulletin 23, 1993), in hotels and airlines
 * the multiplicative pick-up of a booking curve (Weatherford & Kimes, Int. J. Forecasting 19, 2003), in fashion the
 * scaling of early sales to a season (Fisher & Raman, Operations Research 44, 1996).
 *
 * Position is the elapsed fraction of the window, not days before release: every curve then runs from opening to
 * release, so that a launch with a shorter window is not taken for one where nothing was in yet. For windows of equal
 * length the two are the same. The price: a rush tied to a fixed number of days is stretched with the window.
 *
 * The median, because with few launches one odd curve must not carry the forecast, and because (for odd n) it is the
 * same launch whether shares or their factors 1 / s are ranked, which means are not.
 *
 * Interval: jackknife+ (Barber, Candès, Ramdas & Tibshirani, Annals of Statistics 49, 2021) with errors as ratios.
 * Each launch is foretold by the others: m_i the median of the other shares, e_i = max(s_i / m_i, m_i / s_i) >= 1.
 * With k = ⌈confidence × (n + 1)⌉ the share lies between the k-th largest m_i / e_i and the k-th smallest m_i × e_i.
 * No shape of the errors is assumed, only that this launch could have been any of them: it covers about `confidence`,
 * and never less than 2 × confidence - 1. When k > n so few launches cannot hold that level, and no upper end is
 * claimed: 80 % needs 4 launches, 90 % needs 9.
 *
 * What it cannot say: nothing is foretold from nothing in, and launches that had nothing in at this position are left
 * out. That does not bend the interval, for a launch that has units in is only like those that had.
 */
import { invariant } from '../kernel/assert.ts';

/** Units in by then, by days before release; the day may be any, as long as all launches mean the same by it. */
export type CurvePoint = readonly [daysBeforeRelease: number, cumulativeUnits: number];

export interface EarlierLaunch {
  /** Days before release when pre-orders opened. */
  readonly opensAt: number;
  /** In any order. Days before the opening, of the release or after it are not looked at. */
  readonly units: readonly CurvePoint[];
  /** Units pre-ordered at the release. */
  readonly total: number;
}

export interface CurrentLaunch {
  /** Days until release; 0 on its day. */
  readonly daysLeft: number;
  /** Days since pre-orders opened. */
  readonly daysOpen: number;
  /** Units pre-ordered so far, whole. */
  readonly units: number;
}

export interface LaunchForecast {
  /** Earlier launches the forecast rests on: those that had units in at this position. */
  readonly launches: number;
  /** The typical part of a total that is in by now, above 0 and at most 1. */
  readonly share: number;
  /** Units expected at the release. low <= total <= high, all whole, none below what is in. */
  readonly total: number;
  readonly low: number;
  /** null: no upper end can be claimed at this confidence. */
  readonly high: number | null;
  readonly confidence: number;
}

const USUAL_CONFIDENCE = 0.8;

/** Far above the error of a few roundings of a double, far below one unit of the largest quantity (10^9). */
const ROUNDING = 1e-12;

/** Rounded up, but 60.00000000000001, which 21 / 0.35 is in doubles, is 60. */
function wholeUp(value: number): number {
  return Math.ceil(value * (1 - ROUNDING));
}

function at(sorted: readonly number[], index: number): number {
  const value = sorted[index];
  invariant(value !== undefined, `no share at ${index}`);
  return value;
}

function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

function median(values: readonly number[]): number {
  const sorted = ascending(values);
  const upper = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? at(sorted, upper) : (at(sorted, upper - 1) + at(sorted, upper)) / 2;
}

/**
 * The part of the launch's total that was in at `position`. More than all (what was cancelled later) counts as all;
 * a launch without a window or without a single unit has no curve, and 0 was in.
 */
function shareAt({ opensAt, units, total }: EarlierLaunch, position: number): number {
  if (opensAt <= 0 || total <= 0) return 0;
  const inside = units.filter(([day]) => day > 0 && day <= opensAt).toSorted(([a], [b]) => b - a);
  let before = { place: 0, share: 0 };
  for (const [day, cumulative] of [...inside, [0, total] as const]) {
    const here = { place: (opensAt - day) / opensAt, share: Math.min(1, cumulative / total) };
    if (here.place > position) {
      const way = (position - before.place) / (here.place - before.place);
      return before.share + way * (here.share - before.share);
    }
    before = here;
  }
  return before.share;
}

/**
 * Between which shares this launch lies; undefined when so few launches cannot say it with that confidence. The
 * median of all shares is never outside: it stands between each s_i and the median of the others.
 */
function shareBounds(shares: readonly number[], confidence: number): readonly [number, number] | undefined {
  const n = shares.length;
  const k = wholeUp(confidence * (n + 1));
  if (n < 2 || k > n) return undefined;
  const foretold = shares.map((share, index) => {
    const others = median(shares.toSpliced(index, 1));
    return { others, error: Math.max(share / others, others / share) };
  });
  const smallest = ascending(foretold.map(({ others, error }) => others / error));
  const largest = ascending(foretold.map(({ others, error }) => others * error));
  return [at(smallest, n - k), at(largest, k - 1)];
}

/**
 * The units that will be pre-ordered at the release; undefined when nothing is in yet or no earlier launch had
 * anything in at this position. `confidence` is the level of the interval, between 0 and 1.
 */
export function forecastLaunch(
  current: CurrentLaunch,
  earlier: readonly EarlierLaunch[],
  confidence = USUAL_CONFIDENCE,
): LaunchForecast | undefined {
  const { daysLeft, daysOpen, units } = current;
  invariant(daysLeft >= 0 && daysOpen >= 0, `not inside a window: ${daysOpen} days open, ${daysLeft} left`);
  invariant(confidence > 0 && confidence < 1, `not a confidence: ${confidence}`);
  const position = daysLeft === 0 ? 1 : daysOpen / (daysOpen + daysLeft);
  const shares = earlier.map((launch) => shareAt(launch, position)).filter((share) => share > 0);
  if (units <= 0 || shares.length === 0) return undefined;
  const share = median(shares);
  const bounds = shareBounds(shares, confidence);
  const scaled = (by: number) => Math.max(units, wholeUp(units / by));
  return {
    launches: shares.length,
    share,
    total: scaled(share),
    low: bounds === undefined ? units : scaled(bounds[1]),
    high: bounds === undefined ? null : scaled(bounds[0]),
    confidence,
  };
}
