/**
 * The pure core against the plain model: random sequences, every answer and every state compared. Some here, in
 * each run of the tests; a hundred thousand with `npm run proof:model`.
 */
import fc from 'fast-check';
import { test } from 'vitest';
import { createCoreWorld } from './core-world.ts';
import { playBeside } from './playing.ts';
import { sequences } from './sequences.ts';
import { MOVING_CALENDAR } from './small-world.ts';

const SEQUENCES = 3000;
const MAX_COMMANDS = 30;
const LONGEST_MS = 300_000;

test(
  'the pure core decides as the plain model says',
  () => {
    const options = { maximum: MAX_COMMANDS, clock: true, repeats: false };
    const either = fc.oneof(sequences({ ...options, rules: false }), sequences({ ...options, rules: true }));
    const property = fc.property(either, (sequence) => {
      playBeside(sequence, MOVING_CALENDAR, createCoreWorld(MOVING_CALENDAR.start, sequence.rules));
    });
    fc.assert(property, { numRuns: SEQUENCES });
  },
  LONGEST_MS,
);
