/** What suppliers did before moves the likely day of what is on its way, and with it the promises. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/app/frame/app.ts';
import { learnFromNewReceipts, passTime } from '../../../src/app/purchasing/learn-from-receipts.ts';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { receivedSinceLearning } from '../../../src/db/supply/supplier-record.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled } from '../../support/settled.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();
let db: Database;
beforeAll(() => {
  db = openDatabase({ url: server().databaseUrl, connections: 2 });
});
afterAll(async () => {
  await db.destroy();
});

async function learn(): Promise<void> {
  await learnFromNewReceipts(createApp(db, () => undefined));
  await promisesSettled(server().address);
}

/** Orders of ten units that were expected `late` days ago and of which `units` arrive today; the rest is closed. */
async function receiveLate(shop: Shop, late: number, units: number): Promise<void> {
  const number = await shop.supply.order([{ sku: 'Q', quantity: 10, expectedOn: inDays(-late) }]);
  await shop.supply.receiveOrder(number, units);
  if (units === 10) return;
  await server().client.must('closePurchaseOrder', { params: { purchaseOrder: number }, body: {} });
}

describe('a supplier that is late and short', () => {
  it('moves the likely day and counts on less than was ordered', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    const order = await shop.place(10);
    const number = await shop.supply.order([{ quantity: 10, expectedOn: inDays(10) }]);
    await promisesSettled(server().address);
    expect((await shop.item(order)).promise?.slices).toMatchObject([
      { units: 10, on: inDays(10), confidence: null },
    ]);
    expect(await receivedSinceLearning(db)).toBe(false);

    for (let times = 0; times < 12; times++) await receiveLate(shop, 4, 8);
    expect(await receivedSinceLearning(db)).toBe(true);
    await learn();
    expect(await receivedSinceLearning(db)).toBe(false);
    const [line] = (await shop.supply.purchaseOrder(number)).lines;
    expect(line).toMatchObject({ expectedOn: inDays(10), likelyOn: inDays(14) });
    const { promise } = await shop.item(order);
    expect(promise?.slices).toMatchObject([
      { units: 8, on: inDays(14), source: 'purchase_order', confidence: 80 },
      { units: 2, on: null, source: 'unknown' },
    ]);
    expect(promise).toMatchObject({ first: { on: inDays(10) }, told: { on: null } });
    const { rows } = await server().client.must('listPromises', { params: { orderId: order } });
    expect(rows[0]).toMatchObject({ cause: 'learned', number: 2 });
  });

  it('is not blamed for what we did not want any more, nor for a receipt that is reported late', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    for (let times = 0; times < 45; times++) {
      const number = await shop.supply.order([{ sku: 'Q', quantity: 10, expectedOn: inDays(-30) }]);
      const params = { purchaseOrder: number };
      const body = { reference: `${number}-DN`, warehouse: shop.name('W1'), receivedOn: inDays(-30) };
      const lines = [{ line: 1, units: 4 }];
      await server().client.must('receivePurchaseOrder', { params, body: { ...body, lines } });
      await server().client.must('closePurchaseOrder', { params, body: { by: 'us' } });
    }
    await learn();
    const order = await shop.place(10);
    const number = await shop.supply.order([{ quantity: 10, expectedOn: inDays(10) }]);
    const { receipts } = await shop.supply.purchaseOrder(number);
    expect(receipts).toEqual([]);
    expect((await shop.item(order)).promise?.slices).toMatchObject([
      { units: 10, on: inDays(10), source: 'purchase_order', confidence: 80 },
    ]);
  });

  it('moves all that is on its way, also where that is more than one page', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    const lines = Array.from({ length: 500 }, () => ({ quantity: 1, expectedOn: inDays(30) }));
    const orders: string[] = [];
    for (let times = 0; times < 5; times++) orders.push(await shop.supply.order(lines));
    for (let times = 0; times < 25; times++) await receiveLate(shop, 4, 10);
    await learn();
    const days = new Set<string | null>();
    for (const order of orders) {
      for (const line of (await shop.supply.purchaseOrder(order)).lines) days.add(line.likelyOn);
    }
    expect([...days]).toEqual([inDays(34)]);
  });

  it('is judged anew when its order is overdue or its day is quoted again', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.supply.putSupplier();
    const number = await shop.supply.order([{ quantity: 10, expectedOn: inDays(-6) }]);
    const likely = async () => (await shop.supply.purchaseOrder(number)).lines[0]?.likelyOn ?? '';
    expect((await likely()) >= inDays(0)).toBe(true);
    await shop.supply.expect(number, inDays(20));
    expect(await likely()).toBe(inDays(24));
  });

  it('is believed more or less as the settings say', async () => {
    const settings = (promiseConfidence: number) =>
      server().client.must('putPromiseSettings', { body: { promiseConfidence, quietDays: 1 } });
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    for (const late of [0, 0, 0, 0, 0, 0, 2, 2, 9, 9]) await receiveLate(shop, late, 10);
    await learn();
    const number = await shop.supply.order([{ quantity: 10, expectedOn: inDays(20) }]);
    const likely = async () => (await shop.supply.purchaseOrder(number)).lines[0]?.likelyOn ?? '';
    await settings(50);
    const early = await likely();
    await settings(95);
    const late = await likely();
    await settings(80);
    expect(early < late).toBe(true);
    expect(await server().client.must('getPromiseSettings')).toEqual({ promiseConfidence: 80, quietDays: 1 });
  });
});

it('days pass although nothing can be learned from what suppliers did', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  await shop.supply.putSupplier();
  await shop.place(1);
  await shop.supply.order([{ quantity: 1, expectedOn: inDays(10) }]);
  await promisesSettled(server().address);
  const marks = async () => {
    const { rows } = await sql<{ marks: number }>`
      select promise_marks as marks from product_positions
      where product_id = (select id from products where sku = ${shop.name('P')})`.execute(db);
    return rows[0]?.marks ?? 0;
  };
  const before = await marks();
  await sql`alter table configuration add constraint nothing_learned check (slip_learned_at is null) not valid`.execute(
    db,
  );
  try {
    await expect(passTime(createApp(db, () => undefined))).rejects.toThrow('nothing_learned');
    expect(await marks()).toBeGreaterThan(before);
  } finally {
    await sql`alter table configuration drop constraint nothing_learned`.execute(db);
  }
});
