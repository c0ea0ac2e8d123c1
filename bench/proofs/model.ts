/**
 * Proof: the rules hold. Random sequences of what customers, warehouses and merchants do are played on a plain model
 * of the product and, side by side, on the pure core and on a real server over HTTP on a real database; every answer
 * and every state, promises among them, must be the same, and the laws must hold on the database (verify). Half of the
 * sequences have sourcing rules in force. On the server each act is sent under an Idempotency-Key, some again under the key
 * of an earlier one, and a quarter is played while connections to the database are ended: what is answered 503 is sent
 * again. A difference is shrunk to a shortest sequence and printed. Zero differences in n sequences means: fewer than
 * 3/n, at 95 %.
 *
 *   npm run proof:model -- [--core 100000] [--database 2000] [--seed S]
 */
import fc from 'fast-check';
import pg from 'pg';
import { pino } from 'pino';
import { startProgress } from '../../src/cli/progress.ts';
import { createClient } from '../../src/contract/client.ts';
import { startNode } from '../../src/node.ts';
import type { Sequence } from '../../test/laws/model/commands.ts';
import { createCoreWorld } from '../../test/laws/model/core-world.ts';
import { brokenLaws } from '../../test/laws/model/http-laws.ts';
import { putSmallRulesLive } from '../../test/laws/model/http-rules.ts';
import { withoutLearning } from '../../test/laws/model/http-supply.ts';
import { type PlayedServer, playOnServer } from '../../test/laws/model/http-world.ts';
import { playBeside } from '../../test/laws/model/playing.ts';
import { sequences } from '../../test/laws/model/sequences.ts';
import { MOVING_CALENDAR } from '../../test/laws/model/small-world.ts';
import { withDatabase } from '../support/embedded.ts';
import { freshSeed, numberOptions, say } from '../support/options.ts';

const MAX_CORE_COMMANDS = 30;
const MAX_DATABASE_COMMANDS = 60;
/** Sequences made from one seed; the next part takes the next seed. */
const CORE_PART = 500;
const DATABASE_PART = 20;
/** Sequences on the server at once: each has its own products and waits for its own answers. */
const LANES = 4;
/** How long one part may last on the database, most of which is for shrinking a difference. */
const LONGEST_PART_MS = 1_200_000;

interface Run {
  readonly name: string;
  readonly sequences: number;
  readonly seed: number;
  readonly part: number;
  readonly lanes: number;
  readonly arbitrary: fc.Arbitrary<Sequence>;
  readonly play: (sequence: Sequence) => void | Promise<void>;
  /** Looks at the laws after each part; what is broken. */
  readonly verify: () => Promise<readonly string[]>;
}

function show({ errorInstance, numShrinks }: fc.RunDetails<[Sequence]>, seed: number): void {
  say(`\nmismatch with seed ${seed}, shrunk ${numShrinks} times:`);
  say(errorInstance instanceof Error ? errorInstance.message : String(errorInstance));
}

/** Plays sequences part by part until all are played or one differs; true when none did. */
async function playAll(run: Run): Promise<boolean> {
  const property = fc.asyncProperty(run.arbitrary, async (sequence) => {
    await run.play(sequence);
  });
  const parts = Math.ceil(run.sequences / run.part);
  const progress = startProgress({ label: `model ${run.name}`, total: run.sequences, unit: 'sequences' });
  const limit = run.name === 'core' ? {} : { interruptAfterTimeLimit: LONGEST_PART_MS };
  let next = 0;
  let played = 0;
  let mismatches = 0;
  async function playParts(): Promise<void> {
    while (mismatches === 0 && next < parts) {
      const part = next++;
      const numRuns = Math.min(run.part, run.sequences - part * run.part);
      const details = await fc.check(property, { numRuns, seed: run.seed + part, ...limit });
      if (details.failed) show(details, run.seed + part);
      const broken = await run.verify();
      for (const each of broken) say(`\nbroken after seed ${run.seed + part}: ${each}`);
      mismatches += details.failed || broken.length > 0 ? 1 : 0;
      played += details.numRuns;
      progress.advance(details.numRuns);
    }
  }
  await Promise.all(Array.from({ length: run.lanes }, playParts));
  progress.finish();
  say(`model ${run.name}: ${played} sequences, ${mismatches} mismatches`);
  return mismatches === 0;
}

async function playOnCore(count: number, seed: number): Promise<boolean> {
  return await playAll({
    name: 'core',
    sequences: count,
    seed,
    part: CORE_PART,
    lanes: 1,
    arbitrary: fc.oneof(
      sequences({ maximum: MAX_CORE_COMMANDS, clock: true, repeats: false, rules: false }),
      sequences({ maximum: MAX_CORE_COMMANDS, clock: true, repeats: false, rules: true }),
    ),
    play: (sequence) =>
      playBeside(sequence, MOVING_CALENDAR, createCoreWorld(MOVING_CALENDAR.start, sequence.rules)),
    verify: async () => [],
  });
}

/** Ends a connection of the server's, whatever it is doing; the next look ends another. */
async function endConnection(beside: pg.Client): Promise<void> {
  await beside.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'allot' order by random() limit 1`);
}

interface Phase {
  readonly name: string;
  readonly sequences: number;
  readonly rules: boolean;
  /** Connections end meanwhile: one sequence after the other, so that nobody looks at the laws. */
  readonly interrupted: boolean;
}

function phasesOf(count: number): Phase[] {
  const quarter = Math.floor(count / 4);
  return [
    { name: 'database', sequences: count - 2 * quarter, rules: false, interrupted: false },
    { name: 'database with rules', sequences: quarter, rules: true, interrupted: false },
    { name: 'database with rules, interrupted', sequences: quarter, rules: true, interrupted: true },
  ];
}

async function playOnDatabase(count: number, seed: number): Promise<boolean> {
  return await withDatabase('model', async (databaseUrl) => {
    const node = await startNode({ databaseUrl, logger: pino({ level: 'silent' }) });
    const beside = new pg.Client({ connectionString: databaseUrl });
    await beside.connect();
    let started = 0;
    const playPhase = async ({ rules, interrupted, ...phase }: Phase): Promise<boolean> => {
      const server: PlayedServer = {
        address: node.address,
        ...(interrupted && { interrupt: () => endConnection(beside) }),
      };
      if (rules) await putSmallRulesLive(createClient(node.address));
      return await playAll({
        ...phase,
        seed,
        part: DATABASE_PART,
        lanes: interrupted ? 1 : LANES,
        arbitrary: sequences({ maximum: MAX_DATABASE_COMMANDS, clock: false, repeats: true, rules }),
        play: async (sequence) => {
          started += 1;
          await playOnServer(server, sequence, `s${started}-`);
        },
        verify: () => brokenLaws({ address: node.address, databaseUrl }),
      });
    };
    try {
      return await withoutLearning(databaseUrl, async () => {
        let agrees = true;
        for (const phase of phasesOf(count)) if (agrees) agrees = await playPhase(phase);
        return agrees;
      });
    } finally {
      await beside.end();
      await node.stop();
    }
  });
}

const { core, database, seed } = numberOptions({ core: 100_000, database: 2000, seed: freshSeed() });
say(`seed ${seed}`);
const coreAgrees = await playOnCore(core, seed);
const databaseAgrees = database === 0 || (await playOnDatabase(database, seed));
process.exitCode = coreAgrees && databaseAgrees ? 0 : 1;
