/**
 * No lost wake-up: a change that lets a waiting item be served may commit at any moment of an order that is being placed,
 * and the item is served all the same. The order is stopped inside its transaction, after it has read the old state, by a
 * lock on a table that it writes last.
 */
import pg from 'pg';
import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, preorder, type Shop } from '../../support/shop.ts';

const server = useTestServer();

async function withConnection<T>(use: (database: pg.Client) => Promise<T>): Promise<T> {
  const database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
  try {
    return await use(database);
  } finally {
    await database.end();
  }
}

/** Waits until `count` transactions of this database are kept waiting by a lock, or `done` says it is over. */
async function kept(database: pg.Client, count: number, done: () => boolean = () => false): Promise<void> {
  await eventually(`${count} transactions kept waiting`, async () => {
    const { rows } = await database.query<{ waiting: number }>(`
      select count(distinct l.pid)::int as waiting from pg_locks l join pg_stat_activity a using (pid)
      where not l.granted and a.datname = current_database()`);
    return done() || (rows[0]?.waiting ?? 0) >= count ? true : undefined;
  });
}

/** Lets `change` happen while an order of 1 stands between its decision and its commit; the order's id. */
async function duringAnOrder(shop: Shop, change: () => Promise<unknown>): Promise<number> {
  return await withConnection(async (blocker) => {
    await blocker.query('begin');
    await blocker.query('lock table item_events in share mode');
    const placing = shop.place(1);
    await withConnection((observer) => kept(observer, 1));
    let changed = false;
    const changing = change().then(() => {
      changed = true;
    });
    await withConnection((observer) => kept(observer, 2, () => changed));
    await blocker.query('rollback');
    await changing;
    return await placing;
  });
}

const stocked = { policy: BACKORDER, warehouses: { W1: {}, W2: { enabled: false } }, stock: { W2: 1 } };

it('a warehouse switched on while an order is being placed serves that order', async () => {
  const shop = await openShop(server(), stocked);
  const order = await duringAnOrder(shop, () => shop.putWarehouse('W2', { enabled: true }));
  expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
});

it("a warehouse added to the channel's list while an order is being placed serves that order", async () => {
  const shop = await openShop(server(), { policy: BACKORDER, warehouses: { W1: {} } });
  await shop.putWarehouse('W3');
  await shop.receive(1, { warehouse: 'W3' });
  const order = await duringAnOrder(shop, () => shop.putChannel('G', { warehouses: ['W1', 'W3'] }));
  expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
});

it('stock received while an order is being placed serves that order', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await duringAnOrder(shop, () => shop.receive(1));
  expect(await shop.units(order)).toEqual({ ordered: 1, allocated: 1 });
});

it('a policy changed while an order is being placed leaves it as it was decided', async () => {
  const shop = await openShop(server(), { policy: preorder() });
  const order = await duringAnOrder(shop, () => shop.putProduct('P', {}));
  expect(await shop.units(order)).toEqual({ ordered: 1, preordered: 1 });
});

it('warehouses switched on and off beside a stream of orders leave nobody waiting beside free stock', async () => {
  const ROUNDS = 15;
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1000 } });
  for (let round = 0; round < ROUNDS; round++) {
    await shop.putWarehouse('W1', { enabled: false });
    const placing = [1, 2, 3, 4].map(() => shop.place(1));
    const switching = shop.putWarehouse('W1', { enabled: true });
    await Promise.all([...placing, switching]);
    expect(await shop.queue()).toEqual([]);
  }
});
