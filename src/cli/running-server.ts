/**
 * A server and its PostgreSQL as one thing with one life: PostgreSQL starts first and stops last. When PostgreSQL
 * ends by itself it is started again under the server, which meanwhile answers that the database is not there.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { startNode } from '../node.ts';
import type { DatabaseConfig, ListenConfig } from '../platform/config.ts';
import { createLogger } from '../platform/log.ts';
import { REPORT_STORE_FOLDER } from '../platform/postgres/data-folder.ts';
import { ownDatabase } from './connection.ts';

export interface RunningServer {
  /** http://127.0.0.1:4400 */
  readonly address: string;
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

/** Below so many order items the database answers any report in time. */
const FROM_ITEMS = 100_000;

async function folderOfStore({ dataDir }: DatabaseConfig, when: ListenConfig['reportStore']) {
  if (when === 'off') return {};
  const folder = resolve(dataDir, REPORT_STORE_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { reportStore: { folder, fromItems: when === 'on' ? 0 : FROM_ITEMS } };
}

export async function startServer(config: DatabaseConfig, listen: ListenConfig): Promise<RunningServer> {
  const database = await ownDatabase(config);
  try {
    const logger = createLogger('warn', pino.destination(2));
    const { reportStore, ...rest } = listen;
    const store = await folderOfStore(config, reportStore);
    const node = await startNode({ databaseUrl: database.url, ...rest, ...store, logger });
    return {
      address: node.address,
      databaseUrl: database.url,
      async stop() {
        try {
          await node.stop();
        } finally {
          await database.close();
        }
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
