/** Suppliers as they are shown, and what each sells us. */
import { sql } from 'kysely';
import type { QueryOf } from '../../contract/operations.ts';
import type { SupplierTerms, SupplierView } from '../../contract/purchasing/suppliers.ts';
import type { Database, Tx } from '../../db/database.ts';
import { inOrderOf } from '../catalog/catalog.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type Asked = QueryOf<'listSuppliers'> | { readonly code: string };

/** All suppliers in an order, or the one of a code. */
export async function readSuppliers(db: Database | Tx, asked: Asked): Promise<SupplierView[]> {
  const chosen = 'code' in asked ? sql`where code = ${asked.code}` : sql`order by ${inOrderOf(asked.sort)}`;
  const { rows } = await sql<SupplierView>`
    select code, name, currency, time_zone as "timeZone", lead_days as "leadDays",
      closed_weekdays as "closedWeekdays", closed_dates::text[] as "closedDates", minimum_order as "minimumOrder",
      over_receipt_percent as "overReceiptPercent", enabled
    from suppliers ${chosen}`.execute(db);
  return rows;
}

const TERMS = sql`
  p.sku, t.supplier_sku as "supplierSku", t.preference, t.unit_price as "unitPrice", t.pack_size as "packSize",
  t.minimum_units as "minimumUnits", t.lead_days as "leadDays", t.promise_by_lead_time as "promiseByLeadTime",
  t.buy_to_order as "buyToOrder"`;

/** The terms under which a supplier sells us a product; undefined when it does not. */
export async function readSupplierTerms(
  db: Database | Tx,
  { supplier, sku }: { readonly supplier: string; readonly sku: string },
): Promise<SupplierTerms | undefined> {
  const { rows } = await sql<SupplierTerms>`
    select s.code as supplier, ${TERMS}
    from supplier_products t join products p on p.id = t.product_id join suppliers s on s.id = t.supplier_id
    where s.code = ${supplier} and p.sku = ${sku}`.execute(db);
  return rows[0];
}

export async function listSupplierProducts(
  db: Database,
  supplier: string,
  query: QueryOf<'listSupplierProducts'>,
): Promise<Page<SupplierTerms> | undefined> {
  const after = afterRow(query.cursor, { columns: [sql`p.sku`], direction: 'up', places: ['text'] });
  const suppliers = await sql<{ id: number }>`select id from suppliers where code = ${supplier}`.execute(db);
  const id = suppliers.rows[0]?.id;
  if (id === undefined) return undefined;
  const { rows } = await sql<SupplierTerms>`
    select ${supplier}::text as supplier, ${TERMS}
    from supplier_products t join products p on p.id = t.product_id
    where t.supplier_id = ${id} and ${after}
    order by p.sku limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => [row.sku]);
}
