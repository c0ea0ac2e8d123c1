/**
 * The state of a database in a few figures: schema, items by status, what waits, and which fills are owed
 * since when. All from one snapshot, so that the figures agree with each other.
 */
import { sql } from 'kysely';
import { present } from '../core/kernel/assert.ts';
import type { Instant } from '../core/kernel/time.ts';
import type { ItemStatus } from '../core/orders/item-status.ts';
import { type Database, onSnapshot, type Tx } from '../db/database.ts';

export interface StatusFigures {
  /** Version of the PostgreSQL server. */
  readonly server: string;
  readonly orders: number;
  readonly products: number;
  /** Products to which a fill is owed. */
  readonly fillsOutstanding: number;
  /** Since when the oldest of them is owed. */
  readonly oldestFillDue: Instant | null;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
}

export interface StatusCount {
  readonly status: ItemStatus;
  readonly items: number;
  readonly units: number;
}

export interface Status extends StatusFigures {
  /** Names of the migrations that ran, oldest first. */
  readonly migrations: readonly string[];
  readonly itemsByStatus: readonly StatusCount[];
}

export async function readStatus(db: Database): Promise<Status> {
  return await onSnapshot(db, async (tx) => ({
    ...(await readFigures(tx)),
    migrations: await readMigrations(tx),
    itemsByStatus: await countByStatus(tx),
  }));
}

async function readFigures(tx: Tx): Promise<StatusFigures> {
  const { rows } = await sql<StatusFigures>`
    select current_setting('server_version') as server,
      (select count(*) from orders) as orders,
      (select count(*) from products) as products,
      count(fill_due_at) as "fillsOutstanding", min(fill_due_at) as "oldestFillDue",
      coalesce(sum(backordered), 0)::bigint as backordered, coalesce(sum(preordered), 0)::bigint as preordered,
      coalesce(sum(unfillable), 0)::bigint as unfillable
    from product_positions`.execute(tx);
  return present(rows[0], 'an aggregate returns one row');
}

async function readMigrations(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(tx);
  return rows.map((row) => row.name);
}

async function countByStatus(tx: Tx): Promise<StatusCount[]> {
  const { rows } = await sql<StatusCount>`
    select status, count(*) as items, sum(ordered)::bigint as units
    from order_items group by status order by status`.execute(tx);
  return rows;
}
