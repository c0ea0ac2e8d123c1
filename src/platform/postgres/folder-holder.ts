/**
 * Who holds a data folder: at most one process at a time.
 *
 * Node has no file locks, so the holder is a numbered file `holder.N` with pid and start time, made complete
 * and exclusive in one step (a hard link). The highest number counts; when its process is gone, the next
 * number may be taken. Laws: a number is never used twice, because the highest file is never deleted (letting
 * go empties it), so two processes that both find a dead holder cannot both win. One file named `holder`,
 * deleted and made anew, has exactly that race.
 */
import { randomBytes } from 'node:crypto';
import { link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { systemErrorCode } from './file-facts.ts';
import { startOf } from './process-facts.ts';

/** More tries than processes that could plausibly start on one folder in the same instant. */
const MAX_TRIES = 20;
const HOLDER_FILE = /^holder\.(\d+)$/;
const DRAFT_FILE = /^holder\.draft-/;

export interface Holder {
  readonly pid: number;
  readonly started: string;
}

export type Taken =
  | { readonly outcome: 'taken'; readonly letGo: () => Promise<void> }
  | { readonly outcome: 'held'; readonly pid: number };

/** Whether this name in a data folder belongs to this file. */
export function isHolderFile(name: string): boolean {
  return HOLDER_FILE.test(name) || DRAFT_FILE.test(name);
}

/** The live process that holds the folder, if any. */
export async function findHolder(folder: string): Promise<Holder | undefined> {
  const highest = (await holderNumbers(folder)).at(-1);
  return highest === undefined ? undefined : liveHolder(holderPath(folder, highest));
}

/** Takes the folder for this process, or says who has it. Fails only when the folder cannot be written. */
export async function takeFolder(folder: string): Promise<Taken> {
  const self: Holder = { pid: process.pid, started: (await startOf(process.pid)) ?? '' };
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const highest = (await holderNumbers(folder)).at(-1) ?? 0;
    const holder = highest === 0 ? undefined : await liveHolder(holderPath(folder, highest));
    if (holder !== undefined) return { outcome: 'held', pid: holder.pid };
    if (await claim(folder, highest + 1, self)) {
      const mine = holderPath(folder, highest + 1);
      return { outcome: 'taken', letGo: () => writeFile(mine, '') };
    }
  }
  throw new Error(`${folder} was taken and let go ${MAX_TRIES} times in a moment; try again.`);
}

/** True when this number is ours and still the highest; older files are then cleared away. */
async function claim(folder: string, number: number, self: Holder): Promise<boolean> {
  const draft = join(folder, `holder.draft-${randomBytes(8).toString('hex')}`);
  await writeFile(draft, JSON.stringify(self), { flag: 'wx', mode: 0o644 });
  try {
    await link(draft, holderPath(folder, number));
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const numbers = await holderNumbers(folder);
  if (numbers.at(-1) !== number) {
    await rm(holderPath(folder, number), { force: true });
    return false;
  }
  const older = numbers.slice(0, -1).map((n) => rm(holderPath(folder, n), { force: true }));
  await Promise.all(older);
  return true;
}

async function liveHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return ''; // a later holder has just cleared it away
    throw error;
  });
  const holder = parseHolder(text);
  if (holder === undefined) return undefined;
  return (await startOf(holder.pid)) === holder.started ? holder : undefined;
}

/** An emptied (let go) or damaged file names nobody. */
function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value)) {
      return undefined;
    }
    const { pid, started } = value;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}

async function holderNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  const numbers = names.map((name) => HOLDER_FILE.exec(name)?.[1]).filter((n) => n !== undefined);
  return numbers.map(Number).sort((a, b) => a - b);
}

function holderPath(folder: string, number: number): string {
  return join(folder, `holder.${number}`);
}
