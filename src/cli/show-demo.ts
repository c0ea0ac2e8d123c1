/**
 * `allot demo`: a server, and a shop played on it. Afterwards the server goes on, to be looked at; --once ends it.
 * A taken port is no reason to fail here: any free one does as well.
 */
import type { DatabaseConfig } from '../platform/config.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, remark } from './command.ts';
import { CommandError } from './failure.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { listenForStop } from './stop-signals.ts';

export interface DemoFlags extends GlobalFlags {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly orders?: string;
  readonly seed?: string;
}

const HOST = '127.0.0.1';
const PORT = 4400;

export async function runShowDemo(flags: DemoFlags): Promise<ExitCode> {
  const config = databaseConfigOf(flags);
  const options = demoOptions(flags);
  const signals = listenForStop();
  try {
    const server = await startOnSomePort(config);
    // Loaded here: no other command needs the shop.
    const { printDemo, runDemo } = await import('./demo.ts');
    const played = runDemo(options, server).then((report) => printDemo(report, options));
    const interrupted = await Promise.race([played.then(() => false), signals.stopped.then(() => true)]);
    if (interrupted || flags.once === true) {
      played.catch(() => undefined);
      await server.stop();
      return interrupted ? 1 : 0;
    }
    remark(
      `The shop goes on: its dashboard is ${server.address} (documentation: ${server.address}/docs); Ctrl-C stops it`,
    );
    await signals.stopped;
    await server.stop();
    return 0;
  } finally {
    signals.forget();
  }
}

function demoOptions({ orders, seed, json }: DemoFlags) {
  if (seed !== undefined && !/^\d{1,9}$/.test(seed)) {
    throw new CommandError(`--seed is '${seed}'; accepted: a whole number from 0 to 999999999`);
  }
  return {
    ...(orders !== undefined && { orders }),
    ...(seed !== undefined && { seed: Number(seed) }),
    json: json === true,
  };
}

async function startOnSomePort(config: DatabaseConfig): Promise<RunningServer> {
  try {
    return await startServer(config, { host: HOST, port: PORT, fillWorker: true, reportStore: 'auto' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    remark(`Port ${PORT} is taken; the demo uses a free one`);
    return await startServer(config, { host: HOST, port: 0, fillWorker: true, reportStore: 'auto' });
  }
}
