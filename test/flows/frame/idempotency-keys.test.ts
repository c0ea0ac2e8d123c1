/**
 * Idempotency-Key: any change under one key, sent again or several times at once, has one effect and gets the same answer,
 * refusals included. Another request under a used key is refused.
 */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/app/frame/app.ts';
import { Contents } from '../../../src/app/frame/contents.ts';
import { placeOrders } from '../../../src/app/placing/place-orders.ts';
import { placeRequest } from '../../../src/app/placing/place-request.ts';
import type { CallInput } from '../../../src/contract/call.ts';
import { createClient } from '../../../src/contract/client.ts';
import type { OperationId } from '../../../src/contract/operations.ts';
import { order as orderSchema } from '../../../src/contract/orders.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { startNode } from '../../../src/node.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';
import { thrice } from '../../support/thrice.ts';

const server = useTestServer();

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
    await thrice(server().client, id, once);
    const { items } = await shop.order(order);
    const again = await server().client.call(id, once);
    expect(again).toMatchObject({ ok: true, repeated: true });
    expect((await shop.order(order)).items).toEqual(items);
  });

  it('on lifting a hold lifts it once', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orderId = await shop.place({ hold: 'payment' });
    await thrice(server().client, 'liftHold', { params: { orderId }, key: fresh('key') });
    expect(await shop.units(orderId)).toEqual({ ordered: 1, backordered: 1 });
  });

  it('on placing an order and on a receipt holds as well', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await thrice(server().client, 'placeOrder', { body: shop.orderBody(2), key: fresh('key') });
    const receipt = {
      reference: fresh('note'),
      warehouse: shop.name('W1'),
      lines: [{ sku: shop.name('P'), units: 2 }],
    };
    await thrice(server().client, 'receiveStock', { body: receipt, key: fresh('key') });
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
    await thrice(server().client, 'putWarehouse', {
      params: { warehouse },
      body: { name: 'Five', kind: 'own', timeZone: zone },
      key: fresh('key'),
    });
    await thrice(server().client, 'putSalesChannel', {
      params: { channel },
      body: { name: 'G', currency: 'EUR', timeZone: zone, warehouses: [warehouse] },
      key: fresh('key'),
    });
    await thrice(server().client, 'putProduct', { params: { sku }, body: { name: 'P' }, key: fresh('key') });
    await thrice(server().client, 'putChannelPolicy', {
      params: { sku, channel },
      body: {},
      key: fresh('key'),
    });
    await thrice(server().client, 'deleteChannelPolicy', { params: { sku, channel }, key: fresh('key') });
  });
});

/** Places orders in one batch, as they meet there when many come at once; what became of each. */
async function placeInOneBatch(shop: Shop, asked: readonly { number?: string; sku: string; key: string }[]) {
  const db = openDatabase({ url: server().databaseUrl, connections: 2 });
  try {
    const requests = asked.map(({ sku, key, ...named }) => {
      const order = orderSchema.parse(shop.orderBody({ ...named, items: [{ sku, quantity: 1 }] }));
      const sent = new Contents(
        () => JSON.stringify(order),
        () => [],
      );
      return placeRequest(order, { key, sent });
    });
    const answers = await placeOrders(
      createApp(db, () => undefined),
      requests,
    );
    return answers.map(({ outcome, repeated }) => [
      outcome.ok ? outcome.value.number : outcome.refusal.code,
      repeated,
    ]);
  } finally {
    await db.destroy();
  }
}

describe('one key in one batch of orders', () => {
  const products = { Q: BACKORDER };

  it('is the first order; the same again gets its answer, another one is refused and not placed', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products });
    const key = fresh('key');
    const placed = await placeInOneBatch(shop, [
      { number: 'one', sku: 'P', key },
      { number: 'two', sku: 'Q', key },
      { number: 'one', sku: 'P', key },
      { number: 'three', sku: 'Q', key: fresh('key') },
    ]);
    expect(placed).toEqual([
      ['one', false],
      ['idempotency_key_reused', false],
      ['one', true],
      ['three', false],
    ]);
    expect([await shop.queue('P'), await shop.queue('Q')]).toMatchObject([{ length: 1 }, { length: 1 }]);
  });

  it('decides before the number: a used key is refused although the order is there', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, products });
    const [key, other] = [fresh('key'), fresh('key')];
    await server().client.must('placeOrder', { body: shop.orderBody(1), key });
    const placed = await placeInOneBatch(shop, [
      { number: 'one', sku: 'P', key: other },
      { number: 'one', sku: 'P', key },
    ]);
    expect(placed).toEqual([
      ['one', false],
      ['idempotency_key_reused', false],
    ]);
  });

  it('keeps a refusal as well', async () => {
    const shop = await openShop(server());
    const key = fresh('key');
    const asked = { number: 'one', sku: 'P', key };
    expect(await placeInOneBatch(shop, [asked, asked])).toEqual([
      ['order_refused', false],
      ['order_refused', true],
    ]);
    await shop.receive(1);
    expect(await placeInOneBatch(shop, [asked])).toEqual([['order_refused', true]]);
  });
});

describe('one key of a bulk request', () => {
  it('is completed by the same request after it broke half way, with the answer it would have had', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1 } });
    const existing = shop.orderBody(1);
    await server().client.must('placeOrder', { body: existing });
    const orders = [existing, shop.orderBody(2), shop.orderBody(3), shop.orderBody({ channel: 'none' })];
    const [key, unbroken] = [fresh('half'), fresh('key')];
    const db = openDatabase({ url: server().databaseUrl, connections: 1 });
    await sql`alter table idempotency_keys add constraint half check (key not like 'half-% 2')`.execute(db);
    const broken = await server().client.call('placeOrders', { body: { orders }, key });
    expect(broken).toMatchObject({ ok: false, status: 500 });
    await sql`alter table idempotency_keys drop constraint half`.execute(db);
    await db.destroy();
    const other = await server().client.call('placeOrders', { body: { orders: orders.slice(1) }, key });
    expect(other).toMatchObject({ ok: false, problem: { code: 'idempotency_key_reused' } });
    await shop.receive(50);
    const { results } = await server().client.must('placeOrders', { body: { orders }, key });
    expect(results).toMatchObject([
      { accepted: true, repeated: true },
      { accepted: true, repeated: false, order: { items: [{ quantities: { backordered: 2 } }] } },
      { accepted: true, repeated: false, order: { items: [{ quantities: { allocated: 3 } }] } },
      { accepted: false, refusal: { code: 'unknown_channel' } },
    ]);
    const again = await server().client.call('placeOrders', { body: { orders }, key });
    expect(again).toMatchObject({ ok: true, repeated: true, value: { results } });
    const anew = await server().client.must('placeOrders', { body: { orders }, key: unbroken });
    expect(anew.results.map((each) => each.accepted && each.repeated)).toEqual([true, true, true, false]);
  });

  it('cannot be taken for the key of a single order, nor the other way round', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const [bulk, single] = [fresh('key'), fresh('key')];
    const [first, second] = [shop.orderBody(1), shop.orderBody(1)];
    await server().client.must('placeOrders', { body: { orders: [first] }, key: bulk });
    await server().client.must('placeOrder', { body: second, key: single });
    const reused = { ok: false, status: 409, problem: { code: 'idempotency_key_reused' } };
    expect(await server().client.call('placeOrder', { body: first, key: bulk })).toMatchObject(reused);
    expect(
      await server().client.call('placeOrders', { body: { orders: [second] }, key: single }),
    ).toMatchObject(reused);
  });
});

it('one key on orders of two channels, sent to two nodes at once, places one of them', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
  await shop.putChannel('H', { warehouses: ['W1'] });
  const node = await startNode({ databaseUrl: server().databaseUrl });
  try {
    for (let round = 0; round < 10; round++) {
      const key = fresh('key');
      const inH = shop.orderBody({ channel: 'H', items: [{ sku: 'Q', quantity: 1 }] });
      const answers = await Promise.all([
        server().client.call('placeOrder', { body: shop.orderBody(1), key }),
        createClient(node.address).call('placeOrder', { body: inH, key }),
      ]);
      expect(answers.map((answer) => (answer.ok ? 'placed' : answer.problem.code)).toSorted()).toEqual([
        'idempotency_key_reused',
        'placed',
      ]);
    }
    expect([...(await shop.queue('P')), ...(await shop.queue('Q'))]).toHaveLength(10);
  } finally {
    await node.stop();
  }
});
