/** What moved last in any warehouse, newest first. */
import { sql } from 'kysely';
import type { AnswerOf } from '../contract/operations.ts';
import { type Instant, isoInstant } from '../core/kernel/time.ts';
import type { Database } from '../db/database.ts';

type ActivityRow = AnswerOf<'listActivity'>['rows'][number];

export async function listActivity(db: Database, limit: number): Promise<ActivityRow[]> {
  const { rows } = await sql<Omit<ActivityRow, 'recordedAt'> & { readonly recordedAt: Instant }>`
    select p.sku, w.code as warehouse, m.number, m.kind, m.units, m.balance, m.reason, m.cause,
      m.recorded_at as "recordedAt"
    from (select * from movements order by recorded_at desc limit ${limit}) m
    join products p on p.id = m.product_id
    join warehouses w on w.id = m.warehouse_id
    order by m.recorded_at desc, p.sku, w.code, m.number desc`.execute(db);
  return rows.map((row) => ({ ...row, recordedAt: isoInstant(row.recordedAt) }));
}
