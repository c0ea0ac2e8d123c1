/**
 * Changes of channels, warehouses and the rules in force. Nobody decides by an old copy while one is made: it waits for all
 * decisions under way, fills what is owed by what was true until now, and then has everyone who waits looked at again.
 */
import type { Outcome } from '../../core/kernel/refusal.ts';
import { type Configuration, raiseConfigurationVersion } from '../../db/catalog/configuration.ts';
import type { Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { ownConfiguration } from '../../db/gate/configuration-lock.ts';
import { requireAllFills } from '../../db/gate/due-fills.ts';
import { requireDatedPromises } from '../../db/supply/promises.ts';
import type { App } from './app.ts';
import { settleAll } from './at-gate.ts';
import { besideFailingFills } from './fill-apart.ts';
import { type Answered, type ChangeRequest, fresh, once } from './once.ts';

/** @param effect makes the change; a refusal leaves everything as it was */
export async function changeConfiguration<T>(
  app: App,
  request: ChangeRequest,
  effect: (tx: Tx) => Promise<Outcome<T>>,
): Promise<Answered<T>> {
  const change = async (tx: Tx) => {
    await ownConfiguration(tx);
    // What is owed under the old list is filled by the old list.
    await settleAll(app, tx);
    const outcome = await effect(tx);
    if (outcome.ok) {
      await raiseConfigurationVersion(tx);
      await requireAllFills(tx, request.operation);
      await requireDatedPromises(tx, request.operation);
    }
    return fresh(outcome);
  };
  const answered = await besideFailingFills(app, () => once<T>(app, request, change));
  app.ringForFills();
  return answered;
}

export async function configurationNow(app: App, tx: Tx): Promise<Configuration> {
  const { version } = await readClock(tx);
  return await app.configuration.at(tx, version);
}
