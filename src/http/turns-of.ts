/**
 * Who waits for whom. Orders stand in a line of their own (app/placing/placing-line) and reports at their desk; all else takes
 * turns by what it costs, each kind apart from the others, so that a crowd of one kind keeps nobody else waiting: acts
 * that change something, trials of rules (they take the processor), reads that go through much, and reads of one thing or
 * page. Together they never need more connections than there are.
 */
import { Turns } from '../app/frame/turns.ts';
import type { Operation } from '../contract/operation.ts';
import type { OperationId } from '../contract/operations.ts';

/** In line or at a desk of their own, or costing nothing. */
const NO_TURN: ReadonlySet<OperationId> = new Set([
  'placeOrder',
  'placeOrders',
  'runReport',
  'getFillTimes',
  'listReportRows',
  'listReportFields',
]);
const TRIALS: ReadonlySet<OperationId> = new Set(['dryRunRuleSet']);
/** Reads that go through more than a page. */
const WIDE: ReadonlySet<OperationId> = new Set(['quote', 'listPurchaseSuggestions', 'forecastLaunch']);

/** Waiting for a turn at most, of each kind. */
const MOST_WAITING = 200;

export interface AllTurns {
  readonly acts: Turns;
  readonly trials: Turns;
  readonly wideReads: Turns;
  readonly reads: Turns;
}

/** Connections that acts need at once at most. */
export const ACTS_AT_ONCE = 6;
const TRIALS_AT_ONCE = 1;
const WIDE_READS_AT_ONCE = 3;
const READS_AT_ONCE = 4;
/** Connections that reads need at once at most. */
export const ALL_READS_AT_ONCE = TRIALS_AT_ONCE + WIDE_READS_AT_ONCE + READS_AT_ONCE;

export function createTurns(): AllTurns {
  const of = (what: string, atOnce: number) => new Turns({ what, atOnce, mostWaiting: MOST_WAITING });
  return {
    acts: of('changes', ACTS_AT_ONCE),
    trials: of('trials of rules', TRIALS_AT_ONCE),
    wideReads: of('reads of much', WIDE_READS_AT_ONCE),
    reads: of('reads', READS_AT_ONCE),
  };
}

/** @param asFile all rows of a list */
export function turnsOf(
  turns: AllTurns,
  { id, operation }: { readonly id: OperationId; readonly operation: Operation },
  asFile: boolean,
): Turns | undefined {
  if (NO_TURN.has(id)) return undefined;
  if (operation.changes) return turns.acts;
  if (TRIALS.has(id)) return turns.trials;
  return asFile || operation.tag === 'Reports' || WIDE.has(id) ? turns.wideReads : turns.reads;
}
