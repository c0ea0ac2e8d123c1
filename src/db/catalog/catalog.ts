/** Products, channels and warehouses: the writes behind PUT, and the look-up of ids by code. */
import { sql } from 'kysely';
import { present } from '../../core/kernel/assert.ts';
import type { ChannelId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import { ints, texts } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';
import { keepNothingOf } from './kept-by-version.ts';

export async function findProducts(
  db: Database,
  skus: readonly string[],
): Promise<{ readonly sku: string; readonly id: ProductId }[]> {
  const { rows } = await sql<{ sku: string; id: ProductId }>`
    select sku, id from products where sku = any(${texts(skus)}::text[])`.execute(db);
  return rows;
}

/** The SKUs of those products. */
export async function readSkus(tx: Tx, products: readonly ProductId[]): Promise<Map<ProductId, string>> {
  const { rows } = await sql<{ id: ProductId; sku: string }>`
    select id, sku from products where id = any(${ints(products)}::int[])`.execute(tx);
  return new Map(rows.map(({ id, sku }) => [id, sku]));
}

export interface ProductRow {
  readonly sku: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly weightGrams: number | null;
}

/** Creates a product with its position row; undefined when there is one of that SKU by now. */
export async function insertProductRow(
  tx: Tx,
  { sku, name, tags, weightGrams }: ProductRow,
): Promise<ProductId | undefined> {
  keepNothingOf(tx);
  const { rows } = await sql<{ id: ProductId }>`
    insert into products (sku, name, tags, weight_grams)
    values (${sku}, ${name}, ${texts(tags)}::text[], ${weightGrams})
    on conflict (sku) do nothing returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id !== undefined) await sql`insert into product_positions (product_id) values (${id})`.execute(tx);
  return id;
}

export async function updateProductRow(
  tx: Tx,
  id: ProductId,
  { name, tags, weightGrams }: ProductRow,
): Promise<void> {
  keepNothingOf(tx);
  await sql`
    update products set name = ${name}, tags = ${texts(tags)}::text[], weight_grams = ${weightGrams}
    where id = ${id}`.execute(tx);
}

export interface LimitsRow {
  readonly perOrder: number | null;
  readonly perCustomer: number | null;
  readonly perChannel: number | null;
  readonly perProduct: number | null;
  readonly upToIncoming: boolean;
}

export interface PolicyInput {
  readonly backorder: {
    readonly allowed: boolean;
    readonly until: string | null;
    readonly limits: LimitsRow;
  };
  readonly preorder: { readonly allowed: boolean; readonly limits: LimitsRow };
  readonly release: { readonly at: string; readonly timeZone: string } | null;
}

export async function putPolicyRow(
  tx: Tx,
  { product, channel }: { readonly product: ProductId; readonly channel: ChannelId | null },
  { backorder, preorder, release }: PolicyInput,
): Promise<void> {
  keepNothingOf(tx);
  const b = backorder.limits;
  const p = preorder.limits;
  await sql`
    delete from sell_policies where product_id = ${product} and channel_id is not distinct from ${channel}::int`.execute(
    tx,
  );
  await sql`
    insert into sell_policies (product_id, channel_id, backorder_allowed, backorder_until,
      backorder_per_order, backorder_per_customer, backorder_per_channel, backorder_per_product,
      preorder_allowed, preorder_per_order, preorder_per_customer, preorder_per_channel, preorder_per_product,
      backorder_up_to_incoming, preorder_up_to_incoming, release_local, release_is_date, release_zone)
    values (${product}, ${channel}, ${backorder.allowed}, ${backorder.until}::date,
      ${b.perOrder}, ${b.perCustomer}, ${b.perChannel}, ${b.perProduct},
      ${preorder.allowed}, ${p.perOrder}, ${p.perCustomer}, ${p.perChannel}, ${p.perProduct},
      ${b.upToIncoming}, ${p.upToIncoming},
      ${release?.at ?? null}::timestamp, ${release !== null && !release.at.includes('T')},
      ${release?.timeZone ?? null})`.execute(tx);
  await keepRelease(tx, product, channel);
}

/** Keeps the release that is in force from now on, where it is another one: shipments are judged by it later. */
async function keepRelease(tx: Tx, product: ProductId, channel: ChannelId | null): Promise<void> {
  await sql`
    insert into releases_in_force (product_id, channel_id, since, own, release_at)
    select ${product}, ${channel}::int, clock_timestamp(), now.own, now.release_at
    from (
      select s.product_id is not null as own, release_instant(s.release_local, s.release_is_date, s.release_zone) as release_at
      from (select) as one left join sell_policies s
        on s.product_id = ${product} and s.channel_id is not distinct from ${channel}::int) as now
    left join lateral (
      select r.own, r.release_at from releases_in_force r
      where r.product_id = ${product} and r.channel_id is not distinct from ${channel}::int
      order by r.since desc limit 1) as before on true
    where (now.own, now.release_at) is distinct from (coalesce(before.own, ${channel === null}), before.release_at)`.execute(
    tx,
  );
}

export async function deletePolicyRow(
  tx: Tx,
  { product, channel }: { readonly product: ProductId; readonly channel: ChannelId },
): Promise<void> {
  keepNothingOf(tx);
  await sql`delete from sell_policies where product_id = ${product} and channel_id = ${channel}`.execute(tx);
  await keepRelease(tx, product, channel);
}

export interface WarehouseRow {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly stock: string;
  readonly enabled: boolean;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly timeZone: string;
  readonly handlingDays: number;
  readonly closedWeekdays: readonly number[];
  readonly closedDates: readonly string[];
}

export async function putWarehouseRow(tx: Tx, row: WarehouseRow): Promise<void> {
  await sql`
    insert into warehouses (code, name, kind, stock, enabled, country, latitude, longitude, time_zone,
      handling_days, closed_weekdays, closed_dates)
    values (${row.code}, ${row.name}, ${row.kind}, ${row.stock}, ${row.enabled}, ${row.country}, ${row.latitude},
      ${row.longitude}, ${row.timeZone}, ${row.handlingDays}, ${ints(row.closedWeekdays)}::smallint[],
      ${texts(row.closedDates)}::date[])
    on conflict (code) do update set name = excluded.name, kind = excluded.kind, stock = excluded.stock,
      enabled = excluded.enabled, country = excluded.country, latitude = excluded.latitude,
      longitude = excluded.longitude, time_zone = excluded.time_zone, handling_days = excluded.handling_days,
      closed_weekdays = excluded.closed_weekdays, closed_dates = excluded.closed_dates`.execute(tx);
}

/** Whether the warehouse has stock or open allocations, so that the way its stock is kept cannot change. */
export async function warehouseInUse(tx: Tx, id: WarehouseId): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from allocations where warehouse_id = ${id} and open > 0)
      or exists (select from inventory_levels where warehouse_id = ${id} and on_hand > 0) as used`.execute(
    tx,
  );
  return rows[0]?.used ?? false;
}

export interface ChannelRow {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly acceptance: string;
  readonly shipping: string;
  readonly whenIncomplete: string;
  readonly enabled: boolean;
}

export async function putChannelRow(tx: Tx, row: ChannelRow): Promise<ChannelId> {
  const { rows } = await sql<{ id: ChannelId }>`
    insert into sales_channels (code, name, currency, time_zone, acceptance, shipping, when_incomplete, enabled)
    values (${row.code}, ${row.name}, ${row.currency}, ${row.timeZone}, ${row.acceptance}, ${row.shipping},
      ${row.whenIncomplete}, ${row.enabled})
    on conflict (code) do update set name = excluded.name, currency = excluded.currency,
      time_zone = excluded.time_zone, acceptance = excluded.acceptance, shipping = excluded.shipping,
      when_incomplete = excluded.when_incomplete, enabled = excluded.enabled
    returning id`.execute(tx);
  return present(rows[0], 'what is put is returned').id;
}

export async function putChannelWarehouses(
  tx: Tx,
  channel: ChannelId,
  warehouses: readonly WarehouseId[],
): Promise<void> {
  await sql`delete from channel_warehouses where channel_id = ${channel}`.execute(tx);
  await sql`
    insert into channel_warehouses (channel_id, warehouse_id, preference)
    select ${channel}, w.id, w.preference
    from unnest(${[...warehouses]}::int[]) with ordinality as w(id, preference)`.execute(tx);
}
