/** Quotes and what can still be promised: now, later and when, refused; decided as an order would be, without a trace. */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, openShop, refusal, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();

async function openSupplied(policy = BACKORDER): Promise<Shop> {
  const shop = await openShop(server(), { policy, products: { Q: {} } });
  await shop.supply.putSupplier();
  return shop;
}

async function quoted(shop: Shop, quantity: number, sku = 'P') {
  const body = { channel: shop.name('G'), lines: [{ sku: shop.name(sku), quantity }] };
  const { lines } = await server().client.must('quote', { body });
  const [line] = lines;
  return {
    accepted: line?.accepted,
    now: line?.now,
    later: line?.later.map(({ units, on, source }) => [units, on, source]),
    refused: line?.refused,
    bar: line?.bar,
  };
}

describe('a quote', () => {
  it('says what comes now, later and when, and leaves no trace', async () => {
    const shop = await openSupplied();
    await shop.receive(4);
    await shop.supply.order([{ quantity: 3, expectedOn: inDays(7) }]);
    const answer = {
      accepted: true,
      now: 4,
      later: [
        [3, inDays(7), 'purchase_order'],
        [3, null, 'unknown'],
      ],
      refused: 0,
      bar: null,
    };
    expect(await quoted(shop, 10)).toEqual(answer);
    expect(await quoted(shop, 10)).toEqual(answer);
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 0, available: 4 });
  });

  it('is what the order then gets, behind whoever waits', async () => {
    const shop = await openSupplied();
    await shop.supply.order([
      { quantity: 6, expectedOn: inDays(7) },
      { quantity: 6, expectedOn: inDays(14) },
    ]);
    await shop.place(4);
    const quote = await quoted(shop, 5);
    expect(quote.later).toEqual([
      [2, inDays(7), 'purchase_order'],
      [3, inDays(14), 'purchase_order'],
    ]);
    const order = await shop.place(5);
    const { promise } = await shop.item(order);
    expect(promise?.slices.map(({ units, on, source }) => [units, on, source])).toEqual(quote.later);
    expect((await quoted(shop, 5)).later).toEqual([
      [3, inDays(14), 'purchase_order'],
      [2, null, 'unknown'],
    ]);
  });

  it('refuses what may not wait and says what keeps it', async () => {
    const shop = await openSupplied(backorderUpTo({ perProduct: 6 }));
    await shop.place(4);
    expect(await quoted(shop, 5)).toEqual({
      accepted: false,
      now: 0,
      later: [[2, null, 'unknown']],
      refused: 3,
      bar: 'limit_per_product',
    });
    expect(await quoted(shop, 1, 'Q')).toEqual({
      accepted: false,
      now: 0,
      later: [],
      refused: 1,
      bar: 'backorder_not_allowed',
    });
  });

  it('asks for fifty products at once, each by itself', async () => {
    const shop = await openSupplied();
    const skus = Array.from({ length: 49 }, (_, index) => `M${index}`);
    for (const sku of skus) await shop.putProduct(sku, BACKORDER);
    const lines = ['P', ...skus].map((sku) => ({ sku: shop.name(sku), quantity: 2 }));
    const answer = await server().client.must('quote', { body: { channel: shop.name('G'), lines } });
    expect(answer.lines).toHaveLength(50);
    expect(answer.lines.every(({ later }) => later[0]?.units === 2)).toBe(true);
    const tooMany = { channel: shop.name('G'), lines: [...lines, { sku: 'ONE-MORE', quantity: 1 }] };
    expect((await refusal(server().client.must('quote', { body: tooMany }))).code).toBe('invalid_request');
  });

  it('names what it does not know', async () => {
    const shop = await openSupplied();
    const lines = [{ sku: shop.name('P'), quantity: 1 }];
    const quote = (body: { channel: string; lines: typeof lines }) =>
      refusal(server().client.must('quote', { body }));
    expect((await quote({ channel: 'NOWHERE', lines })).code).toBe('unknown_channel');
    const unknown = { channel: shop.name('G'), lines: [{ sku: 'NOTHING', quantity: 1 }] };
    expect(await quote(unknown)).toMatchObject({ code: 'unknown_sku', skus: ['NOTHING'] });
    await shop.putChannel('G', { enabled: false });
    expect((await quote({ channel: shop.name('G'), lines })).code).toBe('channel_disabled');
  });
});

describe('available to promise', () => {
  it('adds up what nobody is promised, day by day', async () => {
    const shop = await openSupplied();
    await shop.place(7);
    await shop.supply.order([
      { quantity: 5, expectedOn: inDays(3) },
      { quantity: 5, expectedOn: inDays(9) },
      { quantity: 5, expectedOn: inDays(30) },
    ]);
    const query = { sku: shop.name('P'), channel: shop.name('G'), days: 20 };
    const { periods } = await server().client.must('availableToPromise', { query });
    expect(periods).toEqual([
      { on: inDays(0), supply: 0, promised: 0, left: 0, available: 0 },
      { on: inDays(3), supply: 5, promised: 5, left: 0, available: 0 },
      { on: inDays(9), supply: 5, promised: 2, left: 3, available: 3 },
    ]);
  });
});

describe('a supplier that ships itself', () => {
  it('acknowledges what it will ship, names a day, ships, and rejects the rest', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      warehouses: { W1: {}, X: { kind: 'external', stock: 'unmanaged' } },
    });
    const order = await shop.place(5);
    expect(await shop.allocations(order)).toEqual({ X: 5 });
    const acknowledge = (warehouse: string, units: number) =>
      server().client.must('acknowledgeItems', {
        params: { orderId: order },
        body: { warehouse: shop.name(warehouse), expectedOn: inDays(4), items: [{ line: 1, units }] },
      });
    await acknowledge('X', 3);
    const { allocations, promise } = await shop.item(order);
    expect(allocations).toMatchObject([{ open: 5, acknowledged: 3, expectedOn: inDays(4) }]);
    expect(promise?.on).toBe(inDays(4));
    await shop.ship(order, 3, { warehouse: 'X' });
    expect((await shop.item(order)).allocations).toMatchObject([{ open: 2, acknowledged: 2 }]);
    await shop.reject(order, 'X');
    expect(await shop.units(order)).toEqual({ ordered: 5, shipped: 3, backordered: 2 });
    expect((await refusal(acknowledge('W1', 1))).code).toBe('not_external');
    expect((await refusal(acknowledge('X', 1))).code).toBe('not_allocated');
  });
});
