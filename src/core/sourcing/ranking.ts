/**
 * Ranks candidates for an item by strategies, the first one deciding and each next one among those still equal; the last
 * word is the channel's order of preference. A score that cannot be said counts as worse than any that can.
 */
import type { WarehouseId } from '../kernel/ids.ts';
import type { JudgedCandidate } from './candidates.ts';
import type { Strategy, StrategyKind } from './rule.ts';
import type { Score, Scoring } from './scoring.ts';
import { scoreOf } from './strategies/scores.ts';

export interface Ranked extends JudgedCandidate {
  /** One for each strategy that scores; null: not known. */
  readonly scores: readonly (number | null)[];
  /** Place in the channel's order of preference. */
  readonly preference: number;
}

/** @param candidates in the channel's order of preference */
export function rankCandidates(
  candidates: readonly JudgedCandidate[],
  {
    units,
    scores,
    scoring,
  }: {
    readonly units: number;
    readonly scores: readonly Score[];
    readonly scoring: Scoring;
  },
): Ranked[] {
  // Written out: this is done for every warehouse of every item, and spreading costs five times as much.
  const ranked = candidates.map(
    (candidate, preference): Ranked => ({
      warehouse: candidate.warehouse,
      free: candidate.free,
      had: candidate.had,
      keeps: candidate.keeps,
      room: candidate.room,
      scores: scores.map((score) => score(candidate, units, scoring)),
      preference,
    }),
  );
  return ranked.sort((a, b) => compareScores(a.scores, b.scores) || a.preference - b.preference);
}

/** The kinds of those that score, in their order. */
export function strategiesThatScore(strategies: readonly Strategy[]): StrategyKind[] {
  return strategies.filter((each) => scoreOf(each) !== undefined).map(({ kind }) => kind);
}

/** Negative: a is better. */
export function compareScores(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  for (let index = 0; index < a.length; index++) {
    const left = a[index] ?? null;
    const right = b[index] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left - right;
  }
  return 0;
}

/** Those that the first `count` scores put first, whatever they have. */
export function bestOf(ranked: readonly Ranked[], count: number): Set<WarehouseId> {
  const byCount = (each: Ranked) => each.scores.slice(0, count);
  const sorted = ranked.toSorted(
    (a, b) => compareScores(byCount(a), byCount(b)) || a.preference - b.preference,
  );
  const [best] = sorted;
  if (best === undefined) return new Set();
  // Without a score before it, the channel's first choice is the better one.
  const isBest = (each: Ranked) =>
    count === 0 ? each === best : compareScores(byCount(each), byCount(best)) === 0;
  return new Set(sorted.filter(isBest).map((each) => each.warehouse.id));
}
