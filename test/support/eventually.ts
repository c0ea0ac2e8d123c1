/**
 * Waiting in tests: asks again and again until there is an answer, a bounded number of times. Nothing sleeps for a
 * fixed time and nothing is asserted about how long it took; a machine under load only makes a test slower.
 */
import { setTimeout as pause } from 'node:timers/promises';

/** Enough for a machine under heavy load: two minutes. */
const TRIES = 12_000;
const PAUSE_MS = 10;

/** The first answer of `ask` that is not undefined; throws with `what` when there never is one. */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(PAUSE_MS);
  }
  throw new Error(`asked ${TRIES} times in vain: ${what}`);
}
