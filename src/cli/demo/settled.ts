/**
 * Waits until the node has done what it owes, as its own gauges tell: given free stock to those who wait, and told
 * customers what moved. Both happen by themselves a moment later; who wants to read them has to let them happen.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { outstanding } from '../../contract/outstanding.ts';

const LOOK_EVERY_MS = 5;
const LONGEST_MS = 120_000;

async function untilNone(address: string, what: 'fills' | 'promises'): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while ((await outstanding(address, what)) > 0) {
    if (performance.now() > until)
      throw new Error(`${what} are outstanding for more than ${LONGEST_MS / 1000} s`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Nobody who waits is owed free stock any more. */
export async function settled(address: string): Promise<void> {
  await untilNone(address, 'fills');
}

/** Every customer has been told what moved. */
export async function promisesSettled(address: string): Promise<void> {
  await untilNone(address, 'promises');
}
