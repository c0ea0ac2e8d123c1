/**
 * On the warehouse floor: pick, short pick, ship, reject. Stock leaves the books when it ships, allocation by
 * allocation; what was not on the shelf waits again at its old place; a warehouse that rejects is not asked again.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal } from '../../support/shop.ts';

const server = useTestServer();

describe('shipping', () => {
  it('takes exactly what ships off the books, warehouse by warehouse', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2, W2: 3 } });
    const order = await shop.place(6);
    await shop.ship(order, 1);
    expect(await shop.level('W1')).toEqual({ onHand: 1, allocated: 1, available: 0 });
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 4, backordered: 1, shipped: 1 });
    await shop.ship(order, 3, { warehouse: 'W2' });
    expect(await shop.level('W2')).toEqual({ onHand: 0, allocated: 0, available: 0 });
    expect(await shop.level('W1')).toEqual({ onHand: 1, allocated: 1, available: 0 });
    const { shipments } = await shop.order(order);
    expect(shipments.map(({ warehouse, items }) => [shop.short(warehouse), items])).toEqual([
      ['W1', [{ line: 1, units: 1 }]],
      ['W2', [{ line: 1, units: 3 }]],
    ]);
  });

  it('what is not allocated there is refused', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place(3);
    expect(await refusal(shop.ship(order, 3))).toMatchObject({ code: 'not_allocated' });
    expect(await refusal(shop.ship(order, 1, { warehouse: 'W2' }))).toMatchObject({ code: 'not_allocated' });
    expect(await refusal(shop.ship(order, 1, { warehouse: 'nowhere' }))).toMatchObject({
      code: 'unknown_warehouse',
    });
    await shop.ship(order, 2);
    expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'not_allocated' });
    expect(await shop.level()).toEqual({ onHand: 0, allocated: 0, available: 0 });
  });

  it('uses up picked units first', async () => {
    const shop = await openShop(server(), { stock: { W1: 4 } });
    const order = await shop.place(4);
    await shop.pick(order, 3);
    await shop.ship(order, 2);
    expect((await shop.item(order)).allocations).toMatchObject([{ open: 2, picked: 1, shipped: 2 }]);
    await shop.ship(order, 2);
    expect((await shop.item(order)).allocations).toMatchObject([{ open: 0, picked: 0, shipped: 4 }]);
  });
});

describe('picking', () => {
  it('is bounded by what is allocated there', async () => {
    const shop = await openShop(server(), { stock: { W1: 3 } });
    const order = await shop.place(3);
    await shop.pick(order, 2);
    expect(await refusal(shop.pick(order, 2))).toMatchObject({ code: 'not_allocated' });
    await shop.pick(order, 1);
    expect((await shop.item(order)).allocations).toMatchObject([{ open: 3, picked: 3 }]);
    expect(await shop.level()).toEqual({ onHand: 3, allocated: 3, available: 0 });
  });
});

describe('a short pick', () => {
  it('corrects the level and the units wait again at their old place', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place(3);
    const behind = await shop.place(2);
    const since = (await shop.item(order)).waitingSince;
    await shop.pick(order, 3);
    await shop.shortPick(order, 2);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 1, backordered: 2 });
    expect((await shop.item(order)).allocations).toMatchObject([{ open: 1, picked: 1 }]);
    expect((await shop.item(order)).waitingSince).toBe(since);
    expect(await shop.queue()).toEqual([order, behind]);
    expect(await shop.level()).toEqual({ onHand: 1, allocated: 1, available: 0 });
    expect((await shop.ledger()).at(-1)).toMatchObject({ kind: 'short_pick', units: -2, balance: 1 });
    await shop.receive(3);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
    expect(await shop.units(behind)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  });

  it('is served at once from another warehouse that has stock', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2, W2: 2 } });
    const order = await shop.place(2);
    await shop.shortPick(order, 2);
    expect(await shop.allocations(order)).toEqual({ W2: 2 });
    expect(await refusal(shop.shortPick(order, 1))).toMatchObject({ code: 'not_allocated' });
  });
});

describe('a rejection', () => {
  it('goes down the chain; where nothing may wait the units are unfillable, and are served when stock comes', async () => {
    const shop = await openShop(server(), {
      warehouses: { W1: {}, W2: {}, W3: {} },
      stock: { W1: 2, W2: 1 },
    });
    const order = await shop.place(2);
    await shop.reject(order, 'W1');
    expect(await shop.allocations(order)).toEqual({ W2: 1 });
    expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 1, unfillable: 1 });
    await shop.reject(order, 'W2');
    expect(await shop.units(order)).toEqual({ ordered: 2, unfillable: 2 });
    expect(await shop.available()).toBe(3);
    await shop.receive(2, { warehouse: 'W3' });
    expect(await shop.allocations(order)).toEqual({ W3: 2 });
  });

  it('frees the units for the next in line', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place(2);
    const next = await shop.place(2);
    await shop.reject(order, 'W1');
    expect(await shop.units(order)).toEqual({ ordered: 2, backordered: 2 });
    expect(await shop.allocations(next)).toEqual({ W1: 2 });
  });

  it('leaves picked units where they are', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3, W2: 3 } });
    const order = await shop.place(3);
    await shop.pick(order, 1);
    await shop.reject(order, 'W1');
    expect(await shop.allocations(order)).toEqual({ W1: 1, W2: 2 });
    expect(await shop.level('W1')).toEqual({ onHand: 3, allocated: 1, available: 2 });
  });

  it('of what is not allocated there is refused', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const order = await shop.place(1);
    expect(await refusal(shop.reject(order, 'W2'))).toMatchObject({ code: 'not_allocated' });
    expect(await shop.allocations(order)).toEqual({ W1: 1 });
  });
});

it('the pick list of a warehouse shows open allocations, the oldest order first, and what may not ship yet', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER }, stock: { W1: 9 } });
  const free = await shop.place(1);
  const held = await shop.place(2);
  await shop.hold(held);
  const items = [{ quantity: 3 }, { sku: 'Q', quantity: 1 }];
  const incomplete = await shop.place({ shipping: 'complete', items });
  const query = { warehouse: shop.name('W1'), sku: shop.name('P') };
  const { rows } = await server().client.must('listAllocations', { query });
  expect(
    rows.map(({ orderId, open, shippable, notShippable }) => [orderId, open, shippable, notShippable]),
  ).toEqual([
    [free, 1, true, null],
    [held, 2, false, 'order_on_hold'],
    [incomplete, 3, false, 'order_incomplete'],
  ]);
});
