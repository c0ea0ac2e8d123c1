/**
 * The laws on the whole database of a server that sequences were played on, by `allot verify`. Others may be playing
 * meanwhile: what is still owed to somebody is waited for a little, and left out by verify itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { verify } from '../../src/app/verify.ts';
import { openDatabase } from '../../src/db/database.ts';

const TRIES = 200;
const PAUSE_MS = 10;
const GAUGES = /^allot_(?:fills|promises)_outstanding(?:\{[^}]*\})? (\d+)/gm;

interface Played {
  readonly address: string;
  readonly databaseUrl: string;
}

async function untilTold(address: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    if ([...metrics.matchAll(GAUGES)].every(([, outstanding]) => outstanding === '0')) return;
    await pause(PAUSE_MS);
  }
}

/** Each law that does not hold, with an example. */
export async function brokenLaws({ address, databaseUrl }: Played): Promise<string[]> {
  await untilTold(address);
  const db = openDatabase({ url: databaseUrl });
  try {
    const { checks } = await verify(db);
    return checks
      .filter(({ violations }) => violations > 0)
      .map(({ law, what, violations, examples }) => `${law}, ${what}: ${violations}, ${examples.join('; ')}`);
  } finally {
    await db.destroy();
  }
}
