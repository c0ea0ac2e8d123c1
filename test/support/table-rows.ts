/** What is in the tables, so that a test can see that a request changed nothing, or the same as another one. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/** Answers under keys, and what a fold counts in the background from events that are looked at themselves. */
const BESIDE = ['idempotency_keys', 'day_facts', 'fill_facts', 'fact_folds'];

async function eachTable(
  db: Database,
  what: RawBuilder<unknown>,
): Promise<Readonly<Record<string, string | null>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename <> all (${BESIDE}) order by tablename`.execute(db);
  const found: Record<string, string | null> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ value: string | null }>`
      select (${what})::text as value from ${sql.table(name)} t`.execute(db);
    found[name] = rows[0]?.value ?? null;
  }
  return found;
}

/** A digest of every table's rows. */
export function digestOfTables(db: Database): Promise<Readonly<Record<string, string | null>>> {
  return eachTable(db, sql`md5(string_agg(t::text, '|' order by t::text))`);
}

/** How many rows every table has, and the versions that are raised by each change of what has no history. */
export async function countsOfTables(db: Database): Promise<Readonly<Record<string, number>>> {
  const counts = Object.entries(await eachTable(db, sql`count(*)`)).map(([name, value]): [string, number] => [
    name,
    Number(value),
  ]);
  const { rows } = await sql<{ configuration: number; policies: number }>`
    select (select revision from configuration)::int as configuration,
      (select coalesce(sum(policy_version), 0) from product_positions)::int as policies`.execute(db);
  return { ...Object.fromEntries(counts), ...rows[0] };
}
