/**
 * A long queue is kept in blocks so that a place in it costs little; whatever happens to its items, what is read from
 * the blocks is what counting the items one by one would give.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { type QueueRank, readAhead } from '../../src/db/orders/queue-blocks.ts';
import { useTestServer } from '../support/server.ts';
import { promisesSettled, settled } from '../support/settled.ts';
import { BACKORDER, openShop, type Shop } from '../support/shop.ts';
import { inDays } from '../support/shop-supply.ts';

const server = useTestServer();
const ORDERS = 3_500;
const BULK = 500;
const ASKED = 40;

let db: Database;
beforeAll(() => {
  db = openDatabase({ url: server().databaseUrl, connections: 2 });
});
afterAll(async () => {
  await db.destroy();
});

/** Orders of one unit, by turns on two channels. */
async function placeMany(shop: Shop): Promise<number[]> {
  const ids: number[] = [];
  for (let from = 0; from < ORDERS; from += BULK) {
    const orders = Array.from({ length: BULK }, (_, index) =>
      shop.orderBody({ channel: index % 3 === 0 ? 'H' : 'G', items: [{ quantity: 1 }] }),
    );
    const { results } = await server().client.must('placeOrders', { body: { orders } });
    ids.push(...results.flatMap((each) => (each.accepted ? [each.order.id] : [])));
  }
  return ids;
}

async function ranks(sku: string): Promise<QueueRank[]> {
  const { rows } = await sql<QueueRank>`
    select i.product_id as product, i.priority, i.waiting_since as "waitingSince", i.order_id as "order", i.line
    from order_items i join products p on p.id = i.product_id
    where p.sku = ${sku} and i.backordered > 0 and not i.bought
    order by (-i.priority), i.waiting_since, i.order_id, i.line`.execute(db);
  return rows;
}

/** Units ahead of each rank by channel, counted item by item. */
async function countAhead({ product, priority, waitingSince, order, line }: QueueRank) {
  const { rows } = await sql<{ channel: number; units: number }>`
    select channel_id as channel, sum(backordered)::bigint as units from order_items
    where product_id = ${product} and backordered > 0 and not bought
      and ((-priority), waiting_since, order_id, line)
        < (${-priority}::int, ${new Date(waitingSince)}::timestamptz, ${order}::bigint, ${line}::int)
    group by channel_id order by channel_id`.execute(db);
  return rows;
}

async function expectSame(shop: Shop): Promise<void> {
  await settled(server().address);
  const queue = await ranks(shop.name('P'));
  const asked = queue.filter(
    (_, index) => index % Math.ceil(queue.length / ASKED) === 0 || index === queue.length - 1,
  );
  const read = await db.transaction().execute((tx) => readAhead(tx, asked));
  for (const [index, rank] of asked.entries()) {
    const found = read
      .filter((each) => each.index === index && each.units > 0)
      .map(({ channel, units }) => ({ channel, units }))
      .sort((a, b) => a.channel - b.channel);
    expect(found).toEqual(await countAhead(rank));
  }
}

async function blocks(): Promise<number> {
  const { rows } = await sql<{ blocks: number }>`
    select count(distinct (last_priority, last_since, last_order, last_line)) as blocks from queue_blocks`.execute(
    db,
  );
  return rows[0]?.blocks ?? 0;
}

it('a place in a queue of blocks is what counting would give, whatever happens to the items', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  await shop.putChannel('H', { warehouses: ['W2', 'W1'] });
  await shop.supply.putSupplier();
  const orders = await placeMany(shop);
  const at = (index: number) => orders[index] ?? 0;
  expect(await blocks()).toBe(0);
  await shop.supply.order([{ quantity: 3_000, expectedOn: inDays(9) }]);
  await promisesSettled(server().address);
  expect(await blocks()).toBeGreaterThanOrEqual(2);
  await expectSame(shop);

  for (const index of [3, 700, 999, 1_000, 1_001, 2_400, 3_400]) await shop.cancel(at(index));
  for (const index of [5, 1_500, 3_300]) await shop.hold(at(index));
  await shop.lift(at(1_500));
  await expectSame(shop);

  for (const [index, priority] of [
    [1_200, 5],
    [1_300, -5],
    [3_450, 3],
    [10, -1],
  ] as const) {
    await shop.prioritize(at(index), priority);
  }
  await expectSame(shop);

  await shop.receive(1_150);
  await shop.place({ placedAt: '2020-01-01T00:00:00Z', items: [{ quantity: 4 }] });
  await shop.place(2);
  await expectSame(shop);

  await shop.change(at(2_000), { 1: 6 });
  await shop.count(600);
  await expectSame(shop);

  await promisesSettled(server().address);
  const last = orders.at(-1) ?? 0;
  const { promise } = await shop.item(last);
  expect(promise?.slices).toHaveLength(1);
  await expectSame(shop);
});
