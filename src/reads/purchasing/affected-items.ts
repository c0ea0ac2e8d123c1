/**
 * Waiting items that a purchase order concerns: promised from it, or told another day because of it. Worst
 * first.
 */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Database } from '../../db/database.ts';
import { unserved } from '../../db/rank.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';
import { purchaseOrderId } from './purchase-orders.ts';

type Row = AnswerOf<'listAffectedItems'>['rows'][number];

/** Sorts what is not known behind everything. */
const NEVER = 1_000_000;

export async function listAffectedItems(
  db: Database,
  number: string,
  query: QueryOf<'listAffectedItems'>,
): Promise<Page<Row> | undefined> {
  const after = afterRow(query.cursor, {
    columns: [sql`(-worst)`, sql`"orderId"`, sql`line`],
    direction: 'up',
    places: ['int', 'whole', 'int'],
  });
  const order = await purchaseOrderId(db, number);
  if (order === undefined) return undefined;
  const names = JSON.stringify([{ purchaseOrder: number }]);
  const { rows } = await sql<Row & { readonly worst: number }>`
    select * from (
      select i.order_id as "orderId", o.number as "orderNumber", i.line, c.code as channel, i.customer, product.sku,
        i.ordered as units, ${unserved('i')} as waiting, p.first_on as first,
        p.told_on as told, p.told_on - p.first_on as "movedBy",
        coalesce(p.told_on - p.first_on, ${NEVER}) as worst
      from promises p
      join order_items i on i.order_id = p.order_id and i.line = p.line
      join orders o on o.id = i.order_id
      join sales_channels c on c.id = i.channel_id
      join products product on product.id = i.product_id
      where p.waiting and p.product_id in (
          select l.product_id from purchase_order_lines l where l.purchase_order_id = ${order})
        and (p.told @> ${names}::jsonb or exists (
          select from promise_events e where e.order_id = p.order_id and e.line = p.line
            and e.cause = ${`purchase_order/${number}`} and e.old is not null))) as affected
    where ${after}
    order by worst desc, "orderId", line limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [-row.worst, row.orderId, row.line]);
  return { ...page, rows: page.rows.map(({ worst: _, ...row }) => row) };
}
