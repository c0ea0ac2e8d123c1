/** `allot import`: good rows are kept, bad ones come back with line, column and problem; a repeat changes nothing. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';
import { type Ended, runCommand } from './run-command.ts';

describe('allot import', () => {
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allot-import-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    server = await startTestServer();
    for (const warehouse of ['W1', 'W2']) {
      await server.client.must('putWarehouse', {
        params: { warehouse },
        body: { name: warehouse, kind: 'own', timeZone: 'UTC' },
      });
    }
    await server.client.must('putSalesChannel', {
      params: { channel: 'WEB' },
      body: { name: 'Web', currency: 'EUR', timeZone: 'UTC', warehouses: ['W1', 'W2'] },
    });
    return () => server.stop();
  });

  async function fileOf(name: string, ...lines: readonly string[]): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, lines.join('\n'));
    return path;
  }
  async function importFile(kind: string, file: string, ...flags: readonly string[]): Promise<Ended> {
    return await runCommand(['import', kind, file, '--json', ...flags], { DATABASE_URL: server.databaseUrl });
  }
  async function rejectsOf(file: string): Promise<string[]> {
    return (await readFile(`${file}.rejects.csv`, 'utf8')).trimEnd().split('\n');
  }
  const product = (sku: string) => server.client.must('getProduct', { params: { sku } });

  async function importCatalog(): Promise<void> {
    const products = await fileOf(
      'p.csv',
      'sku,name,backorder_allowed,backorder_per_order',
      'CUP,Cup,yes,6',
      'PAN,Pan,no,',
    );
    expect(await importFile('products', products)).toMatchObject({ code: 0 });
    const stock = await fileOf('s.csv', 'sku,warehouse,on_hand', 'CUP,W1,4', 'PAN,W2,5');
    expect(await importFile('inventory', stock)).toMatchObject({ code: 0 });
  }

  it('writes products with their policies and rejects bad cells by line and column', async () => {
    const file = await fileOf(
      'products.csv',
      '\uFEFFsku,name,backorder_allowed,backorder_until,backorder_per_order,preorder_allowed,release_at,release_zone',
      'CUP,"Cup, 12"" wide",true,2030-01-31,6,,,',
      '',
      'LAMP,"Lamp\r\nin two lines",,,,,,',
      'BAG,Bag,,,,yes,2099-01-01,Europe/Amsterdam',
      '=SUM(A1),Formula,maybe,,,,,',
      'BOX,Box,,,-1,,,',
      'JAR,Jar,,,,true,,',
      'PEN,Pen',
    );
    const ended = await importFile('products', file);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toMatchObject({
      imported: 2,
      rejected: 5,
      rejectFile: `${file}.rejects.csv`,
    });
    expect(await product('CUP')).toMatchObject({
      name: 'Cup, 12" wide',
      policy: {
        backorder: { allowed: true, until: '2030-01-31', limits: { perOrder: 6, perProduct: null } },
      },
    });
    expect((await product('BAG')).policy.release).toEqual({ at: '2099-01-01', timeZone: 'Europe/Amsterdam' });
    const rejects = (await rejectsOf(file)).join('\n');
    expect(rejects).toContain(
      "'=SUM(A1),Formula,maybe,,,,,,7,backorder_allowed,'maybe' is not true or false",
    );
    expect(rejects).toMatch(/^BOX,.*,8,backorder_per_order,/m);
    expect(rejects).toMatch(/^JAR,.*,9,release_at,/m);
    expect(rejects).toMatch(/^PEN,Pen,.*,10,,"the row has 2 cells, the header names 8 columns"/m);
    expect(rejects).toContain(',4,name,');
  });

  it('refuses columns it does not know and columns that are missing, by name', async () => {
    const file = await fileOf('wrong.csv', 'sku,wharehouse,on_hand', 'CUP,W1,4');
    const ended = await importFile('inventory', file);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain("missing: warehouse; unknown: 'wharehouse'");
  });

  it('the same stock file on another day counts again', async () => {
    await importCatalog();
    const file = await fileOf('stock.csv', 'sku,warehouse,on_hand', 'CUP,W1,10');
    expect(await importFile('inventory', file)).toMatchObject({ code: 0 });
    await server.client.must('damageStock', {
      body: { reference: 'D-1', warehouse: 'W1', reason: 'broken', lines: [{ sku: 'CUP', units: 7 }] },
    });
    const again = await importFile('inventory', file);
    expect(JSON.parse(again.out)).toMatchObject({ imported: 1, repeated: 0 });
    expect((await product('CUP')).levels).toMatchObject([{ warehouse: 'W1', onHand: 10 }]);
  });

  it('a run that goes on under its name counts nothing twice, and a row that was rejected then is not called done', async () => {
    await importCatalog();
    const file = await fileOf(
      'stock.csv',
      'sku,warehouse,on_hand',
      'CUP,W1,10',
      'NEW,W1,3',
      'PAN,W9,1',
      'PAN,W2,x',
    );
    const first = await importFile('inventory', file, '--run', 'night-1');
    expect(first.code).toBe(2);
    expect(JSON.parse(first.out)).toMatchObject({ imported: 1, rejected: 3 });
    expect((await rejectsOf(file)).slice(1)).toEqual([
      "PAN,W2,x,5,on_hand,'x' is not a whole number",
      'NEW,W1,3,3,sku,unknown_sku: There is no product NEW',
      'PAN,W9,1,4,warehouse,unknown_warehouse: There is no warehouse W9',
    ]);
    await server.client.must('damageStock', {
      body: { reference: 'D-2', warehouse: 'W1', reason: 'broken', lines: [{ sku: 'CUP', units: 2 }] },
    });
    const again = await importFile('inventory', file, '--run', 'night-1');
    expect(JSON.parse(again.out)).toMatchObject({ imported: 0, repeated: 1, rejected: 3 });
    expect((await product('CUP')).levels).toMatchObject([{ warehouse: 'W1', onHand: 8 }]);
    await server.client.must('putProduct', { params: { sku: 'NEW' }, body: { name: 'New' } });
    const last = await importFile('inventory', file, '--run', 'night-1');
    expect(JSON.parse(last.out)).toMatchObject({ imported: 2, repeated: 0, rejected: 2 });
    expect((await product('NEW')).levels).toMatchObject([{ warehouse: 'W1', onHand: 3 }]);
  });

  it('refuses a name of a run that none can have, before anything is imported', async () => {
    const file = await fileOf('run.csv', 'sku,warehouse,on_hand', 'CUP,W1,1');
    const ended = await importFile('inventory', file, '--run', 'night 1/2');
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toContain('--run is night 1/2: letters, digits');
  });

  it('a file that lacks columns leaves what it does not mention', async () => {
    const all = await fileOf(
      'all.csv',
      'sku,name,tags,weight_grams,preorder_allowed,preorder_per_order,release_at,release_zone',
      'GAME,Game,disc,90,yes,3,2031-01-01,Europe/Amsterdam',
    );
    expect(await importFile('products', all)).toMatchObject({ code: 0 });
    const names = await fileOf('names.csv', 'sku,name', 'GAME,Game deluxe', 'FRESH,Fresh');
    expect(JSON.parse((await importFile('products', names)).out)).toMatchObject({ imported: 2, rejected: 0 });
    const release = { at: '2031-01-01', timeZone: 'Europe/Amsterdam' };
    expect(await product('GAME')).toMatchObject({
      name: 'Game deluxe',
      tags: ['disc'],
      weightGrams: 90,
      policy: { preorder: { allowed: true, limits: { perOrder: 3 } }, release },
    });
    const weights = await fileOf('weights.csv', 'sku,weight_grams', 'GAME,80', 'UNKNOWN,5');
    expect(JSON.parse((await importFile('products', weights)).out)).toMatchObject({
      imported: 1,
      rejected: 1,
    });
    expect((await rejectsOf(weights))[1]).toMatch(/^UNKNOWN,5,3,name,/);
    expect(await product('GAME')).toMatchObject({
      name: 'Game deluxe',
      weightGrams: 80,
      policy: { release },
    });
  });

  it('a blank cell clears, and what the product would not be valid without is refused by its column', async () => {
    const all = await fileOf(
      'toy.csv',
      'sku,name,weight_grams,preorder_allowed,release_at,release_zone',
      'TOY,Toy,90,yes,2031-01-01,Europe/Amsterdam',
    );
    expect(await importFile('products', all)).toMatchObject({ code: 0 });
    const bad = await fileOf('bad.csv', 'sku,release_at,release_zone', 'TOY,,Europe/Amsterdam');
    expect(await importFile('products', bad)).toMatchObject({ code: 2 });
    expect((await rejectsOf(bad))[1]).toMatch(/^TOY,.*,release_at,.*a release is needed/);
    const blank = await fileOf(
      'blank.csv',
      'sku,weight_grams,preorder_allowed,release_at,release_zone',
      'TOY,,,,Europe/Amsterdam',
    );
    expect(await importFile('products', blank)).toMatchObject({ code: 0 });
    expect(await product('TOY')).toMatchObject({
      name: 'Toy',
      weightGrams: null,
      policy: { preorder: { allowed: false }, release: null },
    });
    const nothing = await fileOf('nothing.csv', 'sku', 'TOY');
    const ended = await importFile('products', nothing);
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.err).toContain('nothing beside sku is named');
  });

  it('a suppliers file without the column does not switch a disabled supplier on', async () => {
    const all = await fileOf(
      'suppliers.csv',
      'code,name,currency,time_zone,lead_days,enabled',
      'ACME,Acme,EUR,Europe/Amsterdam,7,no',
    );
    expect(await importFile('suppliers', all)).toMatchObject({ code: 0 });
    const days = await fileOf('days.csv', 'code,lead_days', 'ACME,9');
    expect(await importFile('suppliers', days)).toMatchObject({ code: 0 });
    expect(await server.client.must('getSupplier', { params: { supplier: 'ACME' } })).toMatchObject({
      name: 'Acme',
      leadDays: 9,
      enabled: false,
    });
  });

  it('places orders in the order of the file, whole or not at all', async () => {
    await importCatalog();
    const file = await fileOf(
      'orders.csv',
      'number,customer,placed_at,sku,quantity,unit_price',
      '1001,anna,2026-03-01T10:00:00Z,CUP,3,1999',
      '1002,bert,,PAN,1,100',
      '1001,anna,,PAN,1,100',
      '1003,carl,,PAN,100,100',
      '1004,carl,,PAN,0,100',
      '1004,carl,,CUP,1,100',
      '1005,dora,,NONE,1,100',
      '1006,eva,,CUP,5,100',
      '1006,fred,,CUP,1,100',
      '1007,gil,,CUP,5,100',
    );
    const ended = await importFile('orders', file, '--channel', 'WEB');
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toMatchObject({ imported: 4, repeated: 0, rejected: 6 });
    const rejected = (await rejectsOf(file)).slice(1).map((row) =>
      row
        .split(',')
        .slice(0, 1)
        .concat(row.split(',')[6] ?? ''),
    );
    expect(rejected.toSorted().map(([number, line]) => `${number}:${line}`)).toEqual([
      '1003:5',
      '1004:6',
      '1004:7',
      '1005:8',
      '1006:10',
      '1006:9',
    ]);
    const { rows } = await server.client.must('listOrders', { query: { channel: 'WEB' } });
    expect(rows.map((row) => row.number)).toEqual(['1007', '1001', '1002']);
    const first = rows.find((row) => row.number === '1001');
    expect(first?.quantities).toMatchObject({ ordered: 4, allocated: 4 });
    expect(rows.find((row) => row.number === '1007')?.quantities).toMatchObject({
      allocated: 1,
      backordered: 4,
    });
    const again = await importFile('orders', file, '--channel', 'WEB');
    expect(JSON.parse(again.out)).toMatchObject({ imported: 0, repeated: 4, rejected: 6 });
  });

  it('takes a corrected reject file as it is', async () => {
    await importCatalog();
    const file = await fileOf('fix.csv', 'channel,number,sku,quantity', 'WEB,=1,CUP,1', 'WEB,2,CUP,two');
    await importFile('orders', file);
    const rejects = await rejectsOf(file);
    const fixed = await fileOf(
      'fixed.csv',
      ...rejects.map((row) => row.replace(',two,', ',2,')),
      "WEB,'=1,CUP,1,2,,",
    );
    const ended = await importFile('orders', fixed);
    expect(JSON.parse(ended.out)).toMatchObject({ imported: 1, repeated: 1, rejected: 0, rejectFile: null });
    expect(existsSync(`${fixed}.rejects.csv`)).toBe(false);
  });

  it('imports thousands of interleaved rows', async () => {
    await importCatalog();
    const rows = Array.from({ length: 3000 }, (_, index) => `WEB,N${index % 1500},CUP,1`);
    rows[10] = 'WEB,N10,"never closed,1';
    const file = await fileOf(
      'many.csv',
      'channel,number,sku,quantity',
      ...rows.slice(0, 10),
      ...rows.slice(11),
      rows[10],
    );
    const ended = await importFile('orders', file);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toMatchObject({ imported: 2999, rejected: 1 });
    expect((await rejectsOf(file))[1]).toContain('a quote is opened and never closed');
  });
});
