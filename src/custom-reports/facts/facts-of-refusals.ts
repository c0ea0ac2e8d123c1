/** Facts of refusals: a row for each product of an order that was refused. */
import { sql } from 'kysely';
import { CODES, column, type Moment, type Sources, utc } from './fact-sources.ts';

export function refusals({ instant }: Moment): Sources {
  const when = column(utc(sql`t.recorded_at`));
  return {
    from: sql`order_refusals t`,
    where: sql`t.recorded_at <= ${instant}`,
    joins: CODES.joins,
    columns: {
      ...CODES.columns,
      number: column(sql`t.number`),
      order: column(sql`t.channel_id || '/' || t.number`),
      refusal_code: column(sql`t.code`),
      placed: when,
      changed: when,
      wanted: column(sql`t.wanted::bigint`),
      lost: column(sql`greatest(0, t.wanted - t.available - coalesce(t.may_wait, 0))::bigint`),
    },
  };
}
