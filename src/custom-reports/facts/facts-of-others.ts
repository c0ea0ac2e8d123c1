/** Facts of what warehouses hold for whom, of orders that were refused, and of what was bought. */
import { sql } from 'kysely';
import {
  CODES,
  column,
  columnsFrom,
  type Moment,
  ORDER,
  ROWS_COUNTED,
  ROWS_NOT_KNOWN,
  ROWS_OF_ORDER,
  type Sources,
  utc,
} from './fact-sources.ts';

export function allocations(): Sources {
  return {
    from: sql`(
      select a.order_id, a.line, a.open, a.shipped, a.warehouse_id, i.product_id, i.channel_id, i.kind, i.priority
      from allocations a join order_items i on i.order_id = a.order_id and i.line = a.line
      where a.open + a.shipped > 0
    ) as t`,
    joins: {
      ...CODES.joins,
      ...ORDER.joins,
      warehouse: sql`join warehouses w on w.id = t.warehouse_id`,
    },
    columns: {
      ...CODES.columns,
      ...ORDER.columns,
      number: ORDER.number,
      ...ROWS_NOT_KNOWN,
      order_id: column(sql`t.order_id`),
      line: column(sql`t.line`),
      kind: column(sql`t.kind`),
      priority: column(sql`t.priority`),
      warehouse: column(sql`w.code`, 'warehouse'),
      held: column(sql`t.open::bigint`),
      sent: column(sql`t.shipped::bigint`),
    },
  };
}

/** The same for the report store, which has all rows of an order or none. */
export function allocationsToKeep(): Sources {
  const { from, columns, ...same } = allocations();
  return {
    ...same,
    from: sql`(select t.*, ${ROWS_COUNTED} from ${from}) as t`,
    columns: { ...columns, ...columnsFrom('t', Object.values(ROWS_OF_ORDER)) },
  };
}

export function refusals({ instant }: Moment): Sources {
  const when = column(utc(sql`t.recorded_at`));
  return {
    from: sql`order_refusals t`,
    where: sql`t.recorded_at <= ${instant}`,
    joins: CODES.joins,
    columns: {
      ...CODES.columns,
      number: column(sql`t.number`),
      order: column(sql`t.channel_id || '/' || t.number`),
      refusal_code: column(sql`t.code`),
      placed: when,
      changed: when,
      wanted: column(sql`t.wanted::bigint`),
      lost: column(sql`greatest(0, t.wanted - t.available - coalesce(t.may_wait, 0))::bigint`),
    },
  };
}

/** Lines of purchase orders that were sent. What they slipped by is known when nothing of them is open any more. */
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
