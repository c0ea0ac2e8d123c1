/**
 * Brings a database to this version's schema. Each migration runs once, in its own transaction, under a lock,
 * so that any number of nodes may start at once. A database that is newer than this program is refused.
 */
import { type Migration, Migrator, sql } from 'kysely';
import { type Database, openDatabase } from './database.ts';
import { core } from './migrations/0001-core.ts';
import { leanOrders } from './migrations/0002-lean-orders.ts';
import { supply } from './migrations/0003-supply.ts';
import { sourcing } from './migrations/0004-sourcing.ts';
import { shadowRules } from './migrations/0005-shadow-rules.ts';
import { dayFacts } from './migrations/0006-day-facts.ts';
import { savedReports } from './migrations/0007-saved-reports.ts';
import { riskScores } from './migrations/0008-risk-scores.ts';
import { reportStore } from './migrations/0009-report-store.ts';

function fromSql(text: string): Migration {
  return {
    async up(db) {
      await sql.raw(text).execute(db);
    },
  };
}

const MIGRATIONS: Record<string, Migration> = {
  '0001-core': fromSql(core),
  '0002-lean-orders': fromSql(leanOrders),
  '0003-supply': fromSql(supply),
  '0004-sourcing': fromSql(sourcing),
  '0005-shadow-rules': fromSql(shadowRules),
  '0006-day-facts': fromSql(dayFacts),
  '0007-saved-reports': fromSql(savedReports),
  '0008-risk-scores': fromSql(riskScores),
  '0009-report-store': fromSql(reportStore),
};

export interface MigrationReport {
  /** Names of the migrations that ran now, oldest first; empty when there was nothing to do. */
  readonly applied: readonly string[];
  readonly version: string;
}

/** Oldest server whose SQL we use (UNIQUE NULLS NOT DISTINCT). */
const MINIMUM_SERVER = 150_000;

export async function migrateDatabase(db: Database): Promise<MigrationReport> {
  const server = await sql<{ version: number }>`
    select current_setting('server_version_num')::int as version`.execute(db);
  const version = server.rows[0]?.version ?? 0;
  if (version < MINIMUM_SERVER) {
    throw new Error(`PostgreSQL 15 or later is needed; this server reports ${version}`);
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return {
    applied: (results ?? []).map((result) => result.migrationName),
    version: Object.keys(MIGRATIONS).at(-1) ?? '',
  };
}

export async function migrate(databaseUrl: string): Promise<MigrationReport> {
  const db = openDatabase({ url: databaseUrl, connections: 1 });
  try {
    return await migrateDatabase(db);
  } finally {
    await db.destroy();
  }
}
