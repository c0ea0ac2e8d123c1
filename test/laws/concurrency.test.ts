/**
 * Many clients at once, the quick version of `npm run proof:torture`: two nodes on one database, and everybody wants the
 * same at the same moment. Each part ends with all laws checked on the whole database.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Arena, openArena } from '../../bench/support/arena.ts';
import { deadlocksOf } from '../../bench/support/deadlocks.ts';
import { exactLimits, lastUnit } from '../../bench/support/torture-limits.ts';
import { deadlockBait, repeats } from '../../bench/support/torture-repeats.ts';
import { tiedOrders } from '../../bench/support/torture-rules.ts';
import { arrivalStorm } from '../../bench/support/torture-storm.ts';
import { type Node, startNode } from '../../src/node.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const TIMEOUT_MS = 180_000;
const CLIENTS = 32;
let server: TestServer | undefined;
let second: Node | undefined;
let arena: Arena;
let seed = 0;

beforeAll(async () => {
  server = await startTestServer();
  second = await startNode({ databaseUrl: server.databaseUrl });
}, TIMEOUT_MS);
afterAll(async () => {
  await second?.stop();
  await server?.stop();
}, TIMEOUT_MS);
beforeEach(() => {
  seed += 1;
  const addresses = [server?.address ?? '', second?.address ?? ''];
  arena = openArena({ addresses, databaseUrl: server?.databaseUrl ?? '', seed });
});

test.each<[string, () => Promise<void>]>([
  ['the last unit goes to exactly one', () => lastUnit(arena, 6, CLIENTS)],
  ['limits are exact', () => exactLimits(arena, [1, 7], 40)],
  ['an arrival storm leaves every law whole', () => arrivalStorm(arena, 500, CLIENTS)],
  ['the same three times at once has one effect and one answer', () => repeats(arena, 12, 8)],
  [
    'orders that name products in opposite order do not block each other',
    () => deadlockBait(arena, 120, CLIENTS),
  ],
  [
    'orders that a rule ties together ship from no more warehouses than it says',
    () => tiedOrders(arena, { mostShipments: 2 }, { acts: 300, atOnce: CLIENTS }),
  ],
])('%s', { timeout: TIMEOUT_MS }, async (_, part) => {
  await part();
  expect(arena.tally.notes).toEqual([]);
  expect(arena.tally.operations).toBeGreaterThan(0);
  expect({ violations: arena.tally.violations, serverErrors: arena.tally.serverErrors }).toEqual({
    violations: 0,
    serverErrors: 0,
  });
});

test('no deadlock had to be ended by the database', async () => {
  // Its sessions have ended with it, and have said what they counted.
  await second?.stop();
  second = undefined;
  expect(await deadlocksOf(server?.databaseUrl ?? '')).toBe(0);
});
