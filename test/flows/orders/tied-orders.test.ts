/**
 * Orders whose items are tied by a rule (at most so many shipments, at least so many units in one): what one item takes
 * decides about the others, which stand in the queues of other products. Whoever changes where such an order ships
 * from holds the products of all its waiting items, taken in their order, so that nobody deadlocks.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForeignSession, openForeignSession } from '../../support/foreign-lock.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { liveRules } from '../../support/shop-rules.ts';

const server = useTestServer();
let foreign: ForeignSession;

beforeAll(async () => {
  foreign = await openForeignSession(server().databaseUrl);
});
afterAll(() => foreign.end());

function twoProducts(): Promise<Shop> {
  return openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
}

function oneOfEach(shop: Shop): Promise<number> {
  return shop.place({ items: [{ quantity: 1 }, { sku: 'Q', quantity: 1 }] });
}

/** While P is held elsewhere `act` begins and waits; answers with whether it holds Q meanwhile, and then lets it go on. */
async function holdsQWhileItWaitsForP(shop: Shop, act: () => Promise<unknown>): Promise<boolean> {
  await foreign.hold(shop.name('P'));
  const acting = act();
  await foreign.someoneWaits();
  const free = await foreign.free([shop.name('Q')]);
  await foreign.release();
  await acting;
  return free.length === 0;
}

describe.each([
  ['mostShipments', { mostShipments: 1 }],
  ['leastUnitsPerShipment', { leastUnitsPerShipment: 2 }],
])('with %s', (_, limits) => {
  it('a fill does not hold one product of an order while it waits for another', async () => {
    const shop = await twoProducts();
    await liveRules(server().client, shop, [{ limits }]);
    const order = await oneOfEach(shop);
    const held = await holdsQWhileItWaitsForP(shop, () => shop.receive(1, { sku: 'Q' }));
    expect(held).toBe(false);
    expect(await shop.allocations(order, 2)).toEqual({ W1: 1 });
  });

  it('nor does a count that takes back what one item of an order held', async () => {
    const shop = await twoProducts();
    await shop.receive(1, { sku: 'Q' });
    const order = await oneOfEach(shop);
    await liveRules(server().client, shop, [{ limits }]);
    expect(await shop.allocations(order, 2)).toEqual({ W1: 1 });
    const held = await holdsQWhileItWaitsForP(shop, () => shop.count(0, { sku: 'Q' }));
    expect(held).toBe(false);
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
  });
});

describe('at most one shipment', () => {
  it('is kept when two items of an order are served at the same moment', async () => {
    const shop = await twoProducts();
    await liveRules(server().client, shop, [{ limits: { mostShipments: 1 } }]);
    for (let round = 0; round < 8; round++) {
      const order = await oneOfEach(shop);
      await Promise.all([
        shop.receive(1, { warehouse: 'W1' }),
        shop.receive(1, { sku: 'Q', warehouse: 'W2' }),
      ]);
      const both = [await shop.allocations(order, 1), await shop.allocations(order, 2)];
      expect(both.filter((each) => Object.keys(each).length > 0)).toHaveLength(1);
      await shop.cancel(order);
      await shop.count(0, { warehouse: 'W1' });
      await shop.count(0, { sku: 'Q', warehouse: 'W2' });
    }
  });

  it('what is taken back from one item lets the others be served elsewhere', async () => {
    const shop = await twoProducts();
    await shop.receive(1, { warehouse: 'W1' });
    await liveRules(server().client, shop, [{ limits: { mostShipments: 1 } }]);
    const order = await oneOfEach(shop);
    await shop.receive(1, { sku: 'Q', warehouse: 'W2' });
    expect(await shop.allocations(order, 1)).toEqual({ W1: 1 });
    expect(await shop.units(order, 2)).toEqual({ ordered: 1, backordered: 1 });
    await shop.count(0, { warehouse: 'W1' });
    expect(await shop.units(order, 1)).toEqual({ ordered: 1, backordered: 1 });
    expect(await shop.allocations(order, 2)).toEqual({ W2: 1 });
  });
});
