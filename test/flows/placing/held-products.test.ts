/**
 * A row that another session holds (somebody in psql, a long transaction of another program) stops the orders of its
 * product, for a bounded time and with a typed answer, and no others.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();
let foreign: pg.Client;

beforeAll(async () => {
  foreign = new pg.Client({ connectionString: server().databaseUrl });
  // were it to hold for too long, the database would end it
  foreign.on('error', () => undefined);
  await foreign.connect();
});
afterAll(async () => {
  await foreign.end();
});

async function hold(sku: string): Promise<void> {
  await foreign.query('begin');
  await foreign.query(
    'select from product_positions where product_id = (select id from products where sku = $1) for update',
    [sku],
  );
}

function placeBody(shop: Shop, number: string, skus: readonly string[]) {
  return {
    channel: shop.name('G'),
    number,
    items: skus.map((sku) => ({ sku: shop.name(sku), quantity: 1 })),
  };
}

it('orders of other products go on while one product is held, and its own are placed when it is free', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER, R: BACKORDER } });
  const place = (number: string, skus: readonly string[]) =>
    server().client.call('placeOrder', { body: placeBody(shop, number, skus) });
  await hold(shop.name('P'));
  const held = [place('H-1', ['P']), place('H-2', ['P', 'Q'])];
  const others = Array.from({ length: 20 }, (_, index) =>
    place(`N-${index}`, index % 2 === 0 ? ['Q'] : ['R']),
  );
  // were they to wait for the lock, this would never end
  for (const { status } of await Promise.all(others)) expect(status).toBe(201);
  await foreign.query('commit');
  await Promise.all(held);
  await eventually('the held orders are placed', async () => {
    const again = await Promise.all([place('H-1', ['P']), place('H-2', ['P', 'Q'])]);
    return again.every(({ ok }) => ok) ? true : undefined;
  });
});

it('orders of a held product are turned away when their time is over, and say when to come again', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, products: { Q: BACKORDER } });
  await hold(shop.name('P'));
  const send = (number: string) =>
    fetch(`${server().address}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(placeBody(shop, number, ['P'])),
    });
  for (const answer of await Promise.all(['T-1', 'T-2', 'T-3'].map(send))) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'overloaded' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  await foreign.query('commit');
  const { rows } = await server().client.must('listOrders', { query: { channel: shop.name('G') } });
  expect(rows).toEqual([]);
});

it('an act on a held product is turned away, too', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  await hold(shop.name('P'));
  const problem = await refusal(shop.receive(1));
  await foreign.query('commit');
  expect(problem).toMatchObject({ status: 503, code: 'database_unavailable' });
  await shop.receive(1);
  expect(await shop.level()).toMatchObject({ onHand: 1 });
});
