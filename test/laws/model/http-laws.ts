/**
 * The laws on the whole database of a server that sequences were played on, by `allot verify`. Others may be playing
 * meanwhile: what is still owed to somebody is waited for a little, and left out by verify itself.
 */
import { verify } from '../../../src/app/verify/verify.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { promisesSettled, settled } from '../../support/settled.ts';

interface Played {
  readonly address: string;
  readonly databaseUrl: string;
}

/** Each law that does not hold, with an example. */
export async function brokenLaws({ address, databaseUrl }: Played): Promise<string[]> {
  await settled(address);
  await promisesSettled(address);
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
