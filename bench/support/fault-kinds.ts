/**
 * The kinds of faults between a server and its PostgreSQL. Each damages, waits until that was felt, and puts right what
 * would stay damaged; what follows must come right by itself.
 */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { within } from './bounded.ts';
import { postmasterOf } from './cpu-time.ts';
import type { DatabaseProxy } from './database-proxy.ts';

export interface Damaged {
  readonly proxy: DatabaseProxy;
  readonly address: string;
  readonly dataDir: string;
  /** Past the proxy. */
  readonly databaseUrl: string;
  note(violation: string): void;
}

/** How long a lasting fault lasts. */
const LASTS_MS = 3_000;
/** Readiness must have been lost by then. */
const SAID_WITHIN_MS = 5_000;
const FELT_WITHIN_MS = 20_000;

async function onDatabase<T>({ databaseUrl }: Damaged, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: '-c default_transaction_read_only=off',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Sessions of the server in a state; some when the moment is right. */
async function sessions(damaged: Damaged, state: string): Promise<number[]> {
  return await within(FELT_WITHIN_MS, `a session is ${state}`, () =>
    onDatabase(damaged, async (client) => {
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where application_name = 'allot' and state like $1`,
        [state],
      );
      return rows.length === 0 ? undefined : rows.map(({ pid }) => pid);
    }),
  );
}

async function terminate(damaged: Damaged, state: string, most: number): Promise<void> {
  const pids = (await sessions(damaged, state)).slice(0, most);
  await onDatabase(damaged, (client) =>
    client.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [pids]),
  );
}

async function signalPostmaster({ dataDir }: Damaged, signal: NodeJS.Signals): Promise<void> {
  process.kill(await postmasterOf(dataDir), signal);
}

/** Lasts for a while, in which readiness must say so in time. */
async function saysSo(damaged: Damaged, limitMs = SAID_WITHIN_MS): Promise<void> {
  const began = performance.now();
  for (;;) {
    const response = await fetch(`${damaged.address}/health/ready`).catch(() => undefined);
    await response?.arrayBuffer();
    const took = performance.now() - began;
    if (response?.status === 503) break;
    if (took > limitMs) {
      damaged.note(`readiness did not say within ${limitMs} ms that something is wrong`);
      break;
    }
    await pause(100);
  }
}

async function setReadOnly(damaged: Damaged, how: string): Promise<void> {
  await onDatabase(damaged, async (client) => {
    await client.query(`alter system ${how}`);
    await client.query('select pg_reload_conf()');
  });
}

/** Opens connections until the server takes no more; they are all ended afterwards. */
async function takeConnections(damaged: Damaged): Promise<void> {
  const taken: pg.Client[] = [];
  try {
    await terminate(damaged, '%', Infinity);
    for (;;) {
      const client = new pg.Client({ connectionString: damaged.databaseUrl });
      client.on('error', () => undefined);
      try {
        await client.connect();
        taken.push(client);
      } catch {
        break;
      }
    }
    await pause(LASTS_MS);
  } finally {
    await Promise.all(taken.map((client) => client.end().catch(() => undefined)));
  }
}

async function holdLock(damaged: Damaged): Promise<void> {
  await onDatabase(damaged, async (client) => {
    await client.query('begin');
    await client.query(
      'select from product_positions where product_id = (select min(id) from products) for update',
    );
    await pause(LASTS_MS);
    await client.query('rollback');
  });
}

/** Fills the disk that the data is on, to the last byte. */
async function fillDisk(damaged: Damaged): Promise<void> {
  const path = join(damaged.dataDir, '..', 'filler');
  const file = await open(path, 'w');
  try {
    for (const block of [Buffer.alloc(1_048_576), Buffer.alloc(4_096)]) await writeUntilFull(file, block);
  } finally {
    await file.close();
  }
  // the first change that needs room is the first that fails
  await saysSo(damaged, FELT_WITHIN_MS);
  await pause(LASTS_MS);
  await rm(path);
}

async function writeUntilFull(file: FileHandle, block: Buffer): Promise<void> {
  try {
    for (;;) await file.write(block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

export const DISK_FULL = 'disk-full';

/** Each returns when what it damaged is put right, or left to come right by itself. */
export const FAULTS: Readonly<Record<string, (damaged: Damaged) => Promise<void>>> = {
  'terminate-one': (damaged) => terminate(damaged, 'active', 1),
  'terminate-all': (damaged) => terminate(damaged, '%', Infinity),
  'terminate-idle-in-transaction': (damaged) => terminate(damaged, 'idle in transaction%', 1),
  'restart-fast': (damaged) => signalPostmaster(damaged, 'SIGINT'),
  'restart-immediate': (damaged) => signalPostmaster(damaged, 'SIGQUIT'),
  'kill-backend': async (damaged) => {
    for (const pid of (await sessions(damaged, 'active')).slice(0, 1)) process.kill(pid, 'SIGKILL');
  },
  'kill-postmaster': (damaged) => signalPostmaster(damaged, 'SIGKILL'),
  async cut({ proxy }) {
    proxy.refuse();
    await pause(LASTS_MS);
    proxy.heal();
  },
  async reset({ proxy }) {
    proxy.cut('reset');
  },
  async 'half-open'(damaged) {
    damaged.proxy.freeze();
    await saysSo(damaged);
    await pause(LASTS_MS);
    damaged.proxy.heal();
  },
  async slow({ proxy }) {
    proxy.slow(200);
    await pause(LASTS_MS);
    proxy.heal();
  },
  async 'lost-commit'({ proxy }) {
    const before = proxy.lost;
    proxy.loseCommits(5);
    await within(FELT_WITHIN_MS, 'answers to commits are lost', async () =>
      proxy.lost > before ? true : undefined,
    );
    proxy.heal();
  },
  async 'lost-commit-and-gone'({ proxy }) {
    const before = proxy.lost;
    proxy.loseCommits(1, 'refusing');
    await within(FELT_WITHIN_MS, 'the answer to a commit is lost', async () =>
      proxy.lost > before ? true : undefined,
    );
    await pause(1_000);
    proxy.heal();
  },
  async 'read-only'(damaged) {
    await setReadOnly(damaged, 'set default_transaction_read_only = on');
    await saysSo(damaged);
    await pause(LASTS_MS);
    await setReadOnly(damaged, 'reset default_transaction_read_only');
  },
  'connections-taken': takeConnections,
  'lock-held': holdLock,
  [DISK_FULL]: fillDisk,
};
