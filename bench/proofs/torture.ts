/**
 * Proof by many clients at once (laws L3, L7, L11, L14, L16): a real server process, then three on one database, and
 * clients who all want the same thing at the same moment. After each part the laws are checked on the whole database.
 *
 *   npm run proof:torture -- [--rounds 200] [--clients 64] [--servers 1|3] [--storm 20000] [--tied 5000] [--seed S]
 *
 * Without --servers both are run. The last line is the figure; it exits 1 when anything was violated, answered by an error of
 * the server, or when PostgreSQL had to end a deadlock.
 */
import { type Arena, openArena } from '../support/arena.ts';
import { deadlocksOf } from '../support/deadlocks.ts';
import { withDatabase } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';
import { startServer } from '../support/server-process.ts';
import { exactLimits, lastUnit } from '../support/torture-limits.ts';
import { deadlockBait, repeats } from '../support/torture-repeats.ts';
import { type TyingLimits, tiedOrders } from '../support/torture-rules.ts';
import { arrivalStorm } from '../support/torture-storm.ts';

const options = numberOptions({
  rounds: 200,
  clients: 64,
  servers: 0,
  storm: 20_000,
  tied: 5_000,
  requests: 500,
  seed: freshSeed(),
});

const LIMITS = [1, 7, 100];
const TYING: readonly TyingLimits[] = [{ mostShipments: 2 }, { leastUnitsPerShipment: 3 }];

interface Part {
  readonly name: string;
  readonly run: (arena: Arena) => Promise<void>;
}

const PARTS: readonly Part[] = [
  {
    name: `last unit, ${options.rounds} rounds`,
    run: (arena) => lastUnit(arena, options.rounds, options.clients),
  },
  { name: `exact limits ${LIMITS.join(', ')}`, run: (arena) => exactLimits(arena, LIMITS, options.requests) },
  {
    name: `arrival storm of ${options.storm}`,
    run: (arena) => arrivalStorm(arena, options.storm, options.clients),
  },
  {
    name: 'the same three times at once',
    run: (arena) => repeats(arena, options.rounds, options.clients / 4),
  },
  { name: 'deadlock bait', run: (arena) => deadlockBait(arena, options.rounds * 10, options.clients) },
  ...TYING.map((limits) => ({
    name: `orders tied by ${JSON.stringify(limits)}`,
    run: (arena: Arena) => tiedOrders(arena, limits, { acts: options.tied, atOnce: options.clients }),
  })),
];

async function torture(databaseUrl: string, servers: number): Promise<Arena['tally']> {
  const started = [];
  for (let count = 0; count < servers; count++) started.push(await startServer({ store: { databaseUrl } }));
  try {
    const addresses = started.map((server) => server.address);
    const arena = openArena({ addresses, databaseUrl, seed: options.seed });
    for (const { name, run } of PARTS) {
      const begun = performance.now();
      const before = arena.tally.operations;
      await run(arena);
      const seconds = (performance.now() - begun) / 1000;
      const { operations, violations, serverErrors } = arena.tally;
      say(
        `  ${servers} server(s): ${name}: ${operations - before} operations in ${seconds.toFixed(1)} s,` +
          ` ${violations} violations and ${serverErrors} server errors so far`,
      );
    }
    return arena.tally;
  } finally {
    for (const server of started) await server.stop();
  }
}

async function main(): Promise<void> {
  say(`torture: ${options.clients} clients, seed ${options.seed}`);
  const sum = { operations: 0, shed: 0, violations: 0, serverErrors: 0, deadlocks: 0 };
  for (const servers of options.servers === 0 ? [1, 3] : [options.servers]) {
    const { tally, deadlocks } = await withDatabase('torture', async (databaseUrl) => ({
      tally: await torture(databaseUrl, servers),
      // The servers have ended, and with them the sessions that count.
      deadlocks: await deadlocksOf(databaseUrl),
    }));
    sum.deadlocks += deadlocks;
    for (const note of tally.notes) say(`  ${note}`);
    sum.operations += tally.operations;
    sum.shed += tally.shed;
    sum.violations += tally.violations;
    sum.serverErrors += tally.serverErrors;
  }
  const { operations, shed, violations, serverErrors, deadlocks } = sum;
  say(
    `torture: ${operations} operations (${shed} turned away and sent again), ${violations} violations, ${serverErrors} server errors, ${deadlocks} deadlocks`,
  );
  process.exitCode = violations + serverErrors + deadlocks === 0 ? 0 : 1;
}

await main();
