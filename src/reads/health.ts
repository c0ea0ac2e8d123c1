/** For how many products work is outstanding, and what the database shows now. */
import { sql } from 'kysely';
import { present } from '../core/kernel/assert.ts';
import type { Database } from '../db/database.ts';

export async function countOutstandingFills(db: Database): Promise<number> {
  const { rows } = await sql<{ fills: number }>`
    select count(*) as fills from product_positions p
    where p.fill_due_at is not null and not exists (
      select from products_set_aside s where s.product_id = p.product_id and s.work = 'fill')`.execute(db);
  return rows[0]?.fills ?? 0;
}

export async function countOutstandingPromises(db: Database): Promise<number> {
  const { rows } = await sql<{ promises: number }>`
    select count(*) as promises from product_positions p
    where p.promise_due_at is not null
      and not exists (select from products_set_aside s where s.product_id = p.product_id)`.execute(db);
  return rows[0]?.promises ?? 0;
}

/** Two equal snapshots see the same data: who read at the first has nothing new to read at the second. */
export async function readSnapshot(db: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    db,
  );
  return present(rows[0], 'a function returns one row').snapshot;
}
