/** Open allocations of a warehouse: what to pick now, and what keeps the others from leaving. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Database } from '../../db/database.ts';
import { all, given } from '../filters.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type AllocationView = AnswerOf<'listAllocations'>['rows'][number];

export async function listAllocations(
  db: Database,
  query: QueryOf<'listAllocations'>,
): Promise<Page<AllocationView>> {
  const conditions = all([
    sql`w.code = ${query.warehouse} and a.open > 0`,
    given(query.sku, (sku) => sql`p.sku = ${sku}`),
    afterRow(query.cursor, {
      columns: [sql`a.order_id`, sql`a.line`],
      direction: 'up',
      places: ['whole', 'int'],
    }),
  ]);
  const { rows } = await sql<Omit<AllocationView, 'shippable'>>`
    select a.order_id as "orderId", o.number as "orderNumber", a.line, p.sku, c.code as channel,
      w.code as warehouse, a.open, a.picked,
      case
        when o.hold is not null then 'on_hold'
        when i.kind = 'preorder' and policy.release_at > clock_timestamp() then 'not_released'
        when o.shipping = 'complete' and exists (
          select from order_items s where s.order_id = o.id
            and s.pending + s.backordered + s.preordered + s.unfillable > 0) then 'order_incomplete'
        when 100::bigint * (i.allocated + i.shipped) < o.item_gate_percent::bigint * (i.ordered - i.cancelled)
          or o.order_gate_percent is not null and exists (
            select from order_items s where s.order_id = o.id
            having 100 * sum(s.allocated + s.shipped) < o.order_gate_percent * sum(s.ordered - s.cancelled))
          then 'below_release_gate'
      end as "notShippable"
    from allocations a
    join warehouses w on w.id = a.warehouse_id
    join orders o on o.id = a.order_id
    join order_items i on i.order_id = a.order_id and i.line = a.line
    join products p on p.id = a.product_id
    join sales_channels c on c.id = o.channel_id
    left join lateral (
      select release_instant(s.release_local, s.release_is_date, s.release_zone) as release_at from sell_policies s
      where s.product_id = i.product_id and (s.channel_id = i.channel_id or s.channel_id is null)
      order by s.channel_id nulls last limit 1) as policy on true
    where ${conditions}
    order by a.order_id, a.line limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.orderId, row.line]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, shippable: row.notShippable === null })) };
}
