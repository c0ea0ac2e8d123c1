/** The moment of a report and its day (UTC), by the clock of the database. */
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import { momentOf } from './fact-sources.ts';

export async function readToday(tx: Tx, asOf: string | undefined): Promise<{ today: string; now: string }> {
  const { rows } = await sql<{ now: number; today: string }>`
    select at as now, (at at time zone 'UTC')::date::text as today
    from (select ${momentOf(asOf).at} as at) as clock`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('a select without from returns one row');
  return { today: row.today, now: new Date(row.now).toISOString() };
}
