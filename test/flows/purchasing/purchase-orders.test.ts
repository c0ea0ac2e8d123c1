/** The life of a purchase order: drafted, sent, confirmed, received in parts, closed or cancelled; what is refused. */
import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../src/contract/call.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();

async function openSupplied(supplier: Parameters<Shop['supply']['putSupplier']>[1] = {}): Promise<Shop> {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
  await shop.supply.putSupplier('S', supplier);
  return shop;
}

const params = (purchaseOrder: string) => ({ params: { purchaseOrder } });

/** Status, and [ordered, received, closed, open] by line. */
async function state(shop: Shop, number: string) {
  const { status, lines } = await shop.supply.purchaseOrder(number);
  return [status, ...lines.map(({ ordered, received, closed, open }) => [ordered, received, closed, open])];
}

describe('a purchase order', () => {
  it('goes from draft to received, and its receipts serve whoever waits', async () => {
    const shop = await openSupplied();
    const order = await shop.place(6);
    const { number, status } = await shop.supply.draft([{ quantity: 10, unitPrice: 250 }]);
    expect(status).toBe('draft');
    await shop.supply.send(number);
    await server().client.must('confirmPurchaseOrder', { ...params(number), body: {} });
    expect(await state(shop, number)).toEqual(['confirmed', [10, 0, 0, 10]]);
    await shop.supply.receiveOrder(number, 4);
    expect(await state(shop, number)).toEqual(['partly_received', [10, 4, 0, 6]]);
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 4, backordered: 2 });
    await shop.supply.receiveOrder(number, 6);
    expect(await state(shop, number)).toEqual(['received', [10, 10, 0, 0]]);
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 6 });
    expect(await shop.level()).toEqual({ onHand: 10, allocated: 6, available: 4 });
    const { rows } = await server().client.must('listPurchaseOrderEvents', params(number));
    expect(rows.map(({ cause }) => cause)).toEqual(['received', 'received', 'confirmed', 'sent', 'drafted']);
  });

  it('is expected by the lead time on open days of the supplier when no day is given', async () => {
    const shop = await openSupplied({ leadDays: 1, closedWeekdays: [6, 7], closedDates: [inDays(0)] });
    const number = await shop.supply.order([{ quantity: 1 }]);
    const [line] = (await shop.supply.purchaseOrder(number)).lines;
    const day = new Date(line?.expectedOn ?? '').getUTCDay();
    expect([1, 2, 3, 4, 5]).toContain(day);
    expect(line?.expectedOn && line.expectedOn > inDays(1)).toBe(true);
  });

  it('is expected by the lead time of the terms where they name one', async () => {
    const shop = await openSupplied();
    await shop.supply.putTerms({ leadDays: 3 });
    const number = await shop.supply.order([{ quantity: 1 }, { quantity: 1, sku: 'Q' }]);
    const { lines } = await shop.supply.purchaseOrder(number);
    expect(lines.map(({ expectedOn }) => expectedOn)).toEqual([inDays(3), inDays(14)]);
  });

  it('counts as incoming only between sending and its end, and is found by the status it shows', async () => {
    const shop = await openSupplied();
    const incoming = async () =>
      (await server().client.must('getProduct', { params: { sku: shop.name('P') } })).incoming;
    const call = (purchaseOrder: string) => ({ params: { purchaseOrder }, body: {} });
    await shop.supply.draft([{ quantity: 1 }]);
    expect(await incoming()).toBe(0);
    await shop.supply.order([{ quantity: 10 }]);
    expect(await incoming()).toBe(10);
    const confirmed = await shop.supply.order([{ quantity: 20 }]);
    await server().client.must('confirmPurchaseOrder', call(confirmed));
    expect(await incoming()).toBe(30);
    const partly = await shop.supply.order([{ quantity: 40 }]);
    await shop.supply.receiveOrder(partly, 15);
    expect(await incoming()).toBe(55);
    const received = await shop.supply.order([{ quantity: 3 }]);
    await shop.supply.receiveOrder(received, 3);
    const closed = await shop.supply.order([{ quantity: 4 }]);
    await server().client.must('closePurchaseOrder', call(closed));
    const cancelled = await shop.supply.order([{ quantity: 5 }]);
    await server().client.must('cancelPurchaseOrder', call(cancelled));
    expect(await incoming()).toBe(55);
    const supplier = shop.name('S');
    const all = await server().client.must('listPurchaseOrders', { query: { supplier } });
    expect(new Set(all.rows.map(({ status }) => status)).size).toBe(7);
    for (const { number, status } of all.rows) {
      const found = await server().client.must('listPurchaseOrders', { query: { supplier, status } });
      expect(found.rows.map((row) => [row.number, row.status])).toEqual([[number, status]]);
    }
  });

  it('keeps every day that was quoted', async () => {
    const shop = await openSupplied();
    const number = await shop.supply.order([{ quantity: 1, expectedOn: inDays(3) }]);
    await server().client.must('confirmPurchaseOrder', {
      ...params(number),
      body: { lines: [{ line: 1, expectedOn: inDays(4) }] },
    });
    await shop.supply.expect(number, inDays(9));
    const [line] = (await shop.supply.purchaseOrder(number)).lines;
    expect(line?.expectedDates.map(({ expectedOn }) => expectedOn)).toEqual([
      inDays(3),
      inDays(4),
      inDays(9),
    ]);
  });

  it('is late once its day has passed, and no promise is in the past', async () => {
    const shop = await openSupplied();
    const order = await shop.place(2);
    const number = await shop.supply.order([{ quantity: 2, expectedOn: inDays(-3) }]);
    expect((await shop.supply.purchaseOrder(number)).lines[0]?.late).toBe(true);
    expect((await shop.item(order)).promise?.slices[0]).toMatchObject({
      on: inDays(0),
      purchaseOrder: number,
    });
    const late = await server().client.must('listPurchaseOrders', {
      query: { late: 'true', supplier: shop.name('S') },
    });
    expect(late.rows.map((row) => row.number)).toEqual([number]);
  });

  it('has two lines of one product, received together', async () => {
    const shop = await openSupplied();
    const number = await shop.supply.order([
      { quantity: 5, expectedOn: inDays(1) },
      { quantity: 5, expectedOn: inDays(8) },
      { quantity: 2, sku: 'Q' },
    ]);
    const body: CallInput<'receivePurchaseOrder'>['body'] = {
      reference: fresh('DN'),
      warehouse: shop.name('W1'),
      lines: [
        { line: 1, units: 5 },
        { line: 2, units: 2 },
        { line: 3, units: 2 },
      ],
    };
    await server().client.must('receivePurchaseOrder', { ...params(number), body });
    expect(await state(shop, number)).toEqual(['partly_received', [5, 5, 0, 0], [5, 2, 0, 3], [2, 2, 0, 0]]);
    expect(await shop.level()).toMatchObject({ onHand: 7 });
    expect(await shop.ledger()).toHaveLength(1);
  });
});

describe('a receipt', () => {
  it('sent twice has one effect and gets the same answer', async () => {
    const shop = await openSupplied();
    const number = await shop.supply.order([{ quantity: 10 }]);
    const reference = fresh('DN');
    const first = await shop.supply.receiveOrder(number, 4, { reference });
    expect(await shop.supply.receiveOrder(number, 4, { reference })).toEqual(first);
    expect(await shop.level()).toMatchObject({ onHand: 4 });
    const other = await refusal(shop.supply.receiveOrder(number, 5, { reference }));
    expect(other).toMatchObject({ status: 409, code: 'reference_reused' });
    expect((await refusal(shop.receive(4, { reference }))).code).toBe('reference_reused');
  });

  it('of more than was ordered is taken as far as the tolerance goes', async () => {
    const shop = await openSupplied({ overReceiptPercent: 10 });
    const number = await shop.supply.order([{ quantity: 20 }]);
    const refused = await refusal(shop.supply.receiveOrder(number, 23));
    expect(refused).toMatchObject({ status: 409, code: 'over_receipt', accepted: 22, units: 23 });
    await shop.supply.receiveOrder(number, 22);
    expect(await state(shop, number)).toEqual(['received', [20, 22, 0, 0]]);
    expect((await refusal(shop.supply.receiveOrder(number, 1))).code).toBe('over_receipt');
  });

  it('in another warehouse than the line names is refused', async () => {
    const shop = await openSupplied();
    const number = await shop.supply.order([{ quantity: 2 }]);
    const refused = await refusal(shop.supply.receiveOrder(number, 2, { warehouse: 'W2' }));
    expect(refused).toMatchObject({ code: 'wrong_warehouse', line: 1, warehouse: shop.name('W1') });
    expect(await shop.level('W2')).toMatchObject({ onHand: 0 });
  });

  it('of a draft or of a line that is not there is refused', async () => {
    const shop = await openSupplied();
    const { number } = await shop.supply.draft([{ quantity: 2 }]);
    expect((await refusal(shop.supply.receiveOrder(number, 2))).code).toBe('not_on_its_way');
    await shop.supply.send(number);
    expect((await refusal(shop.supply.receiveOrder(number, 2, { line: 2 }))).code).toBe('not_found');
    expect((await refusal(shop.supply.receiveOrder(`${number}X`, 2))).code).toBe('not_found');
  });
});

describe('what will not come', () => {
  it('is closed by line or whole, and counts no more', async () => {
    const shop = await openSupplied();
    const number = await shop.supply.order([{ quantity: 10 }, { quantity: 4, sku: 'Q' }]);
    await shop.supply.receiveOrder(number, 3);
    const some = { lines: [{ line: 1, units: 2 }], reason: 'short' };
    await server().client.must('closePurchaseOrder', { ...params(number), body: some });
    expect(await state(shop, number)).toEqual(['partly_received', [10, 3, 2, 5], [4, 0, 0, 4]]);
    const more = { lines: [{ line: 1, units: 6 }] };
    const refused = await refusal(
      server().client.must('closePurchaseOrder', { ...params(number), body: more }),
    );
    expect(refused).toMatchObject({ code: 'too_many_units', line: 1, open: 5, units: 6 });
    await server().client.must('closePurchaseOrder', { ...params(number), body: {} });
    expect(await state(shop, number)).toEqual(['closed', [10, 3, 7, 0], [4, 0, 4, 0]]);
  });

  it('is cancelled only while nothing has arrived', async () => {
    const shop = await openSupplied();
    const arrived = await shop.supply.order([{ quantity: 2 }]);
    await shop.supply.receiveOrder(arrived, 1);
    const cancel = (number: string) =>
      server().client.must('cancelPurchaseOrder', { ...params(number), body: { reason: 'mistake' } });
    expect(await refusal(cancel(arrived))).toMatchObject({ code: 'partly_received', received: 1 });
    const other = await shop.supply.order([{ quantity: 2 }]);
    await cancel(other);
    expect(await state(shop, other)).toEqual(['cancelled', [2, 0, 0, 2]]);
    expect((await refusal(cancel(other))).code).toBe('purchase_order_ended');
    expect((await refusal(shop.supply.receiveOrder(other, 1))).code).toBe('not_on_its_way');
  });
});

describe('a draft', () => {
  it('is written whole and again, until it is sent', async () => {
    const shop = await openSupplied();
    const { number } = await shop.supply.draft([{ quantity: 2 }]);
    const again = await shop.supply.draft([{ quantity: 5, sku: 'Q', warehouse: 'W2' }], number);
    expect(again.lines).toMatchObject([{ sku: shop.name('Q'), warehouse: shop.name('W2'), ordered: 5 }]);
    await shop.supply.send(number);
    expect(await refusal(shop.supply.draft([{ quantity: 1 }], number))).toMatchObject({
      status: 409,
      code: 'not_a_draft',
      stage: 'sent',
    });
    expect((await refusal(shop.supply.send(number))).code).toBe('not_a_draft');
  });

  it('names what it does not know', async () => {
    const shop = await openSupplied();
    const draft = (body: NonNullable<CallInput<'putPurchaseOrder'>['body']>) =>
      refusal(server().client.must('putPurchaseOrder', { ...params(fresh('PO')), body }));
    const line = { sku: shop.name('P'), warehouse: shop.name('W1'), quantity: 1 };
    const supplier = shop.name('S');
    expect(await draft({ supplier: 'NOBODY', lines: [line] })).toMatchObject({ code: 'unknown_supplier' });
    expect(await draft({ supplier, lines: [{ ...line, warehouse: 'NOWHERE' }] })).toMatchObject({
      code: 'unknown_warehouse',
      warehouse: 'NOWHERE',
    });
    expect(await draft({ supplier, lines: [{ ...line, sku: 'NOTHING' }] })).toMatchObject({
      code: 'unknown_sku',
      skus: ['NOTHING'],
    });
  });

  it('of a supplier that is disabled is neither written nor sent', async () => {
    const shop = await openSupplied();
    const { number } = await shop.supply.draft([{ quantity: 1 }]);
    await shop.supply.putSupplier('S', { enabled: false });
    expect((await refusal(shop.supply.send(number))).code).toBe('supplier_disabled');
    expect((await refusal(shop.supply.draft([{ quantity: 1 }]))).code).toBe('supplier_disabled');
  });

  it('below the least order of the supplier is not sent', async () => {
    const shop = await openSupplied({ minimumOrder: 10_000 });
    const { number } = await shop.supply.draft([{ quantity: 3, unitPrice: 2_500 }]);
    expect(await refusal(shop.supply.send(number))).toMatchObject({
      code: 'below_minimum',
      minimum: '10000',
      value: '7500',
    });
  });
});

describe('buy to order', () => {
  async function openBought(): Promise<Shop> {
    const shop = await openSupplied();
    await shop.supply.putTerms({ buyToOrder: true, unitPrice: 700 });
    return shop;
  }

  async function boughtFor(orderId: number) {
    const { rows } = await server().client.must('listPurchaseOrders', { query: { limit: 200 } });
    for (const { number } of rows) {
      const view = await server().client.must('getPurchaseOrder', params(number));
      if (view.lines.some((line) => line.boughtFor?.orderId === orderId)) return view;
    }
    throw new Error(`nothing is bought for order ${orderId}`);
  }

  it('makes a purchase order line for the shortage and gives what arrives to that item alone', async () => {
    const shop = await openBought();
    await shop.receive(2);
    const first = await shop.place(5);
    const second = await shop.place(4);
    expect(await shop.units(first)).toEqual({ ordered: 5, allocated: 2, backordered: 3 });
    const { number, lines, status } = await boughtFor(second);
    expect(status).toBe('draft');
    expect(lines).toMatchObject([{ ordered: 4, unitPrice: 700, boughtFor: { orderId: second, line: 1 } }]);
    await shop.supply.send(number);
    await shop.supply.receiveOrder(number, 4);
    expect(await shop.units(second)).toEqual({ ordered: 4, allocated: 4 });
    expect(await shop.units(first)).toEqual({ ordered: 5, allocated: 2, backordered: 3 });
    const { rows } = await server().client.must('listOrderEvents', { params: { orderId: second } });
    expect(rows[0]).toMatchObject({ cause: 'filled', explanation: { boughtWith: number } });
  });

  it('is promised by the lead time, then by its own line alone', async () => {
    const shop = await openBought();
    const order = await shop.place(3);
    expect((await shop.item(order)).promise?.slices).toMatchObject([
      { units: 3, on: inDays(14), source: 'lead_time' },
    ]);
    const { number } = await boughtFor(order);
    await shop.supply.send(number);
    await shop.supply.expect(number, inDays(30));
    await shop.supply.order([{ quantity: 10, expectedOn: inDays(2) }]);
    expect((await shop.item(order)).promise?.slices).toMatchObject([
      { units: 3, on: inDays(30), source: 'purchase_order', purchaseOrder: number },
    ]);
  });

  it('is not advised to be bought again when its order was on hold and joined the queue', async () => {
    const shop = await openBought();
    const order = await shop.place(4);
    const { number } = await boughtFor(order);
    await shop.supply.send(number);
    await shop.hold(order);
    await shop.lift(order);
    expect((await shop.item(order)).promise?.slices).toMatchObject([{ units: 4, purchaseOrder: number }]);
    const { rows } = await server().client.must('listPurchaseSuggestions', {
      query: { supplier: shop.name('S') },
    });
    expect(rows).toEqual([]);
  });

  it('joins the queue at its own place when its order is cancelled', async () => {
    const shop = await openBought();
    const order = await shop.place(3);
    expect((await shop.item(order)).bought).toBe(true);
    expect(await shop.queue()).toEqual([]);
    const { number } = await boughtFor(order);
    await server().client.must('cancelPurchaseOrder', { ...params(number), body: {} });
    expect(await shop.queue()).toEqual([order]);
    await shop.receive(3);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
  });

  it('leaves what a cancelled customer no longer wants to everybody', async () => {
    const shop = await openBought();
    const order = await shop.place(3);
    const { number } = await boughtFor(order);
    await shop.supply.send(number);
    await shop.cancel(order);
    await shop.supply.receiveOrder(number, 3);
    expect(await shop.level()).toEqual({ onHand: 3, allocated: 0, available: 3 });
  });

  it('puts a short pick back into the queue, not outside of it', async () => {
    const shop = await openBought();
    const order = await shop.place(3);
    const { number } = await boughtFor(order);
    await shop.supply.send(number);
    await shop.supply.receiveOrder(number, 3);
    await shop.shortPick(order, 1);
    expect(await shop.queue()).toEqual([order]);
    await shop.receive(1);
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
  });

  it('is not rewritten as a draft', async () => {
    const shop = await openBought();
    const order = await shop.place(3);
    const { number } = await boughtFor(order);
    expect((await refusal(shop.supply.draft([{ quantity: 1 }], number))).code).toBe('bought_to_order');
  });
});
