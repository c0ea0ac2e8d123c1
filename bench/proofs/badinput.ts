/**
 * Proof by bad input: requests generated from the contract table and bent in every way, against a server that has
 * something to lose. No answer of 500 or above, every refusal a problem document with a known code, no row changed.
 *
 *   npm run proof:badinput -- [--n 10000] [--seed S] [--seeds 1]
 *
 * With --seeds the seeds that follow run as well, n requests each, against the same server. The last line is the figure; it exits 1 when an answer or a table was not as it must be.
 */
import { createClient } from '../../src/contract/client.ts';
import { promisesSettled, settled } from '../support/arena.ts';
import { type BadInputReport, sendBadInput, shopToAbuse } from '../support/bad-input.ts';
import { withDatabase } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { startServer } from '../support/server-process.ts';

const options = numberOptions({ n: 10_000, seed: freshSeed(), seeds: 1 });

async function abuse(databaseUrl: string): Promise<BadInputReport[]> {
  const server = await startServer({ store: { databaseUrl } });
  const reports: BadInputReport[] = [];
  try {
    const known = await shopToAbuse(createClient(server.address));
    await settled(server.address);
    await promisesSettled(server.address);
    for (let seed = options.seed; seed < options.seed + options.seeds; seed++) {
      const random = seededRandom(seed);
      const aim = { address: server.address, databaseUrl, requests: options.n, random, known };
      const report = await sendBadInput(aim);
      reports.push(report);
      show(seed, report);
    }
  } finally {
    await server.stop();
  }
  return reports;
}

function show(seed: number, { byStatus, violations }: BadInputReport): void {
  const statuses = [...byStatus].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  say(`  seed ${seed}: ${statuses.join(', ')}`);
  for (const violation of violations.slice(0, 50)) say(`  ${violation}`);
  if (violations.length > 0) say(`  ${violations.length} answers or tables not as they must be`);
}

async function main(): Promise<void> {
  const { n, seed, seeds } = options;
  say(`badinput: ${n} requests a seed, ${seeds} seeds from ${seed}`);
  const reports = await withDatabase('badinput', abuse);
  const sum = (of: (report: BadInputReport) => number) => reports.reduce((all, each) => all + of(each), 0);
  const [faults, changes] = [sum((each) => each.serverErrors), sum((each) => each.changes)];
  const requests = sum((each) => each.requests);
  say(`badinput: ${requests} requests, ${faults} server errors, ${changes} changes of state`);
  process.exitCode = sum((each) => each.violations.length) === 0 ? 0 : 1;
}

await main();
