/**
 * Products set aside: their fill, or the telling of their promises, fails by itself, and is tried again
 * alone. What failed and is owed no more is brought back at its next attempt; until then there is nothing to
 * show.
 */
import { sql } from 'kysely';
import type { AnswerOf } from '../contract/operations.ts';
import { present } from '../core/kernel/assert.ts';
import type { Database } from '../db/database.ts';

type SetAsideView = AnswerOf<'listSetAside'>['rows'][number];

const SHOWN = sql`
  products_set_aside s
  join products p on p.id = s.product_id
  join product_positions o on o.product_id = s.product_id and case s.work
    when 'fill' then o.fill_due_at is not null or o.fill_again_at <= clock_timestamp()
    else o.promise_due_at is not null end`;

/** The longest first. */
export async function listSetAside(db: Database, most: number): Promise<SetAsideView[]> {
  const { rows } = await sql<SetAsideView>`
    select p.sku, s.work, s.attempts, to_json(s.since) #>> '{}' as since,
      to_json(s.next_attempt_at) #>> '{}' as "nextAttemptAt", s.error
    from ${SHOWN} order by s.since, p.sku, s.work limit ${most}`.execute(db);
  return rows;
}

/** How many products are set aside from each kind of work. */
export async function countSetAside(db: Database): Promise<Record<SetAsideView['work'], number>> {
  const { rows } = await sql<Record<SetAsideView['work'], number>>`
    select count(*) filter (where s.work = 'fill') as fill, count(*) filter (where s.work = 'promise') as promise
    from ${SHOWN}`.execute(db);
  return present(rows[0], 'an aggregate returns one row');
}
