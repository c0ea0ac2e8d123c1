/**
 * Rules that are tried before they decide: a shadow that is computed beside the rules in force and changes nothing, and
 * figures of how rules were used. And what rules learn by themselves: how much is shipped in a day.
 */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/app/frame/app.ts';
import { learnDemand } from '../../../src/app/purchasing/learn-demand.ts';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { brokenLaws } from '../../laws/model/http-laws.ts';
import { useTestServer } from '../../support/server.ts';
import { settled } from '../../support/settled.ts';
import { BACKORDER, backorderUpTo, openShop, refusal, type Shop } from '../../support/shop.ts';
import { liveRules, makeRules, type RuleInput } from '../../support/shop-rules.ts';

const server = useTestServer();
const ROTTERDAM = { latitude: 51.9225, longitude: 4.47917, country: 'NL' };
const LYON = { latitude: 45.74846, longitude: 4.84671, country: 'FR' };
const TO_MARSEILLE = { country: 'FR', latitude: 43.29695, longitude: 5.38107 };

function twoPlaces(stock: Record<string, number>, policy = BACKORDER): Promise<Shop> {
  return openShop(server(), { warehouses: { W1: ROTTERDAM, W2: LYON }, policy, stock });
}

async function shadowRules(shop: Shop, rules: readonly RuleInput[]): Promise<number> {
  const version = await makeRules(server().client, shop, rules);
  await server().client.must('placeShadowRuleSet', { body: { version } });
  return version;
}

const reportOf = (version: number) => server().client.must('getShadowReport', { params: { version } });

describe('a shadow', () => {
  it('says what it would have done to each new order, and changes nothing', async () => {
    const shop = await twoPlaces({ W1: 10, W2: 2 });
    const version = await shadowRules(shop, [{ strategies: [{ kind: 'nearest' }] }]);
    const first = await shop.place({ shipTo: TO_MARSEILLE, items: [{ quantity: 2 }] });
    expect(await shop.allocations(first)).toEqual({ W1: 2 });
    expect(await reportOf(version)).toMatchObject({
      version,
      orders: 1,
      differing: 1,
      refused: 0,
      before: { shipments: 1, servedUnits: 2, waitingUnits: 0, cost: null },
      after: { shipments: 1, servedUnits: 2, waitingUnits: 0 },
      examples: [
        {
          orderId: first,
          before: { warehouses: [{ warehouse: shop.name('W1'), units: 2 }] },
          after: { warehouses: [{ warehouse: shop.name('W2'), units: 2 }] },
        },
      ],
    });
    // Rotterdam and Lyon to Marseille, as the crow flies
    const { before, after } = await reportOf(version);
    expect(Math.round(before.kilometres)).toBe(961);
    expect(Math.round(after.kilometres)).toBe(276);

    // It begins with the stock there is each time: Lyon has two still.
    const second = await shop.place({ shipTo: TO_MARSEILLE, items: [{ quantity: 2 }] });
    expect(await shop.allocations(second)).toEqual({ W1: 2 });
    expect(await shop.level('W2')).toMatchObject({ available: 2 });
    expect(await reportOf(version)).toMatchObject({ orders: 2, differing: 2, after: { servedUnits: 4 } });

    await server().client.must('placeShadowRuleSet', { body: { version: null } });
    await shop.place(1);
    expect(await reportOf(version)).toMatchObject({ orders: 2 });
    expect(await brokenLaws(server())).toEqual([]);
  });

  it('that is the same as the rules in force differs in nothing, also with a capacity of the day', async () => {
    const shop = await twoPlaces({ W1: 20, W2: 20 });
    const capacity: RuleInput = {
      filters: [{ kind: 'capacity_per_day', warehouses: [shop.name('W1')], orders: 3 }],
    };
    await liveRules(server().client, shop, [capacity]);
    const version = await shadowRules(shop, [capacity]);
    const orders = await Promise.all(Array.from({ length: 8 }, () => shop.place(1)));
    expect(await reportOf(version)).toMatchObject({ orders: 8, differing: 0 });
    const served = await Promise.all(orders.map((order) => shop.allocations(order)));
    expect(served.filter(({ W1 }) => W1 === 1)).toHaveLength(3);
    await server().client.must('placeLiveRuleSet', { body: { version: null } });
  });

  it('counts its own capacity while no rule in force looks at one', async () => {
    const shop = await twoPlaces({ W1: 20 });
    const version = await shadowRules(shop, [
      { filters: [{ kind: 'capacity_per_day', warehouses: [shop.name('W1')], orders: 3 }] },
    ]);
    for (let count = 0; count < 5; count++) await shop.place(1);
    expect(await reportOf(version)).toMatchObject({
      orders: 5,
      differing: 2,
      before: { waitingUnits: 0 },
      after: { servedUnits: 3, waitingUnits: 2 },
    });
  });

  it('that would have refused an order says so', async () => {
    const shop = await twoPlaces({ W1: 5 }, {});
    const version = await shadowRules(shop, [
      { filters: [{ kind: 'exclude', warehouses: [shop.name('W1')] }] },
    ]);
    await shop.place(1);
    expect(await reportOf(version)).toMatchObject({ orders: 1, differing: 1, refused: 1 });
  });

  it('takes no place of a limit', async () => {
    const shop = await twoPlaces({}, backorderUpTo({ perProduct: 3 }));
    const version = await shadowRules(shop, []);
    const orders = [await shop.place(2), await shop.place(1)];
    expect(await Promise.all(orders.map((order) => shop.units(order)))).toEqual([
      { ordered: 2, backordered: 2 },
      { ordered: 1, backordered: 1 },
    ]);
    expect(await refusal(shop.place(1))).toMatchObject({ code: 'order_refused' });
    expect(await reportOf(version)).toMatchObject({ orders: 2, differing: 0, refused: 0 });
  });

  it('has to exist', async () => {
    const unknown = server().client.must('placeShadowRuleSet', { body: { version: 99_999 } });
    expect(await refusal(unknown)).toMatchObject({ code: 'unknown_rule_set' });
    expect(await refusal(reportOf(99_999))).toMatchObject({ code: 'not_found' });
  });
});

it('counts the decisions to which a rule applied, or could not for want of a value', async () => {
  const shop = await twoPlaces({ W1: 9 });
  const version = await liveRules(server().client, shop, [
    { condition: 'order.units > 1' },
    { condition: 'customer.group == "trade"' },
  ]);
  await shop.place(1);
  await shop.place(2);
  await shop.place({ customerGroup: 'trade', items: [{ quantity: 3 }] });
  expect(await server().client.must('getRuleUses', { params: { version } })).toEqual({
    decisions: 3,
    rules: [
      { code: 'rule-1', name: 'Rule 1', applied: 2, missed: 0 },
      { code: 'rule-2', name: 'Rule 2', applied: 1, missed: 2 },
    ],
  });
});

describe('safety stock in days', () => {
  it('keeps what is shipped in so many days, and is learned again', async () => {
    const shop = await twoPlaces({ W1: 100 });
    const shipped = await shop.place(28);
    await shop.pick(shipped, 28);
    await shop.ship(shipped, 28);
    await liveRules(server().client, shop, [{ filters: [{ kind: 'safety_stock', days: 10 }] }]);
    // 28 units in 28 days: one a day, and ten days of it stay
    const order = await shop.place(70);
    expect(await shop.units(order)).toEqual({ ordered: 70, allocated: 62, backordered: 8 });

    // as if two a day had been shipped when it was learned last
    await inDatabase((db) => sql`update daily_demands set units = 2 * units`.execute(db));
    await shop.receive(5);
    await settled(server().address);
    expect(await shop.units(order)).toEqual({ ordered: 70, allocated: 62, backordered: 8 });
    await inDatabase((db) => learnDemand(createApp(db, () => undefined)));
    await settled(server().address);
    expect(await shop.units(order)).toEqual({ ordered: 70, allocated: 67, backordered: 3 });

    await shop.pick(order, 28);
    await shop.ship(order, 28);
    await inDatabase((db) => learnDemand(createApp(db, () => undefined)));
    await shop.receive(20);
    await settled(server().address);
    // two a day now: twenty stay, ten of them were there
    expect(await shop.units(order)).toMatchObject({ allocated: 42, shipped: 28 });
    expect(await shop.level()).toMatchObject({ available: 27 });
    expect(await brokenLaws(server())).toEqual([]);
  });
});

async function inDatabase(act: (db: Database) => Promise<unknown>): Promise<void> {
  const db = openDatabase({ url: server().databaseUrl, connections: 2 });
  try {
    await act(db);
  } finally {
    await db.destroy();
  }
}
