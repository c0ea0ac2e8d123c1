/**
 * One run of the PostgreSQL server: started, awaited, watched, stopped.
 *
 * Laws: it runs in a session of its own, so Ctrl-C in the terminal reaches Allot alone, which then stops it
 * in order; it is stopped too when Allot's process ends by itself without having asked. As long as it works
 * (a long recovery after a power cut) we wait; a server that gives up ends the start with its last words.
 */

import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { postgresEnvironment } from './create-cluster.ts';
import { DataFolderError } from './data-folder-error.ts';
import type { RunAs } from './postgres-binaries.ts';
import type { PostgresLog } from './postgres-log.ts';
import { keepShort, lastWords, openLog } from './postgres-log.ts';
import { listenArguments } from './postgres-settings.ts';
import { readPostmasterFile } from './postmaster-file.ts';

const LOOK_EVERY_MS = 20;
/** Recovery replays at most max_wal_size (2 GB), minutes on a slow disk. */
const START_LIMIT_MS = 15 * 60_000;
const SAY_SO_AFTER_MS = 5_000;
/** A checkpoint of all shared buffers on a slow disk; after it the server is ended without one. */
const STOP_LIMIT_MS = 60_000;
/** Backends of a killed server see that it is gone within this time, and leave its memory. */
const LEFTOVERS_TRIES = 40;
const LEFTOVERS_PAUSE_MS = 250;
const LEFTOVERS_WORDS = 'pre-existing shared memory block';

export interface PostmasterStart {
  readonly postgres: string;
  readonly cluster: string;
  readonly socketFolder: string;
  readonly logPath: string;
  readonly runAs: RunAs | undefined;
  readonly log: (line: string) => void;
}

export interface Postmaster {
  readonly pid: number;
  /** Settles once, when the process has ended for whatever reason, with words for it. */
  readonly ended: Promise<string>;
  /** Ends it in order and waits; harmless when it has ended already. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it serves. */
export async function startPostmaster(start: PostmasterStart): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const log = await openLog(start.logPath);
    const postmaster = await launch(start, log);
    if (await isServing(postmaster, start)) return postmaster;
    const words = await lastWords(log);
    if (words.includes(LEFTOVERS_WORDS) && attempt < LEFTOVERS_TRIES) {
      await sleep(LEFTOVERS_PAUSE_MS);
      continue;
    }
    const message = `PostgreSQL did not start (${await postmaster.ended}). Its last words, from ${start.logPath}:\n${words}`;
    throw new DataFolderError('start_failed', message);
  }
}

async function launch(start: PostmasterStart, log: PostgresLog): Promise<Postmaster> {
  try {
    const child = spawn(start.postgres, ['-D', start.cluster, ...listenArguments(start.socketFolder)], {
      ...start.runAs,
      cwd: '/',
      detached: true,
      env: postgresEnvironment(),
      stdio: ['ignore', log.file.fd, log.file.fd],
    });
    return watch(child, start.logPath);
  } finally {
    await log.file.close();
  }
}

function watch(child: ChildProcess, logPath: string): Postmaster {
  const stopKeeping = keepShort(logPath);
  const interrupt = (): void => void child.kill('SIGINT');
  process.once('exit', interrupt);
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('exit', (code, signal) => done(signal === null ? `exit code ${code}` : `ended by ${signal}`));
  }).finally(() => {
    stopKeeping();
    process.off('exit', interrupt);
  });
  child.unref(); // the database alone never keeps Allot running
  return { pid: child.pid ?? 0, ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.ref();
  child.kill('SIGINT'); // "fast": ends the clients, writes a checkpoint
  const patience = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(patience);
}

/** True once it serves, false when it has ended. */
async function isServing(postmaster: Postmaster, start: PostmasterStart): Promise<boolean> {
  let ended = false;
  void postmaster.ended.then(() => {
    ended = true;
  });
  for (let waited = 0; waited < START_LIMIT_MS; waited += LOOK_EVERY_MS) {
    const found = await readPostmasterFile(start.cluster);
    if (found?.pid === postmaster.pid && found.ready) return true;
    if (ended) return false;
    if (waited === SAY_SO_AFTER_MS)
      start.log('PostgreSQL is still starting (replaying its log after a crash).');
    await sleep(LOOK_EVERY_MS);
  }
  await postmaster.stop();
  return false;
}
