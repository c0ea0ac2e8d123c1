/**
 * The one way for a command to get a database: the user's own (DATABASE_URL), else the embedded PostgreSQL that
 * another process runs in the data folder, else the embedded one, started here and stopped when the command is done.
 *
 * A server keeps its own instead (ownDatabase): it must not live on a PostgreSQL that another process may stop.
 */
import { type Database, openDatabase } from '../db/database.ts';
import { migrate } from '../db/schema/migrate.ts';
import type { DatabaseConfig } from '../platform/config.ts';
import { attachEmbeddedPostgres, startEmbeddedPostgres } from '../platform/postgres/embedded-postgres.ts';
import { remark } from './command.ts';

export interface Connection {
  readonly url: string;
  /** Stops what was started for it. */
  close(): Promise<void>;
}

const KEPT_OPEN = { async close() {} };

/** For commands that come and go: a PostgreSQL that runs already is used as it is. */
export async function connect(config: DatabaseConfig): Promise<Connection> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, ...KEPT_OPEN };
  const running = await attachEmbeddedPostgres(config.dataDir);
  if (running !== undefined) return { url: running.url, ...KEPT_OPEN };
  return await ownDatabase(config);
}

/** For servers: a PostgreSQL that lives as long as they do. Fails when another process has the data folder. */
export async function ownDatabase(config: DatabaseConfig): Promise<Connection> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, ...KEPT_OPEN };
  const started = await startEmbeddedPostgres({ dataDir: config.dataDir, log: remark });
  return { url: started.url, close: () => started.stop() };
}

/** Runs `story` on a migrated database with a few connections, and closes everything after it. */
export async function withDatabase<T>(
  config: DatabaseConfig,
  story: (db: Database) => Promise<T>,
): Promise<T> {
  const connection = await connect(config);
  try {
    await migrate(connection.url, { log: remark });
    const db = openDatabase({ url: connection.url, connections: 3 });
    try {
      return await story(db);
    } finally {
      await db.destroy();
    }
  } finally {
    await connection.close();
  }
}
