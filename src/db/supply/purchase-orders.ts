/**
 * Purchase orders: written under the gate of the products they name, so that what is incoming never changes while an
 * order or a promise is decided. `incoming` follows from stage and quantities in the statement that changes them.
 */
import { sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import type { OrderId, ProductId, PurchaseOrderId, SupplierId, WarehouseId } from '../../core/kernel/ids.ts';
import type { Instant, LocalDate } from '../../core/kernel/time.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
  PurchaseOrderStage,
} from '../../core/supply/purchase-order.ts';
import { ints, jsons, texts } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';
import { unserved } from '../rank.ts';
import { IS_FOR_ALL, ITEM_OF_LINE } from './bought-lines.ts';

export interface PurchaseLine extends PurchaseOrderLine {
  readonly line: number;
  readonly product: ProductId;
  readonly sku: string;
  readonly warehouse: WarehouseId;
  readonly incoming: number;
  readonly unitPrice: number;
  readonly expectedOn: LocalDate | null;
  readonly likelyOn: LocalDate | null;
  readonly forOrder: OrderId | null;
  readonly forLine: number | null;
}

export interface PurchaseOrderRow extends PurchaseOrder {
  readonly lines: readonly PurchaseLine[];
}

/** The products of a purchase order; none when there is no such order. */
export async function productsOfPurchaseOrder(db: Database | Tx, number: string): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    select distinct l.product_id as product
    from purchase_orders p join purchase_order_lines l on l.purchase_order_id = p.id
    where p.number = ${number}`.execute(db);
  return rows.map((row) => row.product);
}

/** Locks the order, after its products, and reads it. */
export async function lockPurchaseOrder(tx: Tx, number: string): Promise<PurchaseOrderRow | undefined> {
  const { rows } = await sql<PurchaseOrder>`
    select id, number, supplier_id as supplier, stage from purchase_orders
    where number = ${number} for update`.execute(tx);
  const [order] = rows;
  if (order === undefined) return undefined;
  const lines = await sql<PurchaseLine>`
    select l.line, l.product_id as product, p.sku, l.warehouse_id as warehouse, l.ordered, l.received, l.closed,
      l.incoming, l.unit_price as "unitPrice", l.expected_on as "expectedOn", l.likely_on as "likelyOn",
      l.for_order as "forOrder", l.for_line as "forLine"
    from purchase_order_lines l join products p on p.id = l.product_id
    where l.purchase_order_id = ${order.id} order by l.line`.execute(tx);
  return { ...order, lines: lines.rows };
}

export interface NewPurchaseOrder {
  readonly number: string;
  readonly supplier: SupplierId;
  readonly note: string | null;
}

/** Creates the draft, or finds the one that stands under its number. */
export async function putPurchaseOrderRow(
  tx: Tx,
  { number, supplier, note }: NewPurchaseOrder,
  now: Instant,
): Promise<PurchaseOrderId> {
  const { rows } = await sql<{ id: PurchaseOrderId }>`
    insert into purchase_orders (number, supplier_id, stage, note, created_at)
    values (${number}, ${supplier}, 'draft', ${note}, ${new Date(now)})
    on conflict (number) do update set supplier_id = excluded.supplier_id, note = excluded.note
    returning id`.execute(tx);
  return present(rows[0], 'what is put is returned').id;
}

/** Whoever drafts what is suggested waits for the one who does so now, and finds it drafted. */
export async function ownPurchasing(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(1735289207)`.execute(tx);
}

/** A number that no purchase order has yet: PO-000017. */
export async function drawPurchaseOrderNumber(tx: Tx): Promise<string> {
  for (;;) {
    const { rows } = await sql<{ number: string; taken: boolean }>`
      select number, exists (select from purchase_orders o where o.number = drawn.number) as taken
      from (select 'PO-' || lpad(nextval('purchase_order_numbers')::text, 6, '0') as number) as drawn`.execute(
      tx,
    );
    const [drawn] = rows;
    if (drawn !== undefined && !drawn.taken) return drawn.number;
  }
}

export interface NewPurchaseLine {
  readonly line: number;
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  readonly ordered: number;
  readonly unitPrice: number;
  readonly expectedOn: string | null;
  readonly forOrder: OrderId | null;
  readonly forLine: number | null;
}

/** Replaces the lines of a draft. */
export async function replacePurchaseLines(
  tx: Tx,
  order: PurchaseOrderId,
  lines: readonly NewPurchaseLine[],
): Promise<void> {
  await sql`delete from purchase_order_lines where purchase_order_id = ${order}`.execute(tx);
  await addPurchaseLines(tx, order, lines);
}

export async function addPurchaseLines(
  tx: Tx,
  order: PurchaseOrderId,
  lines: readonly NewPurchaseLine[],
): Promise<void> {
  if (lines.length === 0) return;
  await sql`
    insert into purchase_order_lines (purchase_order_id, line, product_id, warehouse_id, ordered, unit_price,
      expected_on, for_order, for_line)
    select ${order}, l.* from unnest(
      ${ints(lines.map((each) => each.line))}::smallint[],
      ${ints(lines.map((each) => each.product))}::int[],
      ${ints(lines.map((each) => each.warehouse))}::int[],
      ${ints(lines.map((each) => each.ordered))}::int[],
      ${ints(lines.map((each) => each.unitPrice))}::bigint[],
      ${texts(lines.map((each) => each.expectedOn))}::date[],
      ${texts(lines.map((each) => each.forOrder?.toString() ?? null))}::bigint[],
      ${texts(lines.map((each) => each.forLine?.toString() ?? null))}::smallint[]) as l`.execute(tx);
}

/** Units received and closed are added; stage and incoming follow in the same statement. */
export interface LineChange {
  readonly line: number;
  readonly received: number;
  readonly closed: number;
  /** Of the closed ones, those that we did not want any more. */
  readonly withdrawn: number;
}

export async function changePurchaseLines(
  tx: Tx,
  order: PurchaseOrderId,
  changes: readonly LineChange[],
): Promise<void> {
  await sql`
    update purchase_order_lines l set received = l.received + c.received, closed = l.closed + c.closed,
      withdrawn = l.withdrawn + c.withdrawn,
      incoming = greatest(0, l.ordered - l.received - c.received - l.closed - c.closed)
    from unnest(
      ${ints(changes.map((each) => each.line))}::smallint[],
      ${ints(changes.map((each) => each.received))}::int[],
      ${ints(changes.map((each) => each.closed))}::int[],
      ${ints(changes.map((each) => each.withdrawn))}::int[]
    ) as c(line, received, closed, withdrawn)
    where l.purchase_order_id = ${order} and l.line = c.line`.execute(tx);
}

export async function setPurchaseOrderStage(
  tx: Tx,
  order: PurchaseOrderId,
  { stage, now }: { readonly stage: PurchaseOrderStage; readonly now: Instant },
): Promise<void> {
  await sql`
    update purchase_orders set stage = ${stage},
      sent_at = case when ${stage} = 'sent' then ${new Date(now)} else sent_at end
    where id = ${order}`.execute(tx);
  await sql`
    update purchase_order_lines set incoming =
      case when ${stage}::text in ('sent', 'confirmed') then greatest(0, ordered - received - closed) else 0 end
    where purchase_order_id = ${order}`.execute(tx);
}

/** A day quoted for a line and what is made of it. */
export interface QuotedDate {
  readonly line: number;
  readonly expectedOn: LocalDate;
  readonly likelyOn: LocalDate;
  /** How much of the line arrives at the chosen confidence. */
  readonly likelyPercent: number;
  /** Receipts that stand behind the likely day. */
  readonly likelyRecords: number;
}

/** Sets the days of lines and keeps each as quoted now. */
export async function quoteDates(
  tx: Tx,
  order: PurchaseOrderId,
  {
    quotes,
    reason,
    now,
  }: { readonly quotes: readonly QuotedDate[]; readonly reason: string | null; readonly now: Instant },
): Promise<void> {
  await sql`
    with quoted as (
      select * from unnest(
        ${ints(quotes.map((each) => each.line))}::smallint[],
        ${texts(quotes.map((each) => each.expectedOn))}::date[],
        ${texts(quotes.map((each) => each.likelyOn))}::date[],
        ${ints(quotes.map((each) => each.likelyPercent))}::smallint[],
        ${ints(quotes.map((each) => each.likelyRecords))}::int[]
      ) as q(line, expected_on, likely_on, likely_percent, likely_records)),
    changed as (
      update purchase_order_lines l set expected_on = q.expected_on, likely_on = q.likely_on,
        likely_percent = q.likely_percent, likely_records = q.likely_records
      from quoted q where l.purchase_order_id = ${order} and l.line = q.line)
    insert into expected_dates (purchase_order_id, line, number, expected_on, quoted_at, reason)
    select ${order}, q.line, coalesce(before.number, 0) + 1, q.expected_on, ${new Date(now)}, ${reason}
    from quoted q left join lateral (
      select max(e.number) as number from expected_dates e
      where e.purchase_order_id = ${order} and e.line = q.line) as before on true`.execute(tx);
}

/** Another likely day for lines whose quoted day stays: something was learned, or the day has passed. */
export async function setLikelyDates(
  tx: Tx,
  dates: readonly (Omit<QuotedDate, 'expectedOn'> & { readonly order: PurchaseOrderId })[],
): Promise<void> {
  if (dates.length === 0) return;
  await sql`
    update purchase_order_lines l set likely_on = d.likely_on, likely_percent = d.likely_percent,
      likely_records = d.likely_records
    from unnest(
      ${ints(dates.map((each) => each.order))}::bigint[],
      ${ints(dates.map((each) => each.line))}::smallint[],
      ${texts(dates.map((each) => each.likelyOn))}::date[],
      ${ints(dates.map((each) => each.likelyPercent))}::smallint[],
      ${ints(dates.map((each) => each.likelyRecords))}::int[]
    ) as d(purchase_order_id, line, likely_on, likely_percent, likely_records)
    where l.purchase_order_id = d.purchase_order_id and l.line = d.line`.execute(tx);
}

export async function insertReceiptLines(
  tx: Tx,
  { document, order, receivedOn }: { document: number; order: PurchaseOrderId; receivedOn: LocalDate },
  lines: readonly { readonly line: number; readonly units: number }[],
): Promise<void> {
  await sql`
    insert into purchase_order_receipts (document_id, purchase_order_id, line, units, received_on)
    select ${document}, ${order}, r.line, r.units, ${receivedOn}::date from unnest(
      ${ints(lines.map((each) => each.line))}::smallint[],
      ${ints(lines.map((each) => each.units))}::int[]) as r(line, units)`.execute(tx);
}

/** Writes the next event of the order. */
export async function insertPurchaseOrderEvent(
  tx: Tx,
  order: PurchaseOrderId,
  event: { readonly cause: string; readonly details: unknown; readonly now: Instant },
): Promise<void> {
  await sql`
    with next as (update purchase_orders set events = events + 1 where id = ${order} returning events)
    insert into purchase_order_events (purchase_order_id, number, recorded_at, cause, details)
    select ${order}, next.events, ${new Date(event.now)}, ${event.cause}, d.details
    from next, unnest(${jsons([event.details])}::jsonb[]) as d(details)`.execute(tx);
}

/** Incoming units as promises count on them. */
export interface IncomingRow {
  readonly product: ProductId;
  readonly purchaseOrder: string;
  readonly line: number;
  readonly warehouse: WarehouseId;
  readonly likelyOn: LocalDate;
  readonly ordered: number;
  readonly received: number;
  readonly incoming: number;
  readonly likelyPercent: number;
  readonly likelyRecords: number;
  /** The item it was bought for, while that waits for it. */
  readonly forOrder: OrderId | null;
  readonly forLine: number | null;
  /** Units of that item that wait; 0 without one. */
  readonly spokenFor: number;
}

export async function readIncoming(tx: Tx, products: readonly ProductId[]): Promise<IncomingRow[]> {
  const { rows } = await sql<IncomingRow>`
    select l.product_id as product, p.number as "purchaseOrder", l.line, l.warehouse_id as warehouse,
      l.likely_on as "likelyOn", l.ordered, l.received, l.incoming, l.likely_percent as "likelyPercent",
      l.likely_records as "likelyRecords",
      i.order_id as "forOrder", i.line as "forLine",
      coalesce(${unserved('i')}, 0) as "spokenFor"
    from purchase_order_lines l
    join purchase_orders p on p.id = l.purchase_order_id
    left join order_items i on ${ITEM_OF_LINE}
    where l.product_id = any(${ints(products)}::int[]) and l.incoming > 0 and l.likely_on is not null
    order by l.product_id, greatest(l.likely_on, current_date), p.id, l.line`.execute(tx);
  return rows;
}

/** Units on their way that are for all who wait. */
export async function readIncomingUnits(
  tx: Tx,
  products: readonly ProductId[],
): Promise<{ readonly product: ProductId; readonly units: number }[]> {
  const { rows } = await sql<{ product: ProductId; units: number }>`
    select product_id as product, sum(incoming)::bigint as units from purchase_order_lines l
    where product_id = any(${ints(products)}::int[]) and incoming > 0 and ${IS_FOR_ALL}
    group by product_id`.execute(tx);
  return rows;
}
