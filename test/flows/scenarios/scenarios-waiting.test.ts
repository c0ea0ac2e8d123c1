/**
 * The acceptance scenarios about what waits and who gets what becomes free (6 to 8, 10 to 14, 17, 19), each named by
 * its number and its sentence, through HTTP on the real engine.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, preorder, refusal } from '../../support/shop.ts';

const server = useTestServer();
const OLDER = '2026-01-05T09:00:00.000Z';
const NEWER = '2026-01-06T09:00:00.000Z';

it('6. Receipt of 4 for a waiting 6 → 4 allocated, 2 waiting, waiting-since unchanged', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place({ placedAt: OLDER, items: [{ quantity: 6 }] });
  const before = await shop.item(order);
  expect(before.waitingSince).toBe(OLDER);

  await shop.receive(4);
  expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 4, backordered: 2 });
  const after = await shop.item(order);
  expect(after.waitingSince).toBe(before.waitingSince);
  expect(after.status).toBe('partially_allocated');
  expect(await shop.level()).toEqual({ onHand: 4, allocated: 4, available: 0 });
});

describe('7. Receipt of 6, waiting 5 (older) and 3 (newer)', () => {
  it('→ 5 and 1', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const newer = await shop.place({ placedAt: NEWER, items: [{ quantity: 3 }] });
    const older = await shop.place({ placedAt: OLDER, items: [{ quantity: 5 }] });
    await shop.receive(6);
    expect(await shop.units(older)).toEqual({ ordered: 5, allocated: 5 });
    expect(await shop.units(newer)).toEqual({ ordered: 3, allocated: 1, backordered: 2 });
  });

  it('with priority on the newer → 3 and 3', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const older = await shop.place({ placedAt: OLDER, items: [{ quantity: 5 }] });
    const newer = await shop.place({ placedAt: NEWER, priority: 1, items: [{ quantity: 3 }] });
    await shop.receive(6);
    expect(await shop.units(newer)).toEqual({ ordered: 3, allocated: 3 });
    expect(await shop.units(older)).toEqual({ ordered: 5, allocated: 3, backordered: 2 });
  });
});

it('8. Waiting 10; W1 gets 5 and W2 gets 8 at once → exactly 10 allocated, 3 available', async () => {
  const ROUNDS = 10;
  for (let round = 0; round < ROUNDS; round++) {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(10);
    await Promise.all([shop.receive(5, { warehouse: 'W1' }), shop.receive(8, { warehouse: 'W2' })]);
    expect(await shop.units(order)).toEqual({ ordered: 10, allocated: 10 });
    expect(await shop.available()).toBe(3);
    const { W1 = 0, W2 = 0 } = await shop.allocations(order);
    expect(W1 + W2).toBe(10);
    expect(await shop.level('W1')).toEqual({ onHand: 5, allocated: W1, available: 5 - W1 });
    expect(await shop.level('W2')).toEqual({ onHand: 8, allocated: W2, available: 8 - W2 });
  }
});

it('10. Pre-orders 10, first receipt 1 → 1 allocated, 9 wait as pre-orders, and new customers can still pre-order', async () => {
  const shop = await openShop(server(), { policy: preorder() });
  const order = await shop.place({ customer: 'Ann', items: [{ quantity: 10 }] });
  expect(await shop.units(order)).toEqual({ ordered: 10, preordered: 10 });
  await shop.receive(1);
  expect(await shop.units(order)).toEqual({ ordered: 10, allocated: 1, preordered: 9 });
  expect((await shop.item(order)).kind).toBe('preorder');

  const late = await shop.place({ customer: 'Bob', items: [{ quantity: 2 }] });
  expect(await shop.units(late)).toEqual({ ordered: 2, preordered: 2 });
  expect(await shop.queue()).toEqual([order, late]);
});

describe('11. Cancel an order with 4 allocated and 6 waiting', () => {
  it('→ exactly 4 become available', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 4 } });
    const order = await shop.place(10);
    expect(await shop.units(order)).toEqual({ ordered: 10, allocated: 4, backordered: 6 });
    await shop.cancel(order);
    expect(await shop.units(order)).toEqual({ ordered: 10, cancelled: 10 });
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 0, available: 4 });
  });

  it('and serve the next in line', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 4 } });
    const order = await shop.place(10);
    const next = await shop.place(3);
    const afterNext = await shop.place(3);
    await shop.cancel(order);
    expect(await shop.units(next)).toEqual({ ordered: 3, allocated: 3 });
    expect(await shop.units(afterNext)).toEqual({ ordered: 3, allocated: 1, backordered: 2 });
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 4, available: 0 });
  });
});

it('12. Reduce a waiting 6 to 2 → nothing becomes available', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(6);
  const behind = await shop.place(1);
  await shop.change(order, { 1: 2 });
  expect(await shop.units(order)).toEqual({ ordered: 6, backordered: 2, cancelled: 4 });
  expect(await shop.units(behind)).toEqual({ ordered: 1, backordered: 1 });
  expect(await shop.available()).toBe(0);
  expect(await shop.ledger()).toEqual([]);
});

it('13. Count W1 down to 3 while 5 are allocated there → 2 go back to waiting, the lowest-ranked ones', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 5 } });
  const lowest = await shop.place({ placedAt: NEWER, priority: -1, items: [{ quantity: 1 }] });
  const middle = await shop.place({ placedAt: NEWER, items: [{ quantity: 2 }] });
  const first = await shop.place({ placedAt: OLDER, items: [{ quantity: 2 }] });
  const document = await shop.count(3);
  expect(document.lines).toMatchObject([
    {
      change: -2,
      onHand: 3,
      allocated: 3,
      available: 0,
      takenBack: [
        { orderId: lowest, line: 1, units: 1 },
        { orderId: middle, line: 1, units: 1 },
      ],
    },
  ]);
  expect(await shop.units(first)).toEqual({ ordered: 2, allocated: 2 });
  expect(await shop.units(middle)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  expect(await shop.units(lowest)).toEqual({ ordered: 1, backordered: 1 });
  expect((await shop.item(middle)).waitingSince).toBe(NEWER);
  expect(await shop.queue()).toEqual([middle, lowest]);
  expect(await shop.level()).toEqual({ onHand: 3, allocated: 3, available: 0 });
});

it('14. W1 rejects → W2 is tried, W1 is not tried again for that item', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 5, W2: 2 } });
  const order = await shop.place(3);
  expect(await shop.allocations(order)).toEqual({ W1: 3 });

  await shop.reject(order, 'W1');
  expect(await shop.allocations(order)).toEqual({ W2: 2 });
  expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 2, backordered: 1 });
  expect(await shop.level('W1')).toEqual({ onHand: 5, allocated: 0, available: 5 });
  const rejected = (await shop.item(order)).allocations.filter((each) => each.rejected);
  expect(rejected.map((each) => shop.short(each.warehouse))).toEqual(['W1']);

  await shop.receive(10, { warehouse: 'W1' });
  expect(await shop.allocations(order)).toEqual({ W2: 2 });
  const other = await shop.place(1);
  expect(await shop.allocations(other)).toEqual({ W1: 1 });
  await shop.receive(1, { warehouse: 'W2' });
  expect(await shop.allocations(order)).toEqual({ W2: 3 });
});

describe('17. An order on hold', () => {
  it('gets nothing, from stock or from a receipt', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2 } });
    const held = await shop.place({ hold: 'payment', items: [{ quantity: 3 }] });
    await shop.receive(2);
    expect(await shop.units(held)).toEqual({ ordered: 3, pending: 3 });
    expect((await shop.item(held)).status).toBe('pending');
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 0, available: 4 });
    expect(await shop.queue()).toEqual([]);
  });

  it('lifting the hold puts it in line by its own time', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const held = await shop.place({ placedAt: OLDER, hold: 'payment', items: [{ quantity: 2 }] });
    const other = await shop.place({ placedAt: NEWER, items: [{ quantity: 2 }] });
    await shop.lift(held);
    expect(await shop.queue()).toEqual([held, other]);
    await shop.receive(3);
    expect(await shop.units(held)).toEqual({ ordered: 2, allocated: 2 });
    expect(await shop.units(other)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  });
});

describe('19. Ship-complete order with two items, one short → nothing ships', () => {
  const items = [{ quantity: 2 }, { sku: 'Q', quantity: 1 }];

  it('the allocated item is held', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W1: 2 },
    });
    const order = await shop.place({ shipping: 'complete', whenIncomplete: 'hold', items });
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, allocated: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
    expect(await refusal(shop.ship(order, 2))).toMatchObject({ code: 'order_incomplete' });
    const other = await shop.place(1);
    expect(await shop.units(other)).toEqual({ ordered: 1, backordered: 1 });

    await shop.receive(1, { sku: 'Q' });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, allocated: 1 });
    await shop.ship(order, 2);
    await shop.ship(order, 1, { line: 2 });
    expect((await shop.order(order)).status).toBe('shipped');
  });

  it('or the allocated item is given back', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W1: 2 },
    });
    const order = await shop.place({ shipping: 'complete', whenIncomplete: 'give_back', items });
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, backordered: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
    expect(await shop.level()).toEqual({ onHand: 2, allocated: 0, available: 2 });
    const other = await shop.place(1);
    expect(await shop.units(other)).toEqual({ ordered: 1, allocated: 1 });

    await shop.receive(1, { sku: 'Q' });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
    expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'not_allocated' });
    await shop.receive(1);
    expect(await shop.units(order, 1)).toEqual({ ordered: 2, allocated: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, allocated: 1 });
    await shop.ship(order, 2);
  });
});
