/**
 * Proof by bad input: requests generated from the contract table and bent in every way, against a server that has
 * something to lose. No answer of 500 or above, every refusal a problem document with a known code, no row changed.
 *
 *   npm run proof:badinput -- [--n 10000] [--seed S]
 *
 * The last line is the figure; it exits 1 when an answer or a table was not as it must be.
 */
import { createClient } from '../../src/contract/client.ts';
import { settled } from '../support/arena.ts';
import { type BadInputReport, sendBadInput, shopToAbuse } from '../support/bad-input.ts';
import { withDatabase } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startServer } from '../support/server-process.ts';

const options = numberOptions({ n: 10_000, seed: freshSeed() });

async function abuse(databaseUrl: string): Promise<BadInputReport> {
  const server = await startServer({ store: { databaseUrl } });
  try {
    const known = await shopToAbuse(createClient(server.address));
    await settled(server.address);
    const random = seededRandom(options.seed);
    return await sendBadInput({ address: server.address, databaseUrl, requests: options.n, random, known });
  } finally {
    await server.stop();
  }
}

async function main(): Promise<void> {
  say(`badinput: ${options.n} requests, seed ${options.seed}`);
  const { requests, byStatus, serverErrors, changes, violations } = await withDatabase('badinput', abuse);
  for (const [status, count] of [...byStatus].sort(([a], [b]) => a - b)) say(`  ${status}: ${count}`);
  for (const violation of violations.slice(0, 50)) say(`  ${violation}`);
  if (violations.length > 0) say(`  ${violations.length} answers or tables not as they must be`);
  say(`badinput: ${requests} requests, ${serverErrors} server errors, ${changes} changes of state`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}

await main();
