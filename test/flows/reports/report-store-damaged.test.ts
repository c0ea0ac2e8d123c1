/**
 * A report store whose file is damaged is a cache like any other: it is said once, and made anew, whether the damage shows when
 * it is opened, when it is fed or only to a reader.
 */
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Feeder } from '../../../src/report-store/feeder.ts';
import type { StoreMessage } from '../../../src/report-store/messages.ts';
import { eventually } from '../../support/eventually.ts';
import { openLeastShop } from '../../support/least-shop.ts';
import { startTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startTestServer();
  folder = await mkdtemp(join(tmpdir(), 'allot-damaged-'));
  await openLeastShop(server.client);
  const items = [{ sku: 'A', quantity: 2 }];
  await server.client.must('placeOrder', { body: { channel: 'C', number: '1', items } });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Feeds until it was fed, and what was said on the way. */
async function feed(
  then: (feeder: Feeder, said: readonly StoreMessage[]) => Promise<void> = async () => undefined,
) {
  const said: StoreMessage[] = [];
  const feeder = new Feeder({ folder, databaseUrl: server.databaseUrl, fromItems: 0 }, (message) =>
    said.push(message),
  );
  const running = feeder.run();
  await fed(said, 1);
  await then(feeder, said);
  feeder.stop();
  await running;
  feeder.store?.close();
  return said.flatMap((message) => ('event' in message && message.event !== 'fed' ? [message.event] : []));
}

function fed(said: readonly StoreMessage[], times: number): Promise<true> {
  return eventually(`fed ${times} times`, async () =>
    said.filter((message) => 'event' in message && message.event === 'fed').length >= times
      ? true
      : undefined,
  );
}

async function units(feeder: Feeder): Promise<unknown> {
  const reader = await feeder.store?.connect();
  const rows = await reader?.read('select sum(ordered)::int as units from items');
  reader?.close();
  return rows?.[0]?.['units'];
}

/** Where the blocks of a file of DuckDB begin, behind its heads. */
const BLOCKS_AT = 12_288;

async function overwrite(from: number): Promise<void> {
  const file = join(folder, 'reports.duckdb');
  const { size } = await stat(file);
  const opened = await open(file, 'r+');
  await opened.write(Buffer.alloc(size - from, 7), 0, size - from, from);
  await opened.close();
}

it.each([
  ['as a whole', 0],
  ['behind its heads', BLOCKS_AT],
])('is made anew when it is damaged %s', async (_, from) => {
  expect(await feed()).toEqual([]);
  await overwrite(from);
  const said = await feed(async (feeder) => expect(await units(feeder)).toBe(2));
  expect(said).toEqual(['damaged']);
});

it('is made anew when a reader meets the damage', async () => {
  const said = await feed(async (feeder, told) => {
    feeder.noteFailure(new Error('IO Error: Corrupt database file: computed checksum'));
    feeder.noteFailure(new Error('Conversion Error: a fault of the report'));
    await eventually('it is said', async () =>
      told.some((each) => 'event' in each && each.event === 'damaged') ? true : undefined,
    );
    await fed(told, 2);
    expect(await units(feeder)).toBe(2);
  });
  expect(said).toEqual(['damaged']);
});
