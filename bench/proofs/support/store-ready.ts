/** Waits until a node reads its reports from its report store. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 250;

/** @returns how long it took, in seconds */
export async function storeReady(address: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const response = await fetch(`${address}/metrics`);
    if (/^allot_report_store_ready 1$/m.test(await response.text())) break;
    await pause(LOOK_EVERY_MS);
  }
  return (performance.now() - began) / 1000;
}
