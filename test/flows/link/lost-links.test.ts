/**
 * What happens when links to the database are lost while requests are under way: those get 503 and may be sent again,
 * what was acknowledged is there, and the server goes on by itself.
 */
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LinkLostError } from '../../../src/db/connection/failures.ts';
import { inTransaction, openDatabase } from '../../../src/db/database.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';

const server = useTestServer();
const CLIENTS = 8;

let database: pg.Client;
beforeEach(async () => {
  database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
});
afterEach(async () => {
  await database.end();
});

interface Traffic {
  readonly placed: { readonly number: string; readonly id: number }[];
  /** Orders that were not acknowledged. */
  readonly failed: string[];
  readonly answers: Set<string>;
  stop(): Promise<void>;
}

/** Clients that place orders without pause, as long as it is not stopped. */
function placeOrders(shop: Shop): Traffic {
  const traffic = { placed: [], failed: [], answers: new Set<string>() } as Omit<Traffic, 'stop'>;
  let [running, last] = [true, 0];
  async function client(): Promise<void> {
    while (running) {
      last += 1;
      const number = `${shop.name('P')}-${last}`;
      const answer = await send(shop, number);
      if (answer.ok) traffic.placed.push({ number, id: answer.value.id });
      else {
        traffic.failed.push(number);
        traffic.answers.add(`${answer.status} ${answer.problem.code}`);
      }
    }
  }
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  return {
    ...traffic,
    async stop() {
      running = false;
      await clients;
    },
  };
}

async function send(shop: Shop, number: string) {
  const items = [{ sku: shop.name('P'), quantity: 1 }];
  return await server().client.call('placeOrder', { body: { channel: shop.name('G'), number, items } });
}

/** Terminates sessions of the server in this state. @returns how many there were */
async function terminate(state: string): Promise<number> {
  const { rows } = await database.query<{ ended: string }>(
    `select count(*) as ended from (
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'allot' and datname = current_database() and state like $1) as t`,
    [state],
  );
  return Number(rows[0]?.ended);
}

async function everythingIsThereOnce(shop: Shop, traffic: Traffic): Promise<void> {
  for (const number of traffic.failed) expect(await send(shop, number)).toMatchObject({ ok: true });
  const { rows } = await database.query<{ number: string; id: string }>(
    `select number, id from orders where number like $1`,
    [`${shop.name('P')}-%`],
  );
  const ids = new Map(rows.map(({ number, id }) => [number, Number(id)]));
  expect(ids.size).toBe(rows.length);
  expect(rows).toHaveLength(traffic.placed.length + traffic.failed.length);
  for (const { number, id } of traffic.placed) expect(ids.get(number)).toBe(id);
}

it.each(['active', 'idle in transaction%', '%'])(
  'sessions that are %s are terminated under load: requests get 503, and all goes on',
  async (state) => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const traffic = placeOrders(shop);
    for (let times = 0; times < 5; times++) {
      await eventually('one is terminated', async () => ((await terminate(state)) > 0 ? true : undefined));
      const before = traffic.placed.length;
      await eventually('orders are placed again', async () =>
        traffic.placed.length > before + CLIENTS ? true : undefined,
      );
    }
    await traffic.stop();
    for (const answer of traffic.answers)
      expect(answer).toMatch(/^503 (database_unavailable|outcome_unknown)$/);
    await everythingIsThereOnce(shop, traffic);
  },
);

it('a transaction of a node that stands still is ended, and others get what it held', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const db = openDatabase({ url: server().databaseUrl, connections: 1 });
  let [isHeld, isReleased] = [false, false];
  const still = inTransaction(db, async (tx) => {
    await sql`select from product_positions for update`.execute(tx);
    isHeld = true;
    await eventually('it moves again', async () => isReleased || undefined);
    await sql`select 1`.execute(tx);
  });
  await eventually('it holds what others want', async () => isHeld || undefined);
  await eventually('the product is free for others', async () =>
    (await send(shop, fresh('still'))).ok ? true : undefined,
  );
  isReleased = true;
  await expect(still).rejects.toThrow(LinkLostError);
  await db.destroy();
});
