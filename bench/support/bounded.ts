/** Loops with an end: waiting for something at most so long, and many jobs with at most so many at once. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 10;

/** The first answer of `ask` that is not undefined; throws with `what` when there is none within `limitMs`. */
export async function within<Answer>(
  limitMs: number,
  what: string,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
  const until = performance.now() + limitMs;
  do {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(LOOK_EVERY_MS);
  } while (performance.now() < until);
  throw new Error(`not within ${limitMs} ms: ${what}`);
}

/** Runs job 0, 1, … count − 1, at most `atOnce` of them at a time; the answers in the order of the jobs. */
export async function inCrowd<Answer>(
  count: number,
  atOnce: number,
  job: (index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  async function work(): Promise<void> {
    while (next < count) {
      const index = next;
      next += 1;
      answers[index] = await job(index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work));
  return answers;
}
