/**
 * Everything that is summed has a bound where it is let in, at every door, and what older versions let in beyond it harms nobody:
 * its product is filled, held, cancelled like any other, with rules in force as well.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { within } from '../../support/custom-report.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';
import { liveRules } from '../../support/shop-rules.ts';

const server = useTestServer();
const MOST = 1_000_000_000;
const MOST_VALUE = 1_000_000_000_000_000;
const MOST_WAITING = 1_000_000_000_000;

async function inDatabase(statement: string, values: readonly unknown[]): Promise<void> {
  const database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
  try {
    await database.query(statement, [...values]);
  } finally {
    await database.end();
  }
}

async function amountOf(shop: Shop): Promise<unknown> {
  const report = await server().client.must('itemsByStatus', { query: { channel: shop.name('G') } });
  return report.rows.filter(({ items }) => items > 0).map(({ value }) => value[0]?.amount);
}

describe('an order', () => {
  it('of the most units and the most value comes back exact, on every page', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place({
      items: [
        { quantity: MOST - 1, unitPrice: 1_000_000 },
        { quantity: 1, unitPrice: 1_000_000 },
      ],
    });
    expect(await shop.units(order)).toEqual({ ordered: MOST - 1, backordered: MOST - 1 });
    expect(await amountOf(shop)).toEqual([`${MOST_VALUE}`]);
    const report = within(shop, { measures: ['value', 'ordered_units'], by: [{ dimension: 'currency' }] });
    const { total } = await server().client.must('runReport', { query: { report: JSON.stringify(report) } });
    expect(total.values).toEqual([`${MOST_VALUE}`, MOST]);
  });

  it.each<[string, { quantity: number; unitPrice?: number }[], [string, string]]>([
    [
      'units',
      [{ quantity: MOST }, { quantity: 1 }],
      ['items.1.quantity', `come to ${MOST + 1} units; at most ${MOST}`],
    ],
    [
      'value',
      [{ quantity: MOST, unitPrice: 1_000_001 }],
      ['items.0.unitPrice', `1000001000000000 minor units of the currency; at most ${MOST_VALUE}`],
    ],
    [
      'value, however large',
      [{ quantity: MOST, unitPrice: 1_000_000_000_000 }],
      ['items.0.unitPrice', 'come to 1000000000000000000000 minor units'],
    ],
  ])('of more %s is refused with the sum and what is accepted', async (_, items, [path, words]) => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const problem = await refusal(shop.place({ items }));
    expect(problem).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ path }] });
    expect(JSON.stringify(problem)).toContain(words);
    expect(await shop.queue()).toEqual([]);
  });

  it('is not raised beyond them either, and lowered from wherever it is', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place({
      items: [
        { quantity: MOST - 5, unitPrice: 1 },
        { quantity: 2, unitPrice: 1_000_000_000_000 },
      ],
    });
    expect(await refusal(shop.change(order, { 2: 6 }))).toMatchObject({ code: 'too_many_units' });
    await shop.change(order, { 2: 5 });
    await shop.change(order, { 1: 10 });
    expect(await refusal(shop.change(order, { 2: 6 }))).toMatchObject({ code: 'too_many_units' });
    const dear = await shop.place({ items: [{ quantity: 1_000, unitPrice: 1_000_000_000_000 }] });
    expect(await refusal(shop.change(dear, { 1: 1_001 }))).toMatchObject({
      code: 'too_much_value',
      sum: '1001000000000000',
      most: MOST_VALUE,
    });
    expect(await shop.units(dear)).toEqual({ ordered: 1_000, backordered: 1_000 });
  });

  it('of a file is rejected alone, with its column', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const row = (number: string, quantity: number, price: number) =>
      `${shop.name('G')},${number},${shop.name('P')},${quantity},${price}`;
    const rows = [
      row('A', 1, 0),
      row('B', MOST, 0),
      row('B', 1, 0),
      row('C', MOST, 1_000_001),
      row('D', 1_000, 1_000_000_000_000),
      row('D', 1, 1),
      row('E', 2, 0),
    ];
    const response = await fetch(`${server().address}/v1/imports/orders`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: ['channel,number,sku,quantity,unit_price', ...rows].join('\n'),
    });
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; line?: number; column?: string });
    expect(lines.filter(({ kind }) => kind === 'rejected').map(({ line, column }) => [line, column])).toEqual(
      [
        [3, 'quantity'],
        [4, 'quantity'],
        [5, 'unit_price'],
        [6, 'unit_price'],
        [7, 'unit_price'],
      ],
    );
    expect(lines.at(-1)).toEqual({ kind: 'done', imported: 2, repeated: 0, rejected: 5 });
  });
});

describe('a purchase order', () => {
  it('has the same bounds, and a draft of what is suggested keeps them', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await shop.supply.putSupplier();
    await shop.supply.putTerms({ unitPrice: 5, packSize: 7 });
    expect(await refusal(shop.supply.draft([{ quantity: MOST }, { quantity: 1 }]))).toMatchObject({
      status: 400,
      errors: [{ path: 'lines.1.quantity' }],
    });
    expect(
      await refusal(shop.supply.draft([{ quantity: MOST, unitPrice: 1_000_000_000_000 }])),
    ).toMatchObject({ status: 400, errors: [{ path: 'lines.0.unitPrice' }] });
    for (let order = 0; order < 3; order++) await shop.place(MOST);
    const draft = () =>
      server().client.must('draftSuggested', {
        body: { supplier: shop.name('S'), warehouse: shop.name('W1') },
      });
    const whole = Math.floor(MOST / 7) * 7;
    expect((await draft()).lines.map(({ ordered }) => ordered)).toEqual([whole]);
    expect((await draft()).lines.map(({ ordered }) => ordered)).toEqual([whole]);
  });
});

describe('a product', () => {
  it('has no more waiting than can be summed up, to the unit', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    await inDatabase(
      'update product_positions set backordered = $2 where product_id = (select id from products where sku = $1)',
      [shop.name('P'), MOST_WAITING - 3],
    );
    const order = await shop.place(2);
    expect(await refusal(shop.place(2))).toMatchObject({
      code: 'too_many_units',
      sku: shop.name('P'),
      waiting: MOST_WAITING - 1,
      most: MOST_WAITING,
    });
    expect(await refusal(shop.change(order, { 1: 4 }))).toMatchObject({ code: 'too_many_units', line: 1 });
    await shop.change(order, { 1: 3 });
  });

  it('of which three billion are wanted in a day is at risk, and no error', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    for (let order = 0; order < 3; order++) await shop.place(MOST);
    const { rows } = await server().client.must('listAtRisk', {});
    expect(rows.find(({ sku }) => sku === shop.name('P'))).toMatchObject({ waiting: 3 * MOST, risk: 1 });
  });

  it('with a billion allocated behind a release gate is listed', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: MOST } });
    await liveRules(server().client, shop, [{ limits: { itemGatePercent: 50 } }]);
    await shop.place(MOST);
    const query = { warehouse: shop.name('W1') };
    const { rows } = await server().client.must('listAllocations', { query });
    expect(rows).toMatchObject([{ open: MOST, shippable: true }]);
    await server().client.must('placeLiveRuleSet', { body: { version: null } });
  });
});

describe('an order that an older version let in beyond the bounds', () => {
  it('keeps nobody from anything, with rules in force', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const big = await shop.place({ items: [{ quantity: MOST, unitPrice: 1 }] });
    await inDatabase('update order_items set unit_price = 1000000000000 where order_id = $1', [big]);
    await inDatabase('update products set weight_grams = 1000000000 where sku = $1', [shop.name('P')]);
    const small = await shop.place(1);
    await liveRules(server().client, shop, [{ strategies: [{ kind: 'fewest_shipments' }] }]);
    await shop.receive(MOST);
    expect(await shop.units(big)).toEqual({ ordered: MOST, allocated: MOST });
    expect(await shop.units(small)).toEqual({ ordered: 1, backordered: 1 });
    const explained = await server().client.must('explainItem', { params: { orderId: big, line: 1 } });
    expect(explained.sku).toBe(shop.name('P'));
    await shop.place(1);
    await shop.hold(big);
    await shop.lift(big);
    await shop.change(big, { 1: MOST - 1 });
    await shop.cancel(big);
    expect(await shop.units(small)).toEqual({ ordered: 1, allocated: 1 });
    await server().client.must('placeLiveRuleSet', { body: { version: null } });
    expect(await amountOf(shop)).toContain(`${BigInt(MOST) * 1_000_000_000_000n}`);
  });
});
