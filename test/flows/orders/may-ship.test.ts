/**
 * May it ship? The pick list and the shipment say the same of every order: one rule decides for both, over facts that each
 * reads for itself. Orders of generated shapes are asked about in both ways.
 */
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';
import { liveRules } from '../../support/shop-rules.ts';

const server = useTestServer();

const PREORDER = {
  preorder: { allowed: true },
  release: { at: '2099-01-01T00:00', timeZone: 'Europe/Amsterdam' },
} as const;

async function pickList(shop: Shop) {
  const query = { warehouse: shop.name('W1'), limit: 200 };
  const { rows } = await server().client.must('listAllocations', { query });
  return rows;
}

it('29 of 100 units pass a gate of 29 percent, in the pick list and when shipping', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 29 } });
  await liveRules(server().client, shop, [{ limits: { itemGatePercent: 29 } }]);
  const order = await shop.place(100);
  expect((await pickList(shop)).map(({ shippable }) => shippable)).toEqual([true]);
  await shop.ship(order, 29);
});

it('an order that ships complete waits for the release of a pre-order that has stock', async () => {
  const shop = await openShop(server(), {
    policy: PREORDER,
    products: { Q: BACKORDER },
    stock: { W1: 9 },
  });
  await shop.receive(9, { sku: 'Q' });
  const items = [
    { sku: 'Q', quantity: 1 },
    { sku: 'P', quantity: 1 },
  ];
  const complete = await shop.place({ shipping: 'complete', items });
  const partial = await shop.place({ shipping: 'partial', items });
  const rows = await pickList(shop);
  expect(rows.map(({ orderId, line, notShippable }) => [orderId, line, notShippable])).toEqual([
    [complete, 1, 'not_released'],
    [complete, 2, 'not_released'],
    [partial, 1, null],
    [partial, 2, 'not_released'],
  ]);
  const problem = await refusal(shop.ship(complete, 1));
  expect(problem).toMatchObject({ code: 'not_released', releaseAt: '2098-12-31T23:00:00.000Z' });
  await shop.ship(partial, 1);
});

it('the pick list shows as ready exactly what a shipment is not refused for', async () => {
  const shop = await openShop(server(), {
    policy: PREORDER,
    products: { Q: BACKORDER, R: BACKORDER },
    stock: { W1: 50 },
  });
  await shop.receive(4, { sku: 'Q' });
  await shop.receive(60, { sku: 'R' });
  const gates = [null, 29, 50, 99] as const;
  for (const [index, gate] of gates.entries()) {
    await liveRules(server().client, shop, [
      { limits: gate === null ? {} : { itemGatePercent: gate, orderGatePercent: 100 - gate } },
    ]);
    for (const shipping of ['partial', 'complete'] as const) {
      const kept = { shipping, whenIncomplete: 'hold' } as const;
      await shop.place({ ...kept, items: [{ sku: 'R', quantity: 1 + index }] });
      await shop.place({
        ...kept,
        items: [
          { sku: 'R', quantity: 1 },
          { sku: 'Q', quantity: 3 },
        ],
      });
      await shop.place({
        ...kept,
        items: [
          { sku: 'R', quantity: 1 },
          { sku: 'P', quantity: 1 },
        ],
      });
    }
  }
  await shop.hold(await shop.place({ items: [{ sku: 'R', quantity: 1 }] }));
  const rows = await pickList(shop);
  const said = new Set(rows.map(({ notShippable }) => notShippable));
  expect(said).toEqual(
    new Set([null, 'order_on_hold', 'not_released', 'order_incomplete', 'below_release_gate']),
  );
  for (const { orderId, line, notShippable, open } of rows.toReversed()) {
    if (notShippable === null) await shop.ship(orderId, open, { line });
    else expect(await refusal(shop.ship(orderId, open, { line }))).toMatchObject({ code: notShippable });
  }
});
