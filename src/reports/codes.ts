/** Looks up codes of a query, so that a filter on something that does not exist is refused instead of empty. */
import { sql } from 'kysely';
import type { Database } from '../db/database.ts';

/** Which of the given codes exist; a code that was not given counts as existing. */
export async function codesExist(
  db: Database,
  codes: { sku?: string | undefined; warehouse?: string | undefined; channel?: string | undefined },
): Promise<{ sku: boolean; warehouse: boolean; channel: boolean }> {
  const [sku, warehouse, channel] = [codes.sku ?? null, codes.warehouse ?? null, codes.channel ?? null];
  const { rows } = await sql<{ sku: boolean; warehouse: boolean; channel: boolean }>`
    select ${sku}::text is null or exists (select from products where sku = ${sku}) as sku,
      ${warehouse}::text is null or exists (select from warehouses where code = ${warehouse}) as warehouse,
      ${channel}::text is null or exists (select from sales_channels where code = ${channel}) as channel`.execute(
    db,
  );
  return rows[0] ?? { sku: false, warehouse: false, channel: false };
}
