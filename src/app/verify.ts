/**
 * Verify: every law that one snapshot can show, recomputed from the rows of a live database.
 *
 * All checks read the same repeatable-read snapshot, so that changes under way can neither cause nor hide a
 * violation. Laws over history that leave no trace in a snapshot (L8, L10, L12, L17, L19) are proofs instead.
 */
import { type Database, onSnapshot } from '../db/database.ts';
import { type CheckResult, type Snapshot, takeSnapshot } from '../reports/verify-check.ts';
import { EVENT_CHECKS } from '../reports/verify-events.ts';
import { ITEM_CHECKS } from '../reports/verify-items.ts';
import { QUEUE_CHECKS } from '../reports/verify-queue.ts';
import { REFERENCE_CHECKS } from '../reports/verify-references.ts';
import { STOCK_CHECKS } from '../reports/verify-stock.ts';

export interface VerifyReport extends Snapshot {
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
}

const CHECKS = [...STOCK_CHECKS, ...ITEM_CHECKS, ...QUEUE_CHECKS, ...EVENT_CHECKS, ...REFERENCE_CHECKS].sort(
  (a, b) => order(a.law) - order(b.law),
);

/** L1, L2 … L20, and what has no number last. */
function order(law: string): number {
  return law.startsWith('L') ? Number(law.slice(1)) : Number.POSITIVE_INFINITY;
}

export interface VerifyProgress {
  /** Called once with the number of checks, then after each check. */
  readonly onStart?: (checks: number) => void;
  readonly onCheck?: () => void;
}

export async function verify(db: Database, progress: VerifyProgress = {}): Promise<VerifyReport> {
  progress.onStart?.(CHECKS.length);
  return await onSnapshot(db, async (tx) => {
    const snapshot = await takeSnapshot(tx);
    const checks: CheckResult[] = [];
    for (const { law, what, run } of CHECKS) {
      checks.push({ law, what, ...(await run(tx)) });
      progress.onCheck?.();
    }
    return { ok: checks.every((each) => each.violations === 0), ...snapshot, checks };
  });
}
