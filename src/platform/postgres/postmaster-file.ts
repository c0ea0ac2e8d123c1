/**
 * A PostgreSQL server found on a data folder: what its `postmaster.pid` says, and whether that is still true.
 *
 * Decision: PostgreSQL's own file is the one truth about a running server; nothing is written beside it. A
 * file left by a crash names a dead pid, or one that by now is another program (usual in containers, where
 * pids repeat); so the pid counts only together with a command line that names this folder.
 */
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { DataFolderError } from './data-folder-error.ts';
import { commandLineOf, isAlive } from './process-facts.ts';

const FAST_STOP_LIMIT_MS = 10_000;
const IMMEDIATE_STOP_LIMIT_MS = 5_000;
const UNLISTED_LIMIT_MS = 2_000;
const LOOK_EVERY_MS = 25;
const ANSWER_LIMIT_MS = 2_000;

export interface PostmasterFile {
  readonly pid: number;
  readonly port: string;
  readonly socketFolder: string;
  readonly ready: boolean;
}

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(postmasterPath(cluster), 'utf8').catch(() => '');
  const [pid, , , port = '', socketFolder = '', , , status = ''] = text.split('\n');
  const number = Number(pid);
  if (!Number.isInteger(number) || number <= 0) return undefined;
  return { pid: number, port, socketFolder, ready: status.trim() === 'ready' };
}

/** Whether a client can get through to this server right now. */
export function answers(server: PostmasterFile): Promise<boolean> {
  if (server.socketFolder === '') return Promise.resolve(false);
  return new Promise((done) => {
    const socket = connect(join(server.socketFolder, `.s.PGSQL.${server.port}`));
    const end = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(ANSWER_LIMIT_MS, () => end(false));
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
  });
}

/**
 * Clears the way for a new server, for the holder of the folder: stops the one that a killed Allot left
 * behind, and removes a stale file whose pid is another program's by now, or one that has ended and is still
 * listed (PostgreSQL itself would refuse). A server beyond our sight (another container on the same disk) is refused as locked.
 */
export async function clearLeftServer(cluster: string, log: (line: string) => void): Promise<void> {
  const left = await readPostmasterFile(cluster);
  if (left === undefined) return;
  if (await isServerOf(left.pid, cluster)) {
    log(`Stopping the PostgreSQL (pid ${left.pid}) that an earlier Allot left running.`);
    await stopLeftServer(left.pid, cluster);
  } else if (await answers(left)) {
    const message = `The data in ${cluster} is in use by a PostgreSQL (pid ${left.pid}) outside this container or machine. Stop that one first.`;
    throw new DataFolderError('locked', message);
  }
  await untilUnlisted(left.pid);
  if (isAlive(left.pid)) await rm(postmasterPath(cluster), { force: true });
}

/** A process that was killed is listed without a command line until its parent has heard of it: a moment, as a rule. */
async function untilUnlisted(pid: number): Promise<void> {
  for (let waited = 0; waited < UNLISTED_LIMIT_MS; waited += LOOK_EVERY_MS) {
    if (!isAlive(pid) || (await commandLineOf(pid)) !== undefined) return;
    await sleep(LOOK_EVERY_MS);
  }
}

async function stopLeftServer(pid: number, cluster: string): Promise<void> {
  process.kill(pid, 'SIGINT'); // fast: ends the clients, writes a checkpoint
  if (await isGone(pid, cluster, FAST_STOP_LIMIT_MS)) return;
  process.kill(pid, 'SIGQUIT'); // immediate: loses nothing either, the next start replays the log
  if (await isGone(pid, cluster, IMMEDIATE_STOP_LIMIT_MS)) return;
  const message = `PostgreSQL (pid ${pid}) still runs on ${cluster} and does not stop. End it (kill -QUIT ${pid}) and start again.`;
  throw new DataFolderError('locked', message);
}

async function isGone(pid: number, cluster: string, limitMs: number): Promise<boolean> {
  for (let waited = 0; waited < limitMs; waited += LOOK_EVERY_MS) {
    if (!(await isServerOf(pid, cluster))) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  const command = await commandLineOf(pid);
  return command?.includes('postgres') === true && command.includes(`-D ${cluster}`);
}

function postmasterPath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}
