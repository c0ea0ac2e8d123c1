/**
 * How late suppliers are, and which day to promise at a chosen confidence.
 *
 * Slip is the days from the day a supplier quoted to the receipt, negative when early. What is overdue and still open
 * counts as at least that late, so that the worst cases are not the ones left out. How groups with little data lean
 * on the group above is decided in pooled-curve.ts.
 *
 * The confidence is one of two things:
 *
 * - 'each' (what is meant when nothing is said): the first day on which this delivery will have come with at least
 *   that chance. It is often surer: of a supplier who is on the dot 19 times out of 20, the quoted day is the answer
 *   for any confidence from 5 to 95 %.
 * - 'whole': of all promises together that share shall be kept; promise-aim.ts says how.
 */
import { curveFrom, curveOf, type Groups, learnGroups, recordsBehind, valueAt } from './pooled-curve.ts';
import { aimFor, learnAims, nearestDay } from './promise-aim.ts';

export interface SlipRecord {
  /** Groups, broadest first: [supplier, product]. */
  readonly path: readonly string[];
  /** Days past the quoted date; negative early. */
  readonly days: number;
  /** False: still open, so the slip is at least `days`. */
  readonly arrived: boolean;
  /** Days since the quoted date. Older records count less. */
  readonly age: number;
}

/** Plain data, good for JSON. */
export interface SlipModel {
  readonly groups: Groups;
  /** What to aim at so that 50, 51 … 99 % of the whole are kept; empty without a track record. */
  readonly aims: readonly number[];
}

export interface SlipQuestion {
  readonly path: readonly string[];
  /** 0.5 … 0.99 */
  readonly confidence: number;
  /** Days the order is already past its quoted date. */
  readonly overdueBy?: number | undefined;
  readonly of?: 'each' | 'whole' | undefined;
}

export interface SlipAnswer {
  /** Days after the quoted date. */
  readonly days: number;
  /** How many records stand behind it; 0 when it is only the quoted date. */
  readonly records: number;
}

export function learnSlip(records: readonly SlipRecord[]): SlipModel {
  const values = records.map(({ path, days, arrived, age }) => ({ path, value: days, open: !arrived, age }));
  return { groups: learnGroups(values), aims: learnAims(values) };
}

export function slipAt(model: SlipModel, { path, confidence, overdueBy, of }: SlipQuestion): SlipAnswer {
  const known = curveOf(model.groups, path);
  const curve = overdueBy === undefined ? known : curveFrom(known, overdueBy);
  const day =
    of === 'whole' ? nearestDay(curve, aimFor(model.aims, confidence))?.day : valueAt(curve, confidence);
  if (day === undefined) return { days: Math.max(0, overdueBy ?? 0), records: 0 };
  return { days: Math.max(day, overdueBy ?? day), records: recordsBehind(model.groups, path) };
}
