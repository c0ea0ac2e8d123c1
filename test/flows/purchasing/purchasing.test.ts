/** Buying advice: what waits and nobody has bought, one click to a draft, launches, and whom a late order hurts. */
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../src/contract/call.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled } from '../../support/settled.ts';
import { BACKORDER, openShop, preorder, refusal, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();
const AMSTERDAM = 'Europe/Amsterdam';

async function openSupplied(
  terms: CallInput<'putSupplierProduct'>['body'] = {},
  minimumOrder = 0,
): Promise<Shop> {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
  await shop.supply.putSupplier('S', { leadDays: 10, minimumOrder });
  await shop.supply.putTerms({ unitPrice: 300, ...terms });
  return shop;
}

async function suggested(shop: Shop) {
  const { rows } = await server().client.must('listPurchaseSuggestions', {
    query: { supplier: shop.name('S') },
  });
  return rows;
}

function draft(shop: Shop, skus?: readonly string[]) {
  const body = { supplier: shop.name('S'), warehouse: shop.name('W1') };
  const named = skus === undefined ? body : { ...body, skus: skus.map(shop.name) };
  return server().client.must('draftSuggested', { body: named });
}

describe('a suggestion', () => {
  it('is what waits and is neither free, incoming nor drafted, in whole packs', async () => {
    const shop = await openSupplied({ packSize: 12, minimumUnits: 30 });
    await shop.place(50);
    await shop.supply.order([{ quantity: 15, expectedOn: inDays(3) }]);
    expect(await suggested(shop)).toMatchObject([
      {
        sku: shop.name('P'),
        backordered: 50,
        incoming: 15,
        uncovered: 35,
        suggested: 36,
        value: '10800',
        neededOn: inDays(0),
        orderBy: inDays(0),
        arrivesOn: inDays(10),
      },
    ]);
    await shop.supply.order([{ quantity: 25, expectedOn: inDays(3) }]);
    expect(await suggested(shop)).toMatchObject([{ uncovered: 10, suggested: 36 }]);
  });

  it('becomes a draft with one click, and the second click finds nothing left', async () => {
    const shop = await openSupplied({ packSize: 10 }, 100_000);
    await shop.place(14);
    await shop.place({ items: [{ sku: 'Q', quantity: 3 }] });
    const order = await draft(shop);
    expect(order).toMatchObject({
      status: 'draft',
      lines: [{ sku: shop.name('P'), ordered: 20, unitPrice: 300 }],
    });
    expect(order.note).toContain('94000');
    expect(await suggested(shop)).toEqual([]);
    expect(await refusal(draft(shop))).toMatchObject({ status: 409, code: 'nothing_to_order' });
  });

  it('for the same click sent twenty times at once makes one draft', async () => {
    const shop = await openSupplied();
    await shop.place(5);
    const clicks = await Promise.allSettled(Array.from({ length: 20 }, () => draft(shop)));
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('of pre-orders is needed by the release', async () => {
    const shop = await openShop(server(), { policy: preorder({}, { at: inDays(40), timeZone: AMSTERDAM }) });
    await shop.supply.putSupplier('S', { leadDays: 10 });
    await shop.supply.putTerms({});
    await shop.place(5);
    expect(await suggested(shop)).toMatchObject([
      { preordered: 5, neededOn: inDays(40), orderBy: inDays(30), suggested: 5 },
    ]);
  });

  it('names what it does not know', async () => {
    const shop = await openSupplied();
    const call = (body: CallInput<'draftSuggested'>['body']) =>
      refusal(server().client.must('draftSuggested', body === undefined ? {} : { body }));
    const body = { supplier: shop.name('S'), warehouse: shop.name('W1') };
    expect((await call({ ...body, supplier: 'NOBODY' })).code).toBe('unknown_supplier');
    expect((await call({ ...body, warehouse: 'NOWHERE' })).code).toBe('unknown_warehouse');
    expect(await call({ ...body, skus: ['NOTHING'] })).toMatchObject({
      code: 'unknown_sku',
      skus: ['NOTHING'],
    });
  });
});

describe('a launch', () => {
  /** Pre-orders of `daily` units on each of the `days` before the release, which has passed or is ahead. */
  async function launch(shop: Shop, sku: string, daily: readonly number[]): Promise<void> {
    const far = { at: '2190-01-01', timeZone: AMSTERDAM };
    await shop.putProduct(sku, preorder({}, far));
    for (const [index, quantity] of daily.entries()) {
      const placedAt = new Date(Date.now() - (daily.length - index) * 86_400_000).toISOString();
      await shop.place({ placedAt, items: [{ sku, quantity }] });
    }
  }

  it('is forecast by the curves of earlier ones', async () => {
    const shop = await openShop(server());
    for (const sku of ['A', 'B', 'C', 'D', 'E']) {
      await launch(shop, sku, [10, 10, 20, 60]);
      await shop.putProduct(sku, preorder({}, { at: inDays(-1), timeZone: AMSTERDAM }));
    }
    await launch(shop, 'NEW', [8, 12]);
    await shop.putProduct('NEW', preorder({}, { at: inDays(2), timeZone: AMSTERDAM }));
    const { forecast } = await server().client.must('forecastLaunch', { params: { sku: shop.name('NEW') } });
    expect(forecast).toMatchObject({ preordered: 20, confidence: 0.8 });
    expect(forecast?.launches).toBeGreaterThanOrEqual(5);
    expect(forecast?.total).toBeGreaterThan(20);
    expect(forecast?.low).toBeLessThanOrEqual(forecast?.total ?? 0);
  });

  it('says why there is no forecast', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const answer = await server().client.must('forecastLaunch', { params: { sku: shop.name('P') } });
    expect(answer).toEqual({ forecast: null, why: 'It has no release ahead' });
    expect((await refusal(server().client.must('forecastLaunch', { params: { sku: 'NO' } }))).code).toBe(
      'not_found',
    );
  });
});

describe('a late or short order', () => {
  it('names the items it hurts, the worst first', async () => {
    const shop = await openSupplied();
    const first = await shop.place(4);
    const second = await shop.place(6);
    const number = await shop.supply.order([{ quantity: 10, expectedOn: inDays(5) }]);
    await promisesSettled(server().address);
    await shop.supply.expect(number, inDays(25));
    await promisesSettled(server().address);
    const affected = async () => {
      const { rows } = await server().client.must('listAffectedItems', { params: { purchaseOrder: number } });
      return rows.map(({ orderId, waiting, first: was, told, movedBy }) => [
        orderId,
        waiting,
        was,
        told,
        movedBy,
      ]);
    };
    expect(await affected()).toEqual([
      [first, 4, inDays(5), inDays(25), 20],
      [second, 6, inDays(5), inDays(25), 20],
    ]);
    const lines = [{ line: 1, units: 6 }];
    await server().client.must('closePurchaseOrder', { params: { purchaseOrder: number }, body: { lines } });
    await promisesSettled(server().address);
    expect(await affected()).toEqual([
      [second, 6, inDays(5), null, null],
      [first, 4, inDays(5), inDays(25), 20],
    ]);
  });
});
