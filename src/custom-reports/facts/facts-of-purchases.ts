/** Facts of purchases: a row for each line of a purchase order that was sent. */
import { sql } from 'kysely';
import { CODES, column, type Sources, utc } from './fact-sources.ts';

/** What a line slipped by is known when nothing of it is open any more. */
export function purchases(): Sources {
  return {
    from: sql`(
      select l.*, o.supplier_id, o.sent_at, o.number
      from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id
      where o.sent_at is not null
    ) as t`,
    joins: {
      product: CODES.joins.product,
      supplier: sql`join suppliers s on s.id = t.supplier_id`,
      warehouse: sql`join warehouses w on w.id = t.warehouse_id`,
      quoted: sql`
        left join expected_dates d on d.purchase_order_id = t.purchase_order_id and d.line = t.line and d.number = 1`,
      arrived: sql`
        left join (
          select purchase_order_id, line, max(received_on) as last_on from purchase_order_receipts
          group by purchase_order_id, line
        ) as arrived on arrived.purchase_order_id = t.purchase_order_id and arrived.line = t.line`,
    },
    columns: {
      product_id: CODES.columns.product_id,
      product: CODES.columns.product,
      supplier: column(sql`s.code`, 'supplier'),
      supplier_id: column(sql`t.supplier_id`),
      warehouse: column(sql`w.code`, 'warehouse'),
      purchase_order: column(sql`t.number`),
      line: column(sql`t.line`),
      sent: column(utc(sql`t.sent_at`)),
      expected: column(sql`d.expected_on::timestamp`, 'quoted'),
      ordered: column(sql`t.ordered::bigint`),
      received: column(sql`t.received::bigint`),
      incoming: column(sql`t.incoming::bigint`),
      slip: column(
        sql`(case when t.received + t.closed >= t.ordered then arrived.last_on - d.expected_on end)::float8`,
        'quoted',
        'arrived',
      ),
    },
  };
}
