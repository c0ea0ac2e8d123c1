/** A transaction that reads a report: bounded, with memory to sort in, and one that can be cancelled from beside. */
import { type RawBuilder, sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import { type Database, limitStatements, type Tx } from '../database.ts';

/** SQLSTATE of a statement that was cancelled, or ran into its time limit. */
export const STATEMENT_CANCELLED = '57014';

/** @returns the session by which it can be cancelled */
export async function beginReport(tx: Tx, limitMs: number): Promise<number> {
  const { rows } = await sql<{ session: number }>`select pg_backend_pid() as session`.execute(tx);
  await limitStatements(tx, limitMs);
  await sql`set local work_mem = '64MB'`.execute(tx);
  // Compiling a statement costs more than most reports take.
  await sql`set local jit = off`.execute(tx);
  return present(rows[0], 'a select without from returns one row').session;
}

export async function cancelReport(db: Database, session: number): Promise<void> {
  await sql`select pg_cancel_backend(${session}::int)`.execute(db);
}

/** How a report runs its statements. */
export function readIn(tx: Tx): <Row>(statement: RawBuilder<unknown>) => Promise<Row[]> {
  return async <Row>(statement: RawBuilder<unknown>) => {
    const { rows } = await sql<Row>`${statement}`.execute(tx);
    return rows;
  };
}
