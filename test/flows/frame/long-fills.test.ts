/**
 * Fills longer than one page: what a page could not serve stays owed until the last of it is served, however many
 * wait. A page that says it is done too early shows here as items that wait beside stock.
 */
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';

const server = useTestServer();
/** Orders that a page of a fill, 500 items, must go on for twice. */
const WAITING = 1_200;
const BULK = 300;

async function placeMany(shop: Shop, count: number): Promise<number[]> {
  const orders: number[] = [];
  for (let start = 0; start < count; start += BULK) {
    const bodies = Array.from({ length: Math.min(BULK, count - start) }, () => shop.orderBody(1));
    const { results } = await server().client.must('placeOrders', { body: { orders: bodies } });
    orders.push(...results.flatMap((each) => (each.accepted ? [each.order.id] : [])));
  }
  return orders;
}

it('a receipt for 1,200 who wait for one product serves all of them', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const orders = await placeMany(shop, WAITING);
  expect(orders).toHaveLength(WAITING);
  await shop.receive(WAITING);
  expect(await shop.level()).toEqual({ onHand: WAITING, allocated: WAITING, available: 0 });
  expect(await shop.queue()).toEqual([]);
});
