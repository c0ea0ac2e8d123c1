/**
 * Proof: the dashboard is fast where there is much. A shop of a million order items, a tenth of which wait, placed through
 * the API; then what the home page and each list page ask for is asked for, as the pages do it (those of one page at the
 * same time), and timed at the server's door.
 *
 *   npm run proof:dashboard -- [--items 1000000] [--products 20000] [--seed 1]
 *
 * A page is asked for seven times after one that warms up; the median counts. Exits 1 when home takes more than 300 ms,
 * a list more than 100 ms, or a page holds more than 200 rows.
 */
import { settled } from '../../src/cli/demo/settled.ts';
import { startProgress } from '../../src/cli/progress.ts';
import type { CallInput, Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { inCrowd } from '../support/bounded.ts';
import { numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

const { items, products, seed } = numberOptions({ items: 1_000_000, products: 20_000, seed: 1 });

const HOME_MS = 300;
const LIST_MS = 100;
const MOST_ROWS = 200;
const TIMES = 7;
const ITEMS_OF_ORDER = 3;
const BULK = 200;
const CHANNELS = ['web', 'shop', 'amazon', 'bol', 'wholesale'];
const WAREHOUSES = ['north', 'south', 'west'];
const SUPPLIERS = 20;
const PURCHASE_ORDERS = 500;
/** Days over which orders are spread. */
const DAYS = 730;
const DAY_MS = 86_400_000;

const random = seededRandom(seed);
const skuOf = (index: number) => `SKU-${String(index).padStart(6, '0')}`;
/** Some products are asked for far more often than others. */
const anySku = () => skuOf(Math.floor(random.next() ** 1.5 * products));

async function fill(client: Client): Promise<void> {
  for (const code of WAREHOUSES) {
    const body = { name: code, kind: 'own', timeZone: 'Europe/Amsterdam', country: 'NL' } as const;
    await client.must('putWarehouse', { params: { warehouse: code }, body });
  }
  for (const code of CHANNELS) {
    const body = { name: code, currency: 'EUR', timeZone: 'Europe/Amsterdam', warehouses: WAREHOUSES };
    await client.must('putSalesChannel', { params: { channel: code }, body });
  }
  for (let index = 0; index < SUPPLIERS; index++) {
    const body = { name: `Supplier ${index}`, currency: 'EUR', timeZone: 'Europe/Amsterdam', leadDays: 14 };
    await client.must('putSupplier', { params: { supplier: `S${index}` }, body });
  }
  const progress = startProgress({ label: 'products', total: products, unit: 'products' });
  await inCrowd(products, 16, async (index) => {
    const sku = skuOf(index);
    const body = { name: `Product ${index}`, policy: { backorder: { allowed: true } } };
    await client.must('putProduct', { params: { sku }, body });
    await client.must('putSupplierProduct', {
      params: { supplier: `S${index % SUPPLIERS}`, sku },
      body: { unitPrice: 500 },
    });
    progress.advance();
  });
  progress.finish();
  await receive(client);
  await placeAll(client);
  await buy(client);
}

/** Units a product is asked for on average; nine tenths of it are there. */
const UNITS_OF_PRODUCT = (items * 2) / products;

async function receive(client: Client): Promise<void> {
  const documents = Math.ceil(products / BULK) * WAREHOUSES.length;
  await inCrowd(documents, 4, async (index) => {
    const first = Math.floor(index / WAREHOUSES.length) * BULK;
    const lines = Array.from({ length: Math.min(BULK, products - first) }, (_, at) => {
      const units = Math.max(1, Math.round(demandOf(first + at) * 0.3));
      return { sku: skuOf(first + at), units };
    });
    const warehouse = WAREHOUSES[index % WAREHOUSES.length] ?? '';
    await client.must('receiveStock', { body: { reference: `R-${index}`, warehouse, lines } });
  });
}

/** Expected units of a product: the density of anySku. */
function demandOf(index: number): number {
  const share = (index + 0.5) / products;
  return (UNITS_OF_PRODUCT / 1.5) * share ** (1 / 1.5 - 1);
}

async function placeAll(client: Client): Promise<void> {
  const orders = Math.ceil(items / ITEMS_OF_ORDER);
  const progress = startProgress({ label: 'orders', total: orders, unit: 'orders' });
  const begin = Date.now() - DAYS * DAY_MS;
  await inCrowd(Math.ceil(orders / BULK), 3, async (bulk) => {
    const first = bulk * BULK;
    const count = Math.min(BULK, orders - first);
    const body = {
      orders: Array.from({ length: count }, (_, at) => ({
        channel: random.pick(CHANNELS),
        number: `O-${first + at}`,
        customer: `c${random.between(1, 100_000)}`,
        placedAt: new Date(begin + ((first + at) / orders) * DAYS * DAY_MS).toISOString(),
        items: Array.from({ length: ITEMS_OF_ORDER }, () => ({
          sku: anySku(),
          quantity: random.between(1, 3),
          unitPrice: 995,
        })),
      })),
    };
    await client.must('placeOrders', { body });
    progress.advance(count);
  });
  progress.finish();
}

async function buy(client: Client): Promise<void> {
  await inCrowd(PURCHASE_ORDERS, 8, async (index) => {
    const supplier = index % SUPPLIERS;
    const lines = Array.from({ length: 10 }, (_, at) => ({
      sku: skuOf((supplier + SUPPLIERS * (index + 37 * at)) % products),
      warehouse: random.pick(WAREHOUSES),
      quantity: 50,
      expectedOn: new Date(Date.now() + random.between(-5, 54) * DAY_MS).toISOString().slice(0, 10),
    }));
    const once = [...new Map(lines.map((line) => [line.sku, line])).values()];
    const params = { purchaseOrder: `P-${index}` };
    await client.must('putPurchaseOrder', { params, body: { supplier: `S${supplier}`, lines: once } });
    await client.must('sendPurchaseOrder', { params });
  });
}

type Asked = { readonly [Id in OperationId]: readonly [Id, CallInput<Id>] }[OperationId];

function midnight(daysAgo: number): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return new Date(day.getTime() - daysAgo * DAY_MS).toISOString();
}

const HOME: readonly Asked[] = [
  ['listSalesChannels', {}],
  ['listWarehouses', {}],
  ['listSuppliers', {}],
  ['itemsByStatus', { query: { placedFrom: midnight(29) } }],
  ['waitingByAge', {}],
  ['fillRates', {}],
  ['listProducts', { query: { waiting: 'true', sort: 'waiting', limit: 8 } }],
  ['listPurchaseOrders', { query: { sort: 'expected', limit: 8 } }],
  ['listPurchaseOrders', { query: { late: 'true', sort: 'expected', limit: 8 } }],
  ['listStrandedDemand', { query: { limit: 5 } }],
  ['listOrders', { query: { limit: 8 } }],
  ['listActivity', { query: { limit: 10 } }],
];
const LIST = { limit: 50 };
const PAGES: Readonly<Record<string, readonly Asked[]>> = {
  'home, items by status at any time': [['itemsByStatus', {}]],
  orders: [['listOrders', { query: LIST }]],
  'orders, backordered': [['listOrders', { query: { ...LIST, status: 'backordered' } }]],
  'orders, of a channel': [['listOrders', { query: { ...LIST, channel: 'bol' } }]],
  'orders, of a product': [['listOrders', { query: { ...LIST, sku: skuOf(1) } }]],
  'order items, backordered': [['listOrderItems', { query: { ...LIST, status: 'backordered' } }]],
  'order items, allocated': [['listOrderItems', { query: { ...LIST, status: 'allocated' } }]],
  'order items, waiting, oldest': [
    ['listOrderItems', { query: { ...LIST, waiting: 'true', sort: 'oldest' } }],
  ],
  'waiting, by product': [['listProducts', { query: { ...LIST, waiting: 'true', sort: 'waiting' } }]],
  'waiting, queue of a product': [['listWaiting', { query: { sku: skuOf(1), limit: 100 } }]],
  products: [['listProducts', { query: LIST }]],
  'products, least available': [['listProducts', { query: { ...LIST, sort: 'least_available' } }]],
  'products, searched': [['listProducts', { query: { ...LIST, search: '777' } }]],
  product: [
    ['getProduct', { params: { sku: skuOf(1) } }],
    ['listMovements', { query: { sku: skuOf(1), warehouse: 'north', limit: 20 } }],
  ],
  inventory: [['listInventoryLevels', { query: LIST }]],
  'inventory, least available': [['listInventoryLevels', { query: { ...LIST, sort: 'least_available' } }]],
  incoming: [['listPurchaseOrders', { query: { ...LIST, sort: 'expected' } }]],
  'a purchase order': [
    ['getPurchaseOrder', { params: { purchaseOrder: 'P-1' } }],
    ['listAffectedItems', { params: { purchaseOrder: 'P-1' }, query: LIST }],
  ],
  'an order': [
    ['getOrder', { params: { orderId: 1 } }],
    ['listOrderEvents', { params: { orderId: 1 }, query: LIST }],
  ],
  purchasing: [['listPurchaseSuggestions', { query: LIST }]],
};

async function ask(client: Client, asked: readonly Asked[]): Promise<{ took: number; rows: number }> {
  const began = performance.now();
  const answers = await Promise.all(
    asked.map(([id, input]) => client.must(id, input as CallInput<OperationId>)),
  );
  const took = performance.now() - began;
  const rows = answers.map((answer) => ('rows' in answer ? answer.rows.length : 0));
  return { took, rows: Math.max(...rows) };
}

async function time(client: Client, asked: readonly Asked[]): Promise<{ median: number; rows: number }> {
  await ask(client, asked);
  const times: number[] = [];
  let rows = 0;
  for (let count = 0; count < TIMES; count++) {
    const answer = await ask(client, asked);
    times.push(answer.took);
    rows = answer.rows;
  }
  return { median: times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0, rows };
}

await runProof(async () =>
  withProofNode('dashboard', async ({ address }) => {
    const client = createClient(address);
    await fill(client);
    await settled(address);
    let failed = 0;
    const home = await time(client, HOME);
    say(`home                             ${home.median.toFixed(0).padStart(6)} ms   (<= ${HOME_MS})`);
    if (home.median > HOME_MS) failed += 1;
    for (const asked of HOME) {
      const { median } = await time(client, [asked]);
      say(`  ${asked[0].padEnd(30)} ${median.toFixed(1).padStart(6)} ms`);
    }
    for (const [name, asked] of Object.entries(PAGES)) {
      const { median, rows } = await time(client, asked);
      const isBad = median > LIST_MS || rows > MOST_ROWS;
      if (isBad) failed += 1;
      say(`${name.padEnd(33)}${median.toFixed(1).padStart(6)} ms   ${rows} rows${isBad ? '   ✗' : ''}`);
    }
    say(`dashboard: ${items} items, home ${home.median.toFixed(0)} ms, ${failed} over their bound`);
    return failed === 0 ? 0 : 1;
  }),
);
