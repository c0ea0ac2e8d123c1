/**
 * Products of which units lie free while somebody waits for them, most waiting units first, and who is first
 * in line.
 */
import { sql } from 'kysely';
import type { OrderId } from '../../core/kernel/ids.ts';
import type { Database } from '../../db/database.ts';
import { inRankOrder, isQueued, unserved } from '../../db/rank.ts';

export interface StrandedRow {
  readonly sku: string;
  readonly name: string;
  readonly available: number;
  readonly waiting: number;
  readonly orderId: OrderId | null;
  readonly orderNumber: string | null;
  readonly line: number | null;
}

/** A product to which a fill is owed is not stranded: it is about to be given. */
export async function readStranded(db: Database, limit: number): Promise<StrandedRow[]> {
  const { rows } = await sql<StrandedRow>`
    select s.*, first.order_id as "orderId", o.number as "orderNumber", first.line from (
      select p.id, p.sku, p.name, free.available, ${unserved('q')} as waiting
      from product_positions q
      join products p on p.id = q.product_id
      cross join lateral (
        select sum(l.on_hand - l.allocated)::bigint as available
        from inventory_levels l join warehouses w on w.id = l.warehouse_id
        where l.product_id = q.product_id and w.enabled) as free
      where ${unserved('q')} > 0 and q.fill_due_at is null and free.available > 0
      order by waiting desc, p.sku limit ${limit}) as s
    left join lateral (
      select i.order_id, i.line from order_items i
      where i.product_id = s.id and ${isQueued('i')}
      order by ${inRankOrder('i')} limit 1) as first on true
    left join orders o on o.id = first.order_id
    order by s.waiting desc, s.sku`.execute(db);
  return rows;
}
