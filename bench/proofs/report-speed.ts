/**
 * Proof: reports are fast where there is very much, and take little from others. A shop is played through the API and made a
 * hundred times as large (support/copied-shop); then a node with a report store on it is asked for the figures of home, for
 * each ready-made report, for each measure by product, supplier and day, for wide reports and for the past. Lists are
 * exported whole, and orders are placed at half of what the machine can, with and without reports beside them.
 *
 *   npm run proof:reportspeed -- [--items 100000] [--copies 100] [--products 1000] [--seed 1]
 *     [--widget 100] [--ready 1000] [--custom 3000]
 *
 * --items and --products are those of one copy. --widget, --ready and --custom are the milliseconds that a figure of home,
 * a ready-made and a custom report may take (median of three). Exits 1 when one takes longer, or orders become slower by more
 * than a tenth.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { promisesSettled, settled } from '../../src/cli/demo/settled.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { ReportInput } from '../../src/contract/report-definition.ts';
import { dimensionsFor, kindOf } from '../../src/contract/report-dimensions.ts';
import { MEASURE_IDS } from '../../src/contract/report-measures.ts';
import { openDatabase } from '../../src/db/database.ts';
import { startNode } from '../../src/node.ts';
import { READY_MADE } from '../../web/reports/ready-made.ts';
import { removeFolder, temporaryFolder, withDatabase } from '../support/embedded.ts';
import { numberOptions, say } from '../support/options.ts';
import { copyShop, spreadHistory } from './support/copied-shop.ts';
import { fillLargeShop } from './support/large-shop.ts';
import { ordersBeside } from './support/orders-beside.ts';
import { runProof } from './support/proof-data.ts';
import { isReady, storeReady } from './support/store-ready.ts';

const { items, copies, products, seed, widget, ready, custom } = numberOptions({
  items: 100_000,
  copies: 100,
  products: 1_000,
  seed: 1,
  widget: 100,
  ready: 1_000,
  custom: 3_000,
});

const TIMES = 3;
const DAY_MS = 86_400_000;
/** A shop of so many items has a report store; smaller ones are read from the database. */
const FROM_ITEMS = 100_000;
/** Folds and promises of the shop that was played end within it. */
const REST_MS = 5_000;
const MIB = 2 ** 20;

let over = 0;

async function time(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < TIMES; count++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
}

async function line(name: string, bound: number, ask: () => Promise<unknown>): Promise<void> {
  const took = await time(ask);
  if (took > bound) over += 1;
  say(`${name.padEnd(48)}${took.toFixed(0).padStart(6)} ms${took > bound ? '   ✗' : ''}`);
}

function reportLine(client: Client, name: string, { bound, report }: { bound: number; report: ReportInput }) {
  const query = { report: JSON.stringify(report) };
  return line(name, bound, async () => await client.must('runReport', { query }));
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

const WIDE: Readonly<Record<string, ReportInput>> = {
  'five sums by product, across channels': {
    measures: ['items', 'value', 'ordered_units', 'shipped_units', 'waiting_units'],
    by: [{ dimension: 'product' }],
    across: { dimension: 'channel' },
  },
  'four percentiles by product, across channels': {
    measures: ['days_waiting_median', 'days_waiting_p90', 'days_to_fill_median', 'days_to_fill_p90'],
    by: [{ dimension: 'product' }],
    across: { dimension: 'channel' },
  },
  'items by product and day': {
    measures: ['items'],
    by: [{ dimension: 'product' }, { dimension: 'placed', every: 'day' }],
  },
  'units by product, across months': {
    measures: ['ordered_units'],
    by: [{ dimension: 'product' }],
    across: { dimension: 'placed', every: 'month' },
  },
  'by product, 12 months and the 12 before': {
    measures: ['items', 'value', 'orders'],
    by: [{ dimension: 'product' }],
    period: { dimension: 'placed', last: 12, every: 'month' },
    compare: true,
  },
  'by status, 200 days ago': {
    measures: ['items', 'waiting_units', 'value'],
    by: [{ dimension: 'status' }],
    asOf: daysAgo(200),
  },
  'open by product, 200 days ago': {
    measures: ['waiting_items', 'waiting_units', 'waiting_value'],
    by: [{ dimension: 'product' }],
    asOf: daysAgo(200),
  },
};

async function figuresOfHome(client: Client): Promise<void> {
  const placedFrom = daysAgo(29);
  await line('home: order items by status, 30 days', widget, async () =>
    client.must('itemsByStatus', { query: { placedFrom } }),
  );
  await line('home: order items by status, at any time', widget, async () =>
    client.must('itemsByStatus', {}),
  );
  const byStatus: ReportInput = { measures: ['items'], by: [{ dimension: 'supplier' }] };
  await reportLine(client, 'the same by supplier, a report', { bound: ready, report: byStatus });
}

async function reports(client: Client): Promise<void> {
  for (const [name, report] of Object.entries(READY_MADE)) {
    await reportLine(client, `ready-made: ${name}`, { bound: ready, report });
  }
  for (const id of MEASURE_IDS) {
    const dimensions = dimensionsFor([id]);
    const day = dimensions.includes('placed') ? 'placed' : dimensions.find((each) => kindOf(each) === 'date');
    for (const dimension of ['product', 'supplier', day] as const) {
      if (dimension === undefined || !dimensions.includes(dimension)) continue;
      const by = [{ dimension, ...(dimension === day && { every: 'day' as const }) }];
      await reportLine(client, `${id} by ${dimension}`, { bound: custom, report: { measures: [id], by } });
    }
  }
  for (const [name, report] of Object.entries(WIDE)) {
    await reportLine(client, name, { bound: custom, report });
  }
}

/** Reads all items that wait as a file, a tenth of the shop, to its end, and keeps nothing of it. */
async function exportItems(address: string, format: 'csv' | 'xlsx'): Promise<void> {
  const began = performance.now();
  const response = await fetch(`${address}/v1/order-items?format=${format}&status=backordered`);
  let [bytes, most] = [0, 0];
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).byteLength;
    most = Math.max(most, process.memoryUsage.rss());
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(
    `backordered items as ${format}: ${(bytes / MIB).toFixed(0)} MiB in ${seconds} s, memory at most ${(most / MIB).toFixed(0)} MiB`,
  );
}

/** Plays the shop that the others are copies of. */
async function makeShop(databaseUrl: string): Promise<void> {
  const node = await startNode({ databaseUrl });
  const client = createClient(node.address);
  await fillLargeShop(client, { items, products, seed, ships: true });
  await settled(node.address);
  await promisesSettled(node.address);
  await pause(REST_MS);
  await node.stop();
  const db = openDatabase({ url: databaseUrl, connections: 1, statementTimeoutMs: 0 });
  await spreadHistory(db);
  await copyShop(db, copies);
  await db.destroy();
}

await runProof(async () =>
  withDatabase('report-speed', async (databaseUrl) => {
    const folder = await temporaryFolder('report-store');
    await makeShop(databaseUrl);
    const node = await startNode({ databaseUrl, reportStore: { folder, fromItems: FROM_ITEMS } });
    try {
      const client = createClient(node.address);
      if (items * copies >= FROM_ITEMS) {
        say(`the report store is made in ${(await storeReady(node.address)).toFixed(0)} s`);
      }
      await figuresOfHome(client);
      await reports(client);
      await exportItems(node.address, 'csv');
      await exportItems(node.address, 'xlsx');
      const isSlower = await ordersBeside(client, { products, seed });
      if (items * copies >= FROM_ITEMS && !(await isReady(node.address))) {
        over += 1;
        say('the report store has fallen behind   ✗');
      }
      say(
        `report speed: ${items * copies} items, ${over} over their bound (${widget}, ${ready} and ${custom} ms)`,
      );
      return over === 0 && !isSlower ? 0 : 1;
    } finally {
      await node.stop();
      await removeFolder(folder);
    }
  }),
);
