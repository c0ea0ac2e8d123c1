/**
 * A process that holds a data folder until it is killed: the other one in tests of the embedded PostgreSQL.
 * Says "holding" on standard output once the database serves. The argument is the folder.
 */
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.ts';

/** Longer than any test; a forgotten process ends by itself. */
const LIMIT_MS = 120_000;

await startEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
process.stdout.write('holding\n');
setTimeout(() => process.exit(0), LIMIT_MS);
