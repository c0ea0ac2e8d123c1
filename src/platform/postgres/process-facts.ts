/**
 * What the operating system says about a process: does it live, since when, with which command line.
 *
 * Decision: a pid alone proves nothing, since pids are given out again (in containers usually the very same
 * ones). So a process is known by its pid and its start time, and a server by the folder in its command
 * line. Linux tells both in /proc; elsewhere `ps` does.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PS_LIMIT_MS = 5_000;

/** Field 22 of /proc/PID/stat, counted after the name in brackets (which may itself hold spaces). */
const START_TIME_AFTER_NAME = 19;

/** Whether a process with this pid exists; one of another user counts (EPERM means: there, but not ours). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * A text that stays the same as long as this pid is this process, and differs after a reboot; undefined when
 * none runs. A zombie (ended, not yet collected by its parent) counts as ended.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return askPs(pid, 'lstart=');
  const stat = await readText(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields?.[START_TIME_AFTER_NAME];
  if (ticks === undefined || fields?.[0] === 'Z') return undefined;
  return `${(await readText('/proc/sys/kernel/random/boot_id'))?.trim() ?? ''}/${ticks}`;
}

/** The command line, arguments apart by spaces; undefined when the process is gone (or a zombie). */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  if (!isAlive(pid)) return undefined;
  if (process.platform !== 'linux') return askPs(pid, 'command=');
  const text = await readText(`/proc/${pid}/cmdline`);
  return text === undefined || text === '' ? undefined : text.replaceAll('\0', ' ').trim();
}

async function askPs(pid: number, column: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', column, '-p', String(pid)], { timeout: PS_LIMIT_MS });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined; // ps exits 1 when there is no such process
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // the process ended between two looks
  }
}
