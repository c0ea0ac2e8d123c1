/**
 * Acceptance scenario 15 and what surrounds it: waiting units are promised from purchase orders in queue order, promises
 * follow when orders move, and what a customer was told first is kept.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { brokenLaws } from '../../laws/model/http-laws.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled, settled } from '../../support/settled.ts';
import { BACKORDER, openShop, preorder, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();

async function openSupplied(policy = BACKORDER): Promise<Shop> {
  const shop = await openShop(server(), { policy });
  await shop.supply.putSupplier();
  await shop.supply.putTerms({});
  return shop;
}

/** Slices of an item as [units, day, source]. */
async function slices(shop: Shop, order: number): Promise<unknown[]> {
  const { promise } = await shop.item(order);
  return (promise?.slices ?? []).map(({ units, on, source }) => [units, on, source]);
}

async function told(shop: Shop, order: number) {
  await promisesSettled(server().address);
  const { promise } = await shop.item(order);
  return { first: promise?.first?.on ?? null, told: promise?.told?.on ?? null };
}

async function history(order: number) {
  await promisesSettled(server().address);
  const { rows } = await server().client.must('listPromises', { params: { orderId: order } });
  return rows.toReversed().map(({ number, cause, new: now }) => ({
    number,
    cause,
    days: now.map(({ units, on }) => [units, on]),
  }));
}

describe('scenario 15', () => {
  it('promises the first 100 of 120 from the order, the rest when there is another, and moves both', async () => {
    const shop = await openSupplied();
    const early = await shop.place(70);
    const late = await shop.place(50);
    const first = await shop.supply.order([{ quantity: 100, expectedOn: inDays(10) }]);

    expect(await slices(shop, early)).toEqual([[70, inDays(10), 'purchase_order']]);
    expect(await slices(shop, late)).toEqual([
      [30, inDays(10), 'purchase_order'],
      [20, null, 'unknown'],
    ]);
    expect(await told(shop, early)).toEqual({ first: inDays(10), told: inDays(10) });

    const second = await shop.supply.order([{ quantity: 50, expectedOn: inDays(20) }]);
    expect(await slices(shop, late)).toEqual([
      [30, inDays(10), 'purchase_order'],
      [20, inDays(20), 'purchase_order'],
    ]);
    expect(await told(shop, late)).toEqual({ first: null, told: inDays(20) });

    await shop.supply.expect(first, inDays(25));
    expect(await slices(shop, early)).toEqual([
      [50, inDays(20), 'purchase_order'],
      [20, inDays(25), 'purchase_order'],
    ]);
    expect(await slices(shop, late)).toEqual([[50, inDays(25), 'purchase_order']]);
    expect(await told(shop, early)).toEqual({ first: inDays(10), told: inDays(25) });

    expect(await history(late)).toEqual([
      {
        number: 1,
        cause: `purchase_order/${first}`,
        days: [
          [30, inDays(10)],
          [20, null],
        ],
      },
      {
        number: 2,
        cause: `purchase_order/${second}`,
        days: [
          [30, inDays(10)],
          [20, inDays(20)],
        ],
      },
      { number: 3, cause: `purchase_order/${first}`, days: [[50, inDays(25)]] },
    ]);
    const { items } = await shop.order(early);
    expect(items[0]?.promise?.slices.map(({ purchaseOrder }) => purchaseOrder)).toEqual([second, first]);
  });
});

describe('a promise', () => {
  it('does not trouble the customer for a day, and counts on from what was told', async () => {
    const shop = await openSupplied();
    const order = await shop.place(5);
    const number = await shop.supply.order([{ quantity: 5, expectedOn: inDays(10) }]);
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(10) });
    await shop.supply.expect(number, inDays(11));
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(10) });
    expect(await slices(shop, order)).toEqual([[5, inDays(11), 'purchase_order']]);
    await shop.supply.expect(number, inDays(12));
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(12) });
    expect(await history(order)).toHaveLength(2);
  });

  it('of those behind comes earlier when somebody ahead cancels', async () => {
    const shop = await openSupplied();
    const ahead = await shop.place(10);
    const behind = await shop.place(5);
    await shop.supply.order([
      { quantity: 10, expectedOn: inDays(5) },
      { quantity: 10, expectedOn: inDays(30) },
    ]);
    expect(await told(shop, behind)).toEqual({ first: inDays(30), told: inDays(30) });
    await shop.cancel(ahead);
    expect(await slices(shop, behind)).toEqual([[5, inDays(5), 'purchase_order']]);
    expect(await told(shop, behind)).toEqual({ first: inDays(30), told: inDays(5) });
  });

  it('ends with the fill, quietly, and keeps what was told', async () => {
    const shop = await openSupplied();
    const order = await shop.place(8);
    const number = await shop.supply.order([{ quantity: 8, expectedOn: inDays(5) }]);
    expect(await told(shop, order)).toEqual({ first: inDays(5), told: inDays(5) });
    await shop.supply.receiveOrder(number, 3);
    expect(await slices(shop, order)).toEqual([
      [3, inDays(0), 'stock'],
      [5, inDays(5), 'purchase_order'],
    ]);
    await shop.supply.receiveOrder(number, 5);
    expect(await slices(shop, order)).toEqual([[8, inDays(0), 'stock']]);
    expect(await told(shop, order)).toEqual({ first: inDays(5), told: inDays(5) });
    expect(await history(order)).toHaveLength(1);
  });

  it('is unknown again when the rest will not come', async () => {
    const shop = await openSupplied();
    const order = await shop.place(8);
    const number = await shop.supply.order([{ quantity: 8, expectedOn: inDays(5) }]);
    expect(await told(shop, order)).toEqual({ first: inDays(5), told: inDays(5) });
    const params = { purchaseOrder: number };
    await server().client.must('closePurchaseOrder', { params, body: { reason: 'out of production' } });
    expect(await slices(shop, order)).toEqual([[8, null, 'unknown']]);
    expect(await told(shop, order)).toEqual({ first: inDays(5), told: null });
  });

  it('of a pre-order is its release, or the later arrival', async () => {
    const shop = await openSupplied(preorder({}, { at: inDays(30), timeZone: 'Europe/Amsterdam' }));
    const order = await shop.place(10);
    expect(await slices(shop, order)).toEqual([[10, inDays(30), 'release']]);
    await shop.supply.order([
      { quantity: 4, expectedOn: inDays(5) },
      { quantity: 4, expectedOn: inDays(40) },
    ]);
    expect(await slices(shop, order)).toEqual([
      [4, inDays(30), 'release'],
      [2, inDays(30), 'release'],
      [4, inDays(40), 'purchase_order'],
    ]);
    await shop.receive(4);
    const { promise } = await shop.item(order);
    expect(promise?.slices[0]).toMatchObject({ units: 4, on: inDays(30), source: 'release' });
  });

  it('follows when a warehouse takes longer, and when stock goes to a whole order first', async () => {
    const shop = await openSupplied();
    const order = await shop.place(5);
    await shop.supply.order([{ quantity: 5, expectedOn: inDays(10) }]);
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(10) });
    await shop.putWarehouse('W1', { handlingDays: 6 });
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(16) });
    expect((await history(order)).at(-1)?.cause).toBe('putWarehouse');
  });

  it('is told anew when a hold is lifted and nothing is on its way any more', async () => {
    const shop = await openSupplied();
    const order = await shop.place(5);
    const number = await shop.supply.order([{ quantity: 5, expectedOn: inDays(10) }]);
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: inDays(10) });
    await shop.hold(order);
    await server().client.must('cancelPurchaseOrder', { params: { purchaseOrder: number }, body: {} });
    await promisesSettled(server().address);
    await shop.lift(order);
    expect(await told(shop, order)).toEqual({ first: inDays(10), told: null });
    expect((await history(order)).at(-1)).toMatchObject({ number: 2, days: [[5, null]] });
  });

  it('of free stock that others take is told anew', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    await shop.supply.putTerms({ promiseByLeadTime: true });
    const items = [{ quantity: 3 }, { sku: 'Q', quantity: 1 }];
    await shop.receive(3);
    const whole = await shop.place({ shipping: 'complete', whenIncomplete: 'give_back', items });
    expect(await told(shop, whole)).toEqual({ first: inDays(0), told: inDays(0) });
    await shop.place(3);
    expect(await told(shop, whole)).toEqual({ first: inDays(0), told: inDays(14) });
  });

  it('by lead time is given where the terms allow it', async () => {
    const shop = await openSupplied();
    const order = await shop.place(3);
    expect(await slices(shop, order)).toEqual([[3, null, 'unknown']]);
    await shop.supply.putTerms({ promiseByLeadTime: true, leadDays: 9 });
    expect(await slices(shop, order)).toEqual([[3, inDays(9), 'lead_time']]);
    expect(await told(shop, order)).toEqual({ first: inDays(9), told: inDays(9) });
  });

  it('counts handling on open days of the warehouse', async () => {
    const shop = await openSupplied();
    const closed = [1, 2, 3, 4, 5, 6, 7].filter((day) => day !== 3);
    await shop.putWarehouse('W1', { handlingDays: 1, closedWeekdays: closed });
    const order = await shop.place(2);
    await shop.supply.order([{ quantity: 2, expectedOn: inDays(1) }]);
    const { promise } = await shop.item(order);
    const on = promise?.slices[0]?.on ?? '';
    expect(new Date(on).getUTCDay()).toBe(3);
    const days = (Date.parse(on) - Date.parse(inDays(1))) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThanOrEqual(13);
  });

  it('counts only on supply that its channel may be served from', async () => {
    const shop = await openSupplied();
    await shop.putChannel('H', { warehouses: ['W2'] });
    const far = await shop.place({ channel: 'H', items: [{ quantity: 5 }] });
    const near = await shop.place(5);
    await shop.supply.order([{ quantity: 5, expectedOn: inDays(3), warehouse: 'W1' }]);
    await shop.supply.order([{ quantity: 5, expectedOn: inDays(9), warehouse: 'W2' }]);
    expect(await slices(shop, near)).toEqual([[5, inDays(3), 'purchase_order']]);
    expect(await slices(shop, far)).toEqual([[5, inDays(9), 'purchase_order']]);
    const { rows } = await server().client.must('listWaiting', { query: { sku: shop.name('P') } });
    expect(rows.map(({ orderId }) => orderId)).toEqual([far, near]);
  });
});

describe('what was told', () => {
  it('ends for one that waits no longer, also while another that was served waits again', async () => {
    const shop = await openSupplied();
    const again = await shop.place(5);
    const first = await shop.supply.order([{ quantity: 5, expectedOn: inDays(5) }]);
    expect(await told(shop, again)).toEqual({ first: inDays(5), told: inDays(5) });
    await shop.supply.receiveOrder(first, 5);
    await settled(server().address);
    await promisesSettled(server().address);
    await shop.supply.order([{ quantity: 20, expectedOn: inDays(10) }]);
    const leaves = await shop.place(3);
    expect(await told(shop, leaves)).toEqual({ first: inDays(10), told: inDays(10) });

    await whilePromisesAreOwned(shop.name('P'), async () => {
      await shop.reject(again, 'W1');
      await shop.cancel(leaves);
    });
    // the only warehouse will not be asked again
    expect(await told(shop, again)).toEqual({ first: inDays(5), told: null });
    expect(await brokenLaws(server())).toEqual([]);
  });
});

/** Nobody else publishes the product's promises meanwhile, so that one look sees all that was done. */
async function whilePromisesAreOwned(sku: string, act: () => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: server().databaseUrl });
  await owner.connect();
  try {
    await owner.query('select pg_advisory_lock(1735289205, id) from products where sku = $1', [sku]);
    await act();
  } finally {
    await owner.end();
  }
}
