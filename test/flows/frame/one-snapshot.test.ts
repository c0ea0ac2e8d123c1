/**
 * L16: figures in one answer agree with each other, also while they change. An order is read over and over while stock
 * arrives for it, unit by unit.
 */
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop } from '../../support/shop.ts';

const server = useTestServer();
const UNITS = 40;

it('an order that is read while it is filled always adds up, and holds what it says is allocated', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const id = await shop.place(UNITS);
  let filled = false;
  const seen = new Set<number>();
  async function read(): Promise<void> {
    while (!filled) {
      const [item] = (await shop.order(id)).items;
      if (item === undefined) throw new Error('the order has no item');
      const { allocated, backordered } = item.quantities;
      expect(allocated + backordered).toBe(UNITS);
      expect(item.allocations.reduce((sum, each) => sum + each.open, 0)).toBe(allocated);
      seen.add(allocated);
    }
  }
  async function receive(): Promise<void> {
    for (let unit = 0; unit < UNITS; unit++) await shop.receive(1);
    filled = true;
  }
  await Promise.all([read(), receive()]);
  expect(seen.size).toBeGreaterThan(5);
});
