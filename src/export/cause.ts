/**
 * Causes by name. What was caused by an act on an order says so with our id of that order ('hold/17'); in an
 * export the order's channel and number take its place ('hold/WEB/1001'), so that no record depends on our
 * ids.
 */
import { type RawBuilder, sql } from 'kysely';

/** Acts on an order; stock documents and shipments use other words. */
const ACT_ON_ORDER = '^(cancel|change|hold|lift|short_pick|reject|priority)/[0-9]+$';

/** Joins the order that the cause in `column` names, if it names one. */
export function orderNamedBy(column: string): RawBuilder<unknown> {
  const cause = sql.ref(column);
  return sql`
    left join orders acted
      on acted.id = case when ${cause} ~ ${sql.lit(ACT_ON_ORDER)} then split_part(${cause}, '/', 2)::bigint end
    left join sales_channels acted_on on acted_on.id = acted.channel_id`;
}

/** The cause in `column`, with the order's natural key where it names one. Needs orderNamedBy. */
export function causeByName(column: string): RawBuilder<string> {
  const cause = sql.ref(column);
  return sql`coalesce(split_part(${cause}, '/', 1) || '/' || acted_on.code || '/' || acted.number, ${cause})`;
}
