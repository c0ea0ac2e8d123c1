/**
 * Proof: reports are fast where there is very much, and take little from others. A shop is played through the API and made a
 * hundred times as large (support/copied-shop); then a node with a report store on it is asked for the figures of home, for
 * each ready-made report, for heavy ones, for each measure by each of its dimensions, and for reports drawn at random. Lists
 * are exported whole, and orders are placed at half of what the machine can, with and without reports beside them.
 *
 *   npm run proof:reportspeed -- [--items 100000] [--copies 100] [--products 1000] [--seed 1]
 *     [--drawn 100] [--widget 100] [--ready 1000] [--custom 3000]
 *
 * --items and --products are those of one copy. --widget, --ready and --custom are the milliseconds that a figure of home,
 * a ready-made and a custom report may take (median of three; of many, once when that is enough). Exits 1 when one takes
 * longer, or orders become slower by more than a tenth.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { promisesSettled, settled } from '../../src/cli/demo/settled.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import { openDatabase } from '../../src/db/database.ts';
import { startNode } from '../../src/node.ts';
import { READY_MADE } from '../../web/reports/ready-made.ts';
import { removeFolder, temporaryFolder, withDatabase } from '../support/embedded.ts';
import { numberOptions, say } from '../support/options.ts';
import { copyShop, spreadHistory } from './support/copied-shop.ts';
import { type Drawn, daysAgo, drawnReports, eachByEach, WIDE } from './support/drawn-reports.ts';
import { fillLargeShop } from './support/large-shop.ts';
import { ordersBeside } from './support/orders-beside.ts';
import { runProof } from './support/proof-data.ts';
import { isReady, storeReady } from './support/store-ready.ts';

const { drawn, items, copies, products, seed, widget, ready, custom } = numberOptions({
  drawn: 100,
  items: 100_000,
  copies: 100,
  products: 1_000,
  seed: 1,
  widget: 100,
  ready: 1_000,
  custom: 3_000,
});

const TIMES = 3;
/** The slowest of many that are shown. */
const SHOWN = 5;
/** A shop of so many items has a report store; smaller ones are read from the database. */
const FROM_ITEMS = 100_000;
/** Folds and promises of the shop that was played end within it. */
const REST_MS = 5_000;
const MIB = 2 ** 20;

let over = 0;

async function time(ask: () => Promise<unknown>, count = TIMES): Promise<number> {
  const times: number[] = [];
  for (let asked = 0; asked < count; asked++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? 0;
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

/** Asks for many reports, again for those beyond the bound, and shows the slowest. */
async function slowest(client: Client, name: string, all: readonly Drawn[]): Promise<void> {
  const times: { readonly took: number; readonly report: string }[] = [];
  for (const [each, report] of all) {
    const query = { report: JSON.stringify(report) };
    const ask = async () => await client.must('runReport', { query });
    const once = await time(ask, 1);
    times.push({ report: each, took: once <= custom ? once : await time(ask) });
  }
  times.sort((a, b) => b.took - a.took);
  const beyond = times.filter(({ took }) => took > custom).length;
  over += beyond;
  const median = times[Math.floor(times.length / 2)]?.took ?? 0;
  say(`${name}: ${times.length} reports, median ${median.toFixed(0)} ms, ${beyond} over; the slowest:`);
  for (const { took, report } of times.slice(0, Math.max(SHOWN, beyond))) {
    say(`  ${took.toFixed(0).padStart(6)} ms  ${report}${took > custom ? '   ✗' : ''}`);
  }
}

async function reports(client: Client): Promise<void> {
  for (const [name, report] of Object.entries(READY_MADE)) {
    await reportLine(client, `ready-made: ${name}`, { bound: ready, report });
  }
  for (const [name, report] of Object.entries(WIDE)) {
    await reportLine(client, name, { bound: custom, report });
  }
  await slowest(client, 'each measure by each dimension', eachByEach());
  await slowest(client, 'reports drawn at random', drawnReports(drawn, seed));
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
