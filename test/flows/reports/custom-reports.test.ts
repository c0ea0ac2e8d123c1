/**
 * Custom reports: every measure runs by every dimension it has; figures are those of the items; totals, empty periods, the
 * period before and past moments; what does not go together is refused and says what would.
 */
import { describe, expect, it } from 'vitest';
import type { ReportInput } from '../../../src/contract/reports/report-definition.ts';
import { dimensionsFor } from '../../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS } from '../../../src/contract/reports/report-measures.ts';
import { within } from '../../support/custom-report.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';

const server = useTestServer();
type Report = ReportInput;

async function run(report: Report) {
  return await server().client.must('runReport', { query: { report: JSON.stringify(report) } });
}

/** March: 4 at once; 1 + 2, of which 1 waits and is filled; May: 7 wait, 2 given up. */
async function spring(): Promise<Shop> {
  const shop = await openShop(server(), { products: { A: BACKORDER, B: BACKORDER } });
  await shop.receive(6, { sku: 'A' });
  const price = { unitPrice: 250 };
  await shop.place({ placedAt: '2026-03-01T10:00:00Z', items: [{ sku: 'A', quantity: 4, ...price }] });
  await shop.place({
    placedAt: '2026-03-31T23:30:00Z',
    items: [
      { sku: 'A', quantity: 3, ...price },
      { sku: 'B', quantity: 2, ...price },
    ],
  });
  await shop.receive(1, { sku: 'A' });
  const third = await shop.place({
    placedAt: '2026-05-04T09:00:00Z',
    items: [{ sku: 'A', quantity: 7, ...price }],
  });
  await shop.item(third);
  await shop.change(third, { 1: 5 });
  return shop;
}

describe('any measure by any dimension', () => {
  it('runs, alone and with totals across', async () => {
    await spring();
    for (const measure of MEASURE_IDS) {
      for (const dimension of dimensionsFor([measure])) {
        const report: Report = { measures: [measure], by: [{ dimension }] };
        const { measures } = await run(report);
        expect(measures).toEqual([measure]);
      }
    }
    const { rows } = await run({ measures: [...MEASURE_IDS].slice(0, 8), across: { dimension: 'status' } });
    expect(rows.every(({ cells, values }) => cells.every((cell) => cell.length === values.length))).toBe(
      true,
    );
  });
});

describe('time to fulfil', () => {
  it('is refused where a filter or period is of something else than items', async () => {
    await spring();
    const others: Report[] = [
      { measures: ['units_given'], filters: [[{ dimension: 'cause', is: ['placed'] }]] },
      { measures: ['refused_orders'], filters: [[{ dimension: 'refusal_code', is: ['x'] }]] },
      { measures: ['received_units'], period: { dimension: 'expected', last: 1, every: 'month' } },
    ];
    for (const report of others) {
      const answered = await server().client.call('getFillTimes', {
        query: { report: JSON.stringify(report) },
      });
      expect(answered).toMatchObject({ ok: false, status: 400, problem: { code: 'invalid_request' } });
    }
  });
});

describe('a report', () => {
  it('has months without orders, totals, and the sums of its cells', async () => {
    const shop = await spring();
    const report = await run(
      within(shop, {
        measures: ['items', 'ordered_units', 'waiting_units', 'given_up_units'],
        by: [{ dimension: 'placed', every: 'month' }],
        across: { dimension: 'product' },
      }),
    );
    expect(report.columns).toEqual([shop.name('A'), shop.name('B')]);
    expect(report.rows.map(({ keys, values }) => [keys[0], ...values])).toEqual([
      ['2026-03-01', 3, 9, 2, 0],
      ['2026-04-01', 0, 0, 0, 0],
      ['2026-05-01', 1, 7, 5, 2],
    ]);
    expect(report.rows[0]?.cells).toEqual([
      [2, 7, 0, 0],
      [1, 2, 2, 0],
    ]);
    expect(report.total).toMatchObject({
      values: [4, 16, 7, 2],
      cells: [
        [3, 14, 5, 2],
        [1, 2, 2, 0],
      ],
    });
  });

  it('keeps money apart by currency, exact', async () => {
    const shop = await spring();
    const { rows, by } = await run(within(shop, { measures: ['value', 'waiting_value'] }));
    expect(by).toEqual([{ dimension: 'currency' }]);
    expect(rows.map(({ keys, values }) => [...keys, ...values])).toEqual([['EUR', '4000', '1750']]);
  });

  it('stands beside the period before', async () => {
    const shop = await spring();
    const { rows, total } = await run(
      within(shop, {
        measures: ['ordered_units'],
        by: [{ dimension: 'placed', every: 'month' }],
        period: { dimension: 'placed', from: '2026-04-01', until: '2026-06-01' },
        compare: true,
      }),
    );
    expect(rows).toMatchObject([
      { keys: ['2026-04-01'], values: [0], before: [0] },
      { keys: ['2026-05-01'], values: [7], before: [9] },
    ]);
    expect(total).toMatchObject({ values: [7], before: [9] });
  });

  it('is filtered by all of any', async () => {
    const shop = await spring();
    const report = (filters: Report['filters']) =>
      run(within(shop, { measures: ['items'], ...(filters && { filters }) }));
    const units = async (filters: Report['filters']) => (await report(filters)).total.values[0];
    const a = { dimension: 'product' as const, is: [shop.name('A')] };
    const waiting = { dimension: 'status' as const, is: ['backordered', 'partially_allocated'] };
    expect(await units([[a]])).toBe(3);
    expect(await units([[a], [waiting]])).toBe(1);
    expect(await units([[a, waiting]])).toBe(4);
    expect(await units([[{ dimension: 'country', isNot: [null] }]])).toBe(0);
    expect(await units([[{ dimension: 'placed', from: '2026-03-31', until: '2026-04-01' }]])).toBe(2);
    expect(await units([[{ dimension: 'priority', from: '1' }]])).toBe(0);
  });

  it('puts the largest first and says how many there are', async () => {
    const shop = await spring();
    const by = [{ dimension: 'product' as const }];
    const first = await run(within(shop, { measures: ['ordered_units'], by, limit: 1 }));
    expect(first).toMatchObject({ groups: 2, rows: [{ keys: [shop.name('A')] }] });
    const last = await run(
      within(shop, {
        measures: ['ordered_units'],
        by,
        limit: 1,
        sort: { measure: 'ordered_units', direction: 'ascending' },
      }),
    );
    expect(last.rows).toMatchObject([{ keys: [shop.name('B')], values: [2] }]);
    expect(last.total.values).toEqual([16]);
  });

  it('shows the largest columns, of days the latest, and says how many there are', async () => {
    const skus = Array.from({ length: 62 }, (_, index) => `A${10 + index}`);
    const products = Object.fromEntries(skus.map((sku) => [sku, BACKORDER]));
    const shop = await openShop(server(), { products });
    const items = skus.map((sku, index) => ({ sku, quantity: 1 + ((index + 5) % skus.length) }));
    await shop.place({ placedAt: '2026-01-01T10:00:00Z', items });
    await shop.place({ placedAt: '2026-03-03T10:00:00Z', items: [{ sku: 'A10', quantity: 1 }] });
    const over = async (across: Report['across']) =>
      await run(within(shop, { measures: ['ordered_units'], by: [{ dimension: 'status' }], across }));
    const ofProducts = await over({ dimension: 'product' });
    expect(ofProducts.groupsAcross).toBe(62);
    const smallest = ['A67', 'A68'].map((sku) => shop.name(sku));
    const largest = skus.map((sku) => shop.name(sku)).filter((sku) => !smallest.includes(sku));
    expect(ofProducts.columns).toEqual(largest);
    expect(ofProducts.total.cells[0]).toEqual([7]);
    const ofDays = await over({ dimension: 'placed', every: 'day' });
    expect(ofDays).toMatchObject({ groupsAcross: 62 });
    expect([ofDays.columns.length, ofDays.columns[0], ofDays.columns.at(-1)]).toEqual([
      60,
      '2026-01-03',
      '2026-03-03',
    ]);
    expect(ofDays.total.cells.at(-1)).toEqual([1]);
  });

  it('puts measures of several subjects side by side', async () => {
    const shop = await spring();
    await server().client.call('placeOrder', {
      body: { channel: shop.name('G'), number: 'never', items: [{ sku: shop.name('P'), quantity: 3 }] },
    });
    const { rows } = await run(
      within(shop, {
        measures: ['ordered_units', 'refused_units', 'lost_units', 'units_given'],
        by: [{ dimension: 'product' }],
      }),
    );
    expect(rows.map(({ keys, values }) => [...keys, ...values])).toEqual([
      [shop.name('A'), 14, 0, 0, 1],
      [shop.name('B'), 2, 0, 0, 0],
      [shop.name('P'), 0, 3, 3, 0],
    ]);
  });

  it('shows of several subjects the rows that come first in the order asked for', async () => {
    const shop = await spring();
    await server().client.call('placeOrder', {
      body: { channel: shop.name('G'), number: 'never', items: [{ sku: shop.name('P'), quantity: 3 }] },
    });
    const first = async (sort: NonNullable<Report['sort']>, across?: Report['across']) =>
      await run(
        within(shop, {
          measures: ['refused_units', 'ordered_units', 'units_given'],
          by: [{ dimension: 'product' }],
          ...{ across, sort, limit: 1 },
        }),
      );
    expect(await first({ measure: 'ordered_units', direction: 'descending' })).toMatchObject({
      rows: [{ keys: [shop.name('A')], values: [0, 14, 1] }],
      groups: 3,
    });
    expect(await first({ measure: 'refused_units', direction: 'descending' })).toMatchObject({
      rows: [{ keys: [shop.name('P')], values: [3, 0, 0] }],
    });
    expect(await first({ measure: 'ordered_units', direction: 'ascending' })).toMatchObject({
      rows: [{ keys: [shop.name('P')], values: [3, 0, 0] }],
    });
    const across = { dimension: 'channel' as const };
    expect(await first({ measure: 'units_given', direction: 'descending' }, across)).toMatchObject({
      rows: [{ keys: [shop.name('A')], cells: [[0, 14, 1]] }],
      total: { cells: [[3, 16, 1]] },
    });
  });

  it('says of changes what they gave, sent and gave up, and leaves out those that did nothing of it', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.receive(3);
    const order = await shop.place(3);
    await shop.ship(order, 2);
    const waiting = await shop.place(4);
    await shop.item(waiting);
    await shop.receive(1);
    await shop.item(waiting);
    await shop.change(waiting, { 1: 2 });
    const { rows } = await run(
      within(shop, {
        measures: ['units_given', 'units_out', 'units_dropped', 'items_given'],
        by: [{ dimension: 'cause' }],
      }),
    );
    const found = rows.map(({ keys, values }) => [...keys, ...values]).sort();
    expect(found).toEqual([
      ['changed', 0, 0, 2, 0],
      ['filled', 1, 0, 0, 1],
      ['shipped', 0, 2, 0, 0],
    ]);
  });

  it('is what it was at a past moment', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const id = await shop.place(5);
    await shop.item(id);
    const by = [{ dimension: 'status' as const }];
    const report = within(shop, { measures: ['items', 'waiting_units', 'waited_items', 'filled_items'], by });
    const then = await run(report);
    await shop.receive(5);
    await shop.item(id);
    const past = await run({ ...report, asOf: then.asOf });
    expect({ rows: past.rows, total: past.total }).toEqual({ rows: then.rows, total: then.total });
    expect((await run(report)).rows).toMatchObject([{ keys: ['allocated'], values: [1, 0, 1, 1] }]);
  });
});

describe('what does not go together is refused', () => {
  it.each<[Report, string]>([
    [
      { measures: ['items'], by: [{ dimension: 'warehouse' }] },
      'items has no warehouse; it can be seen by status',
    ],
    [{ measures: ['items', 'slip_mean'], by: [{ dimension: 'status' }] }, 'slip_mean has no status'],
    [{ measures: ['items'], by: [{ dimension: 'status', every: 'day' }] }, 'status is no date'],
    [{ measures: ['items'], compare: true }, 'compare needs a period'],
    [{ measures: ['items'], period: { dimension: 'status', last: 3 } }, 'status is no date'],
    [{ measures: ['split_rate'], asOf: '2026-01-01T00:00:00Z' }, 'split_rate is known for now only'],
    [
      { measures: ['items'], filters: [[{ dimension: 'placed', is: ['soon'] }]] },
      'soon is no value of placed',
    ],
    [{ measures: ['items'], filters: [[{ dimension: 'status' }]] }, 'needs one of: is, isNot'],
    [{ measures: ['items'], sort: { measure: 'orders' } }, 'orders is not one of the measures'],
    [{ measures: ['value', 'received_units'] }, 'value is of a currency, and received_units has none'],
  ])('%j: %s', async (report, message) => {
    const query = { report: JSON.stringify(report) };
    const answered = await server().client.call('runReport', { query });
    expect(answered).toMatchObject({ ok: false, status: 400 });
    expect(JSON.stringify(answered)).toContain(message);
  });

  it('also text that is no report', async () => {
    const answered = await server().client.call('runReport', { query: { report: '{' } });
    expect(JSON.stringify(answered)).toContain('a report as JSON');
  });
});

describe('time to fulfil', () => {
  it('counts those who still wait and those who gave up', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const placedAt = new Date(Date.now() - 5.5 * 86_400_000).toISOString();
    for (const quantity of [1, 1, 2]) await shop.place({ placedAt, items: [{ quantity }] });
    const gone = await shop.place({ placedAt, items: [{ quantity: 3 }] });
    await shop.cancel(gone);
    await shop.receive(2);
    await shop.item(gone);
    const report = JSON.stringify(within(shop, { measures: ['days_to_fill_mean'] }));
    const times = await server().client.must('getFillTimes', { query: { report } });
    expect(times).toMatchObject({ filled: 2, open: 1, givenUp: 1, median: 5, p90: null });
    expect(times.curve).toEqual([{ day: 5, waiting: 0.5 }]);
    expect(times.meanOfFilled).toBeCloseTo(5.5, 1);
  });
});

describe('the rows behind a cell', () => {
  it('are those that its figure is made of', async () => {
    const shop = await spring();
    const report = within(shop, {
      measures: ['waiting_units', 'items'],
      by: [{ dimension: 'placed', every: 'month' }],
      across: { dimension: 'product' },
    });
    const rows = async (query: { measure: 'waiting_units' | 'items'; keys?: string; column?: string }) => {
      const found = await server().client.must('listReportRows', {
        query: { report: JSON.stringify(report), ...query },
      });
      const at = (name: string) => found.columns.indexOf(name);
      return found.rows.map((row) => [row[at('product')], row[at('ordered')], row[at('waiting')]]);
    };
    const [a, b] = [shop.name('A'), shop.name('B')];
    expect(await rows({ measure: 'waiting_units' })).toEqual([
      [b, 2, 2],
      [a, 7, 5],
    ]);
    expect(await rows({ measure: 'items', keys: '["2026-03-01"]', column: JSON.stringify([a]) })).toEqual([
      [a, 4, 0],
      [a, 3, 0],
    ]);
    expect(await rows({ measure: 'waiting_units', keys: '["2026-04-01"]' })).toEqual([]);
  });

  it('can be read for every measure', async () => {
    await spring();
    for (const measure of MEASURE_IDS) {
      const query = { report: JSON.stringify({ measures: [measure] }), measure, limit: 1 };
      const { columns, rows } = await server().client.must('listReportRows', { query });
      expect(rows.every((row) => row.length === columns.length)).toBe(true);
    }
  });
});
