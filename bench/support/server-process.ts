/**
 * An Allot server as a process of its own, built and started as a merchant would: `node dist/main.js serve`. Proofs
 * and the benchmark speak to it over HTTP only, kill it, and read what it uses of memory.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { within } from './bounded.ts';

const PROGRAM = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const READY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 30_000;
/** Of what it printed, the end is kept. */
const KEPT_OUTPUT = 20_000;
/** Of its complaints, the first are kept: what follows is often of the same cause. */
const KEPT_COMPLAINTS = 50;
/** How a line of its log begins that reports an error of its own; pino's level 50. */
const COMPLAINT = '{"level":50,';

export interface ServerProcess {
  readonly address: string;
  readonly pid: number;
  /** From starting the process to its first answer. */
  readonly readyMs: number;
  /** Whether it still runs. */
  runs(): boolean;
  /** Resident memory in bytes, now. */
  memory(): Promise<number>;
  /** The end of what it printed. */
  output(): string;
  /** What it logged as an error of its own, the first of it. */
  readonly complaints: readonly string[];
  /** SIGTERM, and waits for the end. */
  stop(): Promise<void>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** The user's own PostgreSQL, or a data folder for the embedded one. */
  readonly store: { readonly databaseUrl: string } | { readonly dataDir: string };
  /** Options for Node itself, such as --cpu-prof. */
  readonly nodeOptions?: readonly string[];
  readonly port?: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answers(address: string): Promise<true | undefined> {
  try {
    const response = await fetch(`${address}/v1/warehouses`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok ? true : undefined;
  } catch {
    return undefined;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), STOPPED_WITHIN_MS);
  await gone;
  clearTimeout(late);
}

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) * 1024;
}

function spawnServer({ store, nodeOptions = [] }: ServerOptions, port: number): ChildProcess {
  if (!existsSync(PROGRAM)) throw new Error('dist/main.js is missing: run npm run build first');
  const { DATABASE_URL: _, ...environment } = process.env;
  const where = 'dataDir' in store ? ['--data', store.dataDir] : [];
  return spawn(process.execPath, [...nodeOptions, PROGRAM, 'serve', '--port', String(port), ...where], {
    env: 'dataDir' in store ? environment : { ...environment, DATABASE_URL: store.databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const port = options.port ?? (await freePort());
  const address = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawnServer(options, port);
  let printed = '';
  const complaints: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface(stream).on('line', (line) => {
      if (line.startsWith(COMPLAINT) && complaints.length < KEPT_COMPLAINTS) complaints.push(line);
    });
  }
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      printed = (printed + data.toString()).slice(-KEPT_OUTPUT);
    });
  }
  const pid = child.pid ?? 0;
  try {
    await within(READY_WITHIN_MS, 'the server answers', async () => {
      if (hasEnded(child))
        throw new Error(`the server ended by itself (${child.exitCode ?? child.signalCode})`);
      return await answers(address);
    });
  } catch (error) {
    await end(child, 'SIGKILL');
    throw new Error(`the server did not start:\n${printed}`, { cause: error });
  }
  return {
    address,
    pid,
    readyMs: performance.now() - begun,
    runs: () => !hasEnded(child),
    memory: () => residentBytes(pid),
    output: () => printed,
    complaints,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}
