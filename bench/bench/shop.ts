/**
 * The benchmark's shop, written straight into the tables since a million levels over the API would take longer than
 * the benchmark: products × 10 warehouses, a fifth of the products without stock (so that a fifth of the units wait),
 * and queues of waiting items for the receipts. Rows are as the engine would have written them: `allot verify` holds.
 */
import { sql } from 'kysely';
import { type Database, inTransaction } from '../../src/db/database.ts';

const WAREHOUSES = 10;
export const CHANNEL = 'SHOP';
/** One product in so many has no stock. */
const WITHOUT_STOCK = 5;
/** Per level; no run comes near to it. */
const UNITS = 100_000;
/** Items that wait for each product of a wide receipt, one unit each. */
export const WAITING_EACH = 10;

export interface ShopSize {
  readonly products: number;
  /** Items that wait for the product of a deep receipt and for that of promises, one unit each. */
  readonly deep: number;
  /** Products of the wide receipt. */
  readonly wide: number;
}

/** SKUs: SKU-1 … for sale, DEEP for the deep receipt, PROMISED for promises, WIDE-1 … for the wide receipt. */
function productsStatement({ products, wide }: ShopSize): string {
  return `
    insert into products (sku, name) select 'SKU-' || n, 'Product ' || n from generate_series(1, ${products}) n order by n;
    insert into products (sku, name) values ('DEEP', 'Deep queue'), ('PROMISED', 'Deep queue with purchase orders');
    insert into products (sku, name) select 'WIDE-' || n, 'Wide ' || n from generate_series(1, ${wide}) n order by n;
    insert into sell_policies (product_id, backorder_allowed, preorder_allowed) select id, true, false from products;
    insert into product_positions (product_id) select id from products;`;
}

const CATALOG = `
  insert into warehouses (code, name, kind, stock, enabled, time_zone)
    select 'W' || n, 'Warehouse ' || n, 'own', 'managed', true, 'Europe/Amsterdam' from generate_series(1, ${WAREHOUSES}) n;
  insert into sales_channels (code, name, currency, time_zone, acceptance, shipping, when_incomplete, enabled)
    values ('${CHANNEL}', 'Shop', 'EUR', 'Europe/Amsterdam', 'strict', 'partial', 'hold', true);
  insert into channel_warehouses (channel_id, warehouse_id, preference)
    select c.id, w.id, w.id from sales_channels c, warehouses w;
  update configuration set revision = revision + 1;`;

const LEVELS = `
  insert into inventory_levels (product_id, warehouse_id, on_hand, movements)
    select p.id, w.id, ${UNITS}, 1 from products p, warehouses w
    where p.sku like 'SKU-%' and p.id % ${WITHOUT_STOCK} <> 0;
  insert into movements (product_id, warehouse_id, number, kind, units, balance, recorded_at)
    select product_id, warehouse_id, 1, 'receive', on_hand, on_hand, now() from inventory_levels;`;

/** As the engine explains one unit that may wait without limit. */
const EXPLANATION =
  '{"asked":[],"waiting":{"kind":"backorder","waits":1,"unfillable":0,"mayWait":"unlimited","bar":null,"ahead":0}}';

/** `items` orders of one unit for each of the products, all waiting, oldest first. */
function queueStatement(products: string, items: number): string {
  const channel = '(select id from sales_channels)';
  const buckets = 'ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled';
  return `
    create temporary table queued on commit drop as
      select nextval('order_ids') as id, p.id as product_id,
        date_trunc('milliseconds', now() - interval '1 day' + n * interval '1 millisecond') as since
      from products p, generate_series(1, ${items}) n where p.sku like '${products}';
    insert into orders (id, channel_id, number, priority, placed_at, accepted_at, shipping, when_incomplete, contents_hash)
      select id, ${channel}, 'queued-' || id, 0, since, since, 'partial', 'hold', 'none' from queued;
    insert into order_items (order_id, line, product_id, channel_id, unit_price, kind, whole, priority, waiting_since,
        ${buckets}, events)
      select id, 1, product_id, ${channel}, 0, 'backorder', false, 0, since, 1, 0, 0, 1, 0, 0, 0, 0, 1 from queued;
    insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ${buckets},
        entered, left_buckets, explanation)
      select id, 1, 1, since, product_id, ${channel}, 'placed', 1, 0, 0, 1, 0, 0, 0, 0, '{backordered}', '{}', '${EXPLANATION}'
      from queued;
    update product_positions set backordered = ${items} where product_id in (select product_id from queued);`;
}

export async function loadShop(db: Database, size: ShopSize): Promise<void> {
  for (const statement of [CATALOG, productsStatement(size), LEVELS]) {
    await inTransaction(db, (tx) => sql.raw(statement).execute(tx));
  }
  await inTransaction(db, (tx) => sql.raw(queueStatement('DEEP', size.deep)).execute(tx));
  await inTransaction(db, (tx) => sql.raw(queueStatement('PROMISED', size.deep)).execute(tx));
  await inTransaction(db, (tx) => sql.raw(queueStatement('WIDE-%', WAITING_EACH)).execute(tx));
  await sql`analyze`.execute(db);
  await sql`checkpoint`.execute(db);
}
