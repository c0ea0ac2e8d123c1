/**
 * What warehouses were given to do on their days, for rules with a capacity or a balance. Rows of the current day are locked after the products, in the order of the warehouses, by whoever
 * decides by them: so a capacity is exact under concurrency, at the price that such decisions are made one after another.
 */
import { sql } from 'kysely';
import type { WarehouseLoad } from '../core/allocation/world/day-loads.ts';
import type { WarehouseId } from '../core/kernel/ids.ts';
import type { LocalDate } from '../core/kernel/time.ts';
import { ints, texts } from './arrays.ts';
import type { Tx } from './database.ts';

export interface WarehouseDay {
  readonly warehouse: WarehouseId;
  readonly day: LocalDate;
}

/** The loads of these days, locked until the transaction ends; rows that are missing are made. */
export async function lockWarehouseDays(tx: Tx, days: readonly WarehouseDay[]): Promise<WarehouseLoad[]> {
  const sorted = days.toSorted((a, b) => a.warehouse - b.warehouse);
  const warehouses = ints(sorted.map(({ warehouse }) => warehouse));
  const dates = texts(sorted.map(({ day }) => day));
  await sql`
    insert into warehouse_days (warehouse_id, day, orders, units)
    select warehouse_id, day, 0, 0 from unnest(${warehouses}::int[], ${dates}::date[]) as d(warehouse_id, day)
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<WarehouseLoad>`
    select warehouse_id as warehouse, orders, units from warehouse_days
    where (warehouse_id, day) in (select * from unnest(${warehouses}::int[], ${dates}::date[]))
    order by warehouse_id for update`.execute(tx);
  return rows;
}

/** The loads of these days as they are, locking nothing. */
export async function readWarehouseDays(tx: Tx, days: readonly WarehouseDay[]): Promise<WarehouseLoad[]> {
  const { rows } = await sql<WarehouseLoad>`
    select warehouse_id as warehouse, orders, units from warehouse_days
    where (warehouse_id, day) in (select * from unnest(
      ${ints(days.map(({ warehouse }) => warehouse))}::int[], ${texts(days.map(({ day }) => day))}::date[]))`.execute(
    tx,
  );
  return rows;
}

export async function addToWarehouseDays(
  tx: Tx,
  loads: readonly (WarehouseLoad & { readonly day: LocalDate })[],
): Promise<void> {
  if (loads.length === 0) return;
  await sql`
    update warehouse_days d set orders = d.orders + c.orders, units = d.units + c.units
    from unnest(
      ${ints(loads.map(({ warehouse }) => warehouse))}::int[], ${texts(loads.map(({ day }) => day))}::date[],
      ${ints(loads.map(({ orders }) => orders))}::int[], ${ints(loads.map(({ units }) => units))}::bigint[]
    ) as c(warehouse_id, day, orders, units)
    where d.warehouse_id = c.warehouse_id and d.day = c.day`.execute(tx);
}
