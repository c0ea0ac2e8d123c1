/** Launches: how pre-orders of a product came in before its release, cumulated by day. */
import { sql } from 'kysely';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { Tx } from '../../db/database.ts';

export interface LaunchRow {
  readonly product: ProductId;
  readonly releaseAt: Instant;
  /** Days before the release on which the first pre-order came. */
  readonly opensAt: number;
  /** [days before the release, units up to then], the earliest day first. */
  readonly units: readonly (readonly [number, number])[];
  readonly total: number;
}

/** Earlier launches looked at, the latest ones. */
const MAX_LAUNCHES = 50;

const CURVES = sql`
  select product_id, max(days) as opens_at, sum(units)::bigint as total,
    jsonb_agg(jsonb_build_array(days, cumulated) order by days desc) as units
  from (
    select product_id, days, sum(units) as units, sum(sum(units)) over (partition by product_id order by days desc) as cumulated
    from (
      select i.product_id, i.ordered - i.cancelled as units,
        greatest(0, floor(extract(epoch from launch.release_at - o.placed_at) / 86400))::int as days
      from order_items i
      join orders o on o.id = i.order_id
      join launch on launch.product_id = i.product_id
      where i.kind = 'preorder' and i.ordered > i.cancelled) as placed
    group by product_id, days) as by_day
  group by product_id`;

/**
 * Of one product that is not released yet; undefined when it has no release ahead or no product of that SKU
 * is.
 */
export async function readCurrentLaunch(
  tx: Tx,
  sku: string,
): Promise<(LaunchRow & { readonly now: Instant }) | undefined> {
  const { rows } = await sql<LaunchRow & { readonly now: Instant }>`
    with launch as (
      select p.id as product_id, release_instant(s.release_local, s.release_is_date, s.release_zone) as release_at
      from products p join sell_policies s on s.product_id = p.id and s.channel_id is null
      where p.sku = ${sku} and release_instant(s.release_local, s.release_is_date, s.release_zone) > clock_timestamp())
    select launch.product_id as product, launch.release_at as "releaseAt", coalesce(c.opens_at, 0) as "opensAt",
      coalesce(c.units, '[]') as units, coalesce(c.total, 0) as total, clock_timestamp() as now
    from launch left join (${CURVES}) as c using (product_id)`.execute(tx);
  return rows[0];
}

/** Products that were pre-ordered and are released, the latest first. */
export async function readEarlierLaunches(tx: Tx): Promise<LaunchRow[]> {
  const { rows } = await sql<LaunchRow>`
    with launch as (
      select s.product_id, release_instant(s.release_local, s.release_is_date, s.release_zone) as release_at
      from sell_policies s
      where s.channel_id is null and release_instant(s.release_local, s.release_is_date, s.release_zone) <= clock_timestamp()
        and exists (select from order_items i where i.product_id = s.product_id and i.kind = 'preorder')
      order by release_at desc limit ${MAX_LAUNCHES})
    select launch.product_id as product, launch.release_at as "releaseAt", c.opens_at as "opensAt", c.units, c.total
    from launch join (${CURVES}) as c using (product_id)`.execute(tx);
  return rows;
}
