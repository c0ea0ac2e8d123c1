/**
 * Repeats are harmless: the same order, stock document or shipment, known by its own number, sent again or several times
 * at once, has one effect and gets the same answer, marked as a repeat. Other contents under that number are refused.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../src/contract/call.ts';
import { OPERATIONS } from '../../../src/contract/operations.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';
import { thrice } from '../../support/thrice.ts';

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

function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${server().address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('the same order', () => {
  it('is answered to the byte as it was first', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1, W2: 1 } });
    const body = shop.orderBody({ items: [{ quantity: 3 }, { quantity: 2, unitPrice: 5 }] });
    const first = await post('/v1/orders', body);
    await shop.receive(5);
    const again = await post('/v1/orders', body);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
  });

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

  it.each(STOCK_KINDS)(
    '%s of several lines is answered to the byte; some of its lines are refused',
    async (kind) => {
      const shop = await openShop(server(), { stock: { W1: 5 }, products: { Q: BACKORDER } });
      await shop.receive(5, { sku: 'Q' });
      const body = stockBody(shop, kind, { reference: fresh('note'), figure: 2 });
      const [line] = body.lines;
      const lines = [line, { ...line, sku: shop.name('Q') }];
      const { path } = OPERATIONS[kind];
      const first = await post(path, { ...body, lines });
      expect(first.status).toBe(201);
      await shop.receive(7);
      const ledgers = async () => [await shop.ledger('W1', 'P'), await shop.ledger('W1', 'Q')];
      const before = await ledgers();
      const again = await post(path, { ...body, lines });
      expect(again.headers.get('idempotent-replay')).toBe('true');
      expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
      for (const others of [lines.slice(1), lines.toReversed()]) {
        const refused = await post(path, { ...body, lines: others });
        expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'reference_reused' }]);
      }
      expect(await ledgers()).toEqual(before);
    },
  );

  it('of several lines of a purchase order counts in once', async () => {
    const shop = await openShop(server(), { products: { Q: BACKORDER } });
    await shop.supply.putSupplier();
    const number = await shop.supply.order([{ quantity: 9 }, { sku: 'Q', quantity: 9 }]);
    const path = `/v1/purchase-orders/${number}/receipts`;
    const lines = [
      { line: 1, units: 2 },
      { line: 2, units: 3 },
    ];
    const body = { reference: fresh('DN'), warehouse: shop.name('W1'), lines };
    const first = await post(path, body);
    await shop.supply.receiveOrder(number, 1, { line: 2 });
    const again = await post(path, body);
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    const refused = await post(path, { ...body, lines: lines.slice(0, 1) });
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'reference_reused' }]);
    expect([(await shop.level('W1', 'P')).onHand, (await shop.level('W1', 'Q')).onHand]).toEqual([2, 4]);
    const order = await shop.supply.purchaseOrder(number);
    expect(order.lines.map(({ received }) => received)).toEqual([2, 4]);
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

  it('of several lines gets the first answer to the byte, and ships nothing again', async () => {
    const shop = await openShop(server(), { stock: { W1: 9 }, products: { Q: BACKORDER } });
    await shop.receive(9, { sku: 'Q' });
    const orderId = await shop.place({ items: [{ quantity: 4 }, { sku: 'Q', quantity: 5 }] });
    const items = [
      { line: 1, units: 2 },
      { line: 2, units: 3 },
    ];
    const body = { reference: fresh('parcel'), warehouse: shop.name('W1'), items };
    const send = () => post(`/v1/orders/${orderId}/shipments`, body);
    const first = await send();
    expect(first.headers.get('idempotent-replay')).toBeNull();
    await shop.ship(orderId, 1, { line: 2 });
    await shop.cancel(orderId, { 1: 1 });
    const done = async () => ({
      events: (await server().client.must('listOrderEvents', { params: { orderId } })).rows.length,
      ledgers: [await shop.ledger('W1', 'P'), await shop.ledger('W1', 'Q')],
    });
    const before = await done();
    const again = await send();
    expect(again.headers.get('idempotent-replay')).toBe('true');
    expect([again.status, await again.text()]).toEqual([first.status, await first.text()]);
    for (const other of [items.slice(0, 1), items.toReversed(), [...items, { line: 3, units: 1 }]]) {
      const refused = await server().client.call('shipItems', {
        params: { orderId },
        body: { ...body, items: other },
      });
      expect(refused).toMatchObject({ ok: false, status: 409, problem: { code: 'reference_reused' } });
    }
    expect(await shop.units(orderId, 1)).toEqual({ ordered: 4, allocated: 1, shipped: 2, cancelled: 1 });
    expect(await shop.units(orderId, 2)).toEqual({ ordered: 5, allocated: 1, shipped: 4 });
    expect(await done()).toEqual(before);
    expect((await shop.order(orderId)).shipments).toHaveLength(2);
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

describe('what a version before kept', () => {
  /** The fingerprint of the JSON of what was understood, as versions before wrote it. */
  const before = (contents: unknown) =>
    createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 22);

  it('is recognised: orders, receipts, shipments, receipts on purchase orders, and keys', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const { client } = server();
    await shop.supply.putSupplier();
    const [sku, warehouse] = [shop.name('P'), shop.name('W1')];
    const receipt = { reference: fresh('note'), warehouse, lines: [{ sku, units: 9 }] };
    await client.must('receiveStock', { body: receipt });
    const order = shop.orderBody(2);
    const key = fresh('key');
    const { id: orderId } = await client.must('placeOrder', { body: order, key });
    const parcel = { reference: fresh('parcel'), warehouse, items: [{ line: 1, units: 1 }] };
    const shipped = { params: { orderId }, body: parcel, key: fresh('key') };
    await client.must('shipItems', shipped);
    const purchaseOrder = await shop.supply.order([{ quantity: 3 }]);
    const arrived = { reference: fresh('DN'), warehouse, lines: [{ line: 1, units: 2 }] };
    await client.must('receivePurchaseOrder', { params: { purchaseOrder }, body: arrived });

    const orderBefore = {
      ...{ channel: order.channel, number: order.number, customer: null, customerGroup: null, priority: 0 },
      ...{ hold: null, shipTo: null, items: [{ sku, quantity: 2, unitPrice: 0 }] },
    };
    const receiptBefore = {
      ...{ kind: 'receive', reference: receipt.reference, reason: null },
      ...{ lines: [{ sku, warehouse, kind: 'receive', units: 9 }], availableOnly: false },
    };
    const { reference, items } = parcel;
    const parcelBefore = { reference, warehouse, tracking: null, items };
    const arrivedBefore = { reference: arrived.reference, warehouse, reason: null, lines: arrived.lines };
    const db = openDatabase({ url: server().databaseUrl, connections: 1 });
    for (const statement of [
      sql`update orders set contents_hash = ${before(orderBefore)} where id = ${orderId}`,
      sql`update stock_documents set answer = answer_text::jsonb, answer_text = null,
        contents_hash = ${before(receiptBefore)} where reference = ${receipt.reference}`,
      sql`update stock_documents set answer = answer_text::jsonb, answer_text = null,
        contents_hash = ${before([purchaseOrder, arrivedBefore])} where reference = ${arrived.reference}`,
      sql`update shipments set answer = answer_text::jsonb, answer_text = null,
        contents_hash = ${before([orderId, parcelBefore])} where reference = ${reference}`,
      sql`update idempotency_keys set outcome = answer::jsonb, answer = null,
        contents_hash = ${before(orderBefore)} where key = ${key}`,
      sql`update idempotency_keys set outcome = answer::jsonb, answer = null,
        contents_hash = ${before([{ orderId }, parcelBefore])} where key = ${shipped.key}`,
    ]) {
      await statement.execute(db);
    }
    await db.destroy();

    const repeated = { ok: true, repeated: true };
    const body = parcel;
    expect(await client.call('placeOrder', { body: order })).toMatchObject(repeated);
    expect(await client.call('placeOrder', { body: order, key })).toMatchObject(repeated);
    expect(await client.call('receiveStock', { body: receipt })).toMatchObject(repeated);
    expect(await client.call('shipItems', { params: { orderId }, body })).toMatchObject(repeated);
    expect(await client.call('shipItems', shipped)).toMatchObject(repeated);
    const arrivedAgain = { params: { purchaseOrder }, body: arrived };
    expect(await client.call('receivePurchaseOrder', arrivedAgain)).toMatchObject(repeated);
    const other = { ...receipt, lines: [{ sku, units: 8 }] };
    expect(await client.call('receiveStock', { body: other })).toMatchObject({ ok: false, status: 409 });
    expect(await shop.level()).toEqual({ onHand: 10, allocated: 1, available: 9 });
  });
});
