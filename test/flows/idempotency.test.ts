/**
 * Repeats are harmless: the same order, stock document or shipment, known by its own number, sent again or several times
 * at once, has one effect and gets the same answer, marked as a repeat. Other contents under that number are refused.
 */
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../src/contract/call.ts';
import { useTestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { fresh } from '../support/shop-acts.ts';
import { thrice } from '../support/thrice.ts';

const server = useTestServer();

const STOCK_KINDS = [
  'receiveStock',
  'returnStock',
  'adjustStock',
  'countStock',
  'damageStock',
  'transferStock',
] as const;
type StockKind = (typeof STOCK_KINDS)[number];
type StockBody = NonNullable<CallInput<StockKind>['body']>;

/** One document of each kind about `figure` units of P. */
function stockBody(
  shop: Shop,
  kind: StockKind,
  { reference, figure }: { reference: string; figure: number },
): StockBody {
  const sku = shop.name('P');
  const where = { reference, warehouse: shop.name('W1') };
  if (kind === 'transferStock') {
    return { reference, from: shop.name('W1'), to: shop.name('W2'), lines: [{ sku, units: figure }] };
  }
  if (kind === 'adjustStock') return { ...where, reason: 'why', lines: [{ sku, change: figure }] };
  if (kind === 'countStock') return { ...where, lines: [{ sku, counted: figure }] };
  return { ...where, reason: 'why', lines: [{ sku, units: figure }] };
}

describe('the same order', () => {
  it('again, and three times at once, is one order with one answer', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const body = shop.orderBody(2);
    const first = await thrice(server().client, 'placeOrder', { body });
    await shop.receive(5);
    const again = await server().client.call('placeOrder', { body });
    expect(again).toEqual({ ...first, repeated: true });
    expect(await shop.level()).toEqual({ onHand: 6, allocated: 2, available: 4 });
    const { rows } = await server().client.must('listOrders', { query: { channel: shop.name('G') } });
    expect(rows).toHaveLength(1);
  });

  it('with other contents is refused, also at once', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const body = shop.orderBody(2);
    const other = { ...body, items: [{ sku: shop.name('P'), quantity: 3 }] };
    const answers = await Promise.all([
      server().client.call('placeOrder', { body }),
      server().client.call('placeOrder', { body: other }),
    ]);
    expect(answers.map((answer) => (answer.ok ? 'placed' : answer.problem.code)).toSorted()).toEqual([
      'order_number_reused',
      'placed',
    ]);
    expect(await shop.queue()).toHaveLength(1);
  });

  it('number on two orders of different products at once is one order', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    const pairs = Array.from({ length: 20 }, () => {
      const body = shop.orderBody(1);
      return [body, { ...body, items: [{ sku: shop.name('Q'), quantity: 1 }] }];
    });
    const answers = await Promise.all(
      pairs.flat().map((body) => server().client.call('placeOrder', { body })),
    );
    const codes = answers.map((answer) => (answer.ok ? 'placed' : answer.problem.code));
    expect(codes.filter((code) => code === 'placed')).toHaveLength(pairs.length);
    expect(codes.filter((code) => code === 'order_number_reused')).toHaveLength(pairs.length);
    expect([...(await shop.queue('P')), ...(await shop.queue('Q'))]).toHaveLength(pairs.length);
  });

  it('on another channel is another order', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.putChannel('H', { warehouses: ['W1'] });
    const body = shop.orderBody({ number: 'same' });
    await server().client.must('placeOrder', { body });
    await server().client.must('placeOrder', { body: { ...body, channel: shop.name('H') } });
    expect(await shop.queue()).toHaveLength(2);
  });

  it('is the same with its defaults written out', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const body = shop.orderBody(1);
    await server().client.must('placeOrder', { body });
    const spelled = { ...body, customer: null, priority: 0, hold: null, shipTo: null };
    expect(await server().client.call('placeOrder', { body: spelled })).toMatchObject({
      ok: true,
      repeated: true,
    });
  });
});

describe('the same stock document', () => {
  it.each(STOCK_KINDS)('%s three times at once moves stock once', async (kind) => {
    const shop = await openShop(server(), { stock: { W1: 5 } });
    const reference = fresh('note');
    await thrice(server().client, kind, { body: stockBody(shop, kind, { reference, figure: 2 }) });
    const ledger = await shop.ledger();
    expect(ledger).toHaveLength(2);
    const other = await server().client.call(kind, { body: stockBody(shop, kind, { reference, figure: 1 }) });
    expect(other).toMatchObject({ ok: false, status: 409, problem: { code: 'reference_reused' } });
    expect(await shop.ledger()).toEqual(ledger);
  });

  it('answers with the figures of the first time, whatever happened since', async () => {
    const shop = await openShop(server());
    const body = {
      reference: fresh('note'),
      warehouse: shop.name('W1'),
      lines: [{ sku: shop.name('P'), units: 3 }],
    };
    const first = await server().client.must('receiveStock', { body });
    await shop.place(2);
    await shop.receive(4);
    expect(await server().client.must('receiveStock', { body })).toEqual(first);
    expect(await shop.level()).toEqual({ onHand: 7, allocated: 2, available: 5 });
  });

  it('under one reference of another kind is another document', async () => {
    const shop = await openShop(server());
    const reference = fresh('note');
    await shop.receive(3, { reference });
    await shop.returned(1, { reference });
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 0, available: 4 });
  });
});

describe('the same shipment', () => {
  it('three times at once ships once', async () => {
    const shop = await openShop(server(), { stock: { W1: 4 } });
    const orderId = await shop.place(4);
    const items = [{ line: 1, units: 2 }];
    const body = { reference: fresh('parcel'), warehouse: shop.name('W1'), items };
    await thrice(server().client, 'shipItems', { params: { orderId }, body });
    expect(await shop.units(orderId)).toEqual({ ordered: 4, allocated: 2, shipped: 2 });
    expect((await shop.order(orderId)).shipments).toHaveLength(1);
    const other = { ...body, items: [{ line: 1, units: 1 }] };
    const refused = await server().client.call('shipItems', { params: { orderId }, body: other });
    expect(refused).toMatchObject({ ok: false, status: 409, problem: { code: 'reference_reused' } });
    expect(await shop.level()).toEqual({ onHand: 2, allocated: 2, available: 0 });
  });

  it('reference on another order is refused', async () => {
    const shop = await openShop(server(), { stock: { W1: 4 } });
    const [first, second] = [await shop.place(1), await shop.place(1)];
    const reference = fresh('parcel');
    await shop.ship(first, 1, { reference });
    const body = { reference, warehouse: shop.name('W1'), items: [{ line: 1, units: 1 }] };
    const refused = await server().client.call('shipItems', { params: { orderId: second }, body });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'reference_reused' } });
    expect(await shop.units(second)).toEqual({ ordered: 1, allocated: 1 });
  });
});
