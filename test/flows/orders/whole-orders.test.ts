/**
 * Whole orders (ship complete, give back while incomplete): they take everything at once or nothing, keep no scarce
 * units from others meanwhile, and get theirs as soon as all of it can be had, by whatever made that possible.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const whole = (P: number, Q: number) => ({
  shipping: 'complete' as const,
  whenIncomplete: 'give_back' as const,
  items: [{ quantity: P }, { sku: 'Q', quantity: Q }],
});

function openWith(stock: Record<string, number>): Promise<Shop> {
  return openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER }, stock });
}

async function servedCompletely(shop: Shop, order: number): Promise<boolean> {
  const { items } = await shop.order(order);
  const allocated = items.filter(
    ({ quantities }) => quantities.allocated + quantities.cancelled === quantities.ordered,
  );
  const nothing = items.filter(({ quantities }) => quantities.allocated === 0);
  expect([allocated.length === items.length, nothing.length > 0], 'all of it or nothing').toContain(true);
  return allocated.length === items.length;
}

describe('a whole order that waits is served when what it lacks', () => {
  const ways: Record<string, (shop: Shop, order: number) => Promise<unknown>> = {
    'is received': (shop) => shop.receive(2, { sku: 'Q' }),
    'is received in two warehouses': async (shop) => {
      await shop.receive(1, { sku: 'Q', warehouse: 'W2' });
      await shop.receive(1, { sku: 'Q', warehouse: 'W1' });
    },
    'is cancelled': (shop, order) => shop.cancel(order, { 2: 2 }),
    'is lowered to nothing': (shop, order) => shop.change(order, { 2: 0 }),
    'is lowered to what there is': async (shop, order) => {
      await shop.receive(1, { sku: 'Q' });
      expect(await servedCompletely(shop, order)).toBe(false);
      await shop.change(order, { 2: 1 });
    },
    'is given up by another order': async (shop, order) => {
      const other = await shop.place({ priority: 1, items: [{ sku: 'Q', quantity: 2 }] });
      await shop.receive(2, { sku: 'Q' });
      expect(await servedCompletely(shop, order)).toBe(false);
      await shop.cancel(other);
    },
  };

  it.each(Object.entries(ways))('%s', async (_, way) => {
    const shop = await openWith({ W1: 3 });
    const order = await shop.place(whole(3, 2));
    expect(await servedCompletely(shop, order)).toBe(false);
    expect(await shop.available()).toBe(3);
    await way(shop, order);
    expect(await servedCompletely(shop, order)).toBe(true);
    expect(await shop.available()).toBe(0);
    expect(await shop.queue('P')).toEqual([]);
    expect(await shop.queue('Q')).toEqual([]);
  });
});

it('one product on two lines counts as a sum', async () => {
  const shop = await openWith({ W1: 4 });
  const items = [{ quantity: 2 }, { quantity: 3 }];
  const order = await shop.place({ ...whole(1, 1), items });
  expect(await servedCompletely(shop, order)).toBe(false);
  await shop.receive(1);
  expect(await servedCompletely(shop, order)).toBe(true);
});

it('one receipt completes several of them, the best rank first', async () => {
  const shop = await openWith({ W1: 4 });
  const first = await shop.place(whole(2, 1));
  const second = await shop.place(whole(1, 1));
  const third = await shop.place(whole(2, 1));
  await shop.receive(3, { sku: 'Q' });
  expect(await servedCompletely(shop, first)).toBe(true);
  expect(await servedCompletely(shop, second)).toBe(true);
  expect(await servedCompletely(shop, third)).toBe(false);
  await shop.receive(1);
  expect(await servedCompletely(shop, third)).toBe(true);
});

it('one receipt for two of them that share a product serves the one it completes, and wedges nobody', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER, R: BACKORDER } });
  const { shipping, whenIncomplete } = whole(1, 1);
  await shop.putChannel('G', { shipping, whenIncomplete });
  const lacking = await shop.place({
    items: [
      { sku: 'P', quantity: 1 },
      { sku: 'R', quantity: 1 },
    ],
  });
  const completed = await shop.place({
    items: [
      { sku: 'P', quantity: 1 },
      { sku: 'Q', quantity: 1 },
    ],
  });
  const lines = [
    { sku: shop.name('P'), units: 2 },
    { sku: shop.name('Q'), units: 2 },
  ];
  const receipt = { reference: shop.name('both'), warehouse: shop.name('W1'), lines };
  await server().client.must('receiveStock', { body: receipt });
  expect(await servedCompletely(shop, completed)).toBe(true);
  expect(await servedCompletely(shop, lacking)).toBe(false);
  expect([await shop.available('P'), await shop.available('Q')]).toEqual([1, 1]);
  await shop.place({ shipping: 'partial', items: [{ sku: 'P', quantity: 1 }] });
  await shop.cancel(lacking);
  await shop.count(1);
  await shop.putProduct('P', BACKORDER);
  await shop.putChannel('G', { shipping: 'partial' });
});

it('leaves its units to lower ranks while it cannot be completed', async () => {
  const shop = await openWith({});
  const order = await shop.place(whole(2, 1));
  const lower = await shop.place(1);
  await shop.receive(2);
  expect(await shop.units(lower)).toEqual({ ordered: 1, allocated: 1 });
  expect(await servedCompletely(shop, order)).toBe(false);
  expect(await shop.available()).toBe(1);
});

it('raised beyond what is free takes nothing more until all of that is there', async () => {
  const shop = await openWith({ W1: 3 });
  const order = await shop.place({ ...whole(1, 1), items: [{ quantity: 2 }] });
  await shop.change(order, { 1: 5 });
  expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 2, backordered: 3 });
  expect(await shop.available()).toBe(1);
  await shop.receive(1);
  expect(await shop.available()).toBe(2);
  expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'order_incomplete' });
  await shop.receive(1);
  expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 5 });
  await shop.ship(order, 5);
});

it('that waits and is raised goes on waiting, and keeps nothing from others', async () => {
  const shop = await openWith({ W1: 1 });
  const order = await shop.place(whole(2, 1));
  await shop.change(order, { 1: 3 });
  expect(await servedCompletely(shop, order)).toBe(false);
  expect(await shop.available()).toBe(1);
  await shop.receive(2);
  await shop.receive(1, { sku: 'Q' });
  expect(await servedCompletely(shop, order)).toBe(true);
});

it('many of them over the same two products, placed and supplied all at once, end with nothing stranded', async () => {
  const ROUNDS = 5;
  for (let round = 0; round < ROUNDS; round++) {
    const shop = await openWith({});
    const acts: Promise<unknown>[] = [];
    const orders: Promise<number>[] = [];
    for (let each = 0; each < 10; each++) {
      const { items, ...rest } = whole(1, 1);
      orders.push(shop.place({ ...rest, items: each % 2 === 0 ? items : items.toReversed() }));
      acts.push(shop.receive(1, { sku: each % 2 === 0 ? 'P' : 'Q' }));
    }
    const placed = await Promise.all(orders);
    await Promise.all(acts);
    const complete = await Promise.all(placed.map((order) => servedCompletely(shop, order)));
    expect(complete.filter(Boolean)).toHaveLength(5);
    expect([await shop.available('P'), await shop.available('Q')]).toEqual([0, 0]);
  }
});
