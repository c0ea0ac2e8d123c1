/** What the risk of running short is judged by, and what was said of it. */
import { type RawBuilder, sql } from 'kysely';
import { ints } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';
import { unserved } from '../rank.ts';
import { IS_FOR_ALL } from './bought-lines.ts';

/** Days of orders that demand is learned from. */
const DEMAND_DAYS = 56;

export interface RiskFacts {
  readonly product: number;
  readonly sku: string;
  readonly name: string;
  readonly supplier: string | null;
  readonly leadDays: number | null;
  readonly available: number;
  readonly waiting: number;
  /** Days that demand was looked at: fewer for a product that is new. */
  readonly demandDays: number;
  readonly units: number;
  /** Sum of the squares of the units of each day. */
  readonly squares: number;
  /** [days from today in its warehouse, units], of what is incoming and has a day. */
  readonly arrivals: readonly (readonly [number, number])[];
}

export interface RiskAsked {
  readonly supplier?: string | undefined;
}

/** Products that were ordered lately and are sold from stock: those that wait for a release are left out. */
export async function readRiskFacts(db: Database | Tx, { supplier }: RiskAsked = {}): Promise<RiskFacts[]> {
  const only: RawBuilder<unknown> = supplier === undefined ? sql`true` : sql`first.code = ${supplier}`;
  const { rows } = await sql<RiskFacts>`
    with demand as (
      select product_id, sum(units)::bigint as units, sum(units::float8 * units) as squares, min(day) as since
      from (
        select i.product_id, (o.placed_at at time zone 'UTC')::date as day, sum(i.ordered)::bigint as units
        from orders o join order_items i on i.order_id = o.id
        where o.placed_at >= now() - make_interval(days => ${DEMAND_DAYS}::int)
        group by 1, 2
      ) as days
      group by product_id
    )
    select d.product_id as product, p.sku, p.name, first.code as supplier, first.lead_days as "leadDays",
      coalesce(stock.available, 0)::bigint as available,
      ${unserved('q')} as waiting,
      least(${DEMAND_DAYS}::int, (now() at time zone 'UTC')::date - d.since + 1) as "demandDays",
      d.units, d.squares, coalesce(bought.arrivals, '[]') as arrivals
    from demand d
    join products p on p.id = d.product_id
    join product_positions q on q.product_id = d.product_id
    left join (
      select product_id, sum(on_hand - allocated) as available from inventory_levels group by product_id
    ) as stock on stock.product_id = d.product_id
    left join (
      select distinct on (t.product_id) t.product_id, s.code, coalesce(t.lead_days, s.lead_days) as lead_days
      from supplier_products t join suppliers s on s.id = t.supplier_id and s.enabled
      order by t.product_id, t.preference, s.code
    ) as first on first.product_id = d.product_id
    left join (
      select l.product_id, jsonb_agg(jsonb_build_array(
        greatest(0, coalesce(l.likely_on, l.expected_on) - (now() at time zone w.time_zone)::date), l.incoming)) as arrivals
      from purchase_order_lines l join warehouses w on w.id = l.warehouse_id
      where incoming > 0 and coalesce(likely_on, expected_on) is not null and ${IS_FOR_ALL}
      group by l.product_id
    ) as bought on bought.product_id = d.product_id
    where ${only} and not exists (
      select from sell_policies s where s.product_id = d.product_id and s.channel_id is null
        and release_instant(s.release_local, s.release_is_date, s.release_zone) > now())`.execute(db);
  return rows;
}

/** Whether the risks of this day were said already. */
export async function areScoresKept(db: Database): Promise<boolean> {
  const { rows } = await sql<{ kept: boolean }>`
    select exists (select from risk_scores where day = (now() at time zone 'UTC')::date) as kept`.execute(db);
  return rows[0]?.kept === true;
}

export interface Score {
  readonly product: number;
  readonly permille: number;
}

/**
 * In the order of the products: another node that says them at the same time waits for these, and never these
 * for it.
 */
export async function keepScores(tx: Tx, scores: readonly Score[], days: number): Promise<void> {
  await sql`
    insert into risk_scores (product_id, day, days, permille)
    select product, (now() at time zone 'UTC')::date, ${days}, permille
    from unnest(${ints(scores.map(({ product }) => product))}::int[],
      ${ints(scores.map(({ permille }) => permille))}::int[]) as s(product, permille)
    order by product
    on conflict do nothing`.execute(tx);
}

/**
 * Judges what was said once its days are over: somebody who ordered within them had to wait. Locked in one
 * order.
 */
export async function judgeScores(tx: Tx): Promise<void> {
  await sql`
    with over as materialized (
      select product_id, day from risk_scores
      where was_short is null and day + days < (now() at time zone 'UTC')::date
      order by product_id, day for no key update)
    update risk_scores r set was_short = exists (
      select from order_items i join orders o on o.id = i.order_id
      join item_events e on e.order_id = i.order_id and e.line = i.line and e.number = 1
      where i.product_id = r.product_id and e.backordered + e.unfillable > 0
        and o.placed_at >= (r.day + 1)::timestamp at time zone 'UTC'
        and o.placed_at < (r.day + 1 + r.days)::timestamp at time zone 'UTC')
    from over where r.product_id = over.product_id and r.day = over.day`.execute(tx);
}
