/**
 * The only door to a level. A movement and the level it makes are written by one statement from one value, and
 * allocated moves only together with the allocations that explain it (record-changes). Increments happen in SQL,
 * under the product's lock; the table's checks refuse a level that would break the laws.
 */
import { sql } from 'kysely';
import type { InventoryLevel } from '../core/inventory/level.ts';
import type { MovementKind } from '../core/inventory/movement.ts';
import type { ProductId, WarehouseId } from '../core/kernel/ids.ts';
import type { Instant } from '../core/kernel/time.ts';
import { ints, texts } from './arrays.ts';
import type { Tx } from './database.ts';

export async function readLevels(tx: Tx, products: readonly ProductId[]): Promise<InventoryLevel[]> {
  const { rows } = await sql<InventoryLevel>`
    select product_id as product, warehouse_id as warehouse, on_hand as "onHand", allocated
    from inventory_levels where product_id = any(${ints(products)}::int[])`.execute(tx);
  return rows;
}

export interface AvailableUnits {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly units: number;
}

/** What is available of the products, where anything is. */
export async function readAvailable(tx: Tx, products: readonly ProductId[]): Promise<AvailableUnits[]> {
  const { rows } = await sql<AvailableUnits>`
    select product_id as product, warehouse_id as warehouse, on_hand - allocated as units
    from inventory_levels
    where product_id = any(${ints(products)}::int[]) and on_hand > allocated
    order by product_id, warehouse_id`.execute(tx);
  return rows;
}

export interface AllocatedChange {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly units: number;
}

export async function changeAllocated(tx: Tx, changes: readonly AllocatedChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update inventory_levels l set allocated = l.allocated + c.units
    from unnest(
      ${ints(changes.map((each) => each.product))}::int[],
      ${ints(changes.map((each) => each.warehouse))}::int[],
      ${ints(changes.map((each) => each.units))}::int[]
    ) as c(product_id, warehouse_id, units)
    where l.product_id = c.product_id and l.warehouse_id = c.warehouse_id`.execute(tx);
}

export interface Movement {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly kind: MovementKind;
  /** Signed change of on hand. */
  readonly units: number;
}

/** Writes the movements and their levels; each (product, warehouse) may stand once in `movements`. */
export async function moveStock(
  tx: Tx,
  movements: readonly Movement[],
  because: { readonly reason: string | null; readonly cause: string; readonly now: Instant },
): Promise<void> {
  if (movements.length === 0) return;
  await sql`
    with m as (
      select * from unnest(
        ${ints(movements.map((each) => each.product))}::int[],
        ${ints(movements.map((each) => each.warehouse))}::int[],
        ${texts(movements.map((each) => each.kind))}::text[],
        ${ints(movements.map((each) => each.units))}::int[]
      ) as m(product_id, warehouse_id, kind, units)),
    changed as (
      update inventory_levels l set on_hand = l.on_hand + m.units, movements = l.movements + 1
      from m where l.product_id = m.product_id and l.warehouse_id = m.warehouse_id
      returning l.product_id, l.warehouse_id, l.on_hand, l.movements),
    created as (
      insert into inventory_levels (product_id, warehouse_id, on_hand, movements)
      select product_id, warehouse_id, units, 1 from m
      where not exists (select from inventory_levels l
        where l.product_id = m.product_id and l.warehouse_id = m.warehouse_id)
      returning product_id, warehouse_id, on_hand, movements),
    level as (select * from changed union all select * from created)
    insert into movements
      (product_id, warehouse_id, number, kind, units, balance, reason, cause, recorded_at)
    select product_id, warehouse_id, level.movements, m.kind, m.units, level.on_hand,
      ${because.reason}, ${because.cause}, ${new Date(because.now)}
    from m join level using (product_id, warehouse_id)`.execute(tx);
}
