/**
 * Mistakes that other systems shipped, each named by its symptom and by where it was seen. None of them is possible
 * here by construction; these tests say so with the figures of the reports.
 */
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, openShop, preorder, refusal } from '../../support/shop.ts';

const server = useTestServer();

it('two lines of one product each pass alone and oversell together (Medusa #16502, Vendure #1028)', async () => {
  const shop = await openShop(server(), { stock: { W1: 5 } });
  await refusal(shop.place({ items: [{ quantity: 4 }, { quantity: 4 }] }));
  expect(await shop.available()).toBe(5);
  await shop.place({ items: [{ quantity: 4 }, { quantity: 1 }] });
  expect(await shop.available()).toBe(0);
});

it('stock is checked in one transaction and taken in another, so a crowd oversells (Vendure #1738)', async () => {
  const shop = await openShop(server(), { stock: { W1: 7 } });
  const crowd = await Promise.allSettled(Array.from({ length: 40 }, () => shop.place(1)));
  expect(crowd.filter((each) => each.status === 'fulfilled')).toHaveLength(7);
  expect(await shop.level()).toEqual({ onHand: 7, allocated: 7, available: 0 });
});

it('10 wanted from 4 + 20 free gives 14 (Vendure #4030)', async () => {
  const shop = await openShop(server(), { stock: { W1: 4, W2: 20 } });
  const order = await shop.place(10);
  expect(await shop.allocations(order)).toEqual({ W1: 4, W2: 6 });
  expect(await shop.level('W2')).toEqual({ onHand: 20, allocated: 6, available: 14 });
});

it('the ledger says one figure and the level another (Vendure)', async () => {
  const shop = await openShop(server());
  await Promise.all([shop.receive(3), shop.receive(4), shop.adjust(5), shop.returned(6)]);
  const ledger = await shop.ledger();
  const sum = ledger.reduce((total, movement) => total + movement.units, 0);
  expect(sum).toBe(18);
  expect(ledger.at(-1)?.balance).toBe(18);
  expect((await shop.level()).onHand).toBe(18);
});

it('lowering a backordered line returns phantom stock (Spree #7328)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
  const order = await shop.place(8);
  await shop.change(order, { 1: 2 });
  expect(await shop.level()).toEqual({ onHand: 2, allocated: 2, available: 0 });
  expect(await shop.ledger()).toHaveLength(1);
});

it('an order stays in backorder after its units were filled (Spree #5163)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(2);
  expect((await shop.order(order)).status).toBe('backordered');
  await shop.receive(2);
  const filled = await shop.order(order);
  expect(filled.status).toBe('allocated');
  expect(filled.items[0]?.status).toBe('allocated');
  await shop.ship(order, 2);
  expect((await shop.order(order)).status).toBe('shipped');
});

it('a receipt raises the stock and the waiting order gets nothing (Sylius #3857, Magento inventory #1278)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(2);
  await shop.receive(1, { warehouse: 'W2' });
  await shop.receive(1, { warehouse: 'W1' });
  expect(await shop.allocations(order)).toEqual({ W1: 1, W2: 1 });
});

it('an order that is not paid receives stock (Spree #4056)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const unpaid = await shop.place({ hold: 'not paid', items: [{ quantity: 1 }] });
  const paid = await shop.place(1);
  await shop.receive(1);
  expect(await shop.units(unpaid)).toEqual({ ordered: 1, pending: 1 });
  expect(await shop.units(paid)).toEqual({ ordered: 1, allocated: 1 });
});

it('units held for others are left out when counting what may be backordered (Magento inventory #2452)', async () => {
  const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 5 }), stock: { W1: 10 } });
  await shop.place(10);
  await shop.place(5);
  const problem = await refusal(shop.place(1));
  expect(problem).toMatchObject({ code: 'order_refused' });
  expect((await shop.level()).available).toBe(0);
});

it('units are allocated from an arbitrary warehouse (Saleor #4190)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 5, W2: 5 } });
  await shop.putWarehouse('W0');
  await shop.receive(50, { warehouse: 'W0' });
  for (const [units, given] of [
    [3, { W1: 3 }],
    [3, { W1: 2, W2: 1 }],
    [4, { W2: 4 }],
  ] as const) {
    expect(await shop.allocations(await shop.place(units))).toEqual(given);
  }
  expect(await shop.units(await shop.place(1))).toEqual({ ordered: 1, backordered: 1 });
});

it("one warehouse's result is applied once per warehouse, so 13 are given for 10 (Marello)", async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(10);
  await Promise.all([shop.receive(5, { warehouse: 'W1' }), shop.receive(8, { warehouse: 'W2' })]);
  const given = Object.values(await shop.allocations(order)).reduce((sum, units) => sum + units, 0);
  expect(given).toBe(10);
  expect(await shop.available()).toBe(3);
});

it('a rejected allocation still deducts from the warehouse that rejected it (Marello)', async () => {
  const shop = await openShop(server(), { stock: { W1: 3, W2: 3 } });
  const order = await shop.place(3);
  await shop.reject(order, 'W1');
  await shop.ship(order, 3, { warehouse: 'W2' });
  expect(await shop.level('W1')).toEqual({ onHand: 3, allocated: 0, available: 3 });
  expect(await shop.level('W2')).toEqual({ onHand: 0, allocated: 0, available: 0 });
});

it('the first receipt of one unit ends the pre-order for all (Marello)', async () => {
  const shop = await openShop(server(), { policy: preorder({ perProduct: 20 }) });
  const orders = [await shop.place(5), await shop.place(5)] as const;
  await shop.receive(1);
  expect(await shop.units(orders[0])).toEqual({ ordered: 5, allocated: 1, preordered: 4 });
  expect(await shop.units(orders[1])).toEqual({ ordered: 5, preordered: 5 });
  const late = await shop.placeAndSee(11);
  expect(late.items[0]).toMatchObject({ status: 'preordered', quantities: { preordered: 11 } });
});

it('cancelling a backorder creates stock (Marello)', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(4);
  await shop.cancel(order);
  expect(await shop.level()).toEqual({ onHand: 0, allocated: 0, available: 0 });
  expect(await shop.ledger()).toEqual([]);
});

it('what is disabled still stops those after it (Marello)', async () => {
  const shop = await openShop(server(), { warehouses: { W1: {}, W2: {}, W3: {} }, stock: { W1: 1, W3: 2 } });
  await shop.putWarehouse('W1', { enabled: false });
  const order = await shop.place(2);
  expect(await shop.allocations(order)).toEqual({ W3: 2 });
});

it('a warehouse without coordinates counts as being at the address (Marello)', async () => {
  const shop = await openShop(server(), {
    warehouses: { W1: { latitude: 52.37, longitude: 4.89 }, W2: {} },
    stock: { W1: 1, W2: 1 },
  });
  const shipTo = { country: 'NL', latitude: 52.4, longitude: 4.9 };
  const order = await shop.place({ shipTo, items: [{ quantity: 1 }] });
  expect(await shop.allocations(order)).toEqual({ W1: 1 });
});
