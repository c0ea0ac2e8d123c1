/**
 * Proof: reports are fast where there is much, and take little from others. In the large shop of proof:dashboard each ready-made
 * report and each measure by product is run and timed; a million rows are exported as CSV and XLSX; and orders are placed
 * with and without reports beside them.
 *
 *   npm run proof:reportspeed -- [--items 1000000] [--products 20000] [--seed 1] [--ready 1000] [--custom 3000]
 *
 * --ready and --custom are the milliseconds that a ready-made and a custom report may take. Exits 1 when one takes longer.
 */
import { settled } from '../../src/cli/demo/settled.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { ReportInput } from '../../src/contract/report-definition.ts';
import { MEASURE_IDS } from '../../src/contract/report-measures.ts';
import { READY_MADE } from '../../web/reports/ready-made.ts';
import { numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { fillLargeShop, skuOf } from './support/large-shop.ts';
import { runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

const { items, products, seed, ready, custom } = numberOptions({
  items: 1_000_000,
  products: 20_000,
  seed: 1,
  ready: 1_000,
  custom: 3_000,
});

const TIMES = 3;
const IN_FLIGHT = 16;
const RATE_MS = 10_000;
const MIB = 2 ** 20;

async function time(client: Client, report: ReportInput): Promise<number> {
  const query = { report: JSON.stringify(report) };
  const times: number[] = [];
  for (let count = 0; count < TIMES; count++) {
    const began = performance.now();
    await client.must('runReport', { query });
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0;
}

function line(name: string, took: number, bound: number): boolean {
  say(`${name.padEnd(36)}${took.toFixed(0).padStart(7)} ms${took > bound ? '   ✗' : ''}`);
  return took > bound;
}

/** Reads a file to its end and keeps nothing of it. */
async function exportAll(address: string, format: 'csv' | 'xlsx'): Promise<void> {
  const began = performance.now();
  const response = await fetch(`${address}/v1/order-items?format=${format}`);
  let [bytes, most] = [0, 0];
  for await (const part of response.body ?? []) {
    bytes += (part as Uint8Array).byteLength;
    most = Math.max(most, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - began) / 1000;
  say(
    `${`order items as ${format}`.padEnd(36)}${seconds.toFixed(1).padStart(7)} s    ${(bytes / MIB).toFixed(0)} MiB, memory at most ${(most / MIB).toFixed(0)} MiB`,
  );
}

/** Orders placed in a second, by so many at once. */
async function rate(client: Client, name: string): Promise<number> {
  const random = seededRandom(seed + 1);
  const end = performance.now() + RATE_MS;
  let placed = 0;
  async function place(): Promise<void> {
    while (performance.now() < end) {
      const number = `${name}-${placed}`;
      placed += 1;
      const lines = Array.from({ length: 3 }, () => ({
        sku: skuOf(random.between(0, products - 1)),
        quantity: 1,
      }));
      await client.must('placeOrder', { body: { channel: 'web', number, items: lines } });
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, place));
  return placed / (RATE_MS / 1000);
}

async function beside(client: Client): Promise<void> {
  const alone = await rate(client, 'alone');
  let over = false;
  const reading = (async () => {
    while (!over) {
      for (const report of Object.values(READY_MADE)) {
        if (!over) await client.must('runReport', { query: { report: JSON.stringify(report) } });
      }
    }
  })();
  const crowded = await rate(client, 'beside');
  over = true;
  await reading;
  const again = await rate(client, 'again');
  const usual = (alone + again) / 2;
  say(
    `orders a second: ${alone.toFixed(0)} and ${again.toFixed(0)} alone, ${crowded.toFixed(0)} beside reports without pause: ${((crowded / usual) * 100).toFixed(0)} %`,
  );
}

await runProof(async () =>
  withProofNode('report-speed', async ({ address }) => {
    const client = createClient(address);
    await fillLargeShop(client, { items, products, seed });
    await settled(address);
    let failed = 0;
    for (const [name, report] of Object.entries(READY_MADE)) {
      if (line(`ready-made: ${name}`, await time(client, report), ready)) failed += 1;
    }
    for (const id of MEASURE_IDS) {
      const took = await time(client, { measures: [id], by: [{ dimension: 'product' }] });
      if (line(`${id} by product`, took, custom)) failed += 1;
    }
    await exportAll(address, 'csv');
    await exportAll(address, 'xlsx');
    await beside(client);
    say(`report speed: ${items} items, ${failed} over their bound (${ready} and ${custom} ms)`);
    return failed === 0 ? 0 : 1;
  }),
);
