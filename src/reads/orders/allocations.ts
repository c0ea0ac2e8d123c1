/**
 * Open allocations of a warehouse: what to pick now, and what keeps the others from leaving. The statement brings facts
 * alone; whether they may ship is asked where shipments ask (core/orders/may-ship).
 */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { type Instant, instantFromIso } from '../../core/kernel/time.ts';
import { type ShippingItem, type ShippingOrder, shippingBar } from '../../core/orders/may-ship.ts';
import type { Database } from '../../db/database.ts';
import { all, given } from '../filters.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';
import { RELEASE_IN_FORCE } from './release-in-force.ts';

type AllocationView = AnswerOf<'listAllocations'>['rows'][number];

interface ItemJson extends Omit<ShippingItem, 'releaseAt'> {
  readonly releaseAt: string | null;
}

interface AllocationRow
  extends Omit<AllocationView, 'shippable' | 'notShippable'>,
    Omit<ShippingOrder, 'items'> {
  readonly now: Instant;
  /** All items of the order, in its first row of the page; null in the others. */
  readonly items: readonly ItemJson[] | null;
}

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
  const { rows } = await sql<AllocationRow>`
    with page as materialized (
      select a.order_id, a.line, a.open, a.picked, p.sku, w.code as warehouse
      from allocations a
      join warehouses w on w.id = a.warehouse_id
      join products p on p.id = a.product_id
      where ${conditions}
      order by a.order_id, a.line limit ${query.limit + 1})
    select page.order_id as "orderId", o.number as "orderNumber", page.line, page.sku, c.code as channel,
      page.warehouse, page.open, page.picked, date_trunc('milliseconds', clock_timestamp()) as now,
      o.hold, o.shipping, o.item_gate_percent as "itemGatePercent", o.order_gate_percent as "orderGatePercent",
      case when page.line = min(page.line) over (partition by page.order_id) then (
        select jsonb_agg(jsonb_build_object('line', i.line, 'kind', i.kind, 'releaseAt', policy.release_at,
          'buckets', jsonb_build_object('ordered', i.ordered, 'allocated', i.allocated, 'shipped', i.shipped,
            'cancelled', i.cancelled)))
        from order_items i ${RELEASE_IN_FORCE} where i.order_id = page.order_id) end as items
    from page
    join orders o on o.id = page.order_id
    join sales_channels c on c.id = o.channel_id
    order by page.order_id, page.line`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.orderId, row.line]);
  return { ...page, rows: judged(page.rows) };
}

function judged(rows: readonly AllocationRow[]): AllocationView[] {
  let items: readonly ShippingItem[] = [];
  return rows.map(({ items: read, now, hold, shipping, itemGatePercent, orderGatePercent, ...row }) => {
    if (read !== null) items = read.map(itemFrom);
    const order = { hold, shipping, itemGatePercent, orderGatePercent, items };
    const item = items.find(({ line }) => line === row.line);
    if (item === undefined) throw new Error(`order ${row.orderId} has an allocation and no line ${row.line}`);
    const bar = shippingBar(order, item, now);
    return { ...row, shippable: bar === null, notShippable: bar?.code ?? null };
  });
}

function itemFrom({ releaseAt, ...item }: ItemJson): ShippingItem {
  return { ...item, releaseAt: releaseAt === null ? null : instantFromIso(releaseAt) };
}
