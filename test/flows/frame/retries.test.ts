/**
 * What may succeed when it is run again is run again: each statement of each act fails once, with each SQLSTATE for which
 * that holds, and nobody hears of it. And an error that only one order of a batch meets is that order's alone.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { settled } from '../../support/settled.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';

const server = useTestServer();
let database: pg.Client;

beforeAll(async () => {
  database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
  await database.query(`
    create sequence failures;
    create function fail_once() returns trigger language plpgsql as $$ begin
      if nextval('failures') = 1 then raise exception 'fails once' using errcode = tg_argv[0]; end if;
      return coalesce(new, old);
    end $$;
    create function fail_always() returns trigger language plpgsql as $$ begin
      raise exception 'fails always';
    end $$`);
});
afterAll(async () => {
  await database.end();
});

/** Tables that acts write, and how. */
const WRITES = [
  ['orders', 'insert'],
  ['order_items', 'insert'],
  ['order_items', 'update'],
  ['allocations', 'insert'],
  ['allocations', 'update'],
  ['inventory_levels', 'update'],
  ['movements', 'insert'],
  ['product_positions', 'update'],
  ['item_events', 'insert'],
  ['idempotency_keys', 'insert'],
  ['stock_documents', 'insert'],
  ['shipments', 'insert'],
] as const;

const ACTS = ['order', 'cancel', 'receipt', 'ship', 'fill'] as const;

/** What each act does, on a shop of its own state, and what is seen of it when it has succeeded. */
async function prepare(shop: Shop, act: (typeof ACTS)[number]): Promise<() => Promise<unknown>> {
  const items = [{ quantity: 1 }, { sku: 'Q', quantity: 1 }];
  if (act === 'order') {
    const body = shop.orderBody({ items });
    return async () => await server().client.must('placeOrder', { body, key: fresh('key') });
  }
  if (act === 'receipt') return async () => await shop.receive(1);
  const order = await shop.place({ items: act === 'fill' ? [{ sku: 'F', quantity: 1 }] : items });
  await settled(server().address);
  if (act === 'cancel') return async () => await shop.cancel(order, { 1: 1 });
  if (act === 'ship') return async () => await shop.ship(order, 1);
  return async () => {
    await shop.receive(1, { sku: 'F' });
    await settled(server().address);
    expect(await shop.units(order)).toMatchObject({ allocated: 1 });
  };
}

async function hits(): Promise<boolean> {
  const { rows } = await database.query<{ hit: boolean }>('select is_called as hit from failures');
  return rows[0]?.hit ?? false;
}

it.each(['40001', '40P01', '23505'])('an act that meets %s once succeeds all the same', async (state) => {
  const shop = await openShop(server(), {
    policy: BACKORDER,
    products: { Q: BACKORDER, F: BACKORDER },
    stock: { W1: 500 },
  });
  const met = new Set<string>();
  for (const [table, how] of WRITES) {
    for (const act of ACTS) {
      const run = await prepare(shop, act);
      await database.query(`select setval('failures', 1, false)`);
      await database.query(
        `create trigger fails before ${how} on ${table} for each row execute function fail_once('${state}')`,
      );
      await expect(run(), `${act} with ${state} at ${how} of ${table}`).resolves.not.toThrow();
      await database.query(`drop trigger fails on ${table}`);
      if (await hits()) met.add(`${how} ${table}`);
    }
  }
  // every kind of statement was met by some act, or this would test nothing
  expect(met).toEqual(new Set(WRITES.map(([table, how]) => `${how} ${table}`)));
});

it.each([
  ['orders', 'number like $1'],
  ['order_items', 'product_id = (select id from products where sku = $2)'],
  ['item_events', 'product_id = (select id from products where sku = $2)'],
])('an order that fails at %s fails alone, whoever came with it', async (table, condition) => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
  const bad = fresh('bad');
  const { rows } = await database.query<{ id: string }>('select id from products where sku = $1', [
    shop.name('Q'),
  ]);
  const when = condition === 'number like $1' ? `new.number = '${bad}'` : `new.product_id = ${rows[0]?.id}`;
  await database.query(
    `create trigger fails before insert on ${table} for each row when (${when}) execute function fail_always()`,
  );
  // the first goes alone, the others gather behind it
  const neighbours = Array.from({ length: 20 }, () => shop.place(1));
  const failed = refusal(shop.place({ number: bad, items: [{ sku: 'Q', quantity: 1 }] }));
  const more = Array.from({ length: 20 }, () => shop.place(1));
  expect(await failed).toMatchObject({ status: 500, code: 'internal_error' });
  expect(new Set(await Promise.all([...neighbours, ...more])).size).toBe(40);
  await database.query(`drop trigger fails on ${table}`);
});
