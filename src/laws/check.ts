/**
 * What one check of `allot verify` is: a law, what is looked at, and one statement that returns a row for
 * each thing looked at, with `broken` and an `example` in words. Counting and picking examples is done here,
 * once for all.
 *
 * The name of an example is read by sub-selects inside the statement, so that it costs something only for
 * broken rows. Statements avoid CTEs for the same reason: PostgreSQL would work out every example then.
 */
import { type RawBuilder, sql } from 'kysely';
import { present } from '../core/kernel/assert.ts';
import type { Instant } from '../core/kernel/time.ts';
import { limitStatements, type Tx } from '../db/database.ts';

/** A statement that reads all there is. */
const STATEMENT_LIMIT_MS = 600_000;

/** Examples kept of one check: enough to start looking, few enough to read. */
export const MAX_EXAMPLES = 5;

export interface CheckResult {
  /** L1 … L20, or 'references' for what foreign keys would say. */
  readonly law: string;
  readonly what: string;
  /** Rows looked at. */
  readonly checked: number;
  readonly violations: number;
  /** The first broken ones, at most five. */
  readonly examples: readonly string[];
}

export interface Check {
  readonly law: string;
  readonly what: string;
  readonly run: (tx: Tx) => Promise<Omit<CheckResult, 'law' | 'what'>>;
}

/** A check made of one statement with the columns `broken` (true or false) and `example` (text). */
export function check(law: string, what: string, rows: RawBuilder<unknown>): Check {
  return { law, what, run: (tx) => countBroken(tx, rows) };
}

async function countBroken(tx: Tx, rows: RawBuilder<unknown>): Promise<Omit<CheckResult, 'law' | 'what'>> {
  const { rows: found } = await sql<Omit<CheckResult, 'law' | 'what'>>`
    select count(*) as checked,
           count(*) filter (where broken) as violations,
           coalesce((array_agg(example order by example) filter (where broken))[1:${sql.lit(MAX_EXAMPLES)}], '{}')
             as examples
    from (${rows}) as looked_at`.execute(tx);
  return found[0] ?? { checked: 0, violations: 0, examples: [] };
}

/** The SKU of the product whose id stands in `column`. */
export function skuOf(column: string): RawBuilder<string> {
  const id = sql.ref(column);
  return sql`coalesce((select its_product.sku from products its_product where its_product.id = ${id} limit 1), 'product ' || ${id})`;
}

/** The code of the warehouse whose id stands in `column`. */
function warehouseOf(column: string): RawBuilder<string> {
  const id = sql.ref(column);
  return sql`coalesce((select its_warehouse.code from warehouses its_warehouse where its_warehouse.id = ${id} limit 1), 'warehouse ' || ${id})`;
}

/** The code of the sales channel whose id stands in `column`. */
function channelOf(column: string): RawBuilder<string> {
  const id = sql.ref(column);
  return sql`coalesce((select its_channel.code from sales_channels its_channel where its_channel.id = ${id} limit 1), 'channel ' || ${id})`;
}

/** Channel and number of the order whose id stands in `column`, as 'WEB/1001'. */
export function orderOf(column: string): RawBuilder<string> {
  const id = sql.ref(column);
  return sql`coalesce((
    select ${channelOf('its_order.channel_id')} || '/' || its_order.number from orders its_order where its_order.id = ${id} limit 1
  ), 'order ' || ${id})`;
}

/** 'WEB/1001 line 2', from the columns order_id and line of `table`. */
export function itemOf(table: string): RawBuilder<string> {
  return sql`${orderOf(`${table}.order_id`)} || ' line ' || ${sql.ref(`${table}.line`)}`;
}

/** 'KETTLE in W1', from the columns product_id and warehouse_id of `table`. */
export function placeOf(table: string): RawBuilder<string> {
  return sql`${skuOf(`${table}.product_id`)} || ' in ' || ${warehouseOf(`${table}.warehouse_id`)}`;
}

/** Names of items for examples. */
export async function nameItems(
  tx: Tx,
  items: readonly { readonly order: number; readonly line: number }[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select ${itemOf('i')} || ' waits, and a walk of the queue would serve it' as name
    from unnest(${items.map(({ order }) => order)}::bigint[], ${items.map(({ line }) => line)}::int[]) as i(order_id, line)`.execute(
    tx,
  );
  return rows.map(({ name }) => name);
}

export interface Snapshot {
  /** The database's clock when the snapshot was taken. */
  readonly checkedAt: Instant;
  /** Order items in the snapshot. */
  readonly items: number;
  /** Products to which a fill is owed: L11 says nothing about them yet. */
  readonly fillsDue: number;
}

/** Lets statements of this transaction take minutes and memory, for sums over every item. */
async function allowLongStatements(tx: Tx): Promise<void> {
  await limitStatements(tx, STATEMENT_LIMIT_MS);
  await sql`set local work_mem = '64MB'`.execute(tx);
}

export async function readSnapshot(tx: Tx): Promise<Snapshot> {
  await allowLongStatements(tx);
  const { rows } = await sql<Snapshot>`
    select now() as "checkedAt",
           (select count(*) from order_items) as items,
           (select count(*) from product_positions where fill_due_at is not null) as "fillsDue"`.execute(tx);
  return present(rows[0], 'a select without from returns one row');
}

/** A name under which other transactions can see exactly what `tx` sees, as long as it is open. */
export async function shareSnapshot(tx: Tx): Promise<string> {
  const { rows } = await sql<{ name: string }>`select pg_export_snapshot() as name`.execute(tx);
  return present(rows[0], 'a select without from returns one row').name;
}

/** Makes `tx`, which must not have read anything yet, see what the sharing transaction sees. */
export async function joinSnapshot(tx: Tx, name: string): Promise<void> {
  await sql`set transaction snapshot ${sql.lit(name)}`.execute(tx);
  await allowLongStatements(tx);
}
