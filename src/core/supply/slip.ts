/**
 * How late suppliers are, and which day to promise at a chosen confidence.
 *
 * Slip is the days from the day a supplier quoted to the receipt, negative when early. What is overdue and still open
 * counts as at least that late, so that the worst cases are not the ones left out. How groups with little data lean
 * on the group above is decided in pooled-curve.ts.
 *
 * The answer is the first day on which this delivery will have come with at least the chance asked for. It is often surer:
 * of a supplier who is on the dot 19 times out of 20, the quoted day is the answer for any chance from 5 to 95 %. So of all
 * promises together more than that share is kept; `npm run proof:slip` judges both, and that no plainer rule loses less.
 */
import { curveFrom, curvesOf, type Groups, learnGroups, recordsBehind, valueAt } from './pooled-curve.ts';

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
}

export interface SlipQuestion {
  readonly path: readonly string[];
  /** 0.5 … 0.99 */
  readonly confidence: number;
  /** Days the order is already past its quoted date. */
  readonly overdueBy?: number | undefined;
}

export interface SlipAnswer {
  /** Days after the quoted date. */
  readonly days: number;
  /** How many records stand behind it; 0 when it is only the quoted date. */
  readonly records: number;
}

export function learnSlip(records: readonly SlipRecord[]): SlipModel {
  const values = records.map(({ path, days, arrived, age }) => ({ path, value: days, open: !arrived, age }));
  return { groups: learnGroups(values) };
}

/** Answers many questions of one model: what is known of a group is worked out when it is first asked for. */
export function slipsOf({ groups }: SlipModel): (question: SlipQuestion) => SlipAnswer {
  const curves = curvesOf(groups);
  return ({ path, confidence, overdueBy }) => {
    const known = curves(path);
    const day = valueAt(overdueBy === undefined ? known : curveFrom(known, overdueBy), confidence);
    if (day === undefined) return { days: Math.max(0, overdueBy ?? 0), records: 0 };
    return { days: Math.max(day, overdueBy ?? day), records: recordsBehind(groups, path) };
  };
}
