/** A database of an older program is brought to today's schema, whatever else goes on in it, and never taken back. */
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { migrate } from '../../../src/db/schema/migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../src/db/schema/schema.ts';
import { createDatabase, type TestDatabase } from '../../support/database.ts';
import { openLeastShop } from '../../support/least-shop.ts';
import { createOlderDatabase, onDatabase } from '../../support/older-database.ts';
import { startTestServer } from '../../support/server.ts';

const made: TestDatabase[] = [];

afterEach(async () => {
  for (const database of made.splice(0)) await database.drop();
});

async function older(last: string): Promise<string> {
  const database = await createOlderDatabase(last);
  made.push(database);
  return database.url;
}

async function stepsOf(url: string): Promise<string[]> {
  return await onDatabase(url, async (client) => {
    const { rows } = await client.query('select name from kysely_migration order by name');
    return rows.map(({ name }) => name);
  });
}

async function readsATable(url: string): Promise<pg.Client> {
  const reader = new pg.Client({ connectionString: url, application_name: 'pg_dump' });
  await reader.connect();
  await reader.query('begin; lock table configuration in access share mode');
  return reader;
}

test('an upgrade waits for a dump that reads a table, names it, and goes on when it is over', async () => {
  const url = await older('0005-shadow-rules');
  const reader = await readsATable(url);
  const lines: string[] = [];
  let over: Promise<unknown> | undefined;
  await migrate(url, {
    log(line) {
      lines.push(line);
      if (line.includes('waits for session')) over = reader.query('commit');
    },
  });
  await over;
  await reader.end();
  expect(lines).toContainEqual(
    expect.stringMatching(/^the upgrade waits for session \d+ \(pg_dump, user \w+, in its/),
  );
  expect(await stepsOf(url)).toEqual(Object.keys(MIGRATIONS));
});

test('an upgrade that is held up too long says by whom, and can be started again', async () => {
  const url = await older('0005-shadow-rules');
  const reader = await readsATable(url);
  await expect(migrate(url, { attempts: 1 })).rejects.toMatchObject({
    name: 'SchemaError',
    message: expect.stringMatching(/0009-report-store while session \d+ \(pg_dump.*pg_terminate_backend/),
  });
  await reader.query('commit');
  await reader.end();
  expect((await stepsOf(url)).at(-1)).toBe('0008-risk-scores');
  expect((await migrate(url)).applied).toContain('0009-report-store');
});

test('an upgrade is not bound by the time that a statement may take', async () => {
  const url = await older('0005-shadow-rules');
  const name = new URL(url).pathname.slice(1);
  await onDatabase(url, async (client) => {
    await client.query(`insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ordered,
        pending, allocated, backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation)
      select g, 1, 1, now(), 1, 1, 'placed', 1, 0, 0, 1, 0, 0, 0, 0, '{backordered}', '{}', '{}'
      from generate_series(1, 50000) g`);
    await client.query(`alter database ${name} set statement_timeout = 5`);
  });
  expect((await migrate(url)).version).toBe(SCHEMA_VERSION);
});

test('a database that a newer program has upgraded is refused in a sentence, and stays as it is', async () => {
  const database = await createDatabase();
  made.push(database);
  await onDatabase(database.url, (client) =>
    client.query("insert into kysely_migration values ('9000-tomorrow', '2027-01-01')"),
  );
  await expect(migrate(database.url)).rejects.toMatchObject({
    name: 'SchemaError',
    message: `The database is at schema 9000-tomorrow, which this Allot (${SCHEMA_VERSION}) does not know: a newer one has upgraded it. Start that one, or restore a backup from before the upgrade. Nothing was changed.`,
  });
});

test('a step that PostgreSQL refuses is told with what it said, and taken back', async () => {
  const url = await older('0005-shadow-rules');
  await onDatabase(url, (client) => client.query('create table day_facts (n int)'));
  await expect(migrate(url)).rejects.toMatchObject({
    name: 'SchemaError',
    message: expect.stringContaining('0006-day-facts: PostgreSQL says "relation "day_facts" already exists"'),
  });
  expect((await stepsOf(url)).at(-1)).toBe('0005-shadow-rules');
});

test('databases made between releases get the indexes and columns that they lack', async () => {
  const url = await older('0009-report-store');
  await onDatabase(url, (client) =>
    client.query(`drop index waiting_whole; drop index item_events_by_transaction;
      alter table sell_policies drop column backorder_up_to_incoming; alter table purchase_order_lines drop column withdrawn`),
  );
  await migrate(url);
  const { rows } = await onDatabase(url, (client) =>
    client.query(`select indexname as name from pg_indexes where indexname in ('waiting_whole', 'item_events_by_transaction')
      union select column_name from information_schema.columns where column_name in ('backorder_up_to_incoming', 'withdrawn')
      order by 1`),
  );
  expect(rows.map(({ name }) => name)).toEqual([
    'backorder_up_to_incoming',
    'item_events_by_transaction',
    'waiting_whole',
    'withdrawn',
  ]);
});

test('a node whose database was upgraded beneath it decides nothing any more', async () => {
  const server = await startTestServer();
  try {
    await openLeastShop(server.client);
    await onDatabase(server.databaseUrl, (client) =>
      client.query("update configuration set least_schema = '9000-tomorrow'"),
    );
    const refused = await fetch(`${server.address}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'C', number: '1', items: [{ sku: 'A', quantity: 1 }] }),
    });
    const { code } = (await refused.json()) as { code: string };
    expect([refused.status, code]).toEqual([503, 'outdated_program']);
    expect((await fetch(`${server.address}/health/ready`)).status).toBe(503);
    const { rows } = await onDatabase(server.databaseUrl, (client) =>
      client.query('select number from orders'),
    );
    expect(rows).toEqual([]);
  } finally {
    await server.stop();
  }
});
