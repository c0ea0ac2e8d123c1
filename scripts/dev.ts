/**
 * `npm run dev`: the server and the dashboard from their sources, each anew when one of its files changes, on
 * the demo's shop.
 *
 * Decision: PostgreSQL lives as long as this command, so that a change costs a start of the server and
 * nothing else. Vite gives out the pages and hands what they ask for to the server, under the Host that they
 * were asked under: to the server they are its own pages, and nobody else's are. An empty shop in the data
 * folder is filled by the demo, once; with DATABASE_URL the shop is whatever stands there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createListener } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { createServer as createPages, type ViteDevServer } from 'vite';
import { ownDatabase } from '../src/cli/connection.ts';
import { runDemo } from '../src/cli/demo.ts';
import { describeFailure } from '../src/cli/failure.ts';
import { listenForStop } from '../src/cli/stop-signals.ts';
import { createClient } from '../src/contract/client.ts';
import { startNode } from '../src/node.ts';
import { readDatabaseConfig } from '../src/platform/config.ts';
import { createLogger } from '../src/platform/log.ts';

const HOST = '127.0.0.1';
const SERVER_PORT = 4400;
const PAGES_PORT = 4401;
/** What is the server's among the addresses of the pages. */
const OF_THE_SERVER = ['/v1', '/docs', '/openapi.json', '/health', '/metrics'];
const LOOK_AGAIN_MS = 100;

/** The port, or any free one when it is taken. */
async function freePort(wanted: number): Promise<number> {
  const listener = createListener();
  try {
    listener.listen(wanted, HOST);
    await once(listener, 'listening');
    const address = listener.address();
    return typeof address === 'object' && address !== null ? address.port : wanted;
  } catch {
    return await freePort(0);
  } finally {
    listener.close();
  }
}

/**
 * In a group of processes of its own: ctrl c reaches this command alone, which then stops one after the
 * other.
 */
function watchServer(databaseUrl: string, port: number): ChildProcess {
  const server = ['src/main.ts', 'serve', '--port', String(port)];
  return spawn(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', ...server],
    {
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    },
  );
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGTERM');
  await gone;
}

async function isLive(address: string): Promise<boolean> {
  const asked = fetch(`${address}/health/live`);
  return await asked.then(
    ({ ok }) => ok,
    () => false,
  );
}

/** As long as it takes: a server that cannot start says why, and starts when its source is mended. */
async function becomesLive(address: string): Promise<void> {
  while (!(await isLive(address))) await pause(LOOK_AGAIN_MS);
}

/**
 * By a node of its own, which no change to a source ends in the middle of it.
 * @returns whether the shop is there; false when this was `stopped` before
 */
async function fillEmptyShop(databaseUrl: string, stopped: Promise<void>): Promise<boolean> {
  const logger = createLogger('warn', pino.destination(2));
  const node = await startNode({ databaseUrl, fillWorker: true, logger });
  try {
    const { rows } = await createClient(node.address).must('listSalesChannels');
    if (rows.length > 0) return true;
    const played = runDemo({}, { address: node.address }).then(() => true);
    return await Promise.race([stopped.then(() => false), played]);
  } finally {
    await node.stop();
  }
}

async function servePages(server: string): Promise<ViteDevServer> {
  const proxy = Object.fromEntries(OF_THE_SERVER.map((path) => [path, { target: server }]));
  const port = await freePort(PAGES_PORT);
  const pages = await createPages({ clearScreen: false, server: { host: HOST, port, proxy } });
  return await pages.listen();
}

/** Shows server and pages until `stopped`. */
async function show(databaseUrl: string, stopped: Promise<void>): Promise<void> {
  const port = await freePort(SERVER_PORT);
  const address = `http://${HOST}:${port}`;
  const server = watchServer(databaseUrl, port);
  let pages: ViteDevServer | undefined;

  async function open(): Promise<void> {
    await becomesLive(address);
    pages = await servePages(address);
    const [url = ''] = pages.resolvedUrls?.local ?? [];
    console.log(`Pages: ${url}   API: ${address}/docs   Both follow the sources; ctrl c ends`);
  }

  try {
    await Promise.race([stopped, open().then(() => stopped)]);
  } finally {
    await pages?.close();
    await stopServer(server);
  }
}

async function develop(): Promise<void> {
  const config = readDatabaseConfig({}, process.env);
  const signals = listenForStop();
  const database = await ownDatabase(config);
  try {
    const own = config.databaseUrl === undefined;
    const there = !own || (await fillEmptyShop(database.url, signals.stopped));
    if (there) await show(database.url, signals.stopped);
  } finally {
    await database.close();
    signals.forget();
  }
}

try {
  await develop();
  process.exit(0);
} catch (error) {
  console.error(`dev: ${describeFailure(error)}`);
  process.exit(1);
}
