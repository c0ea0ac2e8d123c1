/**
 * Looks up codes of a query, so that a filter on something that does not exist is refused instead of empty.
 */
import { type RawBuilder, sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import type { Database } from '../../db/database.ts';

export interface Codes {
  readonly sku?: string | undefined;
  readonly warehouse?: string | undefined;
  readonly channel?: string | undefined;
  readonly supplier?: string | undefined;
}

/** Which of the given codes exist; a code that was not given counts as existing. */
export async function codesExist(
  db: Database,
  codes: Codes,
): Promise<Readonly<Record<keyof Codes, boolean>>> {
  const { rows } = await sql<Record<keyof Codes, boolean>>`
    select ${exists(codes.sku, sql`select from products where sku`)} as sku,
      ${exists(codes.warehouse, sql`select from warehouses where code`)} as warehouse,
      ${exists(codes.channel, sql`select from sales_channels where code`)} as channel,
      ${exists(codes.supplier, sql`select from suppliers where code`)} as supplier`.execute(db);
  return present(rows[0], 'a select without from returns one row');
}

function exists(code: string | undefined, select: RawBuilder<unknown>): RawBuilder<boolean> {
  return code === undefined ? sql`true` : sql`exists (${select} = ${code})`;
}
