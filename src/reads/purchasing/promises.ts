/** What the customer of an order was told, newest first. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import type { Database } from '../../db/database.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type Row = AnswerOf<'listPromises'>['rows'][number];

export async function listPromises(
  db: Database,
  order: number,
  query: QueryOf<'listPromises'>,
): Promise<Page<Row> | undefined> {
  const after = afterRow(query.cursor, {
    columns: [sql`recorded_at`, sql`line`, sql`number`],
    direction: 'down',
    places: ['instant', 'int', 'int'],
  });
  const orders = await sql`select from orders where id = ${order}`.execute(db);
  if (orders.rows.length === 0) return undefined;
  const { rows } = await sql<Omit<Row, 'recordedAt'> & { readonly recordedAt: Instant }>`
    select line, number, recorded_at as "recordedAt", cause, old, new from promise_events
    where order_id = ${order} and ${after}
    order by recorded_at desc, line desc, number desc limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.recordedAt, row.line, row.number]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, recordedAt: isoInstant(row.recordedAt) })) };
}
