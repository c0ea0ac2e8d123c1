/**
 * What a data folder looks like and whether this one may be used.
 *
 *   data/postgres/      the database itself (PostgreSQL's own folder, 0700)
 *   data/socket/        where it is reached (0700: only its owner and root; hence no password)
 *   data/postgres.log   what PostgreSQL said      data/holder.N   which process has it
 *   data/report-store/  a cache for reports, which may be deleted
 *
 * Laws: a folder that holds anything else, or another major version, is refused before anything is written.
 * A database appears under its name only when complete, so a crash during the first start leaves no half one.
 * As root, with a folder that PostgreSQL's user cannot reach (/root/…), data/postgres is a link: out-of-reach.ts.
 */
import { chmod, chown, mkdir, readdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { DataFolderError } from './data-folder-error.ts';
import { systemErrorCode } from './file-facts.ts';
import { isHolderFile } from './folder-holder.ts';
import { isPlaceWithinReach, placeWithinReach } from './out-of-reach.ts';
import type { RunAs } from './postgres-binaries.ts';
import { canEnter, chooseRunAs, giveTo, isRoot } from './postgres-binaries.ts';

const CLUSTER = 'postgres';
export const SOCKET_FOLDER = 'socket';
export const LOG_FILE = 'postgres.log';
export const REPORT_STORE_FOLDER = 'report-store';
/** A database being made; what a crash leaves of it is cleared away at the next start. */
export const DRAFT_PREFIX = 'postgres.new-';

/** Files that other programs leave in any folder, such as a freshly mounted disk. */
const HARMLESS = /^\.|^lost\+found$/;

export interface DataFolder {
  /** As the user gave it (absolute): for messages. */
  readonly asked: string;
  /** Where it really is. */
  readonly home: string;
  readonly cluster: string;
}

/** Where the folder is, without touching anything; it need not exist. */
export async function locateDataFolder(dataDir: string): Promise<DataFolder> {
  const asked = resolve(dataDir);
  const link = await readlink(join(asked, CLUSTER)).catch(() => undefined);
  const home = link === undefined ? asked : dirname(resolve(asked, link));
  const real = await realpath(home).catch(() => home);
  return { asked, home: real, cluster: join(real, CLUSTER) };
}

/** Refuses a folder that holds something else or that we may not read. Touches nothing. */
export async function checkContents(folder: DataFolder): Promise<void> {
  const names = await listNames(folder);
  if (names.includes(CLUSTER)) {
    if ((await versionOf(folder)) !== undefined) return;
    if (folder.home !== folder.asked) return await refuseMissing(folder);
    const message = `${folder.cluster} is not a database of Allot (it has no PG_VERSION). Choose another data folder with ALLOT_DATA_DIR.`;
    throw new DataFolderError('not_a_data_folder', message);
  }
  const foreign = names.find((name) => !isOurs(name));
  if (foreign === undefined) return;
  const message = `${folder.asked} holds other files (${foreign}). Give Allot a folder of its own, new or empty, with ALLOT_DATA_DIR.`;
  throw new DataFolderError('not_a_data_folder', message);
}

/** The link leads to where the data was put. Nothing there: it is away, and an empty shop must not take its place. */
async function refuseMissing(folder: DataFolder): Promise<void> {
  if (await isPlaceWithinReach(folder.home)) return;
  const link = join(folder.asked, CLUSTER);
  const message = `The data of ${folder.asked} is kept in ${folder.home}, which is not there. Bring it back (is its disk mounted?), or, to begin with an empty shop, remove the link ${link}. Nothing was changed.`;
  throw new DataFolderError('data_missing', message);
}

/** Whether there is a database; refuses one of another major version. Touches nothing. */
export async function hasCluster(folder: DataFolder, ourMajor: number): Promise<boolean> {
  const version = await versionOf(folder);
  if (version === undefined) return false;
  if (version === ourMajor) return true;
  const facts = `The data in ${folder.asked} is of PostgreSQL ${version}; this Allot brings PostgreSQL ${ourMajor}.`;
  if (version > ourMajor) {
    const message = `${facts} Use the newer Allot that wrote it, or choose another folder with ALLOT_DATA_DIR. Nothing was changed.`;
    throw new DataFolderError('newer_version', message);
  }
  const message = `${facts} It has to be upgraded first: dump it with the Allot that wrote it (pg_dumpall) and load it into a new folder. Nothing was changed.`;
  throw new DataFolderError('older_version', message);
}

/** The user to run PostgreSQL as: whoever owns the data, or the folder it will be in. */
export async function runAsFor(folder: DataFolder): Promise<RunAs | undefined> {
  const owner = (await ownerOf(folder.cluster)) ?? (await ownerOf(folder.home));
  const self = process.getuid?.();
  if (!isRoot() && owner !== undefined && self !== undefined && owner.uid !== self) {
    const message = `The data folder ${folder.asked} belongs to user ${owner.uid}, and you are user ${self}. Start Allot as that user, or choose another folder with ALLOT_DATA_DIR.`;
    throw new DataFolderError('unreachable', message);
  }
  return chooseRunAs(owner);
}

/** Makes the folder if missing and sees to it that PostgreSQL's user can get in. */
export async function prepareFolder(
  folder: DataFolder,
  runAs: RunAs | undefined,
  log: (line: string) => void,
): Promise<DataFolder> {
  const inFolder = unreachableWhenRefused(folder);
  await mkdir(folder.home, { recursive: true }).catch(inFolder);
  const real = await locateDataFolder(folder.asked);
  if (runAs === undefined) return real;
  const { mode } = await stat(real.home);
  if ((mode & 0o011) !== 0o011) await chmod(real.home, mode | 0o011);
  if (!(await canEnter(real.home, runAs))) {
    const home = await placeElsewhere(real, runAs);
    log(
      `The data is kept in ${home}: PostgreSQL does not run as root, and others cannot enter ${real.asked}.`,
    );
  }
  const usable = await locateDataFolder(folder.asked);
  await handOver(usable, runAs);
  return usable;
}

/**
 * A new folder for the socket that only its owner may enter. Call only when no server runs: what a killed one left
 * there names its pid, and PostgreSQL refuses to start as long as any process has that pid.
 */
export async function prepareSocketFolder(path: string, runAs: RunAs | undefined): Promise<void> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { mode: 0o700 });
  if (runAs !== undefined) await chown(path, runAs.uid, runAs.gid);
}

/** For `.catch`: a file operation the system refuses is an unreachable folder, said in words. */
export function unreachableWhenRefused(folder: DataFolder): (error: unknown) => never {
  return (cause) => {
    const code = systemErrorCode(cause) ?? '';
    if (code === 'ENOTDIR' || code === 'EEXIST') {
      const message = `${folder.asked} is not a folder. Choose another with ALLOT_DATA_DIR.`;
      throw new DataFolderError('not_a_data_folder', message, { cause });
    }
    if (!['EACCES', 'EPERM', 'EROFS', 'ELOOP', 'ENOENT'].includes(code)) throw cause;
    const message = `The data folder ${folder.asked} cannot be read and written by this user (${code}). Correct its owner and rights, or choose another folder with ALLOT_DATA_DIR.`;
    throw new DataFolderError('unreachable', message, { cause });
  };
}

/** Only for a folder without data: data that is there already is never moved, only named. */
async function placeElsewhere(folder: DataFolder, runAs: RunAs): Promise<string> {
  if ((await versionOf(folder)) !== undefined) {
    const message = `PostgreSQL (as user ${runAs.uid}) cannot enter ${folder.home}. Move the data folder to a place that every user may enter, for example /var/lib/allot/data, and name it with ALLOT_DATA_DIR.`;
    throw new DataFolderError('unreachable', message);
  }
  return await placeWithinReach(join(folder.asked, CLUSTER));
}

/** Data copied by root (a restored backup) belongs to root: give it to the user it will be run as. */
async function handOver(folder: DataFolder, runAs: RunAs): Promise<void> {
  const owner = await ownerOf(folder.cluster);
  if (owner === undefined || owner.uid === runAs.uid) return;
  await giveTo(folder.cluster, runAs);
  await chmod(folder.cluster, 0o700);
}

function isOurs(name: string): boolean {
  if (name === SOCKET_FOLDER || name === LOG_FILE || name === `${LOG_FILE}.1`) return true;
  return (
    name === REPORT_STORE_FOLDER || name.startsWith(DRAFT_PREFIX) || isHolderFile(name) || HARMLESS.test(name)
  );
}

async function listNames(folder: DataFolder): Promise<string[]> {
  try {
    return await readdir(folder.asked);
  } catch (error) {
    return systemErrorCode(error) === 'ENOENT' ? [] : unreachableWhenRefused(folder)(error);
  }
}

/** The major version in PG_VERSION (0 when it is no number); undefined when there is no database. */
async function versionOf(folder: DataFolder): Promise<number | undefined> {
  try {
    const text = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8');
    return Number.parseInt(text, 10) || 0;
  } catch (error) {
    const code = systemErrorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : unreachableWhenRefused(folder)(error);
  }
}

async function ownerOf(path: string): Promise<RunAs | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch {
    return undefined; // not there yet, or not ours to look at, which the next step will say
  }
}
