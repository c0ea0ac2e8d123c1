/**
 * The laws on the whole database of a server that sequences were played on, by `allot verify`. Others may be playing
 * meanwhile: what is still owed to somebody is waited for a little, and left out by verify itself.
 */
import { verify } from '../../../src/app/verify/verify.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { eventually } from '../../support/eventually.ts';

const GAUGES = /^allot_(?:fills|promises)_outstanding(?:\{[^}]*\})? (\d+)/gm;

interface Played {
  readonly address: string;
  readonly databaseUrl: string;
}

async function untilTold(address: string): Promise<void> {
  await eventually('nothing is outstanding', async () => {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    return [...metrics.matchAll(GAUGES)].every(([, outstanding]) => outstanding === '0') ? true : undefined;
  });
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
