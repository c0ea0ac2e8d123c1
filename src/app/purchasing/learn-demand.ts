/**
 * Learns again, once a day, what is shipped of each product in a day, while a rule keeps stock for days. Products of which
 * it has changed are taken some at a time, so that nobody waits long, and who waits for them is looked at again: less may
 * have to be kept back now.
 */
import type { ProductId } from '../../core/kernel/ids.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import { requireFillsOf } from '../../db/gate/due-fills.ts';
import { lockPositions } from '../../db/gate/product-positions.ts';
import { learnDailyDemands, readChangedDemands, takeLearningTurn } from '../../db/supply/daily-demands.ts';
import type { App } from '../frame/app.ts';

/** Products whose rows are held at once. */
const PAGE_PRODUCTS = 500;

export async function learnDemandDaily(app: App): Promise<void> {
  if (!(await isLookedAt(app)) || !(await takeLearningTurn(app.db))) return;
  await learnDemand(app);
}

async function isLookedAt(app: App): Promise<boolean> {
  const { ruleSet, shadow } = await inTransaction(app.db, async (tx) => {
    const { version } = await readClock(tx);
    return await app.configuration.at(tx, version);
  });
  return ruleSet?.usesDailyDemand === true || shadow?.usesDailyDemand === true;
}

export async function learnDemand(app: App): Promise<void> {
  const changed = await readChangedDemands(app.db);
  for (let from = 0; from < changed.length; from += PAGE_PRODUCTS) {
    await inTransaction(app.db, (tx) => learnPage(tx, changed.slice(from, from + PAGE_PRODUCTS)));
  }
  if (changed.length > 0) app.ringForFills();
}

async function learnPage(tx: Tx, products: readonly ProductId[]): Promise<void> {
  await shareConfiguration(tx);
  await lockPositions(tx, products);
  await learnDailyDemands(tx, products);
  await requireFillsOf(tx, products, 'demand');
}
