/** Custom reports of how long it took: buckets of age, percentiles, and what had stock within some days. */
import { describe, expect, it } from 'vitest';
import type { ReportInput as Report } from '../../../src/contract/reports/report-definition.ts';
import { within } from '../../support/custom-report.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

const server = useTestServer();

async function run(report: Report) {
  return await server().client.must('runReport', { query: { report: JSON.stringify(report) } });
}

describe('a report of how long it took', () => {
  it('keeps ages in their order, whatever they are grouped with', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    for (const days of [40, 5, 10]) {
      await shop.place({
        placedAt: new Date(Date.now() - days * 86_400_000).toISOString(),
        items: [{ sku: 'P', quantity: 1 }],
      });
    }
    const by: Report['by'] = [{ dimension: 'age' }, { dimension: 'product' }];
    const { rows } = await run(within(shop, { measures: ['items'], by }));
    expect(rows.map(({ keys }) => keys[0])).toEqual(['4–7', '8–14', '31–45']);
  });

  it('has columns of numbers in the order of numbers, and of ages in theirs', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    for (const [index, priority] of [10, -5, 2, -20].entries()) {
      const placedAt = new Date(Date.now() - (index + 1) * 8 * 86_400_000).toISOString();
      await shop.prioritize(await shop.place({ placedAt, items: [{ sku: 'P', quantity: 1 }] }), priority);
    }
    const columns = async (dimension: 'priority' | 'age') =>
      (await run(within(shop, { measures: ['items'], across: { dimension } }))).columns;
    expect(await columns('priority')).toEqual(['-20', '-5', '2', '10']);
    expect(await columns('age')).toEqual(['8–14', '15–21', '22–30', '31–45']);
  });

  it('knows a percentile where another is not known', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const placedAt = new Date(Date.now() - 10.5 * 86_400_000).toISOString();
    const filled = await shop.place({ placedAt, items: [{ sku: 'P', quantity: 1 }] });
    await shop.receive(1);
    await shop.item(filled);
    await shop.place({ placedAt, items: [{ sku: 'P', quantity: 1 }] });
    const measures: Report['measures'] = ['days_waiting_median', 'days_to_fill_median'];
    const { rows } = await run(within(shop, { measures, by: [{ dimension: 'status' }] }));
    const whole = rows.map(({ keys, values }) => [
      keys[0],
      ...values.map((value) => value && Math.floor(Number(value))),
    ]);
    expect(whole).toEqual([
      ['backordered', 10, null],
      ['allocated', null, 10],
    ]);
  });

  it('counts what was given at once as given within some days, though the order came days late', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.receive(4);
    const placedAt = new Date(Date.now() - 10 * 86_400_000).toISOString();
    await shop.place({ placedAt, items: [{ sku: 'P', quantity: 4 }] });
    const waits = await shop.place({ placedAt, items: [{ sku: 'P', quantity: 4 }] });
    await shop.receive(4);
    await shop.item(waits);
    const measures: Report['measures'] = [
      'unit_fill_rate',
      'unit_fill_rate_7',
      'item_fill_rate_7',
      'unit_fill_rate_30',
    ];
    expect((await run(within(shop, { measures }))).total.values).toEqual([0.5, 0.5, 0.5, null]);
  });
});
