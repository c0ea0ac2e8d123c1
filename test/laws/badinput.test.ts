/**
 * Bad input, the quick version of `npm run proof:badinput`: requests generated from the contract table and bent in every
 * way. No answer of 500 or above, every refusal a problem document with a known code, not one row changed.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendBadInput, shopToAbuse } from '../../bench/support/bad-input.ts';
import { badRequest } from '../../bench/support/bad-requests.ts';
import { seededRandom } from '../../bench/support/seeded-random.ts';
import type { KnownValues } from '../../bench/support/valid-values.ts';
import { OPERATIONS } from '../../src/contract/operations.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { promisesSettled, settled } from '../support/settled.ts';

const REQUESTS = 1000;
const TIMEOUT_MS = 180_000;
let server: TestServer | undefined;
let known: KnownValues = {};

beforeAll(async () => {
  server = await startTestServer();
  known = await shopToAbuse(server.client);
  await settled(server.address);
  await promisesSettled(server.address);
}, TIMEOUT_MS);
afterAll(async () => {
  await server?.stop();
}, TIMEOUT_MS);

test(`${REQUESTS} bad requests: no server error, no change of state`, { timeout: TIMEOUT_MS }, async () => {
  const { address = '', databaseUrl = '' } = server ?? {};
  const random = seededRandom(20_261);
  const report = await sendBadInput({ address, databaseUrl, requests: REQUESTS, random, known });
  expect(report.violations).toEqual([]);
  expect({ serverErrors: report.serverErrors, changes: report.changes }).toEqual({
    serverErrors: 0,
    changes: 0,
  });
});

/** Two thousand requests: what they reach, and a digest of all of them. */
function generated(seed: number) {
  const random = seededRandom(seed);
  const digest = createHash('sha256');
  const operations = new Set<string>();
  const kinds = new Set<string>();
  for (let made = 0; made < 2000; made++) {
    const { body, ...request } = badRequest(random, known);
    operations.add(request.operation);
    kinds.add(request.kind);
    digest.update(JSON.stringify(request)).update(body ?? '');
  }
  return { operations, kinds, digest: digest.digest('hex') };
}

test('every operation is reached in many ways, and the same seed makes the same requests', () => {
  const { operations, kinds, digest } = generated(7);
  expect(operations).toEqual(new Set(Object.keys(OPERATIONS)));
  expect(kinds.size).toBeGreaterThanOrEqual(8);
  expect(generated(7).digest).toBe(digest);
  expect(generated(8).digest).not.toBe(digest);
});
