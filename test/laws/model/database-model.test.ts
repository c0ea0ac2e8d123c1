/**
 * The whole product against the plain model: random sequences of requests over HTTP on a real database, every
 * answer and every state compared, and after each sequence the laws looked at. A few here, in each run of the tests; thousands with `npm run proof:model`.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { brokenLaws } from './http-laws.ts';
import { putSmallRulesLive } from './http-rules.ts';
import { withoutLearning } from './http-supply.ts';
import { playOnServer } from './http-world.ts';
import { sequences } from './sequences.ts';

/** A fixed seed, so that this run is the same everywhere; `npm run proof:model` explores others. */
const SEED = 20261123;
const SEQUENCES = 20;
const MAX_COMMANDS = 60;
const LONGEST_MS = 300_000;

const server = useTestServer();

test(
  'a server answers and ends up as the plain model says',
  async () => {
    let played = 0;
    const play = async (rules: boolean) => {
      const property = fc.asyncProperty(
        sequences({ maximum: MAX_COMMANDS, clock: false, repeats: true, rules }),
        async (sequence) => {
          played += 1;
          await playOnServer(server(), sequence, `s${played}-`);
          expect(await brokenLaws(server())).toEqual([]);
        },
      );
      await fc.assert(property, {
        seed: SEED,
        numRuns: SEQUENCES / 2,
        endOnFailure: true,
        interruptAfterTimeLimit: LONGEST_MS,
      });
    };
    await withoutLearning(server().databaseUrl, async () => {
      await play(false);
      await putSmallRulesLive(server().client);
      await play(true);
    });
    expect(played).toBeGreaterThanOrEqual(SEQUENCES);
  },
  2 * LONGEST_MS,
);
