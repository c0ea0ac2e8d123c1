/**
 * Repeats are harmless: the same order, stock document or shipment, or any change under one Idempotency-Key, sent again
 * or several times at once, has one effect and gets the same answer, marked as a repeat. Other contents under a used
 * name are refused. Refusals under a key are repeated as well.
 */
import { describe, expect, it } from 'vitest';
import type { Answered, CallInput } from '../../src/contract/client.ts';
import type { OperationId } from '../../src/contract/operations.ts';
import { useTestServer } from '../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { fresh } from '../support/shop-acts.ts';

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

/** One document of each kind about 2 units of P. */
function stockBody(shop: Shop, kind: StockKind, reference: string, figure = 2): StockBody {
  const sku = shop.name('P');
  const where = { reference, warehouse: shop.name('W1') };
  if (kind === 'transferStock') {
    return { reference, from: shop.name('W1'), to: shop.name('W2'), lines: [{ sku, units: figure }] };
  }
  if (kind === 'adjustStock') return { ...where, reason: 'why', lines: [{ sku, change: figure }] };
  if (kind === 'countStock') return { ...where, lines: [{ sku, counted: figure }] };
  return { ...where, reason: 'why', lines: [{ sku, units: figure }] };
}

/** The same call three times at once; every answer is the same, all but one are marked as repeats. */
async function thrice<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<Answered<Id>> {
  const answers = await Promise.all([1, 2, 3].map(() => server().client.call(id, input)));
  const [first] = answers;
  if (first === undefined) throw new Error('no answer');
  for (const answer of answers) {
    if (!answer.ok || !first.ok) expect(answer).toEqual(first);
    else expect(answer).toMatchObject({ status: first.status, value: first.value });
  }
  if (first.ok) expect(answers.filter((answer) => answer.ok && answer.repeated)).toHaveLength(2);
  return first;
}

describe('the same order', () => {
  it('again, and three times at once, is one order with one answer', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const body = shop.orderBody(2);
    const first = await thrice('placeOrder', { body });
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
    await thrice(kind, { body: stockBody(shop, kind, reference) });
    const ledger = await shop.ledger();
    expect(ledger).toHaveLength(2);
    const other = await server().client.call(kind, { body: stockBody(shop, kind, reference, 1) });
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
    await thrice('shipItems', { params: { orderId }, body });
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

describe('one Idempotency-Key', () => {
  type Keyed = { id: OperationId; input: (shop: Shop, orderId: number) => CallInput<OperationId> };
  const on = (id: OperationId, body: (shop: Shop) => unknown): [string, Keyed] => [
    id,
    { id, input: (shop, orderId) => ({ params: { orderId }, body: body(shop) }) as CallInput<OperationId> },
  ];
  const changes = [
    on('changeOrder', () => ({ items: [{ line: 1, quantity: 7 }] })),
    on('cancelOrder', () => ({ items: [{ line: 1, units: 1 }] })),
    on('holdOrder', () => ({ reason: 'fraud' })),
    on('prioritizeOrder', () => ({ priority: 3 })),
    on('pickItems', (shop) => ({ warehouse: shop.name('W1'), items: [{ line: 1, units: 1 }] })),
    on('shortPick', (shop) => ({
      warehouse: shop.name('W1'),
      reason: 'gone',
      items: [{ line: 1, units: 1 }],
    })),
    on('rejectAllocation', (shop) => ({ warehouse: shop.name('W1'), reason: 'no', lines: [1] })),
  ];

  it.each(changes)('%s three times at once has one effect', async (_, { id, input }) => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place(5);
    const once = { ...input(shop, order), key: fresh('key') };
    await thrice(id, once);
    const { items } = await shop.order(order);
    const again = await server().client.call(id, once);
    expect(again).toMatchObject({ ok: true, repeated: true });
    expect((await shop.order(order)).items).toEqual(items);
  });

  it('on lifting a hold lifts it once', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orderId = await shop.place({ hold: 'payment' });
    await thrice('liftHold', { params: { orderId }, key: fresh('key') });
    expect(await shop.units(orderId)).toEqual({ ordered: 1, backordered: 1 });
  });

  it('on placing an order and on a receipt holds as well', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await thrice('placeOrder', { body: shop.orderBody(2), key: fresh('key') });
    const receipt = {
      reference: fresh('note'),
      warehouse: shop.name('W1'),
      lines: [{ sku: shop.name('P'), units: 2 }],
    };
    await thrice('receiveStock', { body: receipt, key: fresh('key') });
    expect(await shop.level()).toEqual({ onHand: 2, allocated: 2, available: 0 });
  });

  it('repeats a refusal although by now it would be accepted', async () => {
    const shop = await openShop(server(), { stock: { W1: 1 } });
    const orderId = await shop.place(1);
    const body = { items: [{ line: 1, quantity: 2 }] };
    const key = fresh('key');
    const refused = await server().client.call('changeOrder', { params: { orderId }, body, key });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'order_refused' } });
    await shop.receive(5);
    expect(await server().client.call('changeOrder', { params: { orderId }, body, key })).toEqual(refused);
    expect(await shop.units(orderId)).toEqual({ ordered: 1, allocated: 1 });
    await server().client.must('changeOrder', { params: { orderId }, body, key: fresh('key') });
    expect(await shop.units(orderId)).toEqual({ ordered: 2, allocated: 2 });
  });

  it('with other contents, another order or another operation is refused', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const [first, second] = [await shop.place(5), await shop.place(5)];
    const key = fresh('key');
    const cancel = (orderId: number, units: number) =>
      server().client.call('cancelOrder', {
        params: { orderId },
        body: { items: [{ line: 1, units }] },
        key,
      });
    await cancel(first, 1);
    const reused = { ok: false, status: 409, problem: { code: 'idempotency_key_reused' } };
    expect(await cancel(first, 2)).toMatchObject(reused);
    expect(await cancel(second, 1)).toMatchObject(reused);
    const other = await server().client.call('prioritizeOrder', {
      params: { orderId: first },
      body: { priority: 1 },
      key,
    });
    expect(other).toMatchObject(reused);
    expect(await shop.units(first)).toEqual({ ordered: 5, backordered: 4, cancelled: 1 });
    expect(await shop.units(second)).toEqual({ ordered: 5, backordered: 5 });
  });

  it('on two different orders at once places one of them', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
    for (const second of [2, { items: [{ sku: 'Q', quantity: 1 }] }]) {
      const key = fresh('key');
      const bodies = [shop.orderBody(1), shop.orderBody(second)];
      const answers = await Promise.all(
        bodies.map((body) => server().client.call('placeOrder', { body, key })),
      );
      expect(answers.map((answer) => (answer.ok ? 'placed' : answer.problem.code)).toSorted()).toEqual([
        'idempotency_key_reused',
        'placed',
      ]);
    }
    expect([...(await shop.queue('P')), ...(await shop.queue('Q'))]).toHaveLength(2);
  });

  it('on each change of the catalog holds as well', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const zone = 'Europe/Amsterdam';
    const [sku, channel, warehouse] = [shop.name('P'), shop.name('G'), shop.name('W5')];
    await thrice('putWarehouse', {
      params: { warehouse },
      body: { name: 'Five', kind: 'own', timeZone: zone },
      key: fresh('key'),
    });
    await thrice('putSalesChannel', {
      params: { channel },
      body: { name: 'G', currency: 'EUR', timeZone: zone, warehouses: [warehouse] },
      key: fresh('key'),
    });
    await thrice('putProduct', { params: { sku }, body: { name: 'P' }, key: fresh('key') });
    await thrice('putChannelPolicy', { params: { sku, channel }, body: {}, key: fresh('key') });
    await thrice('deleteChannelPolicy', { params: { sku, channel }, key: fresh('key') });
  });
});
