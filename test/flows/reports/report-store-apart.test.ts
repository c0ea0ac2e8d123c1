/**
 * The report store as a process of its own: reports come from it when it is fed; while it is dead they come from the database,
 * and it lives again by itself.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReportInput } from '../../../src/contract/reports/report-definition.ts';
import { type ChildNode, startChildNode } from '../../support/child-node.ts';
import { createDatabase, type TestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { openLeastShop } from '../../support/least-shop.ts';

const ANY: ReportInput = { measures: ['items', 'waiting_units'], by: [{ dimension: 'product' }] };

let database: TestDatabase;
let folder: string;
let node: ChildNode;

beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'allot-apart-'));
  node = await startChildNode(database.url, { ALLOT_REPORT_STORE: 'on', ALLOT_DATA_DIR: folder });
});
afterAll(async () => {
  await node.kill();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function isReady(): Promise<boolean> {
  const response = await fetch(`${node.address}/metrics`);
  return /^allot_report_store_ready 1$/m.test(await response.text());
}

async function readiness(wanted: boolean): Promise<void> {
  await eventually(`the store is ${wanted ? '' : 'not '}ready`, async () =>
    (await isReady()) === wanted ? true : undefined,
  );
}

/** Pids of the processes that the node has started. */
async function workers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-e', '-o', 'pid=,ppid=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, parent]) => (pid !== undefined && parent === node.pid ? [pid] : []));
}

async function run() {
  return await node.client.must('runReport', { query: { report: JSON.stringify(ANY) } });
}

it('is read while it lives, does without it while it is dead, and starts it again', async () => {
  const { client } = node;
  await openLeastShop(client);
  await readiness(true);
  const place = async (number: string) =>
    await client.must('placeOrder', { body: { channel: 'C', number, items: [{ sku: 'A', quantity: 2 }] } });
  await place('1');
  await eventually('the store knows of the order', async () =>
    (await run()).rows.some(({ keys }) => keys[0] === 'A') ? true : undefined,
  );
  await readiness(true);

  for (const pid of await workers()) process.kill(pid, 'SIGKILL');
  await readiness(false);
  await place('2');
  expect((await run()).rows).toMatchObject([{ keys: ['A'], values: [2, 4] }]);

  await readiness(true);
  expect((await run()).rows).toMatchObject([{ keys: ['A'], values: [2, 4] }]);
});
