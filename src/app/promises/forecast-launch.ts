/** How many units of a product will be pre-ordered when it is released, judged by how earlier launches came in. */
import type { AnswerOf } from '../../contract/operations.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import { forecastLaunch } from '../../core/supply/launch-forecast.ts';
import { onSnapshot } from '../../db/database.ts';
import { readCurrentLaunch, readEarlierLaunches } from '../../reads/catalog/launches.ts';
import type { App } from '../frame/app.ts';
import { productNotFound } from '../frame/refusals.ts';

const DAY_MS = 86_400_000;

export async function showLaunchForecast(
  app: App,
  sku: string,
): Promise<Outcome<AnswerOf<'forecastLaunch'>>> {
  const known = (await app.productIds.find([sku])).has(sku);
  if (!known) return productNotFound(sku);
  return await onSnapshot(app.db, async (tx) => {
    const launch = await readCurrentLaunch(tx, sku);
    if (launch === undefined) return none('It has no release ahead');
    const earlier = await readEarlierLaunches(tx);
    const daysLeft = Math.ceil((launch.releaseAt - launch.now) / DAY_MS);
    const daysOpen = Math.max(0, launch.opensAt - daysLeft);
    const found = forecastLaunch({ daysLeft, daysOpen, units: launch.total }, earlier);
    if (found === undefined) {
      return none(
        launch.total === 0 ? 'Nothing is pre-ordered yet' : 'No earlier launch says how pre-orders come in',
      );
    }
    const forecast = {
      sku,
      releaseAt: isoInstant(launch.releaseAt),
      daysLeft,
      preordered: launch.total,
      ...found,
    };
    return { ok: true, value: { forecast, why: null } };
  });
}

function none(why: string): Outcome<AnswerOf<'forecastLaunch'>> {
  return { ok: true, value: { forecast: null, why } };
}
