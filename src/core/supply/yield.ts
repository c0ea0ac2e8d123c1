/**
 * How much of what is ordered from a supplier arrives. Of finished purchase order lines the share received is learnt
 * in the same groups as slip, and the answer is the share that arrives with at least the confidence asked for. What
 * came beyond the ordered counts as all of it: nobody is promised what a supplier sends by mistake.
 */
import { curvesOf, type Groups, learnGroups, recordsBehind, valueAt } from './pooled-curve.ts';

export interface YieldRecord {
  /** Groups, broadest first: [supplier, product]. */
  readonly path: readonly string[];
  readonly ordered: number;
  readonly received: number;
  /** Days since the line was finished. Older records count less. */
  readonly age: number;
}

/** Plain data, good for JSON. */
export interface YieldModel {
  readonly groups: Groups;
}

export interface YieldQuestion {
  readonly path: readonly string[];
  /** 0.5 … 0.99 */
  readonly confidence: number;
}

export interface YieldAnswer {
  /** Over 0, at most 1, in whole percent. */
  readonly share: number;
  /** How many records stand behind it; 0 when everything is simply expected to come. */
  readonly records: number;
}

/** In whole percent, rounded down; what is missing counts upwards, so that a curve of it reads like one of slip. */
function missingPercent({ ordered, received }: YieldRecord): number {
  return 100 - Math.floor(100 * Math.min(1, Math.max(0, received / ordered)));
}

export function learnYield(records: readonly YieldRecord[]): YieldModel {
  const usable = records.filter(({ ordered }) => ordered > 0);
  const values = usable.map((record) => ({
    path: record.path,
    value: missingPercent(record),
    open: false,
    age: record.age,
  }));
  return { groups: learnGroups(values) };
}

/** Answers many questions of one model: what is known of a group is worked out when it is first asked for. */
export function yieldsOf({ groups }: YieldModel): (question: YieldQuestion) => YieldAnswer {
  const curves = curvesOf(groups);
  return ({ path, confidence }) => {
    const missing = valueAt(curves(path), confidence);
    if (missing === undefined) return { share: 1, records: 0 };
    return { share: Math.max(1, 100 - missing) / 100, records: recordsBehind(groups, path) };
  };
}
