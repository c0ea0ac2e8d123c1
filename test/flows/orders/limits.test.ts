/**
 * Limits: counted on the shortage and on what waits now, in the scope each is named by, exactly, also under a crowd, and
 * given back once. A limit never decides what kind of waiting it is.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { backorderUpTo, failingItems, openShop, preorder, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const DAY_MS = 86_400_000;

const of = (customer: string | null, quantity: number, channel = 'G') => ({
  customer,
  channel,
  items: [{ quantity }],
});
const room = async (act: Promise<unknown>) => failingItems(await refusal(act));

async function twoChannels(policy: Parameters<Shop['putProduct']>[1]): Promise<Shop> {
  const shop = await openShop(server(), { policy });
  await shop.putChannel('H', { warehouses: ['W1'] });
  return shop;
}

describe('a limit', () => {
  it('per order counts this order only, over all of its lines', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perOrder: 3 }), stock: { W1: 2 } });
    await shop.place(of('Ann', 5));
    await shop.place(of('Ann', 3));
    expect(await room(shop.place({ items: [{ quantity: 2 }, { quantity: 2 }] }))).toMatchObject([
      { code: 'limit_per_order', wanted: 4, mayWait: 3 },
    ]);
  });

  it('per customer counts one customer on one channel', async () => {
    const shop = await twoChannels(backorderUpTo({ perCustomer: 3 }));
    await shop.place(of('Ann', 2));
    expect(await room(shop.place(of('Ann', 2)))).toMatchObject([{ code: 'limit_per_customer', mayWait: 1 }]);
    await shop.place(of('Bob', 3));
    await shop.place(of('Ann', 3, 'H'));
    await shop.place(of('Ann', 1));
  });

  it('per customer is per order for guests', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perCustomer: 2 }) });
    await shop.place(of(null, 2));
    await shop.place(of(null, 2));
    expect(await room(shop.place(of(null, 3)))).toMatchObject([{ code: 'limit_per_customer', mayWait: 2 }]);
  });

  it('per channel counts one channel, per product all of them; the tightest is named', async () => {
    const shop = await twoChannels(backorderUpTo({ perChannel: 3, perProduct: 5 }));
    await shop.place(of('Ann', 3));
    expect(await room(shop.place(of('Bob', 1)))).toMatchObject([{ code: 'limit_per_channel', mayWait: 0 }]);
    expect(await room(shop.place(of('Bob', 3, 'H')))).toMatchObject([
      { code: 'limit_per_product', mayWait: 2 },
    ]);
    await shop.place(of('Bob', 2, 'H'));
  });

  it('of 0 lets nothing wait, and none lets anything wait', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perOrder: 0 }) });
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_per_order', mayWait: 0 }]);
    await shop.putProduct('P', backorderUpTo({ perOrder: null }));
    await shop.place(1_000_000_000);
  });

  it('of pre-orders is apart from that of backorders', async () => {
    const both = { ...preorder({ perProduct: 2 }), ...backorderUpTo({ perProduct: 2 }) };
    const shop = await openShop(server(), { policy: both });
    await shop.place(2);
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_per_product', mayWait: 0 }]);
    await shop.putProduct('P', { ...both, release: { at: '2026-01-01', timeZone: 'UTC' } });
    const backordered = await shop.place(2);
    expect(await shop.units(backordered)).toEqual({ ordered: 2, backordered: 2 });
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_per_product', mayWait: 0 }]);
  });

  it('lowered below what waits leaves that waiting and lets no more in', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 5 }) });
    const order = await shop.place(5);
    await shop.putProduct('P', backorderUpTo({ perProduct: 2 }));
    expect(await room(shop.place(1))).toMatchObject([{ mayWait: 0 }]);
    expect(await shop.units(order)).toEqual({ ordered: 5, backordered: 5 });
  });
});

describe('a place under a limit', () => {
  it('is given back when the units are served, cancelled, or given up by a change', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 6, perCustomer: 6 }) });
    const order = await shop.place(of('Ann', 6));
    await shop.receive(1);
    await shop.order(order);
    await shop.place(of('Ann', 1));
    await shop.cancel(order, { 1: 2 });
    await shop.place(of('Ann', 2));
    await shop.change(order, { 1: 3 });
    await shop.place(of('Ann', 1));
    expect(await room(shop.place(of('Ann', 1)))).toMatchObject([{ mayWait: 0 }]);
  });

  it('is given back once, however often the cancelling is sent', async () => {
    const shop = await openShop(server(), { policy: backorderUpTo({ perProduct: 4 }) });
    const order = await shop.place(2);
    await shop.place(2);
    const cancel = { params: { orderId: order }, body: {}, key: `cancel-${order}` };
    await Promise.all([1, 2, 3].map(() => server().client.must('cancelOrder', cancel)));
    expect(await room(shop.place(3))).toMatchObject([{ mayWait: 2 }]);
    await shop.place(2);
  });

  it('is not taken by unfillable units', async () => {
    const shop = await openShop(server(), {
      channel: { acceptance: 'accept_always' },
      policy: backorderUpTo({ perProduct: 2 }),
    });
    await shop.place(5);
    const { waiting } = await server().client.must('getProduct', { params: { sku: shop.name('P') } });
    expect(waiting).toEqual({ backordered: 2, preordered: 0, unfillable: 3 });
  });
});

describe("a channel's own policy", () => {
  it("replaces the product's as a whole, and returning to it restores that", async () => {
    const shop = await twoChannels(backorderUpTo({ perOrder: 2 }));
    await shop.putChannelPolicy('P', 'H', { backorder: { allowed: true } });
    await shop.place(of('Ann', 50, 'H'));
    expect(await room(shop.place(of('Ann', 3)))).toMatchObject([{ code: 'limit_per_order', mayWait: 2 }]);
    await shop.putChannelPolicy('P', 'H', {});
    expect(await room(shop.place(of('Ann', 1, 'H')))).toMatchObject([{ code: 'backorder_not_allowed' }]);
    await shop.deleteChannelPolicy('P', 'H');
    expect(await room(shop.place(of('Ann', 3, 'H')))).toMatchObject([
      { code: 'limit_per_order', mayWait: 2 },
    ]);
  });

  it('counts the same outstanding units per product', async () => {
    const shop = await twoChannels(backorderUpTo({ perProduct: 5 }));
    await shop.putChannelPolicy('P', 'H', backorderUpTo({ perProduct: 7 }));
    await shop.place(of('Ann', 5));
    expect(await room(shop.place(of('Ann', 1)))).toMatchObject([{ mayWait: 0 }]);
    expect(await room(shop.place(of('Ann', 3, 'H')))).toMatchObject([{ mayWait: 2 }]);
    await shop.place(of('Ann', 2, 'H'));
  });
});

describe('the last day for backorders', () => {
  const dayIn = (zone: string, days: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(Date.now() + days * DAY_MS));
  const until = (day: string) => ({ backorder: { allowed: true, until: day } });

  it("is over in the channel's time zone, and counts until then", async () => {
    // 25 hours apart: a day that has just ended in Kiritimati has not ended in Midway
    const shop = await openShop(server(), { channel: { timeZone: 'Pacific/Kiritimati' } });
    await shop.putProduct('P', until(dayIn('Pacific/Kiritimati', -1)));
    expect(await room(shop.place(1))).toMatchObject([{ code: 'backorder_window_closed', mayWait: 0 }]);
    await shop.putChannel('M', { warehouses: ['W1'], timeZone: 'Pacific/Midway' });
    await shop.place({ channel: 'M' });
  });

  it('says nothing about what stock can serve, nor about what waits already', async () => {
    const shop = await openShop(server(), { policy: until(dayIn('Europe/Amsterdam', 2)) });
    const waiting = await shop.place(1);
    await shop.putProduct('P', until(dayIn('Europe/Amsterdam', -2)));
    await refusal(shop.place(1));
    await shop.receive(2);
    await shop.place(1);
    expect(await shop.units(waiting)).toEqual({ ordered: 1, allocated: 1 });
  });
});

describe('a limit under a crowd', () => {
  const PLACES = 20;
  const CROWD = 60;
  it.each(['perChannel', 'perProduct', 'perCustomer'] as const)('is exact (%s)', async (scope) => {
    const shop = await openShop(server(), { policy: backorderUpTo({ [scope]: PLACES }) });
    const results = await Promise.allSettled(Array.from({ length: CROWD }, () => shop.place(of('Ann', 1))));
    const accepted = results.filter((result) => result.status === 'fulfilled').map((result) => result.value);
    expect(accepted).toHaveLength(PLACES);
    expect((await shop.queue()).toSorted((a, b) => a - b)).toEqual(accepted.toSorted((a, b) => a - b));

    await Promise.all(accepted.slice(0, 3).map((order) => shop.cancel(order)));
    const again = await Promise.allSettled(Array.from({ length: CROWD }, () => shop.place(of('Ann', 1))));
    expect(again.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
  });
});

describe('a limit tied to supply', () => {
  async function openTied(): Promise<Shop> {
    const shop = await openShop(server(), { policy: backorderUpTo({ upToIncoming: true }) });
    await shop.supply.putSupplier();
    return shop;
  }

  it('lets no more wait than purchase orders are to bring', async () => {
    const shop = await openTied();
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_incoming', mayWait: 0 }]);
    await shop.supply.draft([{ quantity: 9 }]);
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_incoming', mayWait: 0 }]);
    const number = await shop.supply.order([{ quantity: 5 }]);
    await shop.place(3);
    expect(await room(shop.place(3))).toMatchObject([{ code: 'limit_incoming', mayWait: 2 }]);
    await shop.place(2);
    await shop.supply.receiveOrder(number, 2);
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_incoming', mayWait: 0 }]);
    await shop.supply.order([{ quantity: 1 }]);
    await shop.place(1);
  });

  it('leaves those who wait when an order will not come', async () => {
    const shop = await openTied();
    const number = await shop.supply.order([{ quantity: 5 }]);
    const order = await shop.place(4);
    await server().client.must('cancelPurchaseOrder', { params: { purchaseOrder: number }, body: {} });
    expect(await shop.units(order)).toEqual({ ordered: 4, backordered: 4 });
    expect(await room(shop.place(1))).toMatchObject([{ code: 'limit_incoming', mayWait: 0 }]);
  });

  it('is exact when many order at once', async () => {
    const shop = await openTied();
    await shop.supply.order([{ quantity: 7 }]);
    const placed = await Promise.allSettled(Array.from({ length: 40 }, () => shop.place(1)));
    expect(placed.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
  });
});
