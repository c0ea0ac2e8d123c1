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
import { createServer as createPages, type ViteDevServer } from 'vite';
import { ownDatabase } from '../src/cli/connection.ts';
import { runDemo } from '../src/cli/demo.ts';
import { describeFailure } from '../src/cli/failure.ts';
import { listenForStop } from '../src/cli/stop-signals.ts';
import { createClient } from '../src/contract/client.ts';
import { readDatabaseConfig } from '../src/platform/config.ts';

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

/**
 * Waits for as long as it takes: a server that cannot start says why, and starts when its source is mended.
 */
async function answers(address: string): Promise<void> {
  const live = await fetch(`${address}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (live) return;
  await pause(LOOK_AGAIN_MS);
  await answers(address);
}

async function fillEmptyShop(address: string): Promise<void> {
  const { rows } = await createClient(address).must('listSalesChannels');
  if (rows.length === 0) await runDemo({}, { address });
}

async function servePages(server: string): Promise<ViteDevServer> {
  const proxy = Object.fromEntries(OF_THE_SERVER.map((path) => [path, { target: server }]));
  const port = await freePort(PAGES_PORT);
  const pages = await createPages({ clearScreen: false, server: { host: HOST, port, proxy } });
  return await pages.listen();
}

async function develop(): Promise<void> {
  const config = readDatabaseConfig({}, process.env);
  const signals = listenForStop();
  const database = await ownDatabase(config);
  const port = await freePort(SERVER_PORT);
  const address = `http://${HOST}:${port}`;
  const server = watchServer(database.url, port);
  let pages: ViteDevServer | undefined;

  async function show(): Promise<void> {
    await answers(address);
    if (config.databaseUrl === undefined) await fillEmptyShop(address);
    pages = await servePages(address);
    const [url = ''] = pages.resolvedUrls?.local ?? [];
    console.log(`Pages: ${url}   API: ${address}/docs   Both follow the sources; ctrl c ends`);
  }

  try {
    const shown = show();
    await Promise.race([signals.stopped, shown.then(() => signals.stopped)]);
    shown.catch(() => undefined);
  } finally {
    await pages?.close();
    await stopServer(server);
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
