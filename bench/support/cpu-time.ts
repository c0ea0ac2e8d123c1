/**
 * Processor time of processes, read from /proc. On a machine that does other things as well the time per order is the
 * steadier figure than orders per second.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Clock ticks per second, the same on every Linux that Node runs on. */
const TICKS = 100;

interface ProcessTimes {
  readonly parent: number;
  readonly seconds: number;
  /** Of children that have ended and were waited for. */
  readonly endedChildren: number;
}

async function timesOf(pid: number): Promise<ProcessTimes | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // After the name in parentheses: state, parent, …; user and system time are the 12th and 13th of these.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const sum = (first: number, second: number) => (Number(fields[first]) + Number(fields[second])) / TICKS;
    return { parent: Number(fields[1]), seconds: sum(11, 12), endedChildren: sum(13, 14) };
  } catch {
    return undefined;
  }
}

/** Seconds that a process has used. */
export async function processorSeconds(pid: number): Promise<number> {
  return (await timesOf(pid))?.seconds ?? 0;
}

/** Seconds that a process and its children have used, those that have ended included. */
export async function familySeconds(pid: number): Promise<number> {
  const own = await timesOf(pid);
  let seconds = (own?.seconds ?? 0) + (own?.endedChildren ?? 0);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const times = await timesOf(Number(name));
    if (times?.parent === pid) seconds += times.seconds;
  }
  return seconds;
}

/** The process id of the embedded PostgreSQL of a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  const pid = Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1)
    throw new Error(`no process id in ${dataDir}/postgres/postmaster.pid`);
  return pid;
}
