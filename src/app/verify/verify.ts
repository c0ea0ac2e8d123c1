/**
 * Verify: every law that one snapshot can show, recomputed from the rows of a live database.
 *
 * All checks read the same repeatable-read snapshot, so that changes under way can neither cause nor hide a
 * violation; two connections share it, which takes the time from 30 to 14 seconds per million items on two
 * cores. Laws over history that leave no trace in a snapshot (L10, L12, L17, L19) are watched by tests instead.
 */
import { type Database, onSnapshot, type Tx } from '../../db/database.ts';
import {
  type Check,
  type CheckResult,
  joinSnapshot,
  readSnapshot,
  type Snapshot,
  shareSnapshot,
} from '../../laws/check.ts';
import { EVENT_CHECKS } from '../../laws/events.ts';
import { FIGURE_CHECKS } from '../../laws/figures.ts';
import { ITEM_CHECKS } from '../../laws/items.ts';
import { PROMISE_CHECKS } from '../../laws/promises.ts';
import { QUEUE_CHECKS } from '../../laws/queue.ts';
import { REFERENCE_CHECKS } from '../../laws/references.ts';
import { STOCK_CHECKS } from '../../laws/stock.ts';
import { SUPPLY_CHECKS } from '../../laws/supply.ts';
import { nothingWaitsThatAWalkWouldServe } from './walk-queues.ts';

export interface VerifyReport extends Snapshot {
  readonly ok: boolean;
  /** In the order of the laws. */
  readonly checks: readonly CheckResult[];
}

export interface VerifyProgress {
  /** Called after each check with how many are done, and of how many. */
  readonly onCheck?: (done: number, all: number) => void;
}

const CHECKS: readonly Check[] = [
  ...STOCK_CHECKS,
  ...ITEM_CHECKS,
  ...QUEUE_CHECKS,
  nothingWaitsThatAWalkWouldServe,
  ...SUPPLY_CHECKS,
  ...PROMISE_CHECKS,
  ...EVENT_CHECKS,
  ...FIGURE_CHECKS,
  ...REFERENCE_CHECKS,
].sort((a, b) => rankOf(a.law) - rankOf(b.law));

/** L1, L2 … L20, and what has no number last. */
function rankOf(law: string): number {
  return law.startsWith('L') ? Number(law.slice(1)) : 1000;
}

export async function verify(db: Database, progress: VerifyProgress = {}): Promise<VerifyReport> {
  const run: Run = { left: [...CHECKS], results: new Map(), progress };
  const snapshot = await onSnapshot(db, async (tx) => {
    const name = await shareSnapshot(tx);
    const found = await readSnapshot(tx);
    const beside = onSnapshot(db, async (second) => {
      await joinSnapshot(second, name);
      await runChecks(second, run);
    });
    await Promise.all([runChecks(tx, run), beside]);
    return found;
  });
  return reportOf(snapshot, run);
}

/** The same on a transaction that is already open, seeing what it sees. */
export async function verifyInside(tx: Tx): Promise<VerifyReport> {
  const run: Run = { left: [...CHECKS], results: new Map(), progress: {} };
  const snapshot = await readSnapshot(tx);
  await runChecks(tx, run);
  return reportOf(snapshot, run);
}

interface Run {
  readonly left: Check[];
  readonly results: Map<Check, CheckResult>;
  readonly progress: VerifyProgress;
}

/** Takes checks from what is left until nothing is; several may take from the same run. */
async function runChecks(tx: Tx, { left, results, progress }: Run): Promise<void> {
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    results.set(next, { law: next.law, what: next.what, ...(await next.run(tx)) });
    progress.onCheck?.(results.size, CHECKS.length);
  }
}

function reportOf(snapshot: Snapshot, { results }: Run): VerifyReport {
  const checks = CHECKS.map((each) => results.get(each)).filter((result) => result !== undefined);
  return { ok: checks.every((each) => each.violations === 0), ...snapshot, checks };
}
