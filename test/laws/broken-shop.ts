/**
 * What breaks a healthy shop on purpose, and what `allot verify` says then. Everything is undone afterwards, so that any
 * number of breaks need one database.
 */
import { sql } from 'kysely';
import { type VerifyReport, verifyInside } from '../../src/app/verify/verify.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { migrate } from '../../src/db/schema/migrate.ts';
import { createDatabase } from '../support/database.ts';
import { HEALTHY_SHOP } from './healthy-shop.ts';

/** The law that is named, what was broken, and how. */
export type Break = readonly [law: string, broken: string, ...statements: string[]];

export interface OpenShop {
  readonly db: Database;
  close(): Promise<void>;
}

export async function openHealthyShop(): Promise<OpenShop> {
  const database = await createDatabase();
  await migrate(database.url);
  const db = openDatabase({ url: database.url, connections: 3 });
  await db.transaction().execute((tx) => sql.raw(HEALTHY_SHOP).execute(tx));
  return {
    db,
    async close() {
      await db.destroy();
      await database.drop();
    },
  };
}

/** Takes away the constraints of a table: keys, checks, references. */
export function unconstrained(table: string): string {
  return `do $$ declare name text; begin
    for name in select conname from pg_constraint where conrelid = '${table}'::regclass and contype in ('c', 'u', 'p', 'f')
    loop execute format('alter table ${table} drop constraint %I cascade', name); end loop; end $$`;
}

class Undo extends Error {}

/** What verify says when the database is broken like this; everything is undone after it. */
export async function verifyBroken(db: Database, statements: readonly string[]): Promise<VerifyReport> {
  let report: VerifyReport | undefined;
  await db
    .transaction()
    .execute(async (tx) => {
      for (const statement of statements) await sql.raw(statement).execute(tx);
      report = await verifyInside(tx);
      throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  if (report === undefined) throw new Error('verify said nothing');
  return report;
}

export function brokenLaws(report: VerifyReport): string[] {
  return [...new Set(report.checks.filter((check) => check.violations > 0).map((check) => check.law))];
}

/** What the checks look at that no break was seen by. */
export async function unseenBy(
  db: Database,
  breaks: readonly Break[],
  whats: readonly string[],
): Promise<string[]> {
  const seen = new Set<string>();
  for (const [, , ...statements] of breaks) {
    const report = await verifyBroken(db, statements);
    for (const check of report.checks) if (check.violations > 0) seen.add(check.what);
  }
  return whats.filter((what) => !seen.has(what));
}
