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
import type { CallInput, Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { numberOptions, say } from '../support/options.ts';
import { fillLargeShop, skuOf } from './support/large-shop.ts';
import { runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

const { items, products, seed } = numberOptions({ items: 1_000_000, products: 20_000, seed: 1 });

const HOME_MS = 300;
const LIST_MS = 100;
const MOST_ROWS = 200;
const TIMES = 7;
const DAY_MS = 86_400_000;

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
    await fillLargeShop(client, { items, products, seed });
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
