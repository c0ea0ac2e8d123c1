/**
 * Fill rates at once: of what was accepted in a period, how many items and units were allocated in that
 * moment. Pre-orders and orders on hold are left out, since nothing was to be allocated to them then. Periods
 * without orders are there as well, so that a line drawn through them is true.
 */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Database } from '../../db/database.ts';
import { uncountedFills } from '../../db/orders/day-facts.ts';
import { all, given, onChannel } from '../filters.ts';

export async function fillRates(
  db: Database,
  { channel, every, periods }: QueryOf<'fillRates'>,
): Promise<AnswerOf<'fillRates'>> {
  const filter = all([given(channel, (code) => onChannel(sql`channel_id`, code))]);
  const last = sql`date_trunc(${every}, now() at time zone 'UTC')`;
  const step = sql`('1 ' || ${every})::interval`;
  const { rows } = await sql<AnswerOf<'fillRates'>['rows'][number]>`
    with facts as (
      select day, items, items_at_once, units, units_at_once from fill_facts where ${filter}
      union all
      select day, items, items_at_once, units, units_at_once from (${uncountedFills()}) as u where ${filter}
    )
    select period.first::date::text as "from", coalesce(sum(f.items), 0)::bigint as items,
      coalesce(sum(f.items_at_once), 0)::bigint as "itemsAtOnce", coalesce(sum(f.units), 0)::bigint as units,
      coalesce(sum(f.units_at_once), 0)::bigint as "unitsAtOnce"
    from generate_series(${last} - ${step} * (${periods}::int - 1), ${last}, ${step}) as period(first)
    left join facts f on f.day >= period.first::date and f.day < (period.first + ${step})::date
    group by period.first order by period.first`.execute(db);
  return { rows };
}
