/** `allot serve`: the API and the fill worker, until SIGTERM or SIGINT. */
import { readListenConfig } from '../platform/config.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, remark, say } from './command.ts';
import { type RunningServer, startServer } from './running-server.ts';
import { listenForStop } from './stop-signals.ts';

export interface ServeFlags extends GlobalFlags {
  readonly port?: string;
  readonly host?: string;
}

export async function runServe(flags: ServeFlags): Promise<ExitCode> {
  const config = databaseConfigOf(flags);
  const listen = readListenConfig(flags, process.env);
  const signals = listenForStop();
  try {
    const server = await startServer(config, listen);
    say(`Allot listens on ${server.address} (documentation: ${server.address}/docs)`);
    return await runUntilStopped(server, signals.stopped);
  } finally {
    signals.forget();
  }
}

/** Waits for the signal or the end of the database, and stops the server in order. */
export async function runUntilStopped(server: RunningServer, signalled: Promise<void>): Promise<ExitCode> {
  const reason = await Promise.race([signalled, server.databaseEnded]);
  await server.stop();
  if (reason === undefined) return 0;
  remark(`allot: PostgreSQL ended: ${reason}`);
  return 1;
}
