/** What `allot verify` finds broken on a database that a proof has played on, one line for each law. */
import { verify } from '../../src/app/verify/verify.ts';
import { startProgress } from '../../src/cli/progress.ts';
import { openDatabase } from '../../src/db/database.ts';

/** @returns nothing when all is clean */
export async function brokenLaws(databaseUrl: string): Promise<string[]> {
  const db = openDatabase({ url: databaseUrl, connections: 4, statementTimeoutMs: 120_000 });
  const progress = startProgress({ label: 'verify', total: 0, unit: 'checks' });
  try {
    const { ok, checks } = await verify(db, { onCheck: () => progress.advance() });
    const broken = checks.filter(({ violations }) => violations > 0);
    if (!ok && broken.length === 0) return ['verify is not content and does not say why'];
    return broken.map(
      ({ law, what, violations, examples }) =>
        `${law}: ${what}: ${violations} violations, such as ${JSON.stringify(examples[0])}`,
    );
  } finally {
    progress.finish();
    await db.destroy();
  }
}
