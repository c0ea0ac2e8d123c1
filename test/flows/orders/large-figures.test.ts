/**
 * Everything at its bound at once: ten orders of a billion units and 10^15 minor units wait, as many are allocated where stock
 * is unlimited, three billion are incoming. Sums are beyond 4 bytes everywhere, and money beyond what a number can say; every
 * read answers, figures are exact, work goes on, and verify finds nothing.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verify } from '../../../src/app/verify/verify.ts';
import { OPERATIONS } from '../../../src/contract/operations.ts';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { within } from '../../support/custom-report.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled } from '../../support/settled.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { liveRules } from '../../support/shop-rules.ts';
import { inDays } from '../../support/shop-supply.ts';

const MOST = 1_000_000_000;
const MOST_VALUE = 1_000_000_000_000_000n;
const ORDERS = 10;
const START_MS = 120_000;

const server = useTestServer();
let db: Database;
let shop: Shop;
let order: number;
let purchaseOrder: string;

beforeAll(async () => {
  db = openDatabase({ url: server().databaseUrl, connections: 3 });
  shop = await openShop(server(), {
    policy: BACKORDER,
    warehouses: { W1: {}, X: { kind: 'external', stock: 'unmanaged' } },
  });
  await shop.putChannel('G', { warehouses: ['W1'] });
  await shop.putChannel('H', { warehouses: ['X'] });
  await liveRules(server().client, shop, [
    {
      channels: [],
      filters: [
        { kind: 'capacity_per_day', warehouses: [shop.name('X')], units: MOST },
        { kind: 'safety_stock', days: 1 },
      ],
      strategies: [{ kind: 'most_stock' }],
    },
  ]);
  await shop.supply.putSupplier();
  await shop.supply.putTerms({ unitPrice: 1_000_000 });
  await server().client.must('placeLiveRuleSet', { body: { version: null } });
  const item = { quantity: MOST, unitPrice: 1_000_000 };
  for (let each = 0; each < ORDERS; each++) {
    order = await shop.place({ items: [item] });
    const served = await shop.place({ channel: 'H', items: [item] });
    if (each < 5) await shop.ship(served, MOST, { warehouse: 'X' });
  }
  await server().client.must('placeLiveRuleSet', { body: { version: 1 } });
  for (let each = 0; each < 3; each++) {
    purchaseOrder = await shop.supply.order([
      { quantity: MOST, unitPrice: 1_000_000, expectedOn: inDays(9 + each) },
    ]);
  }
  await promisesSettled(server().address);
}, START_MS);
afterAll(async () => {
  await db.destroy();
});

/** The address of a read with what the shop has. */
function addressOf(path: string): string {
  const values: Record<string, string> = {
    orderId: `${order}`,
    line: '1',
    version: '1',
    purchaseOrder,
    sku: shop.name('P'),
    channel: shop.name('G'),
    warehouse: shop.name('X'),
    supplier: shop.name('S'),
    savedReport: 'none',
    report: JSON.stringify({ measures: ['value'], by: [{ dimension: 'product' }] }),
    measure: 'value',
  };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '1');
  const asked = new URLSearchParams();
  for (const name of QUERY[path] ?? []) asked.set(name, values[name] ?? '');
  return `${server().address}${filled}?${asked}`;
}

/** What reads have to be asked with. */
const QUERY: Readonly<Record<string, readonly string[]>> = {
  '/v1/waiting': ['sku'],
  '/v1/allocations': ['warehouse'],
  '/v1/movements': ['sku', 'warehouse'],
  '/v1/available-to-promise': ['sku', 'channel'],
  '/v1/reports/results': ['report'],
  '/v1/reports/fill-times': ['report'],
  '/v1/reports/rows': ['report', 'measure'],
};

it('every read answers', { timeout: START_MS }, async () => {
  const answers = new Map<string, number>();
  for (const { method, path } of Object.values(OPERATIONS)) {
    if (method !== 'GET') continue;
    const response = await fetch(addressOf(path));
    await response.arrayBuffer();
    answers.set(path, response.status);
  }
  const failed = [...answers].filter(([path, status]) => status !== 200 && !path.includes('{savedReport}'));
  expect(failed).toEqual([]);
  expect(answers.size).toBeGreaterThan(40);
});

it('sums are exact', async () => {
  const { client } = server();
  const measures = ['value', 'ordered_units', 'waiting_units', 'waiting_value'] as const;
  const report = within(shop, { measures: [...measures], by: [{ dimension: 'currency' }] });
  const { total } = await client.must('runReport', { query: { report: JSON.stringify(report) } });
  const value = `${BigInt(ORDERS) * MOST_VALUE}`;
  expect(total.values).toEqual([value, ORDERS * MOST, ORDERS * MOST, value]);
  const product = await client.must('getProduct', { params: { sku: shop.name('P') } });
  expect(product).toMatchObject({ waiting: { backordered: ORDERS * MOST }, incoming: 3 * MOST });
  const statuses = await client.must('itemsByStatus', {});
  const shipped = statuses.rows.find(({ status }) => status === 'shipped');
  expect(shipped).toMatchObject({
    quantities: { shipped: 5 * MOST },
    value: [{ currency: 'EUR', amount: `${5n * MOST_VALUE}` }],
  });
});

it('a dry run and a quote answer', async () => {
  const { client } = server();
  const dry = await client.must('dryRunRuleSet', { params: { version: 1 }, body: { lastOrders: 20 } });
  expect(dry.orders).toBeGreaterThan(0);
  const lines = [{ sku: shop.name('P'), quantity: MOST }];
  const quoted = await client.must('quote', { body: { channel: shop.name('G'), lines } });
  expect(quoted.lines).toMatchObject([{ accepted: true }]);
});

it('work goes on, and verify finds nothing', { timeout: START_MS }, async () => {
  await shop.receive(MOST);
  await shop.hold(order);
  await shop.lift(order);
  await shop.cancel(order);
  await shop.available();
  const { checks } = await verify(db);
  expect(checks.filter(({ violations }) => violations > 0)).toEqual([]);
});
