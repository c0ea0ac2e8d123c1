/**
 * `allot export`: its digest is that of the shop, not of the database. The same records under other ids and in
 * another order have the same digest, which anyone can recompute from the file; another record changes it.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExport } from '../../src/cli/export.ts';
import type { Client } from '../../src/contract/client.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { settled, startTestServer, type TestServer } from '../support/server.ts';
import { runCommand } from './run-command.ts';

const NOBODY = new Writable({ write: (_chunk, _encoding, done) => done() });

/** A few acts of every kind, so that every kind of record exists. */
async function playSome(client: Client): Promise<void> {
  for (const warehouse of ['W1', 'W2']) {
    await client.must('putWarehouse', {
      params: { warehouse },
      body: { name: warehouse, kind: 'own', timeZone: 'UTC' },
    });
  }
  await client.must('putSalesChannel', {
    params: { channel: 'WEB' },
    body: { name: 'Web', currency: 'EUR', timeZone: 'UTC', warehouses: ['W2', 'W1'] },
  });
  const policy = { backorder: { allowed: true, limits: { perChannel: 9 } } };
  await client.must('putProduct', { params: { sku: 'CUP' }, body: { name: 'Cup', policy } });
  await client.must('putProduct', { params: { sku: 'PAN' }, body: { name: 'Pan' } });
  const lines = [
    { sku: 'CUP', units: 8 },
    { sku: 'PAN', units: 2 },
  ];
  await client.must('receiveStock', { body: { reference: 'DN-1', warehouse: 'W1', lines } });
  const items = [
    { sku: 'CUP', quantity: 6, unitPrice: 1999 },
    { sku: 'PAN', quantity: 1 },
  ];
  const first = await client.must('placeOrder', {
    body: { channel: 'WEB', number: '1', customer: 'anna', items },
  });
  const second = await client.must('placeOrder', {
    body: { channel: 'WEB', number: '2', items: [{ sku: 'CUP', quantity: 5 }] },
    key: 'k-1',
  });
  await client.call('placeOrder', {
    body: { channel: 'WEB', number: '3', items: [{ sku: 'PAN', quantity: 9 }] },
  });
  await client.must('holdOrder', {
    params: { orderId: first.id },
    body: { reason: 'fraud', giveBack: true },
  });
  await client.must('liftHold', { params: { orderId: first.id } });
  await client.must('shortPick', {
    params: { orderId: second.id },
    body: { warehouse: 'W1', reason: 'gone', items: [{ line: 1, units: 1 }] },
  });
  await client
    .must('rejectAllocation', {
      params: { orderId: first.id },
      body: { warehouse: 'W1', reason: 'no', lines: [2] },
    })
    .catch(() => undefined);
  await client.must('shipItems', {
    params: { orderId: second.id },
    body: { reference: 'S-1', warehouse: 'W1', items: [{ line: 1, units: 1 }] },
  });
}

/** Every id another, every row in another place. */
const MOVED: readonly RawBuilder<unknown>[] = [
  sql`alter table channel_warehouses drop constraint channel_warehouses_channel_id_fkey, drop constraint channel_warehouses_warehouse_id_fkey`,
  sql`alter table sell_policies drop constraint sell_policies_product_id_fkey, drop constraint sell_policies_channel_id_fkey`,
  sql`alter table shipment_lines drop constraint shipment_lines_shipment_id_fkey`,
  ...['products', 'warehouses', 'sales_channels', 'shipments'].map(
    (table) => sql`alter table ${sql.table(table)} alter column id drop identity`,
  ),
  ...shifted('product_id', 700, [
    'sell_policies',
    'product_positions',
    'limit_counters',
    'inventory_levels',
    'movements',
    'order_items',
    'allocations',
    'item_events',
    'order_refusals',
    'shipment_lines',
  ]),
  ...shifted('warehouse_id', 50, [
    'channel_warehouses',
    'inventory_levels',
    'movements',
    'allocations',
    'shipments',
  ]),
  ...shifted('channel_id', 30, [
    'channel_warehouses',
    'sell_policies',
    'orders',
    'order_items',
    'item_events',
    'order_refusals',
  ]),
  ...shifted('order_id', 9000, ['order_items', 'allocations', 'item_events', 'shipments']),
  ...shifted('shipment_id', 400, ['shipment_lines']),
  sql`update products set id = id + 700`,
  sql`update warehouses set id = id + 50`,
  sql`update sales_channels set id = id + 30`,
  sql`update orders set id = id + 9000`,
  sql`update shipments set id = id + 400`,
  sql`update order_items set rejected_by = array(select unnest(rejected_by) + 50)`,
  sql`update limit_counters set scope_key = regexp_replace(scope_key, '^[0-9]+', (substring(scope_key from '^[0-9]+')::int + 30)::text)`,
  ...['movements.cause', 'item_events.reference'].map((column) => {
    const [table = '', name = ''] = column.split('.');
    return sql`update ${sql.table(table)} set ${sql.ref(name)} = split_part(${sql.ref(name)}, '/', 1) || '/' || (split_part(${sql.ref(name)}, '/', 2)::int + 9000)
      where ${sql.ref(name)} ~ '^(cancel|change|hold|lift|short_pick|reject|priority)/[0-9]+$'`;
  }),
];

function shifted(column: string, by: number, tables: readonly string[]): RawBuilder<unknown>[] {
  const name = sql.ref(column);
  return tables.map((table) => sql`update ${sql.table(table)} set ${name} = ${name} + ${sql.lit(by)}`);
}

describe('allot export', () => {
  let server: TestServer;
  let db: Database;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allot-export-'));
    server = await startTestServer();
    await playSome(server.client);
    await settled(server.address);
    db = openDatabase({ url: server.databaseUrl, connections: 2 });
  });
  afterAll(async () => {
    await db.destroy();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('writes a file whose last line can be recomputed from the others', async () => {
    const file = join(folder, 'shop.ndjson');
    expect(await runCommand(['export', '--out', file], { DATABASE_URL: server.databaseUrl })).toMatchObject({
      code: 0,
    });
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const records = lines.slice(1, -1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      record: 'export',
      format: 1,
      schema: '0002-lean-orders',
    });
    let sum = 0n;
    for (const line of records) sum += BigInt(`0x${createHash('sha256').update(line).digest('hex')}`);
    const end = JSON.parse(lines.at(-1) ?? '');
    expect(end.digest).toBe((sum % (1n << 256n)).toString(16).padStart(64, '0'));
    const kinds = records.map((line): string => JSON.parse(line).record);
    expect(end.rows).toEqual(
      Object.fromEntries(
        [...new Set(kinds)].map((kind) => [kind, kinds.filter((each) => each === kind).length]),
      ),
    );
    expect(Object.keys(end.rows)).toEqual([
      'sales_channel',
      'warehouse',
      'product',
      'policy',
      'position',
      'limit_counter',
      'inventory_level',
      'movement',
      'stock_document',
      'order',
      'order_item',
      'allocation',
      'shipment',
      'shipment_line',
      'item_event',
      'order_refusal',
      'idempotency_key',
    ]);
    expect(records.join()).toContain('"cause":"short_pick/WEB/2"');
  });

  it('has a digest that knows no ids, no order of rows and no time of export', async () => {
    const before = await writeExport(db, NOBODY);
    for (const statement of MOVED) await statement.execute(db);
    expect(await writeExport(db, NOBODY)).toEqual(before);
  });

  it('has another digest when one unit differs', async () => {
    const before = await writeExport(db, NOBODY);
    await sql`update order_items set events = events + 1 where line = 2`.execute(db);
    const after = await writeExport(db, NOBODY);
    expect(after.rows).toEqual(before.rows);
    expect(after.digest).not.toBe(before.digest);
  });
});
