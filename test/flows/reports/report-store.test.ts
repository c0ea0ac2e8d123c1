/**
 * The report store says what the database says: of everything that happens, in whatever order it commits; it is made anew
 * when it is of another database, or of one that was set back; and what is wrong in it is found.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { type ReportInput, reportDefinition } from '../../../src/contract/reports/report-definition.ts';
import { dimensionsFor } from '../../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS } from '../../../src/contract/reports/report-measures.ts';
import { readReportRows } from '../../../src/custom-reports/drill-down.ts';
import { runReport } from '../../../src/custom-reports/run.ts';
import { readFillTimes } from '../../../src/custom-reports/sql/fill-times.ts';
import { differencesOf } from '../../../src/report-store/compare-with-database.ts';
import { nightOf, pauseAfter } from '../../../src/report-store/feeder.ts';
import { useBothSources } from '../../support/both-sources.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled } from '../../support/settled.ts';
import { BACKORDER, openShop, preorder, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();
const both = useBothSources(server);

/** Days to the second: the clocks of the two are read some milliseconds apart. */
function rounded(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => {
      if (key === 'asOf') return null;
      return typeof each === 'number' && !Number.isInteger(each) ? Math.round(each * 1e4) / 1e4 : each;
    }),
  );
}

async function sameOfBoth(...inputs: readonly ReportInput[]): Promise<void> {
  const reports = inputs.map((input) => reportDefinition.parse({ ...input, limit: 1000 }));
  const [stored, database] = await both().ofBoth(async (source) => {
    const answers = [];
    for (const report of reports) answers.push(await runReport(source, report));
    return answers;
  });
  for (const [index, input] of inputs.entries()) {
    expect(rounded(stored[index]), JSON.stringify(input)).toEqual(rounded(database[index]));
  }
}

/** Something of everything. */
async function aDay(shop: Shop): Promise<void> {
  await shop.receive(6, { sku: 'A' });
  await shop.receive(3, { sku: 'A', warehouse: 'W2' });
  const first = await shop.place({
    customerGroup: 'gold',
    shipTo: { country: 'NL' },
    items: [
      { sku: 'A', quantity: 8, unitPrice: 250 },
      { sku: 'B', quantity: 2, unitPrice: 1_000 },
    ],
  });
  const second = await shop.place({
    items: [
      { sku: 'B', quantity: 4 },
      { sku: 'C', quantity: 3 },
    ],
  });
  await shop.supply.putSupplier();
  await shop.supply.putTerms({ unitPrice: 100 }, { sku: 'B' });
  const bought = await shop.supply.order([{ sku: 'B', quantity: 5, expectedOn: inDays(3) }]);
  await promisesSettled(server().address);
  await shop.supply.expect(bought, inDays(9));
  await promisesSettled(server().address);
  await shop.receive(3, { sku: 'B' });
  await shop.order(first);
  await shop.ship(first, 2);
  await shop.prioritize(second, 5);
  await shop.change(second, { 2: 1 });
  await shop.supply.receiveOrder(bought, 2);
  await shop.order(second);
  await shop.reject(first, 'W2');
  await server().client.call('placeOrder', { body: shop.orderBody({ items: [{ sku: 'P', quantity: 1 }] }) });
}

const PRODUCTS = { A: BACKORDER, B: BACKORDER, C: preorder() };

describe('the report store', () => {
  it('says of any measure by any dimension what the database says', async () => {
    await aDay(await openShop(server(), { products: PRODUCTS }));
    const pairs = MEASURE_IDS.flatMap((measure) =>
      dimensionsFor([measure]).map((dimension) => ({ measures: [measure], by: [{ dimension }] })),
    );
    await sameOfBoth(...pairs);
  });

  it('follows what happens, now and as of a past moment', async () => {
    await both().store.feed(both().database);
    const then = new Date().toISOString();
    const shop = await openShop(server(), { products: PRODUCTS });
    await aDay(shop);
    const items: ReportInput = {
      measures: ['items', 'orders', 'waiting_units', 'value', 'filled_items', 'given_up_units'],
      by: [{ dimension: 'product' }, { dimension: 'status' }],
    };
    await sameOfBoth(
      items,
      { ...items, asOf: then },
      {
        measures: ['units_given', 'units_out'],
        by: [{ dimension: 'cause' }],
        across: { dimension: 'product' },
      },
      { measures: ['orders', 'split_rate'], by: [{ dimension: 'supplier' }] },
    );
    await shop.supply.putSupplier('T');
    await shop.supply.putTerms({ unitPrice: 90, preference: 1 }, { supplier: 'T', sku: 'A' });
    await sameOfBoth({ measures: ['orders', 'units_held'], by: [{ dimension: 'supplier' }] });
    expect(await differencesOf(both().store, both().database)).toEqual([]);
  });

  it('shows the rows behind a figure, and times to fill', async () => {
    const report = reportDefinition.parse({ measures: ['units_given'], by: [{ dimension: 'product' }] });
    const [stored, database] = await both().ofBoth(
      async (source) => await readReportRows(source, report, { measure: 'units_given', limit: 50 }),
    );
    expect(stored.rows.length).toBeGreaterThan(1);
    expect(stored.rows.map((row) => row.slice(0, -1))).toEqual(database.rows.map((row) => row.slice(0, -1)));
    const [curve, other] = await both().ofBoth(async (source) => await readFillTimes(source, report));
    expect(curve.filled).toBeGreaterThan(1);
    expect(rounded(curve)).toEqual(rounded(other));
  });

  it('rests ten times as long as it was fed, and never so long that it falls behind', () => {
    expect([2, 500, 300_000].map(pauseAfter)).toEqual([1_000, 5_000, 30_000]);
  });

  it('is checked once a night', () => {
    expect(nightOf('2026-03-01 02:59:59.999999')).toBe('2026-02-28');
    expect(nightOf('2026-03-01 03:00:00.000000')).toBe('2026-03-01');
    expect(nightOf('2026-03-02 01:00:00.000000')).toBe('2026-03-01');
  });

  it('does not lose what commits late', async () => {
    const late = new pg.Client({ connectionString: server().databaseUrl });
    await late.connect();
    try {
      await late.query('begin');
      await late.query(`
        insert into order_refusals (recorded_at, channel_id, number, product_id, code, wanted, available)
        select now(), c.id, 'late', p.id, 'not_enough', 77, 0 from sales_channels c, products p limit 1`);
      await both().store.feed(both().database);
      const shop = await openShop(server());
      await server().client.call('placeOrder', { body: shop.orderBody(5) });
      await both().store.feed(both().database);
      await late.query('commit');
    } finally {
      await late.end();
    }
    const report = reportDefinition.parse({
      measures: ['refused_units'],
      filters: [[{ dimension: 'refusal_code', is: ['not_enough'] }]],
    });
    const [stored, database] = await both().ofBoth(
      async (source) => (await runReport(source, report)).total.values,
    );
    expect(stored).toEqual(database);
    expect(Number(stored[0])).toBeGreaterThanOrEqual(77);
  });

  it.each([
    ['another database', `update known set installation = 'other'`],
    ['one that was set back', `update known set boundary = '999999999999'`],
    ['an older form', `update known set form = 'older'`],
  ])('is made anew when it is of %s', async (_, change) => {
    await both().store.feed(both().database);
    const session = await both().store.connect();
    await session.run('delete from items');
    await session.run(change);
    session.close();
    await both().store.feed(both().database);
    expect(await differencesOf(both().store, both().database)).toEqual([]);
  });

  it.each([
    ['items', 'delete from items where order_id = (select min(order_id) from items)', 'items'],
    ['states', 'update past_items set given = given + 1, lost = lost + 1', 'changes'],
    ['allocations', 'update allocations set held = held + 1', 'allocations'],
    ['promise changes', 'delete from promise_changes', 'promise changes'],
    ['refusals', 'update refusals set wanted = wanted + 1', 'refusals'],
    ['purchases', 'update purchases set ordered = ordered + 1', 'purchases'],
  ])('is found out when its %s are wrong', async (_, change, report) => {
    await both().store.feed(both().database);
    const session = await both().store.connect();
    await session.run(change);
    session.close();
    expect(await differencesOf(both().store, both().database)).toContain(report);
    await both().store.clear();
    await both().store.feed(both().database);
    expect(await differencesOf(both().store, both().database)).toEqual([]);
  });
});
