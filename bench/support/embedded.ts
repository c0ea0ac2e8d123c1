/**
 * A fresh embedded PostgreSQL for one proof, in a folder that is removed afterwards. Proofs that run two servers, or
 * load tables directly, need the database apart from the server.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded-postgres.ts';

/** A new empty folder for a proof's data, open to the user that PostgreSQL runs as when the proof is run by root. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `allot-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Runs `proof` with a database of its own; stops and removes it whatever happens. */
export async function withDatabase<Result>(
  name: string,
  proof: (databaseUrl: string) => Promise<Result>,
): Promise<Result> {
  const folder = await temporaryFolder(name);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'data') });
    try {
      return await proof(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await removeFolder(folder);
  }
}
