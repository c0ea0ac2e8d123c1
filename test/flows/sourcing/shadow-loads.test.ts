/**
 * What warehouses were given to do on a day, counted while a rule set is only in shadow: each order counts once in each of
 * its warehouses, whoever filled before it, so that the capacity is right from the moment the rules are in force.
 */
import pg from 'pg';
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { makeRules, type RuleInput } from '../../support/shop-rules.ts';

const server = useTestServer();

function ordersADay(shop: Shop, orders: number): RuleInput {
  return { filters: [{ kind: 'capacity_per_day', warehouses: [shop.name('W1')], orders }] };
}

async function inShadow(shop: Shop, rule: RuleInput): Promise<number> {
  const version = await makeRules(server().client, shop, [rule]);
  await server().client.must('placeShadowRuleSet', { body: { version } });
  return version;
}

async function loadOf(shop: Shop) {
  const client = new pg.Client({ connectionString: server().databaseUrl });
  await client.connect();
  const { rows } = await client.query(
    `select d.orders, d.units::int as units from warehouse_days d
     join warehouses w on w.id = d.warehouse_id where w.code = $1`,
    [shop.name('W1')],
  );
  await client.end();
  return rows;
}

it('three orders filled under a shadow count as three orders of their warehouse', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, warehouses: { W1: {} } });
  const version = await inShadow(shop, ordersADay(shop, 3));
  const placed = [await shop.place(1), await shop.place(1), await shop.place(1)];
  await shop.receive(3);
  for (const order of placed) expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
  expect(await loadOf(shop)).toEqual([{ orders: 3, units: 3 }]);
  // in force the same day: the capacity of 3 orders is used up
  await server().client.must('placeLiveRuleSet', { body: { version } });
  await shop.receive(5);
  expect(await shop.units(await shop.place(1))).toEqual({ ordered: 1, backordered: 1 });
});

it('an order that is filled in two goes counts once', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, warehouses: { W1: {} } });
  await inShadow(shop, ordersADay(shop, 3));
  const order = await shop.place(2);
  await shop.receive(1);
  expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  await shop.receive(1);
  expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 2 });
  expect(await loadOf(shop)).toEqual([{ orders: 1, units: 2 }]);
});

it('an order whose quantity is raised counts once', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, warehouses: { W1: {} }, stock: { W1: 9 } });
  await inShadow(shop, ordersADay(shop, 3));
  const [first, second] = [await shop.place(1), await shop.place(1)];
  await shop.change(first, { 1: 2 });
  await shop.change(second, { 1: 3 });
  expect(await loadOf(shop)).toEqual([{ orders: 2, units: 5 }]);
});
