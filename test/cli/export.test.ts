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
import { writeExport } from '../../src/cli/export/export.ts';
import type { Client } from '../../src/contract/call.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { SCHEMA_VERSION } from '../../src/db/schema/schema.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { promisesSettled, settled } from '../support/settled.ts';
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
  await client.must('putProduct', { params: { sku: 'POT' }, body: { name: 'Pot', policy } });
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

/** Pots are bought to order, cups come with a purchase order of which a part arrives; both are promised, twice. */
async function playSupply({ client, address }: TestServer): Promise<void> {
  await client.must('putSupplier', {
    params: { supplier: 'ACME' },
    body: { name: 'Acme', currency: 'EUR', timeZone: 'UTC', leadDays: 9 },
  });
  for (const [sku, buyToOrder] of [
    ['CUP', false],
    ['POT', true],
  ] as const) {
    await client.must('putSupplierProduct', { params: { supplier: 'ACME', sku }, body: { buyToOrder } });
  }
  await client.must('putPurchaseOrder', {
    params: { purchaseOrder: 'PO-7' },
    body: { supplier: 'ACME', lines: [{ sku: 'CUP', warehouse: 'W1', quantity: 9 }] },
  });
  await client.must('sendPurchaseOrder', { params: { purchaseOrder: 'PO-7' } });
  await client.must('receivePurchaseOrder', {
    params: { purchaseOrder: 'PO-7' },
    body: { reference: 'DN-2', warehouse: 'W1', lines: [{ line: 1, units: 1 }] },
  });
  const rules = [{ code: 'first', name: 'First', strategies: [{ kind: 'most_stock' as const }] }];
  const { version } = await client.must('createRuleSet', { body: { rules } });
  await client.must('placeShadowRuleSet', { body: { version } });
  const items = [
    { sku: 'CUP', quantity: 4 },
    { sku: 'POT', quantity: 2 },
  ];
  const waiting = await client.must('placeOrder', { body: { channel: 'WEB', number: '4', items } });
  await promisesSettled(address);
  await client.must('holdOrder', { params: { orderId: waiting.id }, body: { reason: 'address' } });
  await promisesSettled(address);
  await client.must('liftHold', { params: { orderId: waiting.id } });
  await promisesSettled(address);
}

/** Every id another, every row in another place. */
const MOVED: readonly RawBuilder<unknown>[] = [
  sql`alter table channel_warehouses drop constraint channel_warehouses_channel_id_fkey, drop constraint channel_warehouses_warehouse_id_fkey`,
  sql`alter table sell_policies drop constraint sell_policies_product_id_fkey, drop constraint sell_policies_channel_id_fkey`,
  sql`alter table shipment_lines drop constraint shipment_lines_shipment_id_fkey`,
  sql`alter table supplier_products drop constraint supplier_products_product_id_fkey, drop constraint supplier_products_supplier_id_fkey`,
  sql`alter table purchase_orders drop constraint purchase_orders_supplier_id_fkey`,
  sql`alter table purchase_order_lines drop constraint purchase_order_lines_purchase_order_id_fkey, drop constraint purchase_order_lines_product_id_fkey, drop constraint purchase_order_lines_warehouse_id_fkey`,
  sql`alter table purchase_order_receipts drop constraint purchase_order_receipts_document_id_fkey`,
  ...[
    'products',
    'warehouses',
    'sales_channels',
    'shipments',
    'suppliers',
    'purchase_orders',
    'stock_documents',
  ].map((table) => sql`alter table ${sql.table(table)} alter column id drop identity`),
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
    'supplier_products',
    'purchase_order_lines',
    'promises',
  ]),
  ...shifted('warehouse_id', 50, [
    'channel_warehouses',
    'inventory_levels',
    'movements',
    'allocations',
    'shipments',
    'purchase_order_lines',
  ]),
  ...shifted('channel_id', 30, [
    'channel_warehouses',
    'sell_policies',
    'orders',
    'order_items',
    'item_events',
    'order_refusals',
  ]),
  ...shifted('order_id', 9000, [
    'order_items',
    'allocations',
    'item_events',
    'shipments',
    'promises',
    'promise_events',
    'shadow_decisions',
  ]),
  ...shifted('for_order', 9000, ['purchase_order_lines']),
  ...shifted('shipment_id', 400, ['shipment_lines']),
  ...shifted('supplier_id', 60, ['supplier_products', 'purchase_orders']),
  ...shifted('purchase_order_id', 200, [
    'purchase_order_lines',
    'expected_dates',
    'purchase_order_receipts',
    'purchase_order_events',
  ]),
  ...shifted('document_id', 80, ['purchase_order_receipts']),
  ...[
    ['suppliers', 60],
    ['purchase_orders', 200],
    ['stock_documents', 80],
  ].map(([table, by]) => sql`update ${sql.table(`${table}`)} set id = id + ${sql.lit(by)}`),
  sql`update purchase_order_events set details = details || jsonb_build_object('orderId', (details ->> 'orderId')::int + 9000)
    where details ? 'orderId'`,
  sql`update products set id = id + 700`,
  sql`update warehouses set id = id + 50`,
  sql`update sales_channels set id = id + 30`,
  sql`update orders set id = id + 9000`,
  sql`update shipments set id = id + 400`,
  sql`update order_items set rejected_by = array(select unnest(rejected_by) + 50)`,
  sql`update limit_counters set scope_key = regexp_replace(scope_key, '^[0-9]+', (substring(scope_key from '^[0-9]+')::int + 30)::text)`,
  ...['movements.cause', 'item_events.reference', 'promise_events.cause'].map((column) => {
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
    await playSupply(server);
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
      schema: SCHEMA_VERSION,
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
      'rule_set',
      'inventory_level',
      'movement',
      'stock_document',
      'order',
      'order_item',
      'allocation',
      'shipment',
      'shipment_line',
      'supplier',
      'supplier_product',
      'purchase_order',
      'purchase_order_line',
      'expected_date',
      'purchase_order_receipt',
      'purchase_order_event',
      'promise',
      'promise_event',
      'item_event',
      'shadow_decision',
      'order_refusal',
      'idempotency_key',
    ]);
    expect(records.join()).toContain('"cause":"short_pick/WEB/2"');
    expect(records.join()).toContain('"cause":"lift/WEB/4"');
    expect(records.join()).toContain('"note":"Bought for order WEB/4"');
    expect(records.join()).toContain('"forChannel":"WEB","forOrder":"4","forLine":2');
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
