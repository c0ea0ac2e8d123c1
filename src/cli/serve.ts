/** `allot serve`: the API and the fill worker, until SIGTERM or SIGINT. */
import { readListenConfig } from '../platform/config.ts';
import { databaseConfigOf, type ExitCode, type GlobalFlags, say } from './command.ts';
import { startServer } from './running-server.ts';
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
    await signals.stopped;
    await server.stop();
    return 0;
  } finally {
    signals.forget();
  }
}
