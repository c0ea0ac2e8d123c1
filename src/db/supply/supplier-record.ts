/** What is learned from receipts about suppliers: the records to learn from, and the model that was learned. */
import { sql } from 'kysely';
import type { ProductId, PurchaseOrderId, SupplierId } from '../../core/kernel/ids.ts';
import type { LocalDate } from '../../core/kernel/time.ts';
import type { Database, Tx } from '../database.ts';

/** Quotes and lines learned from at most, the newest first: a tenth of a second of work, and older ones hardly count. */
const MAX_RECORDS = 10_000;

/** A slip beyond a year, early or late, is taken for a wrong date. */
const MAX_SLIP_DAYS = 366;

/** Only one node learns at a time: false when another does. */
export async function ownLearning(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ own: boolean }>`select pg_try_advisory_xact_lock(1735289206) as own`.execute(
    tx,
  );
  return rows[0]?.own ?? false;
}

/** Whether something was counted in since it was learned from last. */
export async function receivedSinceLearning(db: Database): Promise<boolean> {
  const { rows } = await sql<{ received: boolean }>`
    select exists (
      select from purchase_order_events e
      where e.cause = 'received' and e.recorded_at > coalesce(c.slip_learned_at, '-infinity')) as received
    from configuration c`.execute(db);
  return rows[0]?.received ?? false;
}

export interface SlipRow {
  readonly supplier: SupplierId;
  readonly product: ProductId;
  /** From the quoted day to the arrival of the last unit, or to today while units are open. */
  readonly days: number;
  readonly arrived: boolean;
  /** Days since the quoted day; 0 before it. */
  readonly age: number;
}

/** One record for each day a supplier ever quoted. */
export async function readSlipRecords(tx: Tx): Promise<SlipRow[]> {
  const { rows } = await sql<SlipRow>`
    select p.supplier_id as supplier, l.product_id as product, l.incoming = 0 as arrived,
      case when l.incoming = 0 then arrival.day else today.day end - e.expected_on as days,
      greatest(0, today.day - e.expected_on) as age
    from expected_dates e
    join purchase_order_lines l on l.purchase_order_id = e.purchase_order_id and l.line = e.line
    join purchase_orders p on p.id = l.purchase_order_id
    join warehouses w on w.id = l.warehouse_id
    cross join lateral (select (clock_timestamp() at time zone w.time_zone)::date as day) as today
    left join lateral (
      select max(r.received_on) as day from purchase_order_receipts r
      where r.purchase_order_id = l.purchase_order_id and r.line = l.line) as arrival on true
    where (l.incoming > 0 or (l.received > 0 and arrival.day is not null))
      and abs(case when l.incoming = 0 then arrival.day else today.day end - e.expected_on) <= ${MAX_SLIP_DAYS}
    order by e.quoted_at desc limit ${MAX_RECORDS}`.execute(tx);
  return rows;
}

export interface YieldRow {
  readonly supplier: SupplierId;
  readonly product: ProductId;
  /** Without units that we did not want any more. */
  readonly ordered: number;
  readonly received: number;
  /** Days since the line was done. */
  readonly age: number;
}

export async function readYieldRecords(tx: Tx): Promise<YieldRow[]> {
  const { rows } = await sql<YieldRow>`
    select p.supplier_id as supplier, l.product_id as product, l.ordered - l.withdrawn as ordered, l.received,
      greatest(0, current_date - coalesce(arrival.day, p.sent_at::date)) as age
    from purchase_order_lines l
    join purchase_orders p on p.id = l.purchase_order_id
    left join lateral (
      select max(r.received_on) as day from purchase_order_receipts r
      where r.purchase_order_id = l.purchase_order_id and r.line = l.line) as arrival on true
    where p.stage in ('sent', 'confirmed') and l.incoming = 0 and l.ordered > l.withdrawn
    order by p.id desc limit ${MAX_RECORDS}`.execute(tx);
  return rows;
}

/** What was learned last; undefined before anything was. */
export async function readSupplierRecord<Model>(tx: Tx): Promise<Model | undefined> {
  const { rows } = await sql<{ model: Model | null }>`
    select case when slip_learned_at is not null then slip_model end as model from configuration`.execute(tx);
  return rows[0]?.model ?? undefined;
}

export async function keepSupplierRecord(tx: Tx, model: unknown): Promise<void> {
  await sql`
    update configuration set slip_model = ${JSON.stringify(model)}::jsonb, slip_learned_at = clock_timestamp()`.execute(
    tx,
  );
}

export interface OpenQuote {
  readonly order: PurchaseOrderId;
  readonly line: number;
  readonly supplier: SupplierId;
  readonly product: ProductId;
  readonly timeZone: string;
  readonly expectedOn: LocalDate;
  readonly likelyOn: LocalDate;
  readonly likelyPercent: number;
  readonly likelyRecords: number;
}

/** Lines that are judged in one go, some hundredths of a second of work: whoever waits for this process gets a turn then. */
const PAGE = 2_000;

/** The quoted days of all lines that are on their way, page by page. */
export async function* openQuotes(tx: Tx): AsyncGenerator<OpenQuote[]> {
  let page = await readOpenQuotes(tx, undefined);
  while (page.length > 0) {
    yield page;
    page = page.length < PAGE ? [] : await readOpenQuotes(tx, page.at(-1));
  }
}

async function readOpenQuotes(tx: Tx, after: OpenQuote | undefined): Promise<OpenQuote[]> {
  const { product, order, line } = after ?? { product: 0, order: 0, line: 0 };
  const { rows } = await sql<OpenQuote>`
    select l.purchase_order_id as "order", l.line, p.supplier_id as supplier, l.product_id as product,
      w.time_zone as "timeZone", l.expected_on as "expectedOn", l.likely_on as "likelyOn",
      l.likely_percent as "likelyPercent", l.likely_records as "likelyRecords"
    from purchase_order_lines l
    join purchase_orders p on p.id = l.purchase_order_id
    join warehouses w on w.id = l.warehouse_id
    where l.incoming > 0 and l.expected_on is not null
      and (l.product_id, l.purchase_order_id, l.line) > (${product}::int, ${order}::bigint, ${line}::int)
    order by l.product_id, l.purchase_order_id, l.line limit ${PAGE}`.execute(tx);
  return rows;
}
