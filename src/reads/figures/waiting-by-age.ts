/**
 * Items that wait, by the days (UTC) since their order was placed, which is when their waiting began. From
 * the facts that were counted and what they are behind; each bucket is there when it is empty.
 */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Database } from '../../db/database.ts';
import { uncountedFacts } from '../../db/orders/day-facts.ts';
import { unserved } from '../../db/rank.ts';
import { all, given, onChannel } from '../filters.ts';

/** First day of each bucket: 0-3, 4-7, 8-14, 15-21, 22-30, 31-45, 46 and more. */
const FROM_DAYS = [0, 4, 8, 15, 22, 31, 46];

interface SumRow {
  readonly bucket: number;
  readonly items: number;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
}

const NOBODY = { items: 0, backordered: 0, preordered: 0, unfillable: 0 };

export async function waitingByAge(
  db: Database,
  { channel }: QueryOf<'waitingByAge'>,
): Promise<AnswerOf<'waitingByAge'>> {
  const conditions = all([
    sql`${unserved()} <> 0`,
    given(channel, (code) => onChannel(sql`channel_id`, code)),
  ]);
  const columns = sql`day, items, backordered, preordered, unfillable`;
  const { rows } = await sql<SumRow>`
    select width_bucket((now() at time zone 'UTC')::date - day, ${FROM_DAYS}::int[]) - 1 as bucket,
      sum(items)::bigint as items, sum(backordered)::bigint as backordered,
      sum(preordered)::bigint as preordered, sum(unfillable)::bigint as unfillable
    from (
      select ${columns} from day_facts where ${conditions}
      union all select ${columns} from (${uncountedFacts()}) as behind where ${conditions}
    ) as facts
    group by 1`.execute(db);
  const byBucket = new Map(rows.map(({ bucket, ...sums }) => [Math.max(0, bucket), sums]));
  return {
    rows: FROM_DAYS.map((fromDays, index) => ({
      fromDays,
      toDays: index + 1 < FROM_DAYS.length ? (FROM_DAYS[index + 1] ?? 0) - 1 : null,
      ...(byBucket.get(index) ?? NOBODY),
    })),
  };
}
