/**
 * Where the embedded PostgreSQL writes what it says, and how that stays small.
 *
 * Decision: the server writes straight into a file opened for appending. A pipe to this process would end
 * with it (and block the database whenever this process is busy), and PostgreSQL's own collector cannot bound
 * a file by size. So the file is looked at now and then: past its limit it becomes `postgres.log.1`.
 */

import type { FileHandle } from 'node:fs/promises';
import { copyFile, open, stat, truncate } from 'node:fs/promises';

const MAX_BYTES = 10 * 1024 * 1024;
const LOOK_EVERY_MS = 60_000;
/** Enough for the reason of a failed start. */
const TAIL_BYTES = 8_192;
const TAIL_LINES = 6;

export interface PostgresLog {
  readonly path: string;
  /** To hand to the server; close it once the server has it. */
  readonly file: FileHandle;
  /** Where this run's lines begin. */
  readonly begins: number;
}

export async function openLog(path: string): Promise<PostgresLog> {
  await shorten(path);
  const file = await open(path, 'a', 0o600);
  return { path, file, begins: (await file.stat()).size };
}

/** Keeps the file within its limit until the returned function is called. Never keeps the process alive. */
export function keepShort(path: string): () => void {
  const timer = setInterval(() => void shorten(path).catch(() => undefined), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The last lines of this run, for a message about a failed start. */
export async function lastWords(log: PostgresLog): Promise<string> {
  const file = await open(log.path, 'r');
  try {
    const { size } = await file.stat();
    const from = Math.max(log.begins, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - from));
    await file.read(buffer, 0, buffer.length, from);
    return buffer.toString('utf8').trim().split('\n').slice(-TAIL_LINES).join('\n');
  } finally {
    await file.close();
  }
}

/** The server appends, so it goes on at the beginning of the emptied file. */
async function shorten(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= MAX_BYTES) return;
  await copyFile(path, `${path}.1`);
  await truncate(path);
}
