/**
 * The embedded PostgreSQL with real starts, real kills and real folders: what is committed stays, one process per
 * folder, nothing foreign is touched. Runs as root (the database then as user 65534) and as an ordinary user alike.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  attachEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../src/platform/postgres/embedded-postgres.ts';
import { findHolder } from '../../src/platform/postgres/folder-holder.ts';
import { readPostmasterFile } from '../../src/platform/postgres/postmaster-file.ts';
import { commandLineOf } from '../../src/platform/postgres/process-facts.ts';
import { eventually } from '../support/eventually.ts';

const asRoot = process.getuid?.() === 0;
let place: string;
let folder: string;
let running: EmbeddedPostgres[] = [];

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'allot-embedded-'));
  await chmod(place, 0o711);
  folder = join(place, 'data');
});

afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  running = [];
  await rm(place, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: folder, ...options });
  running.push(postgres);
  return postgres;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the server is killed under it
  await client.connect();
  try {
    const { rows } = await client.query({ text: statement, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function serverPid(): Promise<number> {
  const server = await readPostmasterFile(join(folder, 'postgres'));
  if (server === undefined) throw new Error('no server runs');
  return server.pid;
}

async function ended(pid: number): Promise<void> {
  await eventually(`process ${pid} ends`, async () => (await commandLineOf(pid)) === undefined || undefined);
}

/** Another process that holds the folder. */
async function holdElsewhere(): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'hold-folder.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function logText(): Promise<string> {
  return readFile(join(folder, 'postgres.log'), 'utf8');
}

describe('a folder of its own', () => {
  test('the first start makes a durable UTF-8 database with checksums, reached only through its socket', async () => {
    const { url, attached } = await start();
    const settings = [
      'fsync',
      'synchronous_commit',
      'full_page_writes',
      'data_checksums',
      'listen_addresses',
    ];
    const shown = settings.map((name) => `current_setting('${name}')`).join(', ');
    expect(await query(url, `select ${shown}`)).toEqual(['on', 'on', 'on', 'on', '']);
    const database = 'select pg_encoding_to_char(encoding), datlocprovider, datlocale from pg_database';
    expect(await query(url, `${database} where datname = 'postgres'`)).toEqual(['UTF8', 'b', 'C.UTF-8']);
    expect(attached).toBe(false);
    expect((await stat(join(folder, 'socket'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  test('a second start finds what the first one wrote', async () => {
    const first = await start();
    await query(first.url, 'create table kept (n int)');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select count(*)::int from kept')).toEqual([0]);
  });

  test('stop shuts down in order, ends idle clients, and may be called twice', async () => {
    const postgres = await start();
    const client = new pg.Client({ connectionString: postgres.url });
    client.on('error', () => undefined);
    await client.connect();
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect((await logText()).trim().split('\n').at(-1)).toContain('database system is shut down');
    expect(await readPostmasterFile(join(folder, 'postgres'))).toBeUndefined();
    expect(await findHolder(folder)).toBeUndefined();
  });

  test('settings given by the caller win, and a value with a quote is a value', async () => {
    const { url } = await start({ settings: { work_mem: '9MB', cluster_name: "a'b\\c" } });
    expect(await query(url, "select current_setting('work_mem'), current_setting('cluster_name')")).toEqual([
      '9MB',
      "a'b\\c",
    ]);
  });

  test('a setting that PostgreSQL refuses ends the start with its words, and the folder is free again', async () => {
    const failure = { code: 'start_failed', message: expect.stringContaining('no_such_setting') };
    await expect(start({ settings: { no_such_setting: '1' } })).rejects.toMatchObject(failure);
    expect(await query((await start()).url, 'select 1')).toEqual([1]);
  });

  test('a path too long for a socket, with spaces and quotes, works as any other', async () => {
    folder = join(place, `${'long '.repeat(20)}"'name`, 'data');
    const { url } = await start();
    expect(await query(url, 'select 1')).toEqual([1]);
    expect(await query((await attachEmbeddedPostgres(folder))?.url ?? '', 'select 2')).toEqual([2]);
  });

  test.runIf(asRoot)('as root, PostgreSQL runs as user 65534', async () => {
    await start();
    const status = await readFile(`/proc/${await serverPid()}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\s65534\s65534\s65534\s65534$/m);
    expect(status).toMatch(/^Gid:\s65534\s65534\s65534\s65534$/m);
  });

  test.runIf(asRoot)('as root, data copied by root is handed over to the user it runs as', async () => {
    const first = await start();
    await query(first.url, 'create table kept (n int)');
    await first.stop();
    const copy = join(place, 'copy');
    await cp(folder, copy, { recursive: true, filter: (path) => !path.includes('/socket') });
    folder = copy;
    expect(await query((await start()).url, 'select count(*)::int from kept')).toEqual([0]);
  });
});

describe('one process per folder', () => {
  test('a second one is refused at once and told who has it; it may attach', async () => {
    const child = await holdElsewhere();
    const locked = { code: 'locked', message: expect.stringContaining(`pid ${child.pid}`) };
    await expect(start()).rejects.toMatchObject(locked);

    const attached = await attachEmbeddedPostgres(folder);
    expect(attached?.attached).toBe(true);
    await attached?.stop();
    expect(await query(attached?.url ?? '', 'select 1')).toEqual([1]);
    await kill(child);
  });

  test('of many that start at once exactly one gets it', async () => {
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => start()));
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = starts.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(reasons).toEqual(reasons.map(() => expect.objectContaining({ code: 'locked' })));
  });

  test('there is nothing to attach to before a start and after a stop', async () => {
    expect(await attachEmbeddedPostgres(folder)).toBeUndefined();
    await (await start()).stop();
    expect(await attachEmbeddedPostgres(folder)).toBeUndefined();
  });
});

describe('after a crash', () => {
  test('Allot killed: the server it left behind is stopped, and the next start has everything', async () => {
    const child = await holdElsewhere();
    const left = await serverPid();
    const attached = await attachEmbeddedPostgres(folder);
    await query(attached?.url ?? '', 'create table kept as select 42 as n');
    await kill(child);
    expect(await commandLineOf(left)).toContain('postgres');

    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    expect(await query(url, 'select n from kept')).toEqual([42]);
    expect(lines).toEqual([expect.stringContaining(`pid ${left}`)]);
    await ended(left);
  });

  test('both killed: the next start has everything', async () => {
    const child = await holdElsewhere();
    const attached = await attachEmbeddedPostgres(folder);
    await query(attached?.url ?? '', 'create table kept as select 42 as n');
    const left = await serverPid();
    await kill(child);
    process.kill(left, 'SIGKILL');
    expect(await query((await start()).url, 'select n from kept')).toEqual([42]);
  });

  test('a stale postmaster.pid whose pid is another program by now is no obstacle', async () => {
    await (await start()).stop();
    const stale = [process.pid, join(folder, 'postgres'), 1, 5432, '', '', '', 'ready'].join('\n');
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), stale);
    await writeFile(join(folder, 'socket', '.s.PGSQL.5432.lock'), stale);
    expect(await query((await start()).url, 'select 1')).toEqual([1]);
  });

  test('a server that ended and that its parent has not heard of is no obstacle', async () => {
    await (await start()).stop();
    const cluster = join(folder, 'postgres');
    // a parent that never asks what became of its child, which ends on SIGINT and leaves its file, as a killed server does
    const server = `(trap - INT; exec -a "postgres -D ${cluster}" sleep 60) & echo $!; exec sleep 60`;
    const { uid, gid } = await stat(cluster);
    const parent = spawn('bash', ['-c', server], {
      uid,
      gid,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const left = Number(printed.toString());
    await eventually(
      'it runs as a server',
      async () => (await commandLineOf(left))?.startsWith('postgres -D') || undefined,
    );
    await writeFile(
      join(cluster, 'postmaster.pid'),
      [left, cluster, 1, 5432, '', '', '', 'ready'].join('\n'),
    );
    const lines: string[] = [];
    const { url } = await start({ log: (line) => lines.push(line) });
    expect(await query(url, 'select 1')).toEqual([1]);
    expect(lines).toEqual([expect.stringContaining(`pid ${left}`)]);
    await kill(parent);
  });

  test('a first start that broke off half-way leaves nothing in the way', async () => {
    await mkdir(join(folder, 'postgres.new-broken', 'base'), { recursive: true });
    expect(await query((await start()).url, 'select 1')).toEqual([1]);
    expect((await readdir(folder)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });
});

describe('what is not ours is not touched', () => {
  async function listed(path: string): Promise<string[]> {
    return (await readdir(path, { recursive: true })).sort();
  }

  test.each([
    ['17', 'older_version'],
    ['19', 'newer_version'],
  ])('data of PostgreSQL %s is refused: %s', async (version, code) => {
    await mkdir(join(folder, 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), `${version}\n`);
    const before = await listed(folder);
    const refusal = { code, message: expect.stringContaining(`PostgreSQL ${version}`) };
    await expect(start()).rejects.toMatchObject(refusal);
    expect(await listed(folder)).toEqual(before);
  });

  test('a folder with other files, and a file in place of a folder, are refused', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'thesis.txt'), 'years of work');
    const refusal = { code: 'not_a_data_folder', message: expect.stringContaining('thesis.txt') };
    await expect(start()).rejects.toMatchObject(refusal);
    expect(await listed(folder)).toEqual(['thesis.txt']);
    folder = join(folder, 'thesis.txt');
    await expect(start()).rejects.toMatchObject({ code: 'not_a_data_folder' });
    await expect(attachEmbeddedPostgres(folder)).rejects.toMatchObject({ code: 'not_a_data_folder' });
  });

  test.runIf(!asRoot)('a folder that we may not write is refused with what to do', async () => {
    await mkdir(folder);
    await chmod(folder, 0o500);
    const refusal = { code: 'unreachable', message: expect.stringContaining('ALLOT_DATA_DIR') };
    await expect(start()).rejects.toMatchObject(refusal);
  });
});

describe.runIf(asRoot)('as root under a folder that others may not enter', () => {
  let elsewhere: string | undefined;

  beforeEach(() => chmod(place, 0o700));

  afterEach(async () => {
    await Promise.all(running.map((postgres) => postgres.stop()));
    if (elsewhere !== undefined) await rm(elsewhere, { recursive: true, force: true });
    elsewhere = undefined;
  });

  async function whereItWent(): Promise<string> {
    elsewhere = dirname(await readlink(join(folder, 'postgres')));
    return elsewhere;
  }

  test('the data goes where PostgreSQL can reach it, the user is told, and it is found again', async () => {
    const lines: string[] = [];
    const first = await start({ log: (line) => lines.push(line) });
    expect(lines).toEqual([expect.stringContaining(await whereItWent())]);
    await query(first.url, 'create table kept as select 42 as n');
    await expect(start()).rejects.toMatchObject({ code: 'locked' });
    await first.stop();
    await rename(folder, join(place, 'moved'));
    folder = join(place, 'moved');
    expect(await query((await start()).url, 'select n from kept')).toEqual([42]);
  });

  test('data whose folder is away for a moment is kept, whoever starts meanwhile', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as n');
    await first.stop();
    const data = await whereItWent();
    await rename(folder, join(place, 'away'));
    folder = join(place, 'other');
    await (await start()).stop();
    await rm(await whereItWent(), { recursive: true });
    elsewhere = data;
    folder = join(place, 'back');
    await rename(join(place, 'away'), folder);
    expect(await query((await start()).url, 'select n from kept')).toEqual([42]);
  });

  test('a folder whose data is away is refused, and no empty shop begins in its place', async () => {
    await (await start()).stop();
    const data = await whereItWent();
    await rename(data, `${data}.away`);
    const refusal = { code: 'data_missing', message: expect.stringContaining(data) };
    await expect(start()).rejects.toMatchObject(refusal);
    await mkdir(data); // the folder of a disk that is not mounted
    await expect(start()).rejects.toMatchObject(refusal);
    await rm(data, { recursive: true });
    await rename(`${data}.away`, data);
    await (await start()).stop();
  });

  test('two names for the same data are one folder', async () => {
    await start();
    const link = join(await whereItWent(), 'postgres');
    folder = join(place, 'copy');
    await mkdir(folder);
    await symlink(link, join(folder, 'postgres'));
    await expect(start()).rejects.toMatchObject({ code: 'locked' });
  });
});
