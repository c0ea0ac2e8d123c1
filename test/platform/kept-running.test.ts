/**
 * An embedded PostgreSQL that ends although nobody asked it to: it is started again at the same place, until it is
 * stopped on purpose.
 */
import { chmod, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/postgres/embedded-postgres.ts';
import { findHolder } from '../../src/platform/postgres/folder-holder.ts';
import { readPostmasterFile } from '../../src/platform/postgres/postmaster-file.ts';
import { commandLineOf } from '../../src/platform/postgres/process-facts.ts';
import { eventually } from '../support/eventually.ts';

let place: string;
let folder: string;
let postgres: EmbeddedPostgres;
let lines: string[];

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'allot-kept-'));
  await chmod(place, 0o711); // open to the user that PostgreSQL runs as when root runs the tests
  folder = join(place, 'data');
  lines = [];
  postgres = await startEmbeddedPostgres({ dataDir: folder, log: (line) => lines.push(line) });
});

afterEach(async () => {
  await postgres.stop();
  await rm(place, { recursive: true, force: true });
});

async function query(statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined); // the server is killed under it
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function whenItServes(statement: string): Promise<unknown[]> {
  return await eventually('it serves again', () => query(statement).catch(() => undefined));
}

async function kill(): Promise<void> {
  const server = await readPostmasterFile(join(folder, 'postgres'));
  if (server === undefined) throw new Error('no server runs');
  process.kill(server.pid, 'SIGKILL');
  await eventually('it has ended', async () => (await commandLineOf(server.pid)) === undefined || undefined);
}

test('killed again and again, it is there again at the same place, with everything committed', async () => {
  await query('create table kept as select 42 as n');
  for (let kills = 1; kills <= 3; kills++) {
    await kill();
    expect(await whenItServes('select n from kept')).toEqual([42]);
    expect(lines.filter((line) => line.includes('SIGKILL'))).toHaveLength(kills);
  }
});

test('a stop on purpose, even while it is being started again, starts nothing', async () => {
  await kill();
  await postgres.stop();
  // what was killed leaves its file; no server may run by it
  const left = await readPostmasterFile(join(folder, 'postgres'));
  expect(left === undefined ? undefined : await commandLineOf(left.pid)).toBeUndefined();
  expect(await findHolder(folder)).toBeUndefined();
});

test('what hinders it is said once, and it is there when that has gone', async () => {
  const [control, aside] = [join(folder, 'postgres', 'global', 'pg_control'), join(folder, 'control')];
  await rename(control, aside);
  await kill();
  const log = async () => await readFile(join(folder, 'postgres.log'), 'utf8');
  await eventually(
    'it was tried twice',
    async () => (await log()).split('pg_control').length > 2 || undefined,
  );
  await rename(aside, control);
  expect(await whenItServes('select 1')).toEqual([1]);
  expect(lines.filter((line) => line.includes('pg_control'))).toHaveLength(1);
});
