/**
 * What a warehouse ships of a product in a day, on average, for rules that keep stock for days. Learned from the ledger and
 * kept until it is learned again; decisions read it under the locks of their products, and it changes under them too.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import { ints } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';

export interface DailyDemand {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly unitsPerDay: number;
}

export async function readDailyDemands(tx: Tx, products: readonly ProductId[]): Promise<DailyDemand[]> {
  const { rows } = await sql<DailyDemand>`
    select product_id as product, warehouse_id as warehouse, units::float8 / days as "unitsPerDay"
    from daily_demands where product_id = any(${ints(products)}::int[])`.execute(tx);
  return rows;
}

/** Days of shipments that the average is taken over. */
const DEMAND_DAYS = 28;

/** Units shipped in these days by product and warehouse, as the ledger has them. */
function shipped(which: RawBuilder<unknown>) {
  return sql`
    select product_id, warehouse_id, sum(-units)::bigint as units
    from movements
    where ${which} and kind = 'ship'
      and recorded_at > clock_timestamp() - make_interval(days => ${DEMAND_DAYS}::int)
    group by product_id, warehouse_id having sum(-units) > 0`;
}

/** Products of which the ledger says something else than is kept, ascending. */
export async function readChangedDemands(db: Database | Tx): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    with shipped as materialized (${shipped(sql`true`)})
    select distinct product_id as product
    from shipped full join daily_demands kept using (product_id, warehouse_id)
    where shipped.units is distinct from kept.units order by product_id`.execute(db);
  return rows.map(({ product }) => product);
}

/** Learns again what is shipped of these products. The caller holds them. */
export async function learnDailyDemands(tx: Tx, products: readonly ProductId[]): Promise<void> {
  const these = sql`any(${ints(products)}::int[])`;
  await sql`delete from daily_demands where product_id = ${these}`.execute(tx);
  await sql`
    insert into daily_demands (product_id, warehouse_id, units, days)
    select product_id, warehouse_id, units, ${DEMAND_DAYS}::int
    from (${shipped(sql`product_id = ${these}`)}) as s`.execute(tx);
}

/** Hours after which it is time to learn again: a little less than a day, so that no day is left out. */
const LEARN_AGAIN_HOURS = 20;

/** Whether it is time; true to one node only, which then has to do it. */
export async function takeLearningTurn(db: Database): Promise<boolean> {
  const { rows } = await sql`
    update configuration set demands_learned_at = clock_timestamp()
    where demands_learned_at is null
      or demands_learned_at < clock_timestamp() - make_interval(hours => ${LEARN_AGAIN_HOURS}::int)
    returning 1`.execute(db);
  return rows.length > 0;
}
