/** Whether the database answers, and for how many products work is outstanding. */
import { sql } from 'kysely';
import { present } from '../core/kernel/assert.ts';
import type { Database } from '../db/database.ts';
import { refuseNewerSchema } from '../db/schema.ts';

/** Whether the database answers, and this program may decide on it. */
export async function databaseAnswers(db: Database): Promise<boolean> {
  try {
    const { rows } = await sql<{ leastSchema: string }>`
      select least_schema as "leastSchema" from configuration`.execute(db);
    for (const { leastSchema } of rows) refuseNewerSchema(leastSchema);
    return rows.length === 1;
  } catch {
    return false;
  }
}

export async function countOutstandingFills(db: Database): Promise<number> {
  const { rows } = await sql<{ fills: number }>`
    select count(*) as fills from product_positions where fill_due_at is not null`.execute(db);
  return rows[0]?.fills ?? 0;
}

export async function countOutstandingPromises(db: Database): Promise<number> {
  const { rows } = await sql<{ promises: number }>`
    select count(*) as promises from product_positions where promise_due_at is not null`.execute(db);
  return rows[0]?.promises ?? 0;
}

/** Two equal snapshots see the same data: who read at the first has nothing new to read at the second. */
export async function readSnapshot(db: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    db,
  );
  return present(rows[0], 'a function returns one row').snapshot;
}
