/** The database's clock, by which everything is judged that depends on time, and the version of what nodes keep copies of. */
import { sql } from 'kysely';
import type { Instant } from '../../core/kernel/time.ts';
import type { Tx } from '../database.ts';
import { refuseNewerSchema } from '../schema/schema.ts';

/**
 * The database's clock, to the millisecond, and the version of channels and warehouses it sees now.
 * @throws SchemaError when the database was upgraded meanwhile to a schema whose rules this program does not know
 */
export async function readClock(tx: Tx): Promise<{ now: Instant; version: number }> {
  const { rows } = await sql<{ now: Instant; version: number; leastSchema: string }>`
    select date_trunc('milliseconds', clock_timestamp()) as now, revision as version,
      least_schema as "leastSchema" from configuration`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the database has no configuration row: run allot migrate');
  refuseNewerSchema(row.leastSchema);
  return row;
}
