/** What can still be promised of a product on a channel, day by day: dated supply less what the queue is pegged to. */
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { addDays, type LocalDate, localDate } from '../../core/kernel/time.ts';
import { availableToPromise } from '../../core/promises/available-to-promise.ts';
import { onSnapshot } from '../../db/database.ts';
import type { App } from '../frame/app.ts';
import { channelByCode } from '../frame/by-code.ts';
import { outlooksOf, pegAhead, readSupply, servingWarehouses } from '../frame/outlook.ts';
import { openReader } from '../frame/reader.ts';
import { unknownSkus } from '../frame/refusals.ts';
import { lastInQueue } from './quote.ts';

type Answer = AnswerOf<'availableToPromise'>;

/** Days on which something comes, from today on; a day between two of them can promise what the first can. */
export async function showAvailableToPromise(
  app: App,
  { sku, channel: code, days }: QueryOf<'availableToPromise'>,
): Promise<Outcome<Answer>> {
  const product = (await app.productIds.find([sku])).get(sku);
  return await onSnapshot(app.db, async (tx) => {
    const products = product === undefined ? [] : [product];
    const [reader, supply] = await Promise.all([openReader(app, tx, products), readSupply(tx, products)]);
    const found = channelByCode(reader, code);
    if (!found.ok) return found;
    const channel = found.value;
    if (product === undefined) return unknownSkus([sku]);
    const outlooks = outlooksOf(reader, products, supply);
    const [pegging] = await pegAhead(reader, outlooks, [lastInQueue(product)]);
    const warehouses = servingWarehouses(reader, channel.id);
    const today = localDate(reader.now, channel.timeZone);
    const byDay = new Map<LocalDate, { supply: number; demand: number }>([[today, { supply: 0, demand: 0 }]]);
    for (const { supply, units } of pegging?.left(warehouses) ?? []) {
      if (supply.on > addDays(today, days)) continue;
      const on = supply.on < today ? today : supply.on;
      const day = byDay.get(on) ?? { supply: 0, demand: 0 };
      byDay.set(on, { supply: day.supply + supply.units, demand: day.demand + supply.units - units });
    }
    const sorted = [...byDay].sort(([a], [b]) => (a < b ? -1 : 1));
    const promisable = availableToPromise(sorted.map(([, period]) => period));
    const periods = sorted.map(([on, { supply, demand }], index) => ({
      on,
      supply,
      promised: demand,
      left: promisable[index]?.left ?? 0,
      available: promisable[index]?.available ?? 0,
    }));
    return { ok: true, value: { sku, channel: code, periods } };
  });
}
