/** Suppliers and the terms under which they sell us products. */
import { sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import type { ProductId, SupplierId } from '../../core/kernel/ids.ts';
import type { LocalDate } from '../../core/kernel/time.ts';
import type { WorkCalendar } from '../../core/supply/calendar.ts';
import { ints, texts } from '../arrays.ts';
import type { Tx } from '../database.ts';

export interface SupplierRow {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly leadDays: number;
  readonly closedWeekdays: readonly number[];
  readonly closedDates: readonly string[];
  readonly minimumOrder: number | null;
  readonly overReceiptPercent: number;
  readonly enabled: boolean;
}

export async function putSupplierRow(tx: Tx, row: SupplierRow): Promise<SupplierId> {
  const { rows } = await sql<{ id: SupplierId }>`
    insert into suppliers (code, name, currency, time_zone, lead_days, closed_weekdays, closed_dates, minimum_order,
      over_receipt_percent, enabled)
    values (${row.code}, ${row.name}, ${row.currency}, ${row.timeZone}, ${row.leadDays},
      ${ints(row.closedWeekdays)}::smallint[], ${texts(row.closedDates)}::date[], ${row.minimumOrder},
      ${row.overReceiptPercent}, ${row.enabled})
    on conflict (code) do update set name = excluded.name, currency = excluded.currency,
      time_zone = excluded.time_zone, lead_days = excluded.lead_days, closed_weekdays = excluded.closed_weekdays,
      closed_dates = excluded.closed_dates, minimum_order = excluded.minimum_order,
      over_receipt_percent = excluded.over_receipt_percent, enabled = excluded.enabled
    returning id`.execute(tx);
  return present(rows[0], 'what is put is returned').id;
}

/** Whoever changes part of a supplier begins from what stands, so nobody else may change it meanwhile. */
export async function lockSupplier(tx: Tx, code: string): Promise<void> {
  await sql`select from suppliers where code = ${code} for update`.execute(tx);
}

export interface Supplier extends WorkCalendar {
  readonly id: SupplierId;
  readonly code: string;
  readonly timeZone: string;
  readonly leadDays: number;
  readonly minimumOrder: number | null;
  readonly overReceiptPercent: number;
  readonly enabled: boolean;
}

const SUPPLIER_COLUMNS = sql`
  s.id, s.code, s.time_zone as "timeZone", s.lead_days as "leadDays", s.closed_weekdays as "closedWeekdays",
  s.closed_dates::text[] as "closedDates", s.minimum_order as "minimumOrder",
  s.over_receipt_percent as "overReceiptPercent", s.enabled`;

/** By its code or, for one a purchase order names, by its id. */
export async function readSupplier(tx: Tx, by: string | SupplierId): Promise<Supplier | undefined> {
  const { rows } = await sql<Supplier>`
    select ${SUPPLIER_COLUMNS} from suppliers s
    where ${typeof by === 'string' ? sql`s.code = ${by}` : sql`s.id = ${by}`}`.execute(tx);
  return rows[0];
}

/** Lead times that differ from the supplier's own, by product. */
export async function readLeadDays(tx: Tx, supplier: SupplierId): Promise<ReadonlyMap<ProductId, number>> {
  const { rows } = await sql<{ product: ProductId; leadDays: number }>`
    select product_id as product, lead_days as "leadDays" from supplier_products
    where supplier_id = ${supplier} and lead_days is not null`.execute(tx);
  return new Map(rows.map(({ product, leadDays }) => [product, leadDays]));
}

export interface TermsRow {
  readonly supplierSku: string | null;
  readonly preference: number;
  readonly unitPrice: number;
  readonly packSize: number;
  readonly minimumUnits: number;
  readonly leadDays: number | null;
  readonly promiseByLeadTime: boolean;
  readonly buyToOrder: boolean;
}

interface TermsKey {
  readonly supplier: SupplierId;
  readonly product: ProductId;
}

export async function putTermsRow(tx: Tx, { supplier, product }: TermsKey, row: TermsRow): Promise<void> {
  await sql`
    insert into supplier_products (product_id, supplier_id, supplier_sku, preference, unit_price, pack_size,
      minimum_units, lead_days, promise_by_lead_time, buy_to_order)
    values (${product}, ${supplier}, ${row.supplierSku}, ${row.preference}, ${row.unitPrice}, ${row.packSize},
      ${row.minimumUnits}, ${row.leadDays}, ${row.promiseByLeadTime}, ${row.buyToOrder})
    on conflict (product_id, supplier_id) do update set supplier_sku = excluded.supplier_sku,
      preference = excluded.preference, unit_price = excluded.unit_price, pack_size = excluded.pack_size,
      minimum_units = excluded.minimum_units, lead_days = excluded.lead_days,
      promise_by_lead_time = excluded.promise_by_lead_time, buy_to_order = excluded.buy_to_order`.execute(tx);
}

/** @returns whether there was such a row */
export async function deleteTermsRow(tx: Tx, { supplier, product }: TermsKey): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from supplier_products where product_id = ${product} and supplier_id = ${supplier}`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}

/** How a product is bought from the supplier that is asked first. */
export interface Sourcing extends WorkCalendar {
  readonly product: ProductId;
  readonly supplier: SupplierId;
  readonly supplierCode: string;
  readonly timeZone: string;
  readonly leadDays: number;
  readonly unitPrice: number;
  readonly packSize: number;
  readonly minimumUnits: number;
  readonly promiseByLeadTime: boolean;
  readonly buyToOrder: boolean;
}

/** The first enabled supplier of each product that has one. */
export async function readSourcing(
  tx: Tx,
  products: readonly ProductId[],
): Promise<Map<ProductId, Sourcing>> {
  const { rows } = await sql<Sourcing & { closedDates: readonly LocalDate[] }>`
    select distinct on (t.product_id) t.product_id as product, s.id as supplier, s.code as "supplierCode",
      s.time_zone as "timeZone", coalesce(t.lead_days, s.lead_days) as "leadDays", t.unit_price as "unitPrice",
      t.pack_size as "packSize", t.minimum_units as "minimumUnits",
      t.promise_by_lead_time as "promiseByLeadTime", t.buy_to_order as "buyToOrder",
      s.closed_weekdays as "closedWeekdays", s.closed_dates::text[] as "closedDates"
    from supplier_products t join suppliers s on s.id = t.supplier_id and s.enabled
    where t.product_id = any(${ints(products)}::int[])
    order by t.product_id, t.preference, s.code`.execute(tx);
  return new Map(rows.map((row) => [row.product, row]));
}

/** Sets what positions keep of how their products are bought, and makes promises due; locks in product order. */
export async function refreshSourcing(
  tx: Tx,
  { supplier, product }: { readonly supplier: SupplierId; readonly product: ProductId | null },
  cause: string,
): Promise<void> {
  const touched =
    product === null
      ? sql`select t.product_id from supplier_products t where t.supplier_id = ${supplier}`
      : sql`select ${product}::int`;
  await sql`
    with touched as materialized (
      select p.product_id from product_positions p where p.product_id in (${touched})
      order by p.product_id for update)
    update product_positions p set
      buy_to_order = coalesce((
        select t.buy_to_order from supplier_products t join suppliers s on s.id = t.supplier_id and s.enabled
        where t.product_id = p.product_id order by t.preference, s.code limit 1), false),
      dated = true, promise_due_at = coalesce(p.promise_due_at, clock_timestamp()), promise_cause = ${cause},
      promise_urgent = true, promise_marks = p.promise_marks + 1
    from touched where touched.product_id = p.product_id`.execute(tx);
}
