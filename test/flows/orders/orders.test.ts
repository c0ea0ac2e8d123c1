/**
 * Placing orders beyond the scenarios: the kind of waiting is decided once and kept, a policy says what new orders
 * may do and nothing about what waits already, marketplaces' orders are never lost, orders in bulk have results of
 * their own, and an order says everything that happened to it.
 */
import { describe, expect, it } from 'vitest';
import { SPLIT } from '../../../src/core/orders/buckets.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, backorderUpTo, failingItems, openShop, preorder, refusal } from '../../support/shop.ts';

const server = useTestServer();
const PAST = { at: '2026-01-02', timeZone: 'Europe/Amsterdam' };

describe('the kind of waiting', () => {
  it('is a pre-order before the release although a limit is set nowhere, and a backorder after it', async () => {
    const shop = await openShop(server(), { policy: { ...preorder(), ...BACKORDER } });
    const before = await shop.place(1);
    await shop.putProduct('P', { ...preorder({}, PAST), ...BACKORDER });
    const after = await shop.place(1);
    expect((await shop.item(before)).kind).toBe('preorder');
    expect((await shop.item(after)).kind).toBe('backorder');
  });

  it('is kept when allocated units wait again after the release', async () => {
    const shop = await openShop(server(), { policy: preorder() });
    const order = await shop.place(2);
    await shop.receive(2);
    await shop.putProduct('P', { ...preorder({}, PAST), ...BACKORDER });
    await shop.count(0);
    expect(await shop.units(order)).toEqual({ ordered: 2, preordered: 2 });
  });

  it('before the release needs pre-orders to be allowed, whatever backorders are', async () => {
    const shop = await openShop(server(), {
      policy: { ...BACKORDER, release: { at: '2190-01-01', timeZone: 'UTC' } },
    });
    expect(failingItems(await refusal(shop.place(1)))).toMatchObject([
      { code: 'preorder_not_allowed', mayWait: 0 },
    ]);
  });
});

describe('a policy', () => {
  it('switched off does not change what waits, which is still served', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(3);
    await shop.putProduct('P', {});
    expect(await shop.units(order)).toEqual({ ordered: 3, backordered: 3 });
    await refusal(shop.place(1));
    await shop.receive(2);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 2, backordered: 1 });
  });

  it('is not asked about what stock can serve', async () => {
    const shop = await openShop(server(), { stock: { W1: 2, W2: 1 } });
    const order = await shop.place(3);
    expect(await shop.allocations(order)).toEqual({ W1: 2, W2: 1 });
  });
});

describe('a refused order', () => {
  it('names every product that fails, and takes nothing of the others', async () => {
    const shop = await openShop(server(), {
      products: { Q: backorderUpTo({ perOrder: 1 }), R: {} },
      stock: { W1: 5 },
    });
    const items = [
      { sku: 'P', quantity: 5 },
      { sku: 'Q', quantity: 3 },
      { sku: 'R', quantity: 1 },
    ];
    const problem = await refusal(shop.place({ items }));
    expect(failingItems(problem)).toEqual([
      { sku: shop.name('Q'), code: 'limit_per_order', wanted: 3, available: 0, mayWait: 1 },
      { sku: shop.name('R'), code: 'backorder_not_allowed', wanted: 1, available: 0, mayWait: 0 },
    ]);
    expect(await shop.level()).toEqual({ onHand: 5, allocated: 0, available: 5 });
  });

  it('says what would be accepted, and that is accepted', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perChannel: 3 }), stock: { W2: 2 } });
    const problem = await refusal(shop.place(9));
    expect(failingItems(problem)).toMatchObject([{ available: 2, mayWait: 3 }]);
    expect(await shop.units(await shop.place(2 + 3))).toEqual({ ordered: 5, allocated: 2, backordered: 3 });
  });

  it('is refused for an unknown SKU, an unknown channel, a disabled channel', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.putChannel('H', { warehouses: ['W1'], enabled: false });
    expect(await refusal(shop.place({ items: [{ sku: 'nothing', quantity: 1 }] }))).toMatchObject({
      code: 'unknown_sku',
    });
    expect(await refusal(shop.place({ channel: 'nowhere' }))).toMatchObject({ code: 'unknown_channel' });
    expect(await refusal(shop.place({ channel: 'H' }))).toMatchObject({ code: 'channel_disabled' });
  });
});

describe('a channel that accepts always', () => {
  it('lets wait what may, the earlier lines first; the rest is unfillable', async () => {
    const shop = await openShop(server(), {
      channel: { acceptance: 'accept_always' },
      policy: backorderUpTo({ perOrder: 3 }),
      stock: { W1: 1 },
    });
    const order = await shop.place({ items: [{ quantity: 3 }, { quantity: 4 }] });
    expect(await shop.units(order, 1)).toEqual({ ordered: 3, allocated: 1, backordered: 2 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 4, backordered: 1, unfillable: 3 });
  });

  it('serves unfillable units when stock comes, after the waiting units of the same item', async () => {
    const shop = await openShop(server(), {
      channel: { acceptance: 'accept_always' },
      policy: backorderUpTo({ perOrder: 3 }),
    });
    const order = await shop.place(5);
    expect(await shop.units(order)).toEqual({ ordered: 5, backordered: 3, unfillable: 2 });
    await shop.receive(4);
    expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 4, unfillable: 1 });
    await shop.receive(1);
    expect(await shop.units(order)).toEqual({ ordered: 5, allocated: 5 });
  });
});

describe('the time of an order', () => {
  it('is the one given, and now when that is absent or in the future', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const given = await shop.place({ placedAt: '2026-02-03T04:05:06.789+01:00' });
    expect((await shop.item(given)).waitingSince).toBe('2026-02-03T03:05:06.789Z');
    for (const placedAt of [undefined, '2190-01-01T00:00:00Z']) {
      const { acceptedAt, items } = await shop.order(
        await shop.place(placedAt === undefined ? 1 : { placedAt }),
      );
      expect(items[0]?.waitingSince).toBe(acceptedAt);
    }
  });

  it('given in the past puts it before who waits since later, and takes nothing from who was served', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const served = await shop.place(1);
    const waiting = await shop.place(1);
    const backdated = await shop.place({ placedAt: '2020-01-01T00:00:00Z' });
    expect(await shop.queue()).toEqual([backdated, waiting]);
    expect(await shop.units(served)).toEqual({ ordered: 1, allocated: 1 });
  });
});

it('orders in bulk have results of their own, in the order given', async () => {
  const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 2 }), stock: { W1: 1 } });
  const first = shop.orderBody(2);
  const orders = [first, shop.orderBody({ channel: 'nowhere' }), shop.orderBody(2), first, shop.orderBody(1)];
  const { results } = await server().client.must('placeOrders', { body: { orders } });
  const said = results.map((result) =>
    result.accepted
      ? { repeated: result.repeated, units: result.order.items[0]?.quantities }
      : result.refusal.code,
  );
  expect(said).toMatchObject([
    { repeated: false, units: { allocated: 1, backordered: 1 } },
    'unknown_channel',
    'order_refused',
    { repeated: true, units: { allocated: 1, backordered: 1 } },
    { repeated: false, units: { allocated: 0, backordered: 1 } },
  ]);
  expect(results[2]).toMatchObject({ accepted: false, number: orders[2]?.number });
  expect(await shop.queue()).toHaveLength(2);
});

it('a refused order leaves its number free, also for the next one of the same bulk', async () => {
  const shop = await openShop(server(), { stock: { W1: 9 } });
  const refused = shop.orderBody(9);
  const fitting = { ...shop.orderBody(1), number: refused.number };
  // the first order is decided alone, those that arrive meanwhile are decided together
  const orders = [shop.orderBody(1), shop.orderBody(1), refused, fitting];
  const { results } = await server().client.must('placeOrders', { body: { orders } });
  expect(results).toMatchObject([
    { accepted: true },
    { accepted: true },
    { accepted: false, refusal: { code: 'order_refused' } },
    { accepted: true, repeated: false },
  ]);
});

it('prices, customer, address and number come back as they were sent', async () => {
  const shop = await openShop(server(), { stock: { W1: 3 } });
  const sent = {
    number: 'Größe 7/ß-漢字',
    customer: 'čustomer ✓',
    shipTo: { country: 'NL', postcode: '1012 AB', latitude: 52.37, longitude: 4.89 },
    items: [{ quantity: 3, unitPrice: 1_000_000_000_000 }],
  };
  const order = await shop.order(await shop.place(sent));
  expect(order).toMatchObject({
    number: sent.number,
    customer: sent.customer,
    shipTo: sent.shipTo,
    currency: 'EUR',
  });
  expect(order.items[0]).toMatchObject({ unitPrice: 1_000_000_000_000 });
});

it('every change of an item is an event, numbered without gaps, and the events add up to its units', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
  const order = await shop.place(4);
  await shop.receive(2);
  await shop.order(order);
  await shop.cancel(order, { 1: 1 });
  await shop.ship(order, 2);
  await shop.hold(order, true);
  await shop.lift(order);
  const { rows } = await server().client.must('listOrderEvents', { params: { orderId: order } });
  const events = rows.toReversed();
  expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
  expect(events.length).toBeGreaterThanOrEqual(6);
  const sum: Record<string, number> = {};
  for (const { change } of events) {
    for (const [bucket, units] of Object.entries(change)) sum[bucket] = (sum[bucket] ?? 0) + units;
  }
  const { quantities } = await shop.item(order);
  for (const bucket of SPLIT) expect(sum[bucket] ?? 0, bucket).toBe(quantities[bucket]);
});
