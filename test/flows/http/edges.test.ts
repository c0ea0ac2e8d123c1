/**
 * Figures at their bounds: a billion is the most that one item, level or movement may hold. What would go beyond is
 * refused with a stable code and changes nothing; sums over many items stay exact. What a whole order may come to: bounds.test.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal } from '../../support/shop.ts';

const server = useTestServer();
const MOST = 1_000_000_000;

describe('a level at its bound', () => {
  it.each(['receive', 'returned', 'adjust'] as const)('takes no more (%s)', async (act) => {
    const shop = await openShop(server(), { stock: { W1: MOST } });
    const problem = await refusal(shop[act](1));
    expect(problem.status).toBeLessThan(500);
    expect(await shop.level()).toEqual({ onHand: MOST, allocated: 0, available: MOST });
    expect(await shop.ledger()).toHaveLength(1);
  });

  it('takes no transfer, and the other level keeps its units', async () => {
    const shop = await openShop(server(), { stock: { W1: MOST, W2: 1 } });
    const problem = await refusal(shop.transfer(1, { from: 'W2', to: 'W1' }));
    expect(problem.status).toBeLessThan(500);
    expect(await shop.level('W2')).toEqual({ onHand: 1, allocated: 0, available: 1 });
  });

  it('is allocated and shipped as a whole', async () => {
    const shop = await openShop(server(), { stock: { W1: MOST } });
    const order = await shop.place(MOST);
    await shop.ship(order, MOST);
    expect(await shop.units(order)).toEqual({ ordered: MOST, shipped: MOST });
    expect(await shop.level()).toEqual({ onHand: 0, allocated: 0, available: 0 });
  });
});

describe('a figure that is not whole', () => {
  it.each([
    ['quantity', { quantity: 1.5, unitPrice: 1 }],
    ['unitPrice', { quantity: 1, unitPrice: 0.5 }],
  ])('is no %s of an item', async (field, item) => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const problem = await refusal(shop.place({ items: [item] }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(JSON.stringify(problem)).toContain(`items.0.${field}`);
    expect(await shop.queue()).toEqual([]);
  });

  it('is no number of units to receive', async () => {
    const shop = await openShop(server());
    expect(await refusal(shop.receive(0.5))).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(await shop.ledger()).toEqual([]);
  });
});

describe('an item at its bound', () => {
  it('cannot be raised, not even after units were cancelled', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(MOST);
    await shop.cancel(order, { 1: 1 });
    expect(await refusal(shop.change(order, { 1: MOST }))).toMatchObject({ code: 'too_many_units' });
    expect(await shop.units(order)).toEqual({ ordered: MOST, backordered: MOST - 1, cancelled: 1 });
  });

  it('adds up with others beyond it', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orders = [await shop.place(MOST), await shop.place(MOST), await shop.place(MOST)];
    const { client } = server();
    const { waiting } = await client.must('getProduct', { params: { sku: shop.name('P') } });
    expect(waiting.backordered).toBe(3 * MOST);
    const { rows } = await client.must('listWaiting', { query: { sku: shop.name('P') } });
    expect(rows.map((row) => row.unitsAhead)).toEqual([0, MOST, 2 * MOST]);
    const report = await client.must('itemsByStatus', { query: { channel: shop.name('G') } });
    expect(report.rows.find((row) => row.status === 'backordered')?.quantities.ordered).toBe(3 * MOST);
    const listed = await client.must('listOrders', { query: { channel: shop.name('G') } });
    expect(listed.rows.map((row) => row.quantities.backordered)).toEqual([MOST, MOST, MOST]);
    for (const order of orders) await shop.cancel(order);
    expect(await shop.queue()).toEqual([]);
  });
});

it('an order of 500 items is placed, filled, cancelled', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const items = Array.from({ length: 500 }, () => ({ quantity: 1 }));
  const order = await shop.place({ items });
  await shop.receive(300);
  const filled = await shop.order(order);
  expect(filled.items.filter((item) => item.quantities.allocated === 1).map((item) => item.line)).toEqual(
    Array.from({ length: 300 }, (_, index) => index + 1),
  );
  await shop.cancel(order);
  expect(await shop.available()).toBe(300);
});
