/**
 * Proof: the rules hold. Random sequences of what customers, warehouses and merchants do are played on a plain model
 * of the product and, side by side, on the pure core and on a real server over HTTP on a real database; every answer
 * and every state must be the same. A difference is shrunk to a shortest sequence and printed. Zero differences in n
 * sequences means: fewer than 3/n, at 95 %.
 *
 *   npm run proof:model -- [--core 100000] [--database 2000] [--seed S]
 */
import fc from 'fast-check';
import { pino } from 'pino';
import { startProgress } from '../../src/cli/progress.ts';
import { startNode } from '../../src/node.ts';
import { type Sequence, sequences } from '../../test/laws/commands.ts';
import { createCoreWorld } from '../../test/laws/core-world.ts';
import { playOnServer } from '../../test/laws/http-world.ts';
import { playBeside } from '../../test/laws/playing.ts';
import { MOVING_CALENDAR } from '../../test/laws/small-world.ts';
import { withDatabase } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';

const MAX_CORE_COMMANDS = 30;
const MAX_DATABASE_COMMANDS = 60;
/** Sequences between two steps of the progress bar; a later part is another seed. */
const PART = 100;
/** How long a difference on the database may be shrunk. */
const SHRINKING_MS = 120_000;

/** Says what was found; true when nothing was. */
function report(details: fc.RunDetails<[Sequence]>, seed: number): boolean {
  if (!details.failed) return true;
  const { errorInstance } = details;
  say(`\nmismatch with seed ${seed}, shrunk ${details.numShrinks} times:`);
  say(
    errorInstance instanceof Error ? (errorInstance.stack ?? errorInstance.message) : String(errorInstance),
  );
  return false;
}

/** Plays sequences until all are played or one differs; answers how many were played and how many differed. */
async function playAll(
  name: string,
  given: { sequences: number; seed: number; maximum: number; shrinkingMs?: number },
  play: (sequence: Sequence) => void | Promise<void>,
): Promise<boolean> {
  const onCore = name === 'core';
  const arbitrary = sequences({ maximum: given.maximum, clock: onCore, repeats: !onCore });
  const property = fc.asyncProperty(arbitrary, async (sequence) => {
    await play(sequence);
  });
  const progress = startProgress({ label: `model ${name}`, total: given.sequences, unit: 'sequences' });
  let played = 0;
  let agreed = true;
  for (let part = 0; agreed && played < given.sequences; part++) {
    const numRuns = Math.min(PART, given.sequences - played);
    const seed = given.seed + part;
    const details = await fc.check(property, {
      numRuns,
      seed,
      ...(given.shrinkingMs === undefined ? {} : { interruptAfterTimeLimit: given.shrinkingMs }),
    });
    played += details.failed ? details.numRuns : numRuns;
    agreed = report(details, seed);
    progress.advance(numRuns);
  }
  progress.finish();
  say(`model ${name}: ${played} sequences, ${agreed ? 0 : 1} mismatches`);
  return agreed;
}

async function playOnDatabase(count: number, seed: number): Promise<boolean> {
  return await withDatabase('model', async (databaseUrl) => {
    const node = await startNode({ databaseUrl, logger: pino({ level: 'error' }) });
    let started = 0;
    try {
      const given = { sequences: count, seed, maximum: MAX_DATABASE_COMMANDS, shrinkingMs: SHRINKING_MS };
      return await playAll('database', given, async (sequence) => {
        started += 1;
        await playOnServer(node.address, sequence, `s${started}-`);
      });
    } finally {
      await node.stop();
    }
  });
}

const { core, database, seed } = numberOptions({ core: 100_000, database: 2000, seed: freshSeed() });
say(`seed ${seed}`);
const coreAgrees = await playAll(
  'core',
  { sequences: core, seed, maximum: MAX_CORE_COMMANDS },
  (sequence) => {
    playBeside(sequence, MOVING_CALENDAR, createCoreWorld(MOVING_CALENDAR.start));
  },
);
const databaseAgrees = database === 0 || (await playOnDatabase(database, seed));
process.exitCode = coreAgrees && databaseAgrees ? 0 : 1;
