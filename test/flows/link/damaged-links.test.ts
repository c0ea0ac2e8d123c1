/**
 * A node whose link to the database is damaged in every way that leaves a doubt: the answer to a commit is lost, nothing
 * comes through any more, the database takes no changes. Requests end with an answer that is true, readiness says so, and
 * what is sent again has one effect.
 */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DatabaseProxy } from '../../../bench/support/database-proxy.ts';
import { createClient } from '../../../src/contract/client.ts';
import { startNode } from '../../../src/node.ts';
import { createDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import type { TestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';

let server: TestServer;
let proxy: DatabaseProxy;

beforeAll(async () => {
  const database = await createDatabase();
  proxy = await DatabaseProxy.start(database.url);
  const node = await startNode({ databaseUrl: proxy.url });
  server = {
    client: createClient(node.address),
    address: node.address,
    databaseUrl: database.url,
    async stop() {
      await node.stop();
      await proxy.stop();
      await database.drop();
    },
  };
});
afterAll(async () => {
  await server.stop();
});

async function onDatabase(statement: string): Promise<unknown[]> {
  // whatever the database is set to
  const options = '-c default_transaction_read_only=off';
  const client = new pg.Client({ connectionString: server.databaseUrl, options });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

async function readiness(): Promise<{ status: number; detail?: string }> {
  const response = await fetch(`${server.address}/health/ready`);
  const { detail } = (await response.json()) as { detail?: string };
  return { status: response.status, ...(detail !== undefined && { detail }) };
}

async function untilReady(): Promise<void> {
  await eventually('ready', async () => ((await readiness()).status === 200 ? true : undefined));
}

async function place(shop: Shop, number: string) {
  const items = [{ sku: shop.name('P'), quantity: 1 }];
  return await server.client.call('placeOrder', { body: { channel: shop.name('G'), number, items } });
}

async function ordersNumbered(number: string): Promise<unknown> {
  return (await onDatabase(`select count(*)::int from orders where number = '${number}'`))[0];
}

/** Regular work of the node commits as well: until the answer to this one's commit was the one that was lost. */
async function unlucky<T>(
  act: (attempt: number) => Promise<T>,
  isLost: (answer: T) => boolean,
): Promise<number> {
  return await eventually('the answer to the commit of this is lost', async () => {
    unluckyAttempts += 1;
    const answer = await act(unluckyAttempts);
    return isLost(answer) ? unluckyAttempts : undefined;
  });
}
let unluckyAttempts = 0;

it('the answer to a commit is lost: an order is placed once, and whoever placed it is told so', async () => {
  const shop = await openShop(server, { policy: BACKORDER });
  const attempt = await unlucky(
    async (attempt) => {
      proxy.loseCommits(1);
      return await place(shop, `lost-${attempt}`);
    },
    (answer) => answer.ok && answer.repeated,
  );
  expect(await ordersNumbered(`lost-${attempt}`)).toBe(1);
});

it('the database is gone after a commit: nobody says that nothing was changed, and the order is placed once', async () => {
  const shop = await openShop(server, { policy: BACKORDER });
  let placed: unknown;
  const attempt = await unlucky(
    async (attempt) => {
      proxy.loseCommits(1, 'refusing');
      const answer = await place(shop, `gone-${attempt}`);
      proxy.heal();
      await untilReady();
      placed = await ordersNumbered(`gone-${attempt}`);
      // the commit that was lost may have been another's, while the one of this order had not arrived yet
      if (!answer.ok && answer.problem.code !== 'outcome_unknown') expect(placed).toBe(0);
      return answer;
    },
    (answer) => !answer.ok && answer.problem.code === 'outcome_unknown' && placed === 1,
  );
  expect(await place(shop, `gone-${attempt}`)).toMatchObject({ ok: true, repeated: true });
  expect(await ordersNumbered(`gone-${attempt}`)).toBe(1);
});

it('the answer to the commit of a receipt is lost: the outcome is not known, and the same again has no second effect', async () => {
  const shop = await openShop(server);
  const receipt = (attempt: number) => shop.receive(3, { reference: `lost-${attempt}` });
  const attempt = await unlucky(
    async (attempt) => {
      proxy.loseCommits(1);
      return await receipt(attempt).then(() => undefined, refusalOf);
    },
    (problem) => problem?.code === 'outcome_unknown',
  );
  const before = await shop.level();
  await receipt(attempt);
  expect(await shop.level()).toEqual(before);
});

async function refusalOf(error: unknown) {
  return await refusal(Promise.reject(error));
}

it('nothing comes through any more: requests are turned away, readiness says so, and all goes on afterwards', async () => {
  const shop = await openShop(server, { policy: BACKORDER });
  await place(shop, 'frozen-1');
  proxy.freeze();
  const answers = await Promise.all([place(shop, 'frozen-2'), place(shop, 'frozen-3'), readiness()]);
  expect(answers[0]).toMatchObject({ ok: false, status: 503 });
  expect(answers[1]).toMatchObject({ ok: false, status: 503 });
  expect(answers[2]).toMatchObject({ status: 503 });
  proxy.heal();
  await untilReady();
  for (const number of ['frozen-2', 'frozen-3']) {
    expect(await place(shop, number)).toMatchObject({ ok: true });
    expect(await ordersNumbered(number)).toBe(1);
  }
});

it('a slow statement is no dead link', async () => {
  const shop = await openShop(server, { policy: BACKORDER });
  const owner = new pg.Client({ connectionString: server.databaseUrl });
  await owner.connect();
  await owner.query(`set application_name = 'owner'`);
  await owner.query('begin');
  await owner.query('lock table idempotency_keys');
  const note = { warehouse: shop.name('W1'), reference: 'slow', lines: [{ sku: shop.name('P'), units: 1 }] };
  const received = server.client.call('receiveStock', { body: note, key: 'slow' });
  // looked at several times, and left alone each time
  await owner.query(`select pg_sleep(4)`);
  await owner.query('commit');
  await owner.end();
  expect(await received).toMatchObject({ ok: true });
});

it('a database that takes no changes: 503 that says so, not ready; and ready when it takes them again', async () => {
  const shop = await openShop(server, { policy: BACKORDER });
  const database = new URL(server.databaseUrl).pathname.slice(1);
  await onDatabase(`alter database ${database} set default_transaction_read_only = on`);
  proxy.cut();
  await eventually('it is said', async () => {
    const answer = await place(shop, 'read-only');
    return !answer.ok && answer.problem.detail.includes('read-only') ? true : undefined;
  });
  expect(await readiness()).toMatchObject({ status: 503, detail: expect.stringContaining('read-only') });
  await onDatabase(`alter database ${database} reset default_transaction_read_only`);
  proxy.cut();
  await untilReady();
  expect(await place(shop, 'read-only')).toMatchObject({ ok: true });
});
