/** The other commands, as processes: what they say, how they end, and that a server stops in order. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/db/schema/schema.ts';
import { createDatabase } from '../support/database.ts';
import { runCommand, startCommand } from './run-command.ts';

describe('on a database of its own', () => {
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const database = await createDatabase();
    url = database.url;
    drop = () => database.drop();
  });
  afterAll(() => drop());

  it('migrate says when there is nothing to do', async () => {
    const ended = await runCommand(['migrate'], { DATABASE_URL: url });
    expect(ended).toMatchObject({ code: 0, out: `nothing to do: the schema is at ${SCHEMA_VERSION}\n` });
  });

  it('status --json gives versions, migrations and figures', async () => {
    const ended = await runCommand(['status', '--json'], { DATABASE_URL: url });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.out)).toMatchObject({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      migrations: Object.keys(MIGRATIONS),
      itemsByStatus: [],
      fillsOutstanding: 0,
      oldestFillDue: null,
    });
  });

  it('verify ends with 0 when all laws hold and with 1 when one is broken', async () => {
    const healthy = await runCommand(['verify'], { DATABASE_URL: url });
    expect(healthy.code).toBe(0);
    expect(healthy.out).toMatch(/^L1 +ok +on hand is the sum of its movements/m);
    expect(healthy.out).toMatch(/: no violation\n$/);
    const db = openDatabase({ url, connections: 1 });
    await sql`insert into products (sku, name) values ('CUP', 'Cup')`.execute(db);
    await db.destroy();
    const broken = await runCommand(['verify', '--json'], { DATABASE_URL: url });
    expect(broken.code).toBe(1);
    const report = JSON.parse(broken.out);
    expect(report).toMatchObject({ ok: false, items: 0, checkedAt: expect.stringMatching(/Z$/) });
    expect(report.checks).toContainEqual({
      law: 'references',
      what: 'every product has its position, every position and counter its product',
      checked: 1,
      violations: 1,
      examples: ['CUP: no position'],
    });
  });

  it('serve answers, and stops in order on SIGTERM', async () => {
    const server = startCommand(['serve', '--port', '0'], { DATABASE_URL: url });
    const [, address] = await server.said(/listens on (http:\/\/127\.0\.0\.1:\d+)/);
    const response = await fetch(`${address}/docs`);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  it('serve says that a port is taken', async () => {
    const first = startCommand(['serve', '--port', '0'], { DATABASE_URL: url });
    const [, port = ''] = await first.said(/127\.0\.0\.1:(\d+)/);
    const second = await runCommand(['serve', '--port', port], { DATABASE_URL: url });
    expect(second).toMatchObject({ code: 1, out: '' });
    expect(second.err).toMatch(/^allot: another program listens there already/m);
    first.child.kill('SIGINT');
    expect(await first.ended).toMatchObject({ code: 0 });
  });
});

describe('what cannot be', () => {
  it.each([
    [['serve', '--host', '0.0.0.0'], {}, "--host is '0.0.0.0'; accepted: a loopback address"],
    [['serve', '--host', '192.168.1.10'], {}, "--host is '192.168.1.10'; accepted: a loopback address"],
    [['serve', '--host', '::'], {}, "--host is '::'; accepted: a loopback address"],
    [['serve', '--host', 'localhost.example.com'], {}, 'accepted: a loopback address'],
    [['serve', '--port', '99999'], {}, "--port is '99999'; accepted: a whole number from 0"],
    [
      ['status'],
      { DATABASE_URL: 'mysql://me:secret@db/shop' },
      "DATABASE_URL is 'mysql://***@db/shop'; accepted:",
    ],
    [['status'], { DATABASE_URL: 'postgres://me@127.0.0.1:1/shop' }, 'the database does not answer there'],
    [['serve'], { ALLOT_FILL_WORKER: 'maybe' }, "ALLOT_FILL_WORKER is 'maybe'; accepted: on or off"],
    [['demo', '--seed', 'x'], {}, "--seed is 'x'; accepted:"],
    [['import', 'orders', '/no/such/file.csv'], {}, 'there is no such file or folder'],
    [['import', 'prices', 'x.csv'], {}, 'products, inventory, orders'],
  ])('%j is refused in one clear line', async (args, environment, message) => {
    const ended = await runCommand(args, environment);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain(message);
    expect(ended.err).not.toContain('secret');
    expect(ended.err).not.toMatch(/^ +at /m);
  });
});

describe('on the embedded PostgreSQL', () => {
  it('serves, is looked at from beside, keeps its folder to itself, and stops on SIGTERM', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'allot-data-'));
    const environment = { ALLOT_DATA_DIR: join(folder, 'data') };
    const server = startCommand(['serve', '--port', '0'], environment);
    await server.said(/listens on/);
    const status = await runCommand(['status', '--json'], environment);
    expect(JSON.parse(status.out)).toMatchObject({ products: 0, fillsOutstanding: 0 });
    const second = await runCommand(['serve', '--port', '0'], environment);
    expect(second.code).toBe(1);
    expect(second.err).toContain(`in use by another process (pid ${server.child.pid})`);
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    const alone = await runCommand(['status', '--json'], environment);
    expect(alone.code).toBe(0);
    await rm(folder, { recursive: true });
  });
});
