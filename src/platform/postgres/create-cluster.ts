/**
 * Makes a new, empty database with initdb.
 *
 * Decision: sorted by bytes and with Unicode's own rules for upper and lower case (the builtin provider), so
 * that no index depends on the machine's C library; page checksums on (initdb's default); local access
 * without a password, since the socket's folder admits only its owner, and none at all over the network.
 * It is made under a passing name and renamed when complete.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DataFolder } from './data-folder.ts';
import { DRAFT_PREFIX } from './data-folder.ts';
import { DataFolderError } from './data-folder-error.ts';
import type { PostgresBinaries, RunAs } from './postgres-binaries.ts';
import { giveTo } from './postgres-binaries.ts';

export const SUPERUSER = 'allot';

const run = promisify(execFile);
const INITDB_LIMIT_MS = 120_000;
const INITDB_ARGUMENTS = [
  `--username=${SUPERUSER}`,
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth-local=trust',
  '--auth-host=reject',
  '--no-instructions',
];

/** The environment of PostgreSQL's programs: nothing of ours leaks in (PGDATA, LANG, NODE_OPTIONS, secrets). */
export function postgresEnvironment(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
}

/** Call only while holding the folder. */
export async function createCluster(
  folder: DataFolder,
  binaries: PostgresBinaries,
  runAs: RunAs | undefined,
): Promise<void> {
  await clearDrafts(folder.home);
  const draft = await mkdtemp(join(folder.home, DRAFT_PREFIX));
  try {
    if (runAs !== undefined) await giveTo(draft, runAs);
    const options = { ...runAs, cwd: '/', env: postgresEnvironment(), timeout: INITDB_LIMIT_MS };
    await run(binaries.initdb, [...INITDB_ARGUMENTS, '-D', draft], options);
    await rename(draft, folder.cluster);
    await syncFolder(folder.home);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    const message = `A new database could not be made in ${folder.asked}. initdb said:\n${said}`;
    throw new DataFolderError('start_failed', message, { cause });
  }
}

async function clearDrafts(home: string): Promise<void> {
  const drafts = (await readdir(home)).filter((name) => name.startsWith(DRAFT_PREFIX));
  await Promise.all(drafts.map((name) => rm(join(home, name), { recursive: true, force: true })));
}

/** Makes the rename itself survive a power cut. */
async function syncFolder(path: string): Promise<void> {
  const opened = await open(path, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
