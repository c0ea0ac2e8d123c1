/**
 * Sourcing rules through HTTP on the real engine: which warehouse serves what, and that rejected, waiting and whole
 * orders and external warehouses go through the same rules. What each strategy computes is tested in the core.
 */
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { decisionInEnglish, standingInEnglish } from '../../support/in-english.ts';
import { useTestServer } from '../../support/server.ts';
import { promisesSettled, settled } from '../../support/settled.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';
import { liveRules, makeRules } from '../../support/shop-rules.ts';

const server = useTestServer();
const ROTTERDAM = { latitude: 51.9225, longitude: 4.47917, country: 'NL' };
const LYON = { latitude: 45.74846, longitude: 4.84671, country: 'FR' };
const HAMBURG = { latitude: 53.55073, longitude: 9.99302, country: 'DE' };
const TO_MARSEILLE = { country: 'FR', latitude: 43.29695, longitude: 5.38107 };

function threePlaces(stock: Record<string, number> = {}) {
  return openShop(server(), {
    warehouses: { W1: ROTTERDAM, W2: LYON, W3: HAMBURG },
    policy: BACKORDER,
    products: { Q: BACKORDER, R: BACKORDER },
    stock,
  });
}

const live = (shop: Shop, rules: Parameters<typeof liveRules>[2]) => liveRules(server().client, shop, rules);

describe('rules in their order', () => {
  it('decide instead of the order of preference, and only where they apply', async () => {
    const shop = await threePlaces({ W1: 5, W2: 5 });
    await live(shop, [
      {
        condition: 'shipTo.country == "FR"',
        strategies: [{ kind: 'priority_list', warehouses: [shop.name('W2')] }],
      },
    ]);
    const french = await shop.place({ shipTo: { country: 'FR' }, items: [{ quantity: 2 }] });
    const dutch = await shop.place({ shipTo: { country: 'NL' }, items: [{ quantity: 2 }] });
    const unknown = await shop.place(1);
    expect(await shop.allocations(french)).toEqual({ W2: 2 });
    expect(await shop.allocations(dutch)).toEqual({ W1: 2 });
    expect(await shop.allocations(unknown)).toEqual({ W1: 1 });
  });

  it('a disabled rule neither applies nor stops; one that does not apply does not stop either', async () => {
    const shop = await threePlaces({ W1: 5, W2: 5, W3: 5 });
    const first = (code: string) => [{ kind: 'priority_list' as const, warehouses: [shop.name(code)] }];
    await live(shop, [
      { enabled: false, stop: true, strategies: first('W1') },
      { condition: 'order.units > 100', stop: true, strategies: first('W1') },
      { stop: true, strategies: first('W3') },
      { strategies: first('W2') },
    ]);
    expect(await shop.allocations(await shop.place(1))).toEqual({ W3: 1 });
  });

  it('a rule begins and ends by itself', async () => {
    const shop = await threePlaces({ W2: 500 });
    // by the clock: where the rule was over before it was seen to hold, it is given longer
    for (let ahead = 1_500; ; ahead *= 2) {
      const ends = Date.now() + ahead;
      const validUntil = new Date(ends).toISOString();
      await live(shop, [{ validUntil, filters: [{ kind: 'only', warehouses: [shop.name('W1')] }] }]);
      const order = await shop.place(2);
      const held = await shop.units(order);
      if (Date.now() >= ends) continue;
      expect(held).toEqual({ ordered: 2, backordered: 2 });
      await eventually('it is served when the rule is over', async () =>
        (await shop.units(order))['allocated'] === 2 ? true : undefined,
      );
      return;
    }
  });

  it('are looked at again by those who wait when a rule set is put in force', async () => {
    const shop = await threePlaces({ W2: 5 });
    await live(shop, [{ filters: [{ kind: 'exclude', countries: ['FR'] }] }]);
    const order = await shop.place(2);
    expect(await shop.units(order)).toEqual({ ordered: 2, backordered: 2 });
    await live(shop, []);
    expect(await shop.allocations(order)).toEqual({ W2: 2 });
  });
});

describe('filters', () => {
  it('safety stock stays, also when it arrives for someone who waits', async () => {
    const shop = await threePlaces({ W1: 5 });
    await live(shop, [{ filters: [{ kind: 'safety_stock', units: 3 }] }]);
    const order = await shop.place(4);
    expect(await shop.units(order)).toEqual({ ordered: 4, allocated: 2, backordered: 2 });
    await shop.receive(1);
    expect(await shop.allocations(order)).toEqual({ W1: 3 });
    expect(await shop.level()).toMatchObject({ available: 3 });
  });

  it('a capacity of the day is exact with many at once, and an order counts once', async () => {
    const shop = await threePlaces({ W1: 100 });
    await live(shop, [{ filters: [{ kind: 'capacity_per_day', warehouses: [shop.name('W1')], orders: 7 }] }]);
    await shop.receive(100, { sku: 'Q' });
    const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
    const orders = await Promise.all(Array.from({ length: 20 }, () => shop.place({ items })));
    const served = await Promise.all(orders.map((order) => shop.order(order)));
    const allocated = served.filter((order) => order.status === 'allocated');
    expect(allocated).toHaveLength(7);
    expect(served.filter((order) => order.status === 'backordered')).toHaveLength(13);
  });

  it('a warehouse of unknown place is never within a distance', async () => {
    const shop = await openShop(server(), {
      warehouses: { W1: {}, W2: LYON },
      policy: BACKORDER,
      stock: { W1: 5, W2: 5 },
    });
    await live(shop, [{ filters: [{ kind: 'within_distance', kilometres: 400 }] }]);
    const order = await shop.place({ shipTo: TO_MARSEILLE, items: [{ quantity: 1 }] });
    expect(await shop.allocations(order)).toEqual({ W2: 1 });
  });
});

describe('strategies and limits', () => {
  it('a warehouse of unknown place does not hide which of the others is nearer', async () => {
    const shop = await openShop(server(), {
      warehouses: { W1: {}, W2: HAMBURG, W3: ROTTERDAM },
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W2: 5, W3: 5 },
    });
    await shop.receive(5, { sku: 'Q', warehouse: 'W1' });
    await live(shop, [{ strategies: [{ kind: 'fewest_shipments' }, { kind: 'nearest' }] }]);
    const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
    const order = await shop.place({ shipTo: TO_MARSEILLE, items });
    expect(await shop.allocations(order, 1)).toEqual({ W3: 1 });
    expect(await shop.allocations(order, 2)).toEqual({ W1: 1 });
  });

  it('fewest shipments looks at the whole order, then the nearest', async () => {
    const shop = await threePlaces({ W1: 5, W2: 5 });
    await shop.receive(5, { sku: 'Q', warehouse: 'W2' });
    await shop.receive(5, { sku: 'Q', warehouse: 'W3' });
    await live(shop, [{ strategies: [{ kind: 'fewest_shipments' }, { kind: 'nearest' }] }]);
    const order = await shop.place({
      shipTo: TO_MARSEILLE,
      items: [{ quantity: 1 }, { sku: 'Q', quantity: 1 }],
    });
    expect(await shop.allocations(order, 1)).toEqual({ W2: 1 });
    expect(await shop.allocations(order, 2)).toEqual({ W2: 1 });
  });

  it('a waiting item joins the shipment that its order has already', async () => {
    const shop = await threePlaces({ W2: 5 });
    await live(shop, [{ strategies: [{ kind: 'fewest_shipments' }] }]);
    const order = await shop.place({ items: [{ quantity: 1 }, { sku: 'Q', quantity: 1 }] });
    expect(await shop.allocations(order, 1)).toEqual({ W2: 1 });
    await live(shop, [{ enabled: false }, { strategies: [{ kind: 'fewest_shipments' }] }]);
    await server().client.must('receiveStock', {
      body: {
        reference: shop.name('both'),
        warehouse: shop.name('W1'),
        lines: [{ sku: shop.name('R'), units: 1 }],
      },
    });
    await shop.receive(1, { sku: 'Q', warehouse: 'W2' });
    expect(await shop.allocations(order, 2)).toEqual({ W2: 1 });
  });

  it('an item that may not be split waits for a warehouse that has all of it', async () => {
    const shop = await threePlaces({ W1: 3, W2: 2 });
    await live(shop, [{ limits: { doNotSplit: true } }]);
    const order = await shop.place(4);
    expect(await shop.units(order)).toEqual({ ordered: 4, backordered: 4 });
    const small = await shop.place(2);
    expect(await shop.allocations(small)).toEqual({ W1: 2 });
    await shop.receive(2, { warehouse: 'W2' });
    expect(await shop.allocations(order)).toEqual({ W2: 4 });
  });

  it('at most one shipment: the rest waits although another warehouse has it', async () => {
    const shop = await threePlaces({ W1: 3, W2: 4 });
    await live(shop, [{ limits: { mostShipments: 1 } }]);
    const order = await shop.place(6);
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 4, backordered: 2 });
    expect(await shop.allocations(order)).toEqual({ W2: 4 });
    await shop.receive(5, { warehouse: 'W1' });
    expect(await shop.units(order)).toEqual({ ordered: 6, allocated: 4, backordered: 2 });
    await shop.receive(2, { warehouse: 'W2' });
    expect(await shop.allocations(order)).toEqual({ W2: 6 });
  });

  it('waits for a better warehouse, unless it may not wait', async () => {
    const shop = await openShop(server(), {
      warehouses: { W1: ROTTERDAM, W2: LYON },
      policy: BACKORDER,
      products: { Q: {} },
      stock: { W1: 5 },
    });
    await shop.receive(5, { sku: 'Q' });
    await live(shop, [{ strategies: [{ kind: 'nearest' }, { kind: 'wait_for_better', days: 2 }] }]);
    const waits = await shop.place({ shipTo: TO_MARSEILLE, items: [{ quantity: 1 }] });
    expect(await shop.units(waits)).toEqual({ ordered: 1, backordered: 1 });
    const mayNot = await shop.place({ shipTo: TO_MARSEILLE, items: [{ sku: 'Q', quantity: 1 }] });
    expect(await shop.allocations(mayNot)).toEqual({ W1: 1 });
    const waitedLong = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const old = await shop.place({ placedAt: waitedLong, shipTo: TO_MARSEILLE, items: [{ quantity: 1 }] });
    expect(await shop.allocations(old)).toEqual({ W1: 1 });
    await shop.receive(1, { warehouse: 'W2' });
    expect(await shop.allocations(waits)).toEqual({ W2: 1 });
  });

  it('release gates keep what is allocated until enough of it is', async () => {
    const shop = await threePlaces({ W1: 3 });
    await live(shop, [{ limits: { itemGatePercent: 50 } }]);
    const order = await shop.place(8);
    expect(await shop.units(order)).toEqual({ ordered: 8, allocated: 3, backordered: 5 });
    expect(await shop.order(order)).toMatchObject({ itemGatePercent: 50, orderGatePercent: null });
    expect(await refusal(shop.ship(order, 3))).toMatchObject({ code: 'below_release_gate' });
    await live(shop, []);
    expect(await refusal(shop.ship(order, 3))).toMatchObject({ code: 'below_release_gate' });
    await shop.receive(1);
    await shop.ship(order, 4);
  });
});

describe('the same rules everywhere', () => {
  it('14. W1 rejects → the next by the rules is tried, W1 is not tried again', async () => {
    const shop = await threePlaces({ W1: 5, W2: 5, W3: 5 });
    await live(shop, [
      { strategies: [{ kind: 'priority_list', warehouses: [shop.name('W1'), shop.name('W3')] }] },
    ]);
    const order = await shop.place(3);
    expect(await shop.allocations(order)).toEqual({ W1: 3 });
    await shop.reject(order, 'W1');
    expect(await shop.allocations(order)).toEqual({ W3: 3 });
    await shop.reject(order, 'W3');
    expect(await shop.allocations(order)).toEqual({ W2: 3 });
  });

  it('18. External X ships directly where the rules put it first', async () => {
    const external = { kind: 'external' as const, stock: 'unmanaged' as const };
    const shop = await openShop(server(), {
      warehouses: { W1: ROTTERDAM, W2: LYON, X: external },
      stock: { W1: 1 },
    });
    await live(shop, [
      { condition: 'item.quantity >= 10', filters: [{ kind: 'only', kinds: ['external'] }] },
      { condition: 'item.quantity < 10', filters: [{ kind: 'exclude', kinds: ['external'] }] },
    ]);
    expect(await shop.allocations(await shop.place(10))).toEqual({ X: 10 });
    expect(await shop.allocations(await shop.place(1))).toEqual({ W1: 1 });
    expect(await refusal(shop.place(1))).toMatchObject({ code: 'order_refused' });
  });

  it('19. A rule makes an order ship complete: nothing ships while an item is short', async () => {
    const shop = await threePlaces({ W1: 2 });
    await live(shop, [{ condition: 'order.value >= 5000', limits: { shipComplete: true } }]);
    const items = [
      { quantity: 2, unitPrice: 2_000 },
      { sku: 'Q', quantity: 1, unitPrice: 2_000 },
    ];
    const order = await shop.place({ items });
    expect((await shop.order(order)).shipping).toBe('complete');
    expect(await refusal(shop.ship(order, 2))).toMatchObject({ code: 'order_incomplete' });
    await shop.receive(1, { sku: 'Q' });
    await shop.ship(order, 2);
    const cheap = await shop.place({ items: [{ quantity: 1, unitPrice: 100 }] });
    expect((await shop.order(cheap)).shipping).toBe('partial');
  });

  it('a raised quantity and a lifted hold go through them', async () => {
    const shop = await threePlaces({ W1: 9, W2: 9 });
    await live(shop, [{ filters: [{ kind: 'only', warehouses: [shop.name('W2')] }] }]);
    const order = await shop.place(1);
    await shop.change(order, { 1: 3 });
    expect(await shop.allocations(order)).toEqual({ W2: 3 });
    const held = await shop.place({ hold: 'payment', items: [{ quantity: 2 }] });
    await shop.lift(held);
    expect(await shop.allocations(held)).toEqual({ W2: 2 });
  });

  it('promises know which warehouses may serve', async () => {
    const shop = await threePlaces();
    await live(shop, [
      { condition: 'shipTo.country == "FR"', filters: [{ kind: 'only', warehouses: [shop.name('W2')] }] },
    ]);
    const french = await shop.place({ shipTo: { country: 'FR' }, items: [{ quantity: 2 }] });
    const dutch = await shop.place({ shipTo: { country: 'NL' }, items: [{ quantity: 2 }] });
    await shop.supply.putSupplier();
    await shop.supply.order([{ warehouse: 'W1', quantity: 4, expectedOn: '2190-01-10' }]);
    await promisesSettled(server().address);
    expect((await shop.item(french)).promise?.on ?? null).toBeNull();
    expect((await shop.item(dutch)).promise?.on).toBe('2190-01-10');
  });
});

describe('rule sets', () => {
  it('say where a condition is wrong, and what there is', async () => {
    const shop = await threePlaces();
    const wrong = makeRules(server().client, shop, [
      { condition: 'order.units > 1 &&\n shipTo.contry == "FR"' },
    ]);
    expect(await refusal(wrong)).toMatchObject({
      code: 'invalid_condition',
      line: 2,
      message: expect.stringContaining('country'),
    });
    const nowhere = makeRules(server().client, shop, [
      { filters: [{ kind: 'only', warehouses: ['NOWHERE'] }] },
    ]);
    expect(await refusal(nowhere)).toMatchObject({ code: 'unknown_warehouse' });
    const unknown = server().client.must('placeLiveRuleSet', { body: { version: 999_999 } });
    expect(await refusal(unknown)).toMatchObject({ code: 'unknown_rule_set' });
  });

  it('keep every version, and going back is putting an older one in force', async () => {
    const shop = await threePlaces({ W1: 5, W2: 5 });
    const first = await live(shop, [{ filters: [{ kind: 'only', warehouses: [shop.name('W2')] }] }]);
    const second = await live(shop, []);
    expect(second).toBeGreaterThan(first);
    expect(await shop.allocations(await shop.place(1))).toEqual({ W1: 1 });
    await server().client.must('placeLiveRuleSet', { body: { version: first } });
    expect(await shop.allocations(await shop.place(1))).toEqual({ W2: 1 });
    const { rows } = await server().client.must('listRuleSets', {});
    expect(rows.filter((row) => row.live).map((row) => row.version)).toEqual([first]);
    await server().client.must('placeLiveRuleSet', { body: { version: null } });
    expect(await shop.allocations(await shop.place(1))).toEqual({ W1: 1 });
  });
});

describe('a dry run', () => {
  it('says what a rule set would change for the last orders, and writes nothing', async () => {
    const shop = await threePlaces({ W1: 2, W2: 2 });
    await shop.receive(1, { sku: 'Q', warehouse: 'W2' });
    await live(shop, []);
    const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
    const order = await shop.place({ shipTo: TO_MARSEILLE, items });
    expect(await shop.allocations(order, 1)).toEqual({ W1: 1 });
    const rules = [{ strategies: [{ kind: 'fewest_shipments' as const }, { kind: 'nearest' as const }] }];
    const version = await makeRules(server().client, shop, rules);
    const asked = { params: { version }, body: { lastOrders: 1 } };
    const compared = await server().client.must('dryRunRuleSet', asked);
    expect(compared).toMatchObject({
      orders: 1,
      differing: 1,
      before: { shipments: 2, servedUnits: 2, waitingUnits: 0, cost: null, unknownDistances: 0 },
      after: { shipments: 1, servedUnits: 2, waitingUnits: 0 },
    });
    const [example] = compared.examples;
    expect(example?.after.warehouses).toEqual([{ warehouse: shop.name('W2'), units: 2 }]);
    // Rotterdam and Lyon to Marseille, as the crow flies
    expect(compared.before.kilometres - compared.after.kilometres).toBeCloseTo(962, -1);
    expect(await shop.allocations(order, 1)).toEqual({ W1: 1 });
    expect(await server().client.must('dryRunRuleSet', asked)).toEqual(compared);
  });

  it('plays given orders one after another on the stock there is', async () => {
    const shop = await threePlaces({ W1: 1, W2: 5 });
    const version = await makeRules(server().client, shop, [
      { filters: [{ kind: 'exclude', warehouses: [shop.name('W2')] }] },
    ]);
    const orders = [shop.orderBody(1), shop.orderBody(1)];
    const compared = await server().client.must('dryRunRuleSet', { params: { version }, body: { orders } });
    expect(compared).toMatchObject({
      orders: 2,
      differing: 1,
      before: { servedUnits: 2, waitingUnits: 0 },
      after: { servedUnits: 1, waitingUnits: 1 },
    });
    const unknown = { params: { version }, body: { orders: [{ ...shop.orderBody(1), channel: 'NOBODY' }] } };
    expect(await refusal(server().client.must('dryRunRuleSet', unknown))).toMatchObject({
      code: 'unknown_channel',
    });
  });
});

it('explains in words what was decided, by which rule and version, and who is ahead', async () => {
  const shop = await threePlaces({ W1: 1, W2: 4 });
  const version = await live(shop, [
    {
      name: 'Stores keep three',
      filters: [{ kind: 'safety_stock', warehouses: [shop.name('W2')], units: 3 }],
    },
    { name: 'Not from Germany', filters: [{ kind: 'exclude', countries: ['DE'] }] },
    { name: 'Trade only', condition: 'customer.group == "trade"' },
  ]);
  await shop.receive(9, { warehouse: 'W3' });
  const ahead = await shop.place(3);
  const order = await shop.place(5);
  await settled(server().address);
  const explained = await server().client.must('explainItem', { params: { orderId: order, line: 1 } });
  expect(standingInEnglish(explained.now)).toContain('1 unit is ahead of it.');
  const first = await server().client.must('explainItem', { params: { orderId: ahead, line: 1 } });
  const said = decisionInEnglish(first.decisions.at(-1)?.explanation);
  expect(said).toContain(`Rules "Stores keep three" and "Not from Germany" of rule set ${version} applied.`);
  expect(said).toContain('"Trade only" did not apply, since a value that the condition needs is missing.');
  expect(said).toContain(`Warehouse (${shop.name('W2')}) had 4 and gave 1 (keeps 3 as safety stock).`);
  expect(said).toContain(`Warehouse (${shop.name('W3')}) was left out (rule "Not from Germany").`);
  expect(said).toContain('1 unit waits as a backorder; nobody was ahead.');
});
