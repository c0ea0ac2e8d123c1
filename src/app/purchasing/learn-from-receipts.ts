/**
 * Learns what suppliers do from all receipts, and judges again what is on its way by it (frame/supply/likely-dates.ts).
 * It is learned anew each time, so that a corrected receipt leaves no trace; promises of whatever moved are looked at again.
 */
import { learnSlip } from '../../core/supply/slip.ts';
import { learnYield } from '../../core/supply/yield.ts';
import { inTransaction } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import { requireDatedPromises, requirePromises } from '../../db/supply/promises.ts';
import {
  keepSupplierRecord,
  ownLearning,
  readSlipRecords,
  readYieldRecords,
  receivedSinceLearning,
} from '../../db/supply/supplier-record.ts';
import type { App } from '../frame/app.ts';
import { judgeOpenLines, pathOf, type SupplierRecord } from '../frame/supply/likely-dates.ts';

/** Learns from all receipts, judges again what is on its way, and marks the products of which something moved. */
async function learnFromReceipts(app: App): Promise<void> {
  await inTransaction(app.db, async (tx) => {
    if (!(await ownLearning(tx))) return;
    const [slips, yields] = await Promise.all([readSlipRecords(tx), readYieldRecords(tx)]);
    const record: SupplierRecord = {
      slip: learnSlip(slips.map((each) => ({ ...each, path: pathOf(each) }))),
      yield: learnYield(yields.map((each) => ({ ...each, path: pathOf(each) }))),
    };
    await shareConfiguration(tx);
    await keepSupplierRecord(tx, record);
    const { version } = await readClock(tx);
    const { promiseConfidence } = await app.configuration.at(tx, version);
    await requirePromises(tx, await judgeOpenLines(tx, promiseConfidence), 'learned');
  });
}

/** Learns when there is something new to learn from. */
export async function learnFromNewReceipts(app: App): Promise<void> {
  if (await receivedSinceLearning(app.db)) await learnFromReceipts(app);
}

/** Time has passed: what is overdue, and what an order of today would bring, may be another day now. */
export async function passTime(app: App): Promise<void> {
  try {
    await learnFromReceipts(app);
  } finally {
    // A record that cannot be learned from stops no day from passing.
    await inTransaction(app.db, async (tx) => {
      await shareConfiguration(tx);
      await requireDatedPromises(tx, 'day');
    });
  }
}
