/**
 * The acceptance scenarios about placing orders (1 to 5, 16, 18), each named by its number and its sentence, through
 * HTTP on the real engine. Figures are compared without their zeros, so every bucket is checked.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, failingItems, openShop, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();

it('1. Stock 10, order 3 → allocated 3, available 7; shipped → on hand 7, allocated 0', async () => {
  const shop = await openShop(server(), { stock: { W1: 10 } });
  const order = await shop.place(3);
  expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
  expect(await shop.level()).toEqual({ onHand: 10, allocated: 3, available: 7 });

  await shop.ship(order, 3);
  expect(await shop.level()).toEqual({ onHand: 7, allocated: 0, available: 7 });
  expect(await shop.units(order)).toEqual({ ordered: 3, shipped: 3 });
  expect((await shop.item(order)).status).toBe('shipped');
});

describe('2. Stock 0, no policy, order 1', () => {
  it('→ refused, naming the SKU, what is available (0) and what could wait (0)', async () => {
    const shop = await openShop(server());
    const problem = await refusal(shop.place({ number: 'web-1', items: [{ quantity: 1 }] }));
    expect(problem).toMatchObject({ status: 409, code: 'order_refused' });
    expect(failingItems(problem)).toEqual([
      { sku: shop.name('P'), code: 'backorder_not_allowed', wanted: 1, available: 0, mayWait: 0 },
    ]);
    expect(await shop.queue()).toEqual([]);

    await shop.receive(1);
    const order = await shop.place({ number: 'web-1', items: [{ quantity: 1 }] });
    expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
  });

  it('with accept_always → unfillable 1', async () => {
    const shop = await openShop(server(), { channel: { acceptance: 'accept_always' } });
    const order = await shop.place(1);
    expect(await shop.units(order)).toEqual({ ordered: 1, unfillable: 1 });
    expect((await shop.item(order)).status).toBe('unfillable');
  });
});

it('3. Stock 0, backorder without limit, order 1 → backordered 1 (never "pending")', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const placed = await shop.placeAndSee(1);
  expect(placed.items[0]).toMatchObject({
    status: 'backordered',
    quantities: { backordered: 1, pending: 0 },
  });
  expect(await shop.units(placed.id)).toEqual({ ordered: 1, backordered: 1 });
  const { rows } = await server().client.must('listOrderEvents', { params: { orderId: placed.id } });
  expect(rows.flatMap((event) => event.entered)).toEqual(['backordered']);
});

describe.each(['perChannel', 'perProduct', 'perCustomer'] as const)('with the limit counted %s', (scope) => {
  it('4. Backorder limit 6, stock 4, order 10 → 4 allocated, 6 backordered; 1 more refused; cancel 2 → 2 accepted', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ [scope]: 6 }), stock: { W1: 4 } });
    const of = (quantity: number) => ({ customer: 'Ann', items: [{ quantity }] });
    const first = await shop.place(of(10));
    expect(await shop.units(first)).toEqual({ ordered: 10, allocated: 4, backordered: 6 });

    const code = {
      perChannel: 'limit_per_channel',
      perProduct: 'limit_per_product',
      perCustomer: 'limit_per_customer',
    };
    expect(failingItems(await refusal(shop.place(of(1))))).toEqual([
      { sku: shop.name('P'), code: code[scope], wanted: 1, available: 0, mayWait: 0 },
    ]);

    await shop.cancel(first, { 1: 2 });
    expect(await shop.units(first)).toEqual({ ordered: 10, allocated: 4, backordered: 4, cancelled: 2 });
    expect(failingItems(await refusal(shop.place(of(3))))).toMatchObject([{ wanted: 3, mayWait: 2 }]);
    const second = await shop.place(of(2));
    expect(await shop.units(second)).toEqual({ ordered: 2, backordered: 2 });
    await refusal(shop.place(of(1)));
  });
});

it('5. The same SKU twice in one order → checked as a sum, allocated apart', async () => {
  const shop = await openShop(server(), { policy: backorderUpTo({ perOrder: 6 }), stock: { W1: 4 } });
  const problem = await refusal(shop.place({ items: [{ quantity: 6 }, { quantity: 5 }] }));
  expect(failingItems(problem)).toEqual([
    { sku: shop.name('P'), code: 'limit_per_order', wanted: 11, available: 4, mayWait: 6 },
  ]);

  const order = await shop.place({ items: [{ quantity: 3 }, { quantity: 7 }] });
  expect(await shop.units(order, 1)).toEqual({ ordered: 3, allocated: 3 });
  expect(await shop.units(order, 2)).toEqual({ ordered: 7, allocated: 1, backordered: 6 });
  expect(await shop.level()).toEqual({ onHand: 4, allocated: 4, available: 0 });
});

describe('16. Two orders at once for the last unit', () => {
  const ROUNDS = 25;
  const twoAtOnce = (shop: Shop) => Promise.allSettled([shop.place(1), shop.place(1)]);

  it('→ one allocated, one refused; never both', async () => {
    const shop = await openShop(server());
    for (let round = 1; round <= ROUNDS; round++) {
      await shop.receive(1);
      const results = await twoAtOnce(shop);
      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(await shop.level()).toEqual({ onHand: round, allocated: round, available: 0 });
    }
  });

  it('→ one allocated, one waiting; never both', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    for (let round = 1; round <= ROUNDS; round++) {
      await shop.receive(1);
      const orders = await Promise.all([shop.place(1), shop.place(1)]);
      const units = await Promise.all(orders.map((order) => shop.units(order)));
      expect(units).toContainEqual({ ordered: 1, allocated: 1 });
      expect(units).toContainEqual({ ordered: 1, backordered: 1 });
      for (const order of orders) await shop.cancel(order);
      await shop.count(0);
    }
  });
});

it('18. External X ships directly, stock not managed → accepted with stock 0, allocated at X', async () => {
  const shop = await openShop(server(), {
    warehouses: { W1: {}, W2: {}, X: { kind: 'external', stock: 'unmanaged' } },
    stock: { W2: 2 },
  });
  const first = await shop.place(5);
  expect(await shop.units(first)).toEqual({ ordered: 5, allocated: 5 });
  expect(await shop.allocations(first)).toEqual({ W2: 2, X: 3 });
  const second = await shop.place(1000);
  expect(await shop.allocations(second)).toEqual({ X: 1000 });

  await shop.ship(second, 1000, { warehouse: 'X' });
  expect(await shop.units(second)).toEqual({ ordered: 1000, shipped: 1000 });
  expect(await shop.ledger('X')).toEqual([]);
  expect(await shop.level('X')).toEqual({ onHand: 0, allocated: 0, available: 0 });
  expect(await refusal(shop.receive(1, { warehouse: 'X' }))).toMatchObject({ code: 'stock_unmanaged' });
});
