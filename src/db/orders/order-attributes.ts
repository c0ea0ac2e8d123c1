/**
 * What rules may look at of orders that exist, each in one row. Read only while rules are in force. Value and weight are added up
 * without bound and seen up to one: a product may have become heavier, and older versions let in orders of any value.
 */
import { sql } from 'kysely';
import type { OrderAttributes } from '../../core/allocation/order-attributes.ts';
import { MAX_VALUE, MAX_WEIGHT } from '../../core/kernel/bounds.ts';
import type { OrderId, WarehouseId } from '../../core/kernel/ids.ts';
import { ints } from '../arrays.ts';
import type { Tx } from '../database.ts';

interface AttributesRow extends Omit<OrderAttributes, 'opened'> {
  readonly id: OrderId;
  readonly opened: readonly WarehouseId[];
}

export async function readOrderAttributes(
  tx: Tx,
  orders: readonly OrderId[],
): Promise<Map<OrderId, OrderAttributes>> {
  if (orders.length === 0) return new Map();
  const { rows } = await sql<AttributesRow>`
    select o.id, o.number, o.priority, o.shipping, o.customer, o.customer_group as "customerGroup",
      o.ship_to as "shipTo", item.items, item.units, item.value, item.weight_grams as "weightGrams",
      array(select a.warehouse_id from allocations a
        where a.order_id = o.id and a.open + a.shipped > 0
        group by a.warehouse_id order by a.warehouse_id) as opened
    from orders o
    cross join lateral (
      select count(*) as items, sum(i.ordered - i.cancelled) as units,
        least(sum((i.ordered - i.cancelled)::numeric * i.unit_price), ${MAX_VALUE}::bigint)::bigint as value,
        case when count(p.weight_grams) = count(*) then
          least(sum((i.ordered - i.cancelled)::numeric * p.weight_grams), ${MAX_WEIGHT}::bigint)::bigint
        end as weight_grams
      from order_items i join products p on p.id = i.product_id
      where i.order_id = o.id) as item
    where o.id = any(${ints(orders)}::bigint[])`.execute(tx);
  return new Map(
    rows.map(({ id, opened, ...attributes }) => [id, { ...attributes, opened: new Set(opened) }]),
  );
}
