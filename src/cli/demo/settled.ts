/**
 * Waits until nobody who waits is owed free stock any more, as the node's own gauge tells. Fills happen by
 * themselves a moment after stock became free; who wants to read what they gave has to let them happen.
 */
import { setTimeout as pause } from 'node:timers/promises';

const GAUGE = /^allot_fills_outstanding(?:\{[^}]*\})? (\d+)/m;
const LOOK_EVERY_MS = 5;
const LONGEST_MS = 120_000;

async function fillsOutstanding(address: string): Promise<number> {
  const response = await fetch(`${address}/metrics`);
  const found = GAUGE.exec(await response.text());
  if (found === null) throw new Error(`${address}/metrics does not tell allot_fills_outstanding`);
  return Number(found[1]);
}

export async function settled(address: string): Promise<void> {
  const until = performance.now() + LONGEST_MS;
  while ((await fillsOutstanding(address)) > 0) {
    if (performance.now() > until)
      throw new Error(`fills are outstanding for more than ${LONGEST_MS / 1000} s`);
    await pause(LOOK_EVERY_MS);
  }
}
