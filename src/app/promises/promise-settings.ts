/** How sure promises are and which changes are told. A change is looked at for every product that has dated promises. */
import type { BodyOf } from '../../contract/operations.ts';
import { raiseConfigurationVersion, setPromiseSettings } from '../../db/catalog/configuration.ts';
import { inTransaction } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { ownConfiguration } from '../../db/gate/configuration-lock.ts';
import { requireDatedPromises, requirePromises } from '../../db/supply/promises.ts';
import type { App } from '../frame/app.ts';
import { type Answered, type ChangeRequest, fresh, once } from '../frame/once.ts';
import { judgeOpenLines } from '../frame/supply/likely-dates.ts';

type Settings = BodyOf<'putPromiseSettings'>;

export async function readPromiseSettings(app: App): Promise<Settings> {
  return await inTransaction(app.db, async (tx) => {
    const { version } = await readClock(tx);
    const { promiseConfidence, quietDays } = await app.configuration.at(tx, version);
    return { promiseConfidence, quietDays };
  });
}

export async function putPromiseSettings(
  app: App,
  request: ChangeRequest,
  settings: Settings,
): Promise<Answered<Settings>> {
  return await once<Settings>(app, request, async (tx) => {
    await ownConfiguration(tx);
    await setPromiseSettings(tx, settings);
    await raiseConfigurationVersion(tx);
    await requirePromises(tx, await judgeOpenLines(tx, settings.promiseConfidence), 'settings');
    await requireDatedPromises(tx, 'settings');
    return fresh({ ok: true, value: settings });
  });
}
