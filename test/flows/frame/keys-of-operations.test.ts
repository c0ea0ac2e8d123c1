/**
 * Every operation of the contract that changes something, under an Idempotency-Key: sent again, with other contents, at the
 * same time, to two nodes, after a restart, and under the key of another operation. Each time the answers are compared byte
 * by byte and the tables row by row. An operation without a sample request fails here.
 */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, type CallInput } from '../../../src/contract/call.ts';
import type { Operation } from '../../../src/contract/operation.ts';
import { OPERATIONS, type OperationId } from '../../../src/contract/operations.ts';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { type Node, startNode } from '../../../src/node.ts';
import { eventually } from '../../support/eventually.ts';
import { type Mailbox, openMailbox } from '../../support/mailbox.ts';
import { openSampleShop, SAMPLES, sampleOf } from '../../support/operation-samples.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';
import { promisesSettled, settled } from '../../support/settled.ts';
import type { Shop } from '../../support/shop.ts';
import { fresh } from '../../support/shop-acts.ts';
import { countsOfTables, digestOfTables } from '../../support/table-rows.ts';

const CHANGING = (Object.keys(OPERATIONS) as OperationId[]).filter((id) => OPERATIONS[id].changes);

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly repeated: boolean;
}

let mailbox: Mailbox;
let first: TestServer;
let second: Node;
let shop: Shop;
let db: Database;

beforeAll(async () => {
  mailbox = await openMailbox();
  first = await startTestServer({ mail: mail() });
  second = await startNode({ databaseUrl: first.databaseUrl, mail: mail() });
  db = openDatabase({ url: first.databaseUrl, connections: 2 });
  shop = await openSampleShop(first);
});
afterAll(async () => {
  await db.destroy();
  await second.stop();
  await first.stop();
  await mailbox.close();
});

function mail() {
  return { url: mailbox.url, from: 'allot@example.com' };
}

/** The answer as it came, byte by byte. */
async function send(
  { address }: { readonly address: string },
  id: OperationId,
  { key, body, ...input }: CallInput<OperationId>,
): Promise<Sent> {
  const { method, path }: Operation = OPERATIONS[id];
  const response = await fetch(addressOf(address, path, input), {
    method,
    headers: {
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const repeated = response.headers.get('idempotent-replay') === 'true';
  return { status: response.status, text: await response.text(), repeated };
}

/** Until nobody is served, told or mailed any more. */
async function rest(): Promise<void> {
  await settled(first.address);
  await promisesSettled(first.address);
  await eventually('no mail is due', async () => {
    const { rows } = await sql<{ due: number }>`
      select (select count(*) from report_schedules where next_at <= clock_timestamp())
        + (select count(*) from report_alarms where next_at <= clock_timestamp()) as due`.execute(db);
    return rows[0]?.due === 0 ? true : undefined;
  });
}

async function restedDigest() {
  await rest();
  return await digestOfTables(db);
}

/** What an act adds to the tables, and its answers. */
async function growthOf<T>(act: () => Promise<T>) {
  await rest();
  const before = await countsOfTables(db);
  const answers = await act();
  await rest();
  const after = await countsOfTables(db);
  const growth = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]);
  return { answers, growth: Object.fromEntries(growth.filter(([, more]) => more !== 0)) };
}

const REUSED = { status: 409, text: expect.stringContaining('"idempotency_key_reused"'), repeated: false };

/** What was sent under keys and answered, for the node that comes after these. */
const answered: { readonly id: OperationId; readonly input: CallInput<OperationId>; readonly sent: Sent }[] =
  [];

it('has a sample request of every operation that changes something, and of no other', () => {
  expect(Object.keys(SAMPLES).toSorted()).toEqual(CHANGING.toSorted());
});

it('stands in the body or the path: no operation that changes something is asked by a query', () => {
  const asked = CHANGING.filter((id) => !OPERATIONS[id].query.safeParse({}).success);
  expect(asked).toEqual([]);
});

describe('under one key', () => {
  it.each(CHANGING)('%s again has no effect and the same answer, whatever was done meanwhile', async (id) => {
    const { request, other } = await sampleOf(id, shop, first);
    const input = { ...request, key: fresh('key') };
    const sent = await send(first, id, input);
    expect(sent).toMatchObject({ status: OPERATIONS[id].status, repeated: false });
    answered.push({ id, input, sent });
    const before = await restedDigest();
    expect(await send(second, id, input)).toEqual({ ...sent, repeated: true });
    expect(await restedDigest()).toEqual(before);
    await send(first, id, other);
    const later = await restedDigest();
    expect(await send(first, id, input)).toEqual({ ...sent, repeated: true });
    expect(await restedDigest()).toEqual(later);
  });

  it.each(CHANGING)(
    '%s with other contents, or used by another operation, is refused and has no effect',
    async (id) => {
      const { request, other } = await sampleOf(id, shop, first);
      const [key, theirs] = [fresh('key'), fresh('key')];
      await send(first, id, { ...request, key });
      await send(first, 'prioritizeOrder', {
        params: { orderId: await shop.place(1) },
        body: { priority: 7 },
        key: theirs,
      });
      // The same contents as well: an operation is told from another by its name alone.
      const twin = fresh('key');
      await sql`
      insert into idempotency_keys (key, operation, contents_hash, answer, recorded_at)
      select ${twin}, 'anotherOperation', contents_hash, answer, recorded_at
      from idempotency_keys where key = ${key}`.execute(db);
      const before = await restedDigest();
      expect(await send(second, id, { ...other, key })).toEqual(REUSED);
      expect(await send(second, id, { ...other, key: theirs })).toEqual(REUSED);
      expect(await send(second, id, { ...request, key: twin })).toEqual(REUSED);
      expect(await restedDigest()).toEqual(before);
    },
  );

  it.each(CHANGING)('%s at the same time on two nodes has one effect and one answer', async (id) => {
    const alone = await sampleOf(id, shop, first);
    const once = await growthOf(() => send(first, id, { ...alone.request, key: fresh('key') }));
    const { request } = await sampleOf(id, shop, first);
    const input = { ...request, key: fresh('key') };
    const { answers, growth } = await growthOf(() =>
      Promise.all([first, second, first, second].map((node) => send(node, id, input))),
    );
    expect(growth).toEqual(once.growth);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => OPERATIONS[id].status));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it.each(CHANGING)(
    '%s with different contents at the same time on two nodes does one of them',
    async (id) => {
      const { request, other } = await sampleOf(id, shop, first);
      const key = fresh('key');
      const answers = await Promise.all([
        send(first, id, { ...request, key }),
        send(second, id, { ...other, key }),
      ]);
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([OPERATIONS[id].status, 409]);
      expect(answers).toContainEqual(REUSED);
    },
  );

  it.each(CHANGING)('%s has no effect when its answer cannot be kept', async (id) => {
    const { request } = await sampleOf(id, shop, first);
    await sql`alter table idempotency_keys add constraint full_table check (key not like 'lost-%')`.execute(
      db,
    );
    try {
      const before = await restedDigest();
      expect((await send(first, id, { ...request, key: fresh('lost') })).status).toBe(500);
      expect(await restedDigest()).toEqual(before);
    } finally {
      await sql`alter table idempotency_keys drop constraint full_table`.execute(db);
    }
  });
});

it('is answered the same by a node that was started later', async () => {
  const later = await startNode({ databaseUrl: first.databaseUrl });
  try {
    const before = await restedDigest();
    for (const { id, input, sent } of answered) {
      expect([id, await send(later, id, input)]).toEqual([id, { ...sent, repeated: true }]);
    }
    expect(answered.map(({ id }) => id).toSorted()).toEqual(CHANGING.toSorted());
    expect(await restedDigest()).toEqual(before);
  } finally {
    await later.stop();
  }
});
