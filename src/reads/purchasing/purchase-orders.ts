/** Purchase orders as they are shown: one with everything, and lists of them, newest first. */
import { type RawBuilder, sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import { type PurchaseOrderStage, purchaseOrderStatus } from '../../core/supply/purchase-order.ts';
import type { Database, Tx } from '../../db/database.ts';
import { unserved } from '../../db/rank.ts';
import { all, given } from '../filters.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterCursor, afterRow, orderOf, SORTED, type Sorting } from '../sorting.ts';

/** Warehouses with the day it is there; each worked out once. */
const PLACES = sql`
  with places as materialized (
    select id, code, (clock_timestamp() at time zone time_zone)::date as today from warehouses)`;

/** Open, and the day has passed where it should have arrived. */
const LATE = sql`(l.incoming > 0 and l.expected_on < w.today)`;

interface HeadRow {
  readonly id: number;
  readonly number: string;
  readonly supplier: string;
  readonly currency: string;
  readonly stage: PurchaseOrderStage;
  readonly note: string | null;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly value: string;
  readonly ordered: number;
  readonly received: number;
  readonly closed: number;
  readonly open: number;
}

const HEAD_COLUMNS = sql`
  p.id, p.number, s.code as supplier, s.currency, p.stage, p.note, p.created_at as "createdAt", p.sent_at as "sentAt",
  sums.*`;

const SUMS = sql`
  select coalesce(sum(l.ordered * l.unit_price::numeric), 0)::text as value, coalesce(sum(l.ordered), 0)::bigint as ordered,
    coalesce(sum(l.received), 0)::bigint as received, coalesce(sum(l.closed), 0)::bigint as closed,
    coalesce(sum(greatest(0, l.ordered - l.received - l.closed)), 0)::bigint as open, count(*)::int as lines,
    min(l.expected_on) filter (where l.incoming > 0) as "nextExpectedOn", coalesce(bool_or(${LATE}), false) as late,
    coalesce(sum(least(l.incoming, ${unserved('q')})), 0)::bigint as wanted
  from purchase_order_lines l join places w on w.id = l.warehouse_id
  join product_positions q on q.product_id = l.product_id
  where l.purchase_order_id = p.id`;

export async function readPurchaseOrderView(
  db: Database | Tx,
  number: string,
): Promise<PurchaseOrderView | undefined> {
  const { rows } = await sql<HeadRow & Pick<PurchaseOrderView, 'lines' | 'receipts'>>`
    ${PLACES} select ${HEAD_COLUMNS},
      (select coalesce(jsonb_agg(jsonb_build_object('line', l.line, 'sku', product.sku, 'warehouse', w.code,
          'ordered', l.ordered, 'received', l.received, 'closed', l.closed,
          'open', greatest(0, l.ordered - l.received - l.closed), 'unitPrice', l.unit_price,
          'expectedOn', l.expected_on, 'likelyOn', l.likely_on, 'late', ${LATE},
          'expectedDates', (select coalesce(jsonb_agg(jsonb_build_object('expectedOn', e.expected_on,
              'quotedAt', e.quoted_at, 'reason', e.reason) order by e.number), '[]')
            from expected_dates e where e.purchase_order_id = l.purchase_order_id and e.line = l.line),
          'boughtFor', case when l.for_order is not null
            then jsonb_build_object('orderId', l.for_order, 'line', l.for_line) end) order by l.line), '[]')
        from purchase_order_lines l
        join products product on product.id = l.product_id
        join places w on w.id = l.warehouse_id
        where l.purchase_order_id = p.id) as lines,
      (select coalesce(jsonb_agg(jsonb_build_object('reference', d.reference, 'line', r.line, 'units', r.units,
          'receivedOn', r.received_on, 'recordedAt', d.recorded_at) order by d.id, r.line), '[]')
        from purchase_order_receipts r join stock_documents d on d.id = r.document_id
        where r.purchase_order_id = p.id) as receipts
    from purchase_orders p
    join suppliers s on s.id = p.supplier_id
    cross join lateral (${SUMS}) as sums
    where p.number = ${number}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    ...headOf(row),
    lines: row.lines.map((line) => ({
      ...line,
      expectedDates: line.expectedDates.map((each) => ({ ...each, quotedAt: iso(each.quotedAt) })),
    })),
    receipts: row.receipts.map((each) => ({ ...each, recordedAt: iso(each.recordedAt) })),
  };
}

function iso(text: string): string {
  return new Date(text).toISOString();
}

function headOf(row: HeadRow) {
  const { number, supplier, currency, stage, note, createdAt, sentAt, value } = row;
  return {
    number,
    supplier,
    currency,
    status: purchaseOrderStatus(stage, row),
    note,
    createdAt: isoInstant(createdAt),
    sentAt: sentAt === null ? null : isoInstant(sentAt),
    value,
  };
}

type Row = AnswerOf<'listPurchaseOrders'>['rows'][number];

/** After every day of the calendar in use: orders of which nothing is on its way. */
const NO_DAY = '9999-12-31';
const EXPECTED = sql`coalesce(due.next, ${NO_DAY}::date)::text`;
const ORDERS_BY: Readonly<Record<QueryOf<'listPurchaseOrders'>['sort'], Sorting>> = {
  newest: { by: sql`p.id`, direction: 'down', tie: sql`p.id`, places: ['whole', 'whole'] },
  expected: { by: EXPECTED, direction: 'up', tie: sql`p.id`, places: ['text', 'whole'] },
};

function conditionsOf(query: QueryOf<'listPurchaseOrders'>): RawBuilder<unknown> {
  return all([
    afterCursor(query.cursor, ORDERS_BY[query.sort]),
    given(query.supplier, (supplier) => sql`s.code = ${supplier}`),
    given(
      query.sku,
      (sku) => sql`exists (
        select from purchase_order_lines l join products product on product.id = l.product_id
        where l.purchase_order_id = p.id and product.sku = ${sku})`,
    ),
    given(query.late, (late) => sql`coalesce(due.late, false) = ${late === 'true'}`),
    given(query.status, (status) => sql`${STATUS} = ${status}`),
    given(query.expectedFrom, (from) => sql`due.next >= ${from}::date`),
    given(query.expectedUntil, (until) => sql`due.next < ${until}::date`),
  ]);
}

/** purchaseOrderStatus (core) once more, for filters. */
const STATUS = sql`
  case when p.stage in ('draft', 'cancelled') then p.stage
    when sums.open = 0 then case when sums.closed > 0 then 'closed' else 'received' end
    when sums.received > 0 then 'partly_received' else p.stage end`;

export async function listPurchaseOrders(
  db: Database,
  query: QueryOf<'listPurchaseOrders'>,
): Promise<Page<Row>> {
  const sorting = ORDERS_BY[query.sort];
  const { rows } = await sql<HeadRow & Pick<Row, 'lines' | 'nextExpectedOn' | 'late' | 'wanted'>>`
    ${PLACES}, due as (
      select l.purchase_order_id as id, min(l.expected_on) as next, bool_or(${LATE}) as late
      from purchase_order_lines l join places w on w.id = l.warehouse_id
      where l.incoming > 0 group by 1
    ), p as (
      select p.*, ${sorting.by} as sorted_by, ${sorting.tie} as tie
      from purchase_orders p
      join suppliers s on s.id = p.supplier_id
      left join due on due.id = p.id
      ${query.status === undefined ? sql`` : sql`cross join lateral (${SUMS}) as sums`}
      where ${conditionsOf(query)}
      order by ${orderOf(sorting)} limit ${query.limit + 1}
    )
    select ${HEAD_COLUMNS}
    from p
    join suppliers s on s.id = p.supplier_id
    cross join lateral (${SUMS}) as sums
    order by ${orderOf({ ...sorting, ...SORTED })}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) =>
    query.sort === 'newest' ? [row.id, row.id] : [row.nextExpectedOn ?? NO_DAY, row.id],
  );
  return {
    ...page,
    rows: page.rows.map((row) => {
      const { lines, ordered, received, open, nextExpectedOn, late, wanted } = row;
      return { ...headOf(row), lines, ordered, received, open, nextExpectedOn, late, wanted };
    }),
  };
}

/** undefined when there is no purchase order of that number. */
export async function purchaseOrderId(db: Database, number: string): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`select id from purchase_orders where number = ${number}`.execute(
    db,
  );
  return rows[0]?.id;
}

export async function listPurchaseOrderEvents(
  db: Database,
  number: string,
  query: QueryOf<'listPurchaseOrderEvents'>,
): Promise<AnswerOf<'listPurchaseOrderEvents'> | undefined> {
  const after = afterRow(query.cursor, { columns: [sql`number`], direction: 'down', places: ['int'] });
  const order = await purchaseOrderId(db, number);
  if (order === undefined) return undefined;
  const { rows } = await sql<{
    number: number;
    recordedAt: Instant;
    cause: string;
    details: Record<string, unknown>;
  }>`
    select number, recorded_at as "recordedAt", cause, details from purchase_order_events
    where purchase_order_id = ${order} and ${after}
    order by number desc limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.number]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, recordedAt: isoInstant(row.recordedAt) })) };
}
