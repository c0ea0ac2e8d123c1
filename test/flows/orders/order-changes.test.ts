/**
 * Changing orders: what waits is given up first and frees no stock, allocated units free exactly themselves, ranks are
 * kept, and a request happens as a whole or not at all.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, failingItems, openShop, refusal } from '../../support/shop.ts';

const server = useTestServer();

describe('lowering a quantity', () => {
  it('gives up waiting units first, then allocated ones from the least preferred warehouse', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3, W2: 2 } });
    const order = await shop.place(8);
    expect(await shop.units(order)).toEqual({ ordered: 8, allocated: 5, backordered: 3 });
    await shop.change(order, { 1: 5 });
    expect(await shop.available()).toBe(0);
    await shop.change(order, { 1: 4 });
    expect(await shop.allocations(order)).toEqual({ W1: 3, W2: 1 });
    await shop.change(order, { 1: 2 });
    expect(await shop.allocations(order)).toEqual({ W1: 2 });
    expect(await shop.units(order)).toEqual({ ordered: 8, allocated: 2, cancelled: 6 });
    expect(await shop.available()).toBe(3);
  });

  it('to nothing cancels the item and frees exactly its units', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place(5);
    await shop.change(order, { 1: 0 });
    expect(await shop.units(order)).toEqual({ ordered: 5, cancelled: 5 });
    expect((await shop.order(order)).status).toBe('cancelled');
    expect(await shop.available()).toBe(2);
  });

  it('stops at what is shipped or picked', async () => {
    const shop = await openShop(server(), { stock: { W1: 5 } });
    const order = await shop.place(5);
    await shop.ship(order, 2);
    await shop.pick(order, 1);
    expect(await refusal(shop.change(order, { 1: 2 }))).toMatchObject({ code: 'quantity_below_committed' });
    await shop.change(order, { 1: 3 });
    expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 1, shipped: 2, cancelled: 2 });
    expect(await shop.level()).toEqual({ onHand: 3, allocated: 1, available: 2 });
  });

  it('frees units for the next in line, and its places under the limits', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 4 }), stock: { W1: 2 } });
    const order = await shop.place(4);
    const next = await shop.place(2);
    await refusal(shop.place(1));
    await shop.change(order, { 1: 1 });
    expect(await shop.units(next)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
    const more = await shop.place(3);
    expect(await shop.units(more)).toEqual({ ordered: 3, backordered: 3 });
    await refusal(shop.place(1));
  });
});

describe('raising a quantity', () => {
  it('decides the new units as a new order at its old rank', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place(1);
    const other = await shop.place(3);
    await shop.change(order, { 1: 4 });
    expect(await shop.units(order)).toEqual({ ordered: 4, allocated: 1, backordered: 3 });
    expect(await shop.queue()).toEqual([order, other]);
  });

  it('beyond a limit is refused as a whole and changes nothing', async () => {
    const shop = await openShop(server(), {
      policy: backorderUpTo({ perOrder: 3 }),
      products: { Q: BACKORDER },
    });
    const order = await shop.place({ items: [{ quantity: 2 }, { sku: 'Q', quantity: 1 }] });
    const problem = await refusal(shop.change(order, { 1: 4, 2: 9 }));
    expect(problem).toMatchObject({ code: 'order_refused' });
    expect(failingItems(problem)).toMatchObject([
      { sku: shop.name('P'), code: 'limit_per_order', mayWait: 1 },
    ]);
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, backordered: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
    await shop.change(order, { 1: 3, 2: 9 });
    expect(await shop.units(order, 1)).toEqual({ ordered: 3, backordered: 3 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 9, backordered: 9 });
  });

  it('after units were cancelled counts from what is still wanted', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(5);
    await shop.cancel(order, { 1: 3 });
    await shop.change(order, { 1: 2 });
    expect(await shop.units(order)).toEqual({ ordered: 5, backordered: 2, cancelled: 3 });
    await shop.change(order, { 1: 4 });
    expect(await shop.units(order)).toEqual({ ordered: 7, backordered: 4, cancelled: 3 });
  });

  it('of an unknown line is not found, and nothing happens', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(5);
    expect(await refusal(shop.change(order, { 1: 6, 2: 1 }))).toMatchObject({ code: 'not_found' });
    expect(await refusal(shop.change(999_999_999, { 1: 6 }))).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    expect(await shop.units(order)).toEqual({ ordered: 5, backordered: 5 });
  });
});

describe('lowering one line and raising another in one request', () => {
  it('moves units, which are free for that request', async () => {
    const shop = await openShop(server(), { stock: { W1: 3 } });
    const order = await shop.place({ items: [{ quantity: 2 }, { quantity: 1 }] });
    await shop.change(order, { 1: 0, 2: 3 });
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, cancelled: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 3, allocated: 3 });
  });

  it('moves places under a limit', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perOrder: 3, perProduct: 3 }) });
    const order = await shop.place({ items: [{ quantity: 2 }, { quantity: 1 }] });
    await shop.change(order, { 1: 1, 2: 2 });
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, backordered: 1, cancelled: 1 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 2, backordered: 2 });
    await refusal(shop.place(1));
  });
});

describe('cancelling', () => {
  it('all leaves what has shipped or is picked', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 4 } });
    const order = await shop.place(6);
    await shop.ship(order, 1);
    await shop.pick(order, 2);
    await shop.cancel(order);
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 2, shipped: 1, cancelled: 3 });
    expect(await refusal(shop.cancel(order))).toMatchObject({ code: 'nothing_to_cancel' });
    expect(await refusal(shop.cancel(order, { 1: 1 }))).toMatchObject({ code: 'too_many_units' });
  });

  it('more than there is, on any line, cancels nothing', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place({ items: [{ quantity: 2 }, { quantity: 1 }] });
    expect(await refusal(shop.cancel(order, { 1: 1, 2: 2 }))).toMatchObject({ code: 'too_many_units' });
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, backordered: 2 });
  });

  it('takes unfillable units first, then waiting ones', async () => {
    const shop = await openShop(server(), {
      channel: { acceptance: 'accept_always' },
      policy: backorderUpTo({ perOrder: 2 }),
      stock: { W1: 1 },
    });
    const order = await shop.place(5);
    await shop.cancel(order, { 1: 3 });
    expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 1, backordered: 1, cancelled: 3 });
  });

  it('the item that kept a whole order from being served completes the order', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W1: 1 },
    });
    const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
    const order = await shop.place({ shipping: 'complete', whenIncomplete: 'give_back', items });
    expect(await shop.units(order, 1)).toEqual({ ordered: 1, backordered: 1 });
    await shop.cancel(order, { 2: 1 });
    expect(await shop.units(order, 1)).toEqual({ ordered: 1, allocated: 1 });
    await shop.ship(order, 1);
  });
});

describe('priority', () => {
  it('moves an order in the queue, and is served by it', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orders = [await shop.place(1), await shop.place(1), await shop.place(1)] as const;
    await shop.prioritize(orders[2], 5);
    expect(await shop.queue()).toEqual([orders[2], orders[0], orders[1]]);
    await shop.prioritize(orders[0], -5);
    expect(await shop.queue()).toEqual([orders[2], orders[1], orders[0]]);
    await shop.receive(1);
    expect(await shop.units(orders[2])).toEqual({ ordered: 1, allocated: 1 });
    expect((await shop.order(orders[2])).priority).toBe(5);
  });

  it('takes nothing from who has been served', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const served = await shop.place(1);
    const raised = await shop.place(1);
    await shop.prioritize(raised, 100);
    expect(await shop.units(served)).toEqual({ ordered: 1, allocated: 1 });
    expect(await shop.units(raised)).toEqual({ ordered: 1, backordered: 1 });
  });
});
