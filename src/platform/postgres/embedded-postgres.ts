/**
 * A real PostgreSQL that Allot starts and stops by itself, for whoever has none of their own.
 *
 * The story: refuse what must not be touched → take the folder → make the database if there is none → clear
 * away what a crash left → start. Laws: one process per folder, and the second is told who has it; nothing
 * that was committed is lost by any way of ending; a server that ends by itself is started again; it is reached
 * through a private socket, so there is no port to choose and no password to keep. How each step works is told in
 * the file of that step.
 */
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCluster, SUPERUSER } from './create-cluster.ts';
import type { DataFolder } from './data-folder.ts';
import {
  checkContents,
  hasCluster,
  LOG_FILE,
  locateDataFolder,
  prepareFolder,
  prepareSocketFolder,
  runAsFor,
  SOCKET_FOLDER,
  unreachableWhenRefused,
} from './data-folder.ts';
import { DataFolderError } from './data-folder-error.ts';
import { findHolder, takeFolder } from './folder-holder.ts';
import { KeptPostmaster } from './kept-running.ts';
import type { PostgresBinaries, RunAs } from './postgres-binaries.ts';
import { findBinaries, isRoot } from './postgres-binaries.ts';
import { SOCKET_PORT, writeSettings } from './postgres-settings.ts';
import { startPostmaster } from './postmaster.ts';
import { answers, clearLeftServer, readPostmasterFile } from './postmaster-file.ts';

export { DataFolderError } from './data-folder-error.ts';

export interface EmbeddedPostgres {
  /** For node-postgres and libpq alike; a valid URL whose path (the database name) may be replaced. */
  readonly url: string;
  /** Whether another process runs it. */
  readonly attached: boolean;
  /** Ends the clients, shuts down in order and lets the folder go. Does nothing when attached. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Made when missing. Relative to the working folder. */
  readonly dataDir: string;
  /** Lines for the user about anything out of the ordinary; a normal start says nothing. */
  readonly log?: (line: string) => void;
  /** Settings of PostgreSQL over Allot's own (see postgres-settings.ts). */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The longest path of a socket that every system takes (Linux 107 bytes, macOS 103). */
const MAX_SOCKET_PATH_BYTES = 100;

/** Starts the database in `dataDir`. Throws DataFolderError, whose message says what to do. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const found = await locateDataFolder(options.dataDir);
  await checkContents(found);
  const runAs = await runAsFor(found);
  const binaries = await findBinaries(runAs);
  await hasCluster(found, binaries.major);

  const folder = await prepareFolder(found, runAs, log);
  const letGo = await take(folder);
  try {
    if (!(await hasCluster(folder, binaries.major))) await createCluster(folder, binaries, runAs);
    await clearLeftServer(folder.cluster, log);
    await writeSettings(folder.cluster, options.settings ?? {});
    return await serve({ folder, binaries, runAs, letGo, log });
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** The database in `dataDir` as run by another process; undefined when none runs it (or not yet). */
export async function attachEmbeddedPostgres(dataDir: string): Promise<EmbeddedPostgres | undefined> {
  const folder = await locateDataFolder(dataDir);
  const holder = await findHolder(folder.home).catch(unreachableWhenRefused(folder));
  if (holder === undefined) return undefined;
  const server = await readPostmasterFile(folder.cluster);
  if (server === undefined || !server.ready || !(await answers(server))) return undefined;
  return { url: urlOf(server.socketFolder), attached: true, stop: () => Promise.resolve() };
}

async function take(folder: DataFolder): Promise<() => Promise<void>> {
  const taken = await takeFolder(folder.home).catch(unreachableWhenRefused(folder));
  if (taken.outcome === 'taken') return taken.letGo;
  const message = `The data folder ${folder.asked} is in use by another process (pid ${taken.pid}). Stop that one first, or give this one its own folder with ALLOT_DATA_DIR.`;
  throw new DataFolderError('locked', message);
}

interface Serving {
  readonly folder: DataFolder;
  readonly binaries: PostgresBinaries;
  readonly runAs: RunAs | undefined;
  readonly letGo: () => Promise<void>;
  readonly log: (line: string) => void;
}

async function serve(serving: Serving): Promise<EmbeddedPostgres> {
  const { folder, runAs, log } = serving;
  const socket = await chooseSocketFolder(folder, runAs);
  const start = () =>
    startPostmaster({
      postgres: serving.binaries.postgres,
      cluster: folder.cluster,
      socketFolder: socket.path,
      logPath: join(folder.home, LOG_FILE),
      runAs,
      log,
    });
  const first = await start().catch(async (error: unknown) => {
    await socket.remove();
    throw error;
  });
  const startAgain = async () => {
    await clearLeftServer(folder.cluster, log);
    return await start();
  };
  const kept = new KeptPostmaster(first, startAgain, log);
  const release = async (): Promise<void> => {
    await socket.remove();
    await serving.letGo();
  };
  return { url: urlOf(socket.path), attached: false, stop: stopOnce(kept, release) };
}

/** However often and from however many places it is called, it is stopped once and all wait for that. */
function stopOnce(kept: KeptPostmaster, release: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= kept.stop().then(release);
    return stopping;
  };
}

/** Inside the data folder, or, when that path is too long for a socket, a private passing folder. */
async function chooseSocketFolder(
  folder: DataFolder,
  runAs: RunAs | undefined,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const inside = join(folder.home, SOCKET_FOLDER);
  if (Buffer.byteLength(join(inside, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_PATH_BYTES) {
    await prepareSocketFolder(inside, runAs);
    return { path: inside, remove: () => Promise.resolve() };
  }
  // As root TMPDIR may be a folder that PostgreSQL's user cannot enter.
  const passing = await mkdtemp(join(isRoot() ? '/tmp' : tmpdir(), 'allot-'));
  if (runAs !== undefined) await chown(passing, runAs.uid, runAs.gid);
  return { path: passing, remove: () => rm(passing, { recursive: true, force: true }) };
}

function urlOf(socketFolder: string): string {
  return `postgresql://${SUPERUSER}@localhost:${SOCKET_PORT}/postgres?host=${encodeURIComponent(socketFolder)}`;
}
