/**
 * Reports read from a replica (`REPORTS_DATABASE_URL`): a real one, a standby that follows by streaming. While it stands
 * still, so do reports, and orders go on. A report store is fed from it just the same.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '../../../src/contract/call.ts';
import { createClient } from '../../../src/contract/client.ts';
import { type ReportInput, reportDefinition } from '../../../src/contract/reports/report-definition.ts';
import { runReport } from '../../../src/custom-reports/run.ts';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { type Node, startNode } from '../../../src/node.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../../src/platform/postgres/embedded-postgres.ts';
import { DatabaseReader } from '../../../src/report-store/database-reader.ts';
import { storeReader } from '../../../src/report-store/reader.ts';
import { ReportStore } from '../../../src/report-store/store.ts';
import { eventually } from '../../support/eventually.ts';
import { openLeastShop } from '../../support/least-shop.ts';

const START_TIMEOUT_MS = 120_000;
const REPORT: ReportInput = { measures: ['items'] };
const SOCKET_PORT = 5432;

let folder: string;
let primary: EmbeddedPostgres;
let standby: EmbeddedPostgres;
let onStandby: pg.Client;
let node: Node;
let client: Client;

async function newFolder(name: string): Promise<string> {
  const path = await mkdtemp(join(folder, name));
  await chmod(path, 0o755);
  return path;
}

/** A copy of a stopped database that follows the running one from there. */
async function startStandby(of: string, socketFolder: string): Promise<EmbeddedPostgres> {
  const dataDir = await newFolder('standby-');
  await promisify(execFile)('cp', ['-a', join(of, 'postgres'), dataDir]);
  const settings = { primary_conninfo: `host=${socketFolder} port=${SOCKET_PORT} user=allot` };
  await writeFile(join(dataDir, 'postgres', 'standby.signal'), '');
  return await startEmbeddedPostgres({ dataDir, settings });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allot-replica-'));
  await chmod(folder, 0o755);
  const dataDir = await newFolder('primary-');
  const first = await startEmbeddedPostgres({ dataDir });
  await migrate(first.url);
  await first.stop();
  const starting = startStandby(dataDir, join(dataDir, 'socket'));
  starting.catch(() => undefined);
  standby = await starting;
  primary = await startEmbeddedPostgres({ dataDir });
  onStandby = new pg.Client({ connectionString: standby.url });
  await onStandby.connect();
  node = await startNode({ databaseUrl: primary.url, reportsDatabaseUrl: standby.url });
  client = createClient(node.address);
  await openLeastShop(client);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await node.stop();
  await onStandby.end();
  await standby.stop();
  await primary.stop();
  await rm(folder, { recursive: true, force: true });
}, START_TIMEOUT_MS);

async function place(number: string): Promise<void> {
  await client.must('placeOrder', { body: { channel: 'C', number, items: [{ sku: 'A', quantity: 1 }] } });
}

async function items(): Promise<unknown> {
  const { total } = await client.must('runReport', { query: { report: JSON.stringify(REPORT) } });
  return total.values[0];
}

async function reach(count: number): Promise<void> {
  await eventually(`a report counts ${count}`, async () => ((await items()) === count ? true : undefined));
}

it('is what reports are read from, and orders do not wait for it', async () => {
  await place('1');
  await reach(1);
  await onStandby.query('select pg_wal_replay_pause()');
  await eventually('the standby stands still', async () => {
    const { rows } = await onStandby.query(`select pg_get_wal_replay_pause_state() = 'paused' as still`);
    return rows[0].still ? true : undefined;
  });
  await place('2');
  expect((await client.must('listOrderItems', { query: {} })).rows).toHaveLength(2);
  expect(await items()).toBe(1);
  await onStandby.query('select pg_wal_replay_resume()');
  await reach(2);
});

it('feeds a report store', async () => {
  const database = await DatabaseReader.connect(standby.url);
  const store = await ReportStore.open(await newFolder('store-'), () => undefined);
  const session = await store.connect();
  try {
    const count = async () => {
      const at = await store.feed(database);
      return (await runReport(storeReader(session, at), reportDefinition.parse(REPORT))).total.values[0];
    };
    expect(await count()).toBe(2);
    await place('3');
    await eventually('the store has the third', async () => ((await count()) === 3 ? true : undefined));
  } finally {
    session.close();
    store.close();
    await database.close();
  }
});
