/** Files of purchasing: what is exported is imported into an empty database as the same; again, it changes nothing. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/contract/call.ts';
import type { TestServer } from '../support/server.ts';
import { run, startShop } from './purchasing-shop.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allot-purchasing-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function orderOf(client: Client, number: string) {
  return await client.must('getPurchaseOrder', { params: { purchaseOrder: number } });
}

const NUMBERS = ['PO-1', 'PO-2', 'PO-3', 'PO-4', 'PO-5', 'PO-6'];

async function putSuppliers(client: Client): Promise<void> {
  await client.must('putSupplier', {
    params: { supplier: 'S' },
    body: {
      name: '+31 Supplies, "Ltd"',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      leadDays: 5,
      closedWeekdays: [6, 7],
      closedDates: ['2030-12-25', '2030-12-26'],
      overReceiptPercent: 20,
    },
  });
  await client.must('putSupplier', {
    params: { supplier: 'S2' },
    body: { name: "'=odd", currency: 'USD', timeZone: 'UTC', leadDays: 0, minimumOrder: 100, enabled: false },
  });
  await client.must('putSupplierProduct', {
    params: { supplier: 'S', sku: '=LAMP' },
    body: { supplierSku: '@lamp', unitPrice: 250, packSize: 6, leadDays: 9, promiseByLeadTime: true },
  });
  await client.must('putSupplierProduct', { params: { supplier: 'S2', sku: 'CUP' }, body: {} });
}

const LINES = [
  { sku: '=LAMP', warehouse: 'W1', quantity: 10, unitPrice: 250, expectedOn: '2030-03-01' },
  { sku: 'CUP', warehouse: 'W2', quantity: 4 },
  { sku: 'CUP', warehouse: 'W1', quantity: 8, unitPrice: 99 },
];

/** Orders in every status, with what a spreadsheet would spoil. */
async function putOrders(client: Client): Promise<void> {
  for (const purchaseOrder of NUMBERS) {
    const body = { supplier: 'S', note: '-- "by ship", then truck', lines: LINES };
    await client.must('putPurchaseOrder', { params: { purchaseOrder }, body });
  }
  for (const purchaseOrder of ['PO-2', 'PO-3', 'PO-4', 'PO-5'])
    await client.must('sendPurchaseOrder', { params: { purchaseOrder } });
  for (const purchaseOrder of ['PO-3', 'PO-4'])
    await client.must('confirmPurchaseOrder', { params: { purchaseOrder }, body: {} });
  await client.must('cancelPurchaseOrder', { params: { purchaseOrder: 'PO-6' }, body: {} });
  await client.must('quoteExpectedDates', {
    params: { purchaseOrder: 'PO-4' },
    body: { lines: [{ line: 1, expectedOn: '2030-04-04' }] },
  });
}

async function receiveSome(client: Client): Promise<void> {
  const received = [
    { line: 3, units: 2 },
    { line: 1, units: 12 },
  ];
  await client.must('receivePurchaseOrder', {
    params: { purchaseOrder: 'PO-4' },
    body: { reference: 'DN-1', warehouse: 'W1', lines: received },
  });
  await client.must('receivePurchaseOrder', {
    params: { purchaseOrder: 'PO-5' },
    body: { reference: '-DN-2', warehouse: 'W1', lines: [{ line: 1, units: 3 }] },
  });
  await client.must('closePurchaseOrder', { params: { purchaseOrder: 'PO-5' }, body: {} });
  const lines = [
    { sku: 'PAN', units: 7 },
    { sku: '=LAMP', units: 1 },
  ];
  await client.must('receiveStock', {
    body: { reference: '=found/1', warehouse: 'W2', reason: '+ on the shelf', lines },
  });
}

describe('the round trip', () => {
  const KINDS = ['suppliers', 'supplier-products', 'purchase-orders', 'receipts'];
  const fileOf = (kind: string) => join(folder, `round-${kind}.csv`);

  /** Everything but the moments at which it happened. */
  async function stateOf({ client }: TestServer): Promise<unknown> {
    const orders = [];
    for (const number of NUMBERS) {
      const { createdAt: _, sentAt, lines, receipts, ...order } = await orderOf(client, number);
      orders.push({
        ...order,
        sent: sentAt !== null,
        lines: lines.map(({ expectedDates: __, likelyOn: ___, ...line }) => line),
        receipts: receipts.map(({ recordedAt: __, ...receipt }) => receipt),
      });
    }
    const suppliers = await client.must('listSuppliers');
    const terms = [];
    for (const supplier of ['S', 'S2']) {
      const { rows } = await client.must('listSupplierProducts', { params: { supplier } });
      terms.push(...rows);
    }
    const levels = await client.must('listInventoryLevels');
    const list = await client.must('listPurchaseOrders');
    const listed = list.rows.map(({ number, status }) => [number, status]);
    return { orders, suppliers, terms, levels, listed };
  }

  it('gives the same purchase orders in an empty database, and nothing when repeated', async () => {
    const source = await startShop();
    const target = await startShop();
    try {
      await putSuppliers(source.client);
      await putOrders(source.client);
      await receiveSome(source.client);
      for (const kind of KINDS) {
        expect(await run(source, 'export-csv', kind, fileOf(kind))).toMatchObject({ code: 0, out: '' });
      }
      const suppliers = await readFile(fileOf('suppliers'), 'utf8');
      expect(suppliers).toContain(
        `S,"'+31 Supplies, ""Ltd""",EUR,Europe/Amsterdam,5,6 7,2030-12-25 2030-12-26,,20,true`,
      );
      expect(suppliers).toContain("S2,''=odd,USD");
      for (const kind of KINDS) {
        const ended = await run(target, 'import', kind, fileOf(kind), '--json');
        expect(ended.err).not.toContain('rejected');
        expect(JSON.parse(ended.out)).toMatchObject({ repeated: 0, rejected: 0 });
      }
      expect(await stateOf(target)).toEqual(await stateOf(source));
      expect(await orderOf(target.client, 'PO-4')).toMatchObject({ status: 'partly_received' });
      const printed = await run(target, 'export-csv', 'purchase-orders', '-');
      expect(printed.out).toBe(await readFile(fileOf('purchase-orders'), 'utf8'));

      const before = await stateOf(source);
      for (const kind of ['purchase-orders', 'receipts']) {
        const ended = await run(source, 'import', kind, fileOf(kind), '--json');
        expect(JSON.parse(ended.out)).toMatchObject({ imported: 0, rejected: 0 });
      }
      expect(await stateOf(source)).toEqual(before);
    } finally {
      await source.stop();
      await target.stop();
    }
  }, 180_000);
});
