/** Who holds up a session: named by program and user, so that a person can find whom to wait for, or to end. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface LockHolder {
  readonly session: number;
  /** As "session 4711 (pg_dump, user shop, in its transaction for 12 s)". Never the text of a statement: it may hold names. */
  readonly named: string;
}

/** The sessions that this one waits for; none when it does not wait. */
export async function readLockHolders(db: Database, waiting: number): Promise<LockHolder[]> {
  const { rows } = await sql<LockHolder>`
    select pid as session, format('session %s (%s, user %s, in its transaction for %s s)', pid,
      coalesce(nullif(application_name, ''), 'unnamed program'), usename,
      coalesce(extract(epoch from clock_timestamp() - xact_start)::bigint, 0)) as named
    from pg_stat_activity where pid = any(pg_blocking_pids(${waiting}::int)) order by pid`.execute(db);
  return rows;
}

export async function readSession(db: Database): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
}
