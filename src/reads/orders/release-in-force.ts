/**
 * The release that is in force for an order item: of the channel's own policy for its product, else of the product's. To
 * the millisecond, as decisions know it (db/catalog/policies).
 */
import { sql } from 'kysely';

/** Joins `policy.release_at` to an item `i`; null where nothing has to pass. */
export const RELEASE_IN_FORCE = sql`
  left join lateral (
    select date_trunc('milliseconds', release_instant(s.release_local, s.release_is_date, s.release_zone)) as release_at
    from sell_policies s
    where s.product_id = i.product_id and (s.channel_id = i.channel_id or s.channel_id is null)
    order by s.channel_id nulls last limit 1) as policy on true`;
