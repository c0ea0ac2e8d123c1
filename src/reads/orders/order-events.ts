/** What happened to an order: its items' events, newest first, with the reasons kept at the time. */

import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import { BUCKETS, type Buckets } from '../../core/orders/buckets.ts';
import type { Database } from '../../db/database.ts';
import { explanationFrom, type StoredExplanation } from '../../db/orders/stored-explanation.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type EventView = AnswerOf<'listOrderEvents'>['rows'][number];

interface EventRow extends Buckets {
  readonly line: number;
  readonly number: number;
  readonly recordedAt: Instant;
  readonly cause: string;
  readonly reference: string | null;
  readonly entered: string[];
  readonly left: string[];
  readonly explanation: StoredExplanation;
}

export async function listOrderEvents(
  db: Database,
  orderId: number,
  query: QueryOf<'listOrderEvents'>,
): Promise<Page<EventView> | undefined> {
  const columns = [sql`(-extract(epoch from recorded_at) * 1000)`, sql`(-number)`, sql`line`];
  const after = afterRow(query.cursor, { columns, direction: 'up', places: ['whole', 'int', 'int'] });
  const { rows } = await sql<EventRow>`
    select line, number, recorded_at as "recordedAt", cause, reference, ordered, pending, allocated, backordered,
      preordered, unfillable, shipped, cancelled, entered, left_buckets as left, explanation
    from item_events
    where order_id = ${orderId} and ${after}
    order by ${sql.join(columns)}
    limit ${query.limit + 1}`.execute(db);
  if (rows.length === 0 && query.cursor === undefined) return undefined;
  const page = pageFrom(rows, query.limit, (row) => [-row.recordedAt, -row.number, row.line]);
  return { ...page, rows: page.rows.map(eventView) };
}

function eventView(row: EventRow): EventView {
  const { line, number, cause, reference, entered, left, explanation } = row;
  const change: Record<string, number> = {};
  for (const bucket of BUCKETS) if (row[bucket] !== 0) change[bucket] = row[bucket];
  return {
    line,
    number,
    recordedAt: isoInstant(row.recordedAt),
    cause,
    reference,
    change,
    entered,
    left,
    explanation: { ...explanationFrom(explanation) },
  };
}
