/**
 * Holds: an order on hold waits for nobody's stock, gets none, ships none and takes no place under the limits. Lifted, it
 * is decided again from its own time, and is never refused: what may no longer wait is unfillable.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, openShop, preorder, refusal } from '../../support/shop.ts';

const server = useTestServer();

describe('putting an order on hold', () => {
  it('makes what waits pending and keeps what is allocated', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place(5);
    const next = await shop.place(1);
    await shop.hold(order);
    expect(await shop.units(order)).toEqual({ ordered: 5, pending: 3, allocated: 2 });
    expect((await shop.order(order)).hold).toBe('payment');
    expect(await shop.queue()).toEqual([next]);
    await shop.receive(1);
    expect(await shop.units(next)).toEqual({ ordered: 1, allocated: 1 });
    expect(await shop.units(order)).toEqual({ ordered: 5, pending: 3, allocated: 2 });
  });

  it('gives back what is allocated and not picked when asked to, which serves the next in line', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place(3);
    const next = await shop.place(4);
    await shop.pick(order, 1);
    await shop.hold(order, true);
    expect(await shop.units(order)).toEqual({ ordered: 3, pending: 2, allocated: 1 });
    expect(await shop.units(next)).toEqual({ ordered: 4, allocated: 2, backordered: 2 });
  });

  it('gives its places under the limits to others', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 2 }) });
    const order = await shop.place(2);
    await refusal(shop.place(1));
    await shop.hold(order);
    const other = await shop.place(2);
    expect(await shop.units(other)).toEqual({ ordered: 2, backordered: 2 });
    await shop.lift(order);
    expect(await shop.units(order)).toEqual({ ordered: 2, unfillable: 2 });
  });

  it('twice is refused, and so is lifting what is not on hold', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(1);
    expect(await refusal(shop.lift(order))).toMatchObject({ code: 'order_not_on_hold' });
    await shop.hold(order);
    expect(await refusal(shop.hold(order))).toMatchObject({ code: 'order_on_hold' });
  });
});

describe('an order on hold', () => {
  it('is neither picked nor shipped', async () => {
    const shop = await openShop(server(), { stock: { W1: 2 } });
    const order = await shop.place(2);
    await shop.hold(order);
    expect(await refusal(shop.pick(order, 1))).toMatchObject({ code: 'order_on_hold' });
    expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'order_on_hold' });
    await shop.lift(order);
    await shop.ship(order, 2);
  });

  it('is judged when more of it is wanted, like any other, and keeps what it had when that is refused', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perOrder: 2 }) });
    const order = await shop.place(1);
    await shop.hold(order);
    expect(await refusal(shop.change(order, { 1: 4 }))).toMatchObject({ code: 'order_refused' });
    expect(await shop.units(order)).toEqual({ ordered: 1, pending: 1 });
    await shop.change(order, { 1: 3 });
    expect(await shop.units(order)).toEqual({ ordered: 3, pending: 3 });
  });

  it('is judged when it is placed, like any other, and takes no place', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 2 }), stock: { W1: 1 } });
    const held = (quantity: number) => shop.place({ hold: 'fraud', items: [{ quantity }] });
    expect(await refusal(held(4))).toMatchObject({ code: 'order_refused' });
    const order = await held(3);
    expect(await shop.units(order)).toEqual({ ordered: 3, pending: 3 });
    const other = await shop.place(3);
    expect(await shop.units(other)).toEqual({ ordered: 3, allocated: 1, backordered: 2 });
    await shop.lift(order);
    expect(await shop.units(order)).toEqual({ ordered: 3, unfillable: 3 });
  });

  it('whose units a count takes has them pending', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place(3);
    await shop.hold(order);
    await shop.count(1);
    expect(await shop.units(order)).toEqual({ ordered: 3, pending: 2, allocated: 1 });
    expect(await shop.queue()).toEqual([]);
  });

  it('whose units are not on the shelf has them pending', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3, W2: 3 } });
    const order = await shop.place(3);
    await shop.hold(order);
    await shop.shortPick(order, 2);
    expect(await shop.units(order)).toEqual({ ordered: 3, pending: 2, allocated: 1 });
    expect(await shop.allocations(order)).toEqual({ W1: 1 });
  });

  it('whose units are rejected has them pending, and asks the others when it is lifted', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3, W2: 3 } });
    const order = await shop.place(2);
    await shop.hold(order);
    await shop.reject(order, 'W1');
    expect(await shop.units(order)).toEqual({ ordered: 2, pending: 2 });
    await shop.lift(order);
    expect(await shop.allocations(order)).toEqual({ W2: 2 });
  });

  it('whose priority is changed is lifted with it', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const held = await shop.place({ hold: 'payment', items: [{ quantity: 1 }] });
    const other = await shop.place({ placedAt: '2020-01-01T00:00:00Z' });
    await shop.prioritize(held, 1);
    await shop.lift(held);
    expect(await shop.queue()).toEqual([held, other]);
  });

  it('can be changed and cancelled', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place({ hold: 'payment', items: [{ quantity: 3 }] });
    await shop.change(order, { 1: 5 });
    expect(await shop.units(order)).toEqual({ ordered: 5, pending: 5 });
    await shop.change(order, { 1: 2 });
    expect(await shop.units(order)).toEqual({ ordered: 5, pending: 2, cancelled: 3 });
    await shop.cancel(order);
    expect(await shop.units(order)).toEqual({ ordered: 5, cancelled: 5 });
    await shop.lift(order);
    expect(await shop.units(order)).toEqual({ ordered: 5, cancelled: 5 });
    expect(await shop.available()).toBe(3);
  });
});

describe('lifting a hold', () => {
  it('takes what is free and waits for the rest from its own time', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const order = await shop.place({ hold: 'payment', items: [{ quantity: 3 }] });
    const before = await shop.item(order);
    await shop.lift(order);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 2, backordered: 1 });
    const after = await shop.item(order);
    expect(after.waitingSince).toBe(before.waitingSince);
    expect((await shop.order(order)).hold).toBeNull();
  });

  it('takes nothing from who was served meanwhile', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const order = await shop.place({ hold: 'payment', items: [{ quantity: 1 }] });
    const other = await shop.place(1);
    await shop.lift(order);
    expect(await shop.units(other)).toEqual({ ordered: 1, allocated: 1 });
    expect(await shop.units(order)).toEqual({ ordered: 1, backordered: 1 });
  });

  it('of a pre-order waits as a pre-order', async () => {
    const shop = await openShop(server(), { policy: preorder() });
    const order = await shop.place({ hold: 'payment', items: [{ quantity: 1 }] });
    await shop.lift(order);
    expect(await shop.units(order)).toEqual({ ordered: 1, preordered: 1 });
  });

  it('of a whole order takes all or nothing', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W1: 1 },
    });
    const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
    const whole = { shipping: 'complete', whenIncomplete: 'give_back', hold: 'payment', items } as const;
    const order = await shop.place(whole);
    await shop.lift(order);
    expect(await shop.units(order, 1)).toEqual({ ordered: 1, backordered: 1 });
    expect(await shop.available()).toBe(1);
    await shop.receive(1, { sku: 'Q' });
    expect(await shop.units(order, 1)).toEqual({ ordered: 1, allocated: 1 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, allocated: 1 });
  });
});
