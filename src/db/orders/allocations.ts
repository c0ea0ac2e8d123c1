/** Allocations: units of a warehouse held for an item, one row for each pair, changed by differences. */
import { sql } from 'kysely';
import type { LineNumber, OrderId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import type { Allocation, OrderItem } from '../../core/orders/order-item.ts';
import { ints } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { lastInLineFirst } from '../rank.ts';
import { ITEM_COLUMNS, type ItemRow, itemFrom } from './order-items.ts';

export interface AllocationRow extends Allocation {
  readonly order: OrderId;
  readonly line: LineNumber;
}

/** Allocations of orders, within an item by the channel's preference of warehouses. */
export async function readAllocations(tx: Tx, orders: readonly OrderId[]): Promise<AllocationRow[]> {
  const { rows } = await sql<AllocationRow>`
    select a.order_id as "order", a.line, a.warehouse_id as warehouse, a.open, a.picked, a.shipped
    from allocations a
    join orders o on o.id = a.order_id
    left join channel_warehouses c on c.channel_id = o.channel_id and c.warehouse_id = a.warehouse_id
    where a.order_id = any(${ints(orders)}::bigint[])
    order by a.order_id, a.line, c.preference nulls last, a.warehouse_id`.execute(tx);
  return rows;
}

export interface AllocationChange {
  readonly order: OrderId;
  readonly line: LineNumber;
  readonly warehouse: WarehouseId;
  readonly product: ProductId;
  readonly open: number;
  readonly picked: number;
  readonly shipped: number;
}

export async function insertAllocations(tx: Tx, changes: readonly AllocationChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    insert into allocations (order_id, line, warehouse_id, product_id, open)
    select * from unnest(
      ${ints(changes.map((each) => each.order))}::bigint[],
      ${ints(changes.map((each) => each.line))}::smallint[],
      ${ints(changes.map((each) => each.warehouse))}::int[],
      ${ints(changes.map((each) => each.product))}::int[],
      ${ints(changes.map((each) => each.open))}::int[])
    on conflict (order_id, line, warehouse_id) do update set open = allocations.open + excluded.open`.execute(
    tx,
  );
}

export async function updateAllocations(tx: Tx, changes: readonly AllocationChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update allocations a set open = a.open + c.open, picked = a.picked + c.picked, shipped = a.shipped + c.shipped,
      acknowledged = least(a.acknowledged, a.open + c.open)
    from unnest(
      ${ints(changes.map((each) => each.order))}::bigint[],
      ${ints(changes.map((each) => each.line))}::smallint[],
      ${ints(changes.map((each) => each.warehouse))}::int[],
      ${ints(changes.map((each) => each.open))}::int[],
      ${ints(changes.map((each) => each.picked))}::int[],
      ${ints(changes.map((each) => each.shipped))}::int[]
    ) as c(order_id, line, warehouse_id, open, picked, shipped)
    where a.order_id = c.order_id and a.line = c.line and a.warehouse_id = c.warehouse_id`.execute(tx);
}

export interface Holder {
  readonly item: OrderItem;
  readonly unpicked: number;
  readonly onHold: boolean;
}

/** Who holds unpicked units of a product in a warehouse, the worst rank first, until `units` are covered. */
export async function readLastHolders(
  tx: Tx,
  { product, warehouse, units }: { product: ProductId; warehouse: WarehouseId; units: number },
): Promise<Holder[]> {
  const { rows } = await sql<ItemRow & { unpicked: number; onHold: boolean }>`
    select held.* from (
      select ${ITEM_COLUMNS}, a.open - a.picked as unpicked, o.hold is not null as "onHold",
        sum(a.open - a.picked) over worst - (a.open - a.picked) as before
      from allocations a
      join order_items i on i.order_id = a.order_id and i.line = a.line
      join orders o on o.id = a.order_id
      where a.warehouse_id = ${warehouse} and a.product_id = ${product} and a.open > a.picked
      window worst as (order by ${lastInLineFirst('i')})
    ) as held
    where held.before < ${units}
    order by held.before`.execute(tx);
  return rows.map(({ unpicked, onHold, ...row }) => ({
    item: itemFrom(withoutBefore(row)),
    unpicked,
    onHold,
  }));
}

function withoutBefore(row: ItemRow & { before?: unknown }): ItemRow {
  const { before: _, ...rest } = row;
  return rest;
}

export async function readPicked(tx: Tx, product: ProductId, warehouse: WarehouseId): Promise<number> {
  const { rows } = await sql<{ picked: number }>`
    select coalesce(sum(picked), 0)::bigint as picked from allocations
    where warehouse_id = ${warehouse} and product_id = ${product} and open > 0`.execute(tx);
  return rows[0]?.picked ?? 0;
}

/** Sets what an external warehouse said it will ship of its open allocations, and when. */
export async function acknowledgeAllocations(
  tx: Tx,
  {
    order,
    warehouse,
    expectedOn,
    lines,
  }: {
    readonly order: OrderId;
    readonly warehouse: WarehouseId;
    readonly expectedOn: string | null;
    readonly lines: readonly { readonly line: LineNumber; readonly units: number }[];
  },
): Promise<void> {
  await sql`
    update allocations a set acknowledged = c.units, expected_on = ${expectedOn}::date
    from unnest(
      ${ints(lines.map((each) => each.line))}::smallint[],
      ${ints(lines.map((each) => each.units))}::int[]
    ) as c(line, units)
    where a.order_id = ${order} and a.warehouse_id = ${warehouse} and a.line = c.line`.execute(tx);
}
