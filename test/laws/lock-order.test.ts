/**
 * All locks of a transaction are taken in one order (ARCHITECTURE.md, Locks), so that no two wait for each other. Every
 * operation that changes anything, and every job, is played here while its locks are watched; and where one statement takes
 * several, somebody who holds the one in the middle sees that those before it are taken and those behind are not.
 */
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '../../src/app/frame/app.ts';
import { fillDueProducts } from '../../src/app/frame/fill-apart.ts';
import { OrderBatcher } from '../../src/app/placing/order-batcher.ts';
import { placeOrders } from '../../src/app/placing/place-orders.ts';
import { productLocks } from '../../src/app/placing/product-locks.ts';
import { publishDuePromises } from '../../src/app/promises/publish-promises.ts';
import { learnDemand } from '../../src/app/purchasing/learn-demand.ts';
import { learnFromNewReceipts, passTime } from '../../src/app/purchasing/learn-from-receipts.ts';
import { scoreRisksDaily } from '../../src/app/reports/at-risk.ts';
import { foldFacts } from '../../src/app/reports/fold-facts.ts';
import { ReportDesk } from '../../src/app/reports/report-desk.ts';
import type { CallInput, Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { OPERATIONS, type OperationId } from '../../src/contract/operations.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { createServer } from '../../src/http/server.ts';
import { createTurns } from '../../src/http/turns-of.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { openForeignSession } from '../support/foreign-lock.ts';
import { LOCK_KINDS, type LockWatch, watchLocks } from '../support/lock-watch.ts';

/** They change nothing of a shop. */
const NOT_PLAYED = new Set<string>([
  'quote',
  'checkCondition',
  'dryRunRuleSet',
  'putSavedReport',
  'deleteSavedReport',
  'putReportSchedule',
  'deleteReportSchedule',
  'putReportAlarm',
  'deleteReportAlarm',
  'sendReport',
]);

let database: TestDatabase;
let watch: LockWatch;
let db: Database;
let app: App;
let server: ReturnType<typeof createServer>;
let client: Client;
const played = new Set<OperationId>();
let names = 0;

function fresh(): string {
  names += 1;
  return `n${names}`;
}

beforeAll(async () => {
  database = await createDatabase();
  watch = watchLocks();
  db = openDatabase({ url: database.url });
  app = createApp(db, () => undefined);
  const batcher = new OrderBatcher((requests) => placeOrders(app, requests), productLocks(app));
  const context = { app, reader: app, turns: createTurns(), batcher, reports: new ReportDesk(db) };
  server = createServer({ ...context, ringForMail: undefined }, pino({ level: 'silent' }));
  client = createClient(await server.listen({ host: '127.0.0.1', port: 0 }));
  await putShop();
  await putSupplier();
});
afterAll(async () => {
  await server.close();
  await db.destroy();
  watch.end();
  await database.drop();
});

/** One act, under a key, and then whatever it left to do: one transaction after another. */
async function act<Id extends OperationId>(id: Id, input: CallInput<Id>) {
  const answer = await client.must(id, { ...input, key: fresh() });
  played.add(id);
  await settle();
  return answer;
}

async function settle(): Promise<void> {
  while ((await fillDueProducts(app)) > 0);
  while ((await publishDuePromises(app, [])).length > 0);
}

const WAREHOUSES = ['W1', 'W2', 'W3'];
const DAY_MS = 86_400_000;
const SUPPLIER = {
  params: { supplier: 'S' },
  body: { name: 'S', currency: 'EUR', timeZone: 'UTC', leadDays: 5 },
};
/** Made in this order, so that their ids ascend. */
const SKUS = ['A', 'B', 'C', 'D', 'E'];

async function putShop(): Promise<void> {
  for (const warehouse of WAREHOUSES) {
    const kind = warehouse === 'W3' ? 'external' : 'own';
    await act('putWarehouse', { params: { warehouse }, body: { name: warehouse, kind, timeZone: 'UTC' } });
  }
  const channel = { name: 'G', currency: 'EUR', timeZone: 'UTC', warehouses: WAREHOUSES };
  await act('putSalesChannel', { params: { channel: 'G' }, body: channel });
  const policy = { backorder: { allowed: true, limits: { perCustomer: 1_000 } } };
  for (const sku of SKUS) await act('putProduct', { params: { sku }, body: { name: sku, policy } });
  await act('putChannelPolicy', { params: { sku: 'B', channel: 'G' }, body: policy });
  await act('patchChannelPolicy', {
    params: { sku: 'B', channel: 'G' },
    body: { backorder: { until: null } },
  });
  await act('deleteChannelPolicy', { params: { sku: 'B', channel: 'G' } });
  await act('patchWarehouse', { params: { warehouse: 'W1' }, body: { name: 'One' } });
  await act('patchSalesChannel', { params: { channel: 'G' }, body: { name: 'Shop' } });
  await act('patchProduct', { params: { sku: 'A' }, body: { name: 'Product A' } });
}

/** Rules that tie items, count what warehouses do in a day, and look at what is shipped in one. */
async function putRules(): Promise<void> {
  const rules = [
    {
      code: 'tied',
      name: 'Tied',
      strategies: [{ kind: 'balance' as const }],
      filters: [{ kind: 'safety_stock' as const, days: 1 }],
      limits: { mostShipments: 2 },
    },
  ];
  const { version } = await act('createRuleSet', { body: { rules } });
  await act('placeLiveRuleSet', { body: { version } });
  await act('placeShadowRuleSet', { body: { version } });
}

function receive(warehouse: string, lines: Readonly<Record<string, number>>) {
  const body = {
    reference: fresh(),
    warehouse,
    lines: Object.entries(lines).map(([sku, units]) => ({ sku, units })),
  };
  return act('receiveStock', { body });
}

/** The products as they are named: not by their ids. */
async function place(items: Readonly<Record<string, number>>, more: object = {}): Promise<number> {
  const body = {
    channel: 'G',
    number: fresh(),
    customer: 'c',
    items: Object.entries(items).map(([sku, quantity]) => ({ sku, quantity, unitPrice: 100 })),
    ...more,
  };
  return (await act('placeOrder', { body })).id;
}

async function playOrders(): Promise<void> {
  await receive('W1', { E: 2, B: 3, A: 1 });
  const orderId = await place({ E: 4, A: 3, C: 2 });
  const params = { orderId };
  await place({ D: 1, B: 1 }, { shipping: 'complete', whenIncomplete: 'give_back' });
  const bulk = [fresh(), fresh()].toReversed().map((number) => ({
    channel: 'G',
    number,
    items: [
      { sku: 'E', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ],
  }));
  await act('placeOrders', { body: { orders: bulk } });
  await act('changeOrder', {
    params,
    body: {
      items: [
        { line: 1, quantity: 3 },
        { line: 2, quantity: 5 },
      ],
    },
  });
  await act('holdOrder', { params, body: { reason: 'payment', giveBack: true } });
  await act('liftHold', { params });
  await act('prioritizeOrder', { params, body: { priority: 3 } });
  await receive('W1', { C: 9, A: 9, E: 9 });
  await act('pickItems', { params, body: { warehouse: 'W1', items: [{ line: 1, units: 1 }] } });
  await act('shipItems', {
    params,
    body: { reference: fresh(), warehouse: 'W1', items: [{ line: 1, units: 1 }] },
  });
  const gone = { warehouse: 'W1', reason: 'gone', items: [{ line: 2, units: 1 }] };
  await act('shortPick', { params, body: gone });
  await act('rejectAllocation', { params, body: { warehouse: 'W1', reason: 'no', lines: [3] } });
  await act('cancelOrder', { params, body: {} });
  await playFloor();
}

async function playFloor(): Promise<void> {
  const orderId = await place({ E: 20, D: 20 });
  await receive('W3', { D: 5 });
  const acknowledged = { warehouse: 'W3', expectedOn: null, items: [{ line: 2, units: 1 }] };
  await act('acknowledgeItems', { params: { orderId }, body: acknowledged });
  const line = { sku: 'D', units: 2 };
  await act('returnStock', {
    body: { reference: fresh(), warehouse: 'W1', lines: [{ sku: 'A', units: 9 }] },
  });
  await act('transferStock', {
    body: { reference: fresh(), from: 'W1', to: 'W2', lines: [{ sku: 'A', units: 1 }] },
  });
  await act('damageStock', { body: { reference: fresh(), warehouse: 'W3', reason: 'wet', lines: [line] } });
  const adjusted = { reference: fresh(), warehouse: 'W3', reason: 'found', lines: [{ sku: 'D', change: 1 }] };
  await act('adjustStock', { body: adjusted });
  const counts = SKUS.toReversed().map((sku) => ({ sku, counted: 0 }));
  await act('countStock', { body: { reference: fresh(), warehouse: 'W3', lines: counts } });
  await act('cancelOrder', { params: { orderId }, body: {} });
}

/** Its terms date promises. */
async function putSupplier(): Promise<void> {
  await act('putSupplier', SUPPLIER);
  await act('patchSupplier', { params: SUPPLIER.params, body: { leadDays: 6 } });
  for (const sku of SKUS.toReversed())
    await act('putSupplierProduct', { params: { supplier: 'S', sku }, body: { promiseByLeadTime: true } });
}

async function draft(purchaseOrder: string): Promise<void> {
  const lines = SKUS.toReversed().map((sku) => ({ sku, warehouse: 'W1', quantity: 1 }));
  await act('putPurchaseOrder', { params: { purchaseOrder }, body: { supplier: 'S', lines } });
}

async function playPurchasing(): Promise<void> {
  for (const sku of ['E', 'B'])
    await act('patchSupplierProduct', { params: { supplier: 'S', sku }, body: { buyToOrder: true } });
  await draft('PO-1');
  await draft('PO-1');
  await place({ E: 3, C: 30, B: 2 });
  const { number } = await act('draftSuggested', { body: { supplier: 'S', warehouse: 'W1' } });
  await receivePurchase(number);
  const bought = await client.must('listPurchaseOrders', { query: { status: 'draft' } });
  for (const row of bought.rows) await receivePurchase(row.number);
  await place({ E: 2, A: 1, B: 5 });
  const { rows } = await client.must('listPurchaseOrders', { query: { status: 'draft' } });
  for (const row of rows)
    await act('cancelPurchaseOrder', { params: { purchaseOrder: row.number }, body: { reason: 'no' } });
  await act('deleteSupplierProduct', { params: { supplier: 'S', sku: 'D' } });
}

async function receivePurchase(purchaseOrder: string): Promise<void> {
  const params = { purchaseOrder };
  const { lines } = await act('sendPurchaseOrder', { params });
  await act('confirmPurchaseOrder', { params, body: {} });
  const expectedOn = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);
  const quoted = lines.toReversed().map(({ line }) => ({ line, expectedOn }));
  await act('quoteExpectedDates', { params, body: { lines: quoted } });
  const arrived = lines.toReversed().map(({ line }) => ({ line, units: 1 }));
  await act('receivePurchaseOrder', {
    params,
    body: { reference: fresh(), warehouse: 'W1', lines: arrived },
  });
  if (lines.some(({ ordered }) => ordered > 1)) await act('closePurchaseOrder', { params, body: {} });
}

/** With lines on their way that are judged anew by what was received. */
async function playJobs(): Promise<void> {
  await draft('PO-2');
  await act('sendPurchaseOrder', { params: { purchaseOrder: 'PO-2' } });
  await learnDemand(app);
  await learnFromNewReceipts(app);
  await act('putPromiseSettings', { body: { promiseConfidence: 90, quietDays: 2 } });
  await passTime(app);
  await foldFacts(app);
  await scoreRisksDaily(app);
  await settle();
}

test('every change and every job takes its locks in one order, and holds the products whose rows it writes', async () => {
  await playOrders();
  await putRules();
  await playOrders();
  await playPurchasing();
  await playJobs();
  const { wrong, kinds } = await watch.judged();
  expect(wrong).toEqual([]);
  expect([...kinds]).toEqual(
    expect.arrayContaining([...LOCK_KINDS, 'owned configuration', 'row of a product']),
  );
  const changes = Object.entries(OPERATIONS).filter(
    ([id, { method }]) => method !== 'GET' && !NOT_PLAYED.has(id),
  );
  expect([...played].toSorted()).toEqual(changes.map(([id]) => id).toSorted());
});

test.each<[string, () => Promise<unknown>]>([
  ['an order', () => place({ E: 1, C: 1, A: 1 })],
  ['a receipt', () => receive('W1', { E: 1, C: 1, A: 1 })],
  ['a supplier', () => client.must('putSupplier', SUPPLIER)],
  ['the passing of a day', () => passTime(app)],
])('%s takes one product after another', async (_, begin) => {
  const foreign = await openForeignSession(database.url);
  try {
    await foreign.hold('C');
    const acting = begin();
    await foreign.someoneWaits();
    const free = await foreign.free(['A', 'C', 'E']);
    await foreign.release();
    await acting;
    expect(free).toEqual(['E']);
  } finally {
    await foreign.end();
  }
});
