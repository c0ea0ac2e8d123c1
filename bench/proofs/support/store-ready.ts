/** Waits until a node reads its reports from its report store. */
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 250;

export async function isReady(address: string): Promise<boolean> {
  const response = await fetch(`${address}/metrics`);
  return /^allot_report_store_ready 1$/m.test(await response.text());
}

/** @returns how long it took, in seconds */
export async function storeReady(address: string): Promise<number> {
  const began = performance.now();
  while (!(await isReady(address))) await pause(LOOK_EVERY_MS);
  return (performance.now() - began) / 1000;
}
