/**
 * The gate: one row per product that is locked before anything about that product is decided. Locks are taken in
 * product order by one statement and what they protect is read by a later one, which under read committed sees
 * the latest. Everything that changes a product's stock, queue or policy comes through here.
 * The order of all locks is in ARCHITECTURE.md (Locks).
 */
import { sql } from 'kysely';
import type { ProductId } from '../../core/kernel/ids.ts';
import { ints, texts } from '../arrays.ts';
import type { Database, Tx } from '../database.ts';
import { unserved } from '../rank.ts';
import { OWED } from './due-fills.ts';

export interface Position {
  readonly product: ProductId;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
  readonly fillCause: string | null;
  readonly policyVersion: number;
  /** Limits by channel or customer are set, so what waits is counted by them. */
  readonly countsWaiting: boolean;
  /** What waits of it is bought for its item. */
  readonly buyToOrder: boolean;
  /** Its queue is long and kept in blocks (queue-blocks). */
  readonly hasBlocks: boolean;
  /** Promises follow from something dated, so that free stock matters to those who wait. */
  readonly dated: boolean;
  /** A fill is owed: what is free now is not for whoever asks next. */
  readonly fillDue: boolean;
}

const POSITION_COLUMNS = sql`
  product_id as product, backordered, preordered, unfillable, fill_cause as "fillCause",
  policy_version as "policyVersion", counts_waiting as "countsWaiting", buy_to_order as "buyToOrder",
  has_blocks as "hasBlocks", dated,
  ${OWED} as "fillDue"`;

/** Locks the products' rows until the transaction ends and reads them as they are once locked. */
export async function lockPositions(tx: Tx, products: readonly ProductId[]): Promise<Position[]> {
  const { rows } = await sql<Position>`
    select ${POSITION_COLUMNS} from product_positions
    where product_id = any(${ints(products)}::int[])
    order by product_id for update`.execute(tx);
  return rows;
}

/** Those of the products that another transaction holds just now. Nobody is waited for. */
export async function findHeldProducts(db: Database, products: readonly ProductId[]): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    with free as materialized (
      select product_id from product_positions
      where product_id = any(${ints(products)}::int[]) order by product_id for update skip locked)
    select product_id as product from product_positions
    where product_id = any(${ints(products)}::int[]) and product_id not in (select product_id from free)`.execute(
    db,
  );
  return rows.map((row) => row.product);
}

/** Waits in the queue of a product's lock and lets go of it at once. @throws after the lock timeout of the pool */
export async function waitForProduct(db: Database, product: ProductId): Promise<void> {
  await sql`select from product_positions where product_id = ${product} for update`.execute(db);
}

/** Reads the products' rows without locking them. */
export async function readPositions(tx: Tx, products: readonly ProductId[]): Promise<Position[]> {
  const { rows } = await sql<Position>`
    select ${POSITION_COLUMNS} from product_positions where product_id = any(${ints(products)}::int[])`.execute(
    tx,
  );
  return rows;
}

export interface PositionChange {
  readonly product: ProductId;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
  /** Why a fill is owed now; null when nothing became free. */
  readonly fillCause: string | null;
}

/** Days of this product follow from something, and somebody waits or ends to wait. */
const PROMISES_MAY_MOVE = sql`
  (p.dated or p.preordered + c.preordered > 0)
  and (c.backordered <> 0 or c.preordered <> 0 or c.unfillable <> 0
    or ${unserved('p')} > 0)`;

/**
 * Adds to the waiting counters; a product with something free and someone waiting then owes a fill, and where promises
 * follow from days, a look at what customers have to be told.
 */
export async function changePositions(tx: Tx, changes: readonly PositionChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql`
    update product_positions p set
      backordered = p.backordered + c.backordered,
      preordered = p.preordered + c.preordered,
      unfillable = p.unfillable + c.unfillable,
      fill_due_at = case
        when c.cause is not null and ${unserved('p')} + ${unserved('c')} > 0
        then coalesce(p.fill_due_at, clock_timestamp()) else p.fill_due_at end,
      fill_cause = coalesce(c.cause, p.fill_cause),
      promise_due_at = case when ${PROMISES_MAY_MOVE}
        then coalesce(p.promise_due_at, clock_timestamp()) else p.promise_due_at end,
      promise_cause = case when ${PROMISES_MAY_MOVE} and p.promise_due_at is null
        then coalesce(c.cause, 'queue') else p.promise_cause end,
      promise_marks = p.promise_marks + 1
    from unnest(
      ${ints(changes.map((each) => each.product))}::int[],
      ${ints(changes.map((each) => each.backordered))}::bigint[],
      ${ints(changes.map((each) => each.preordered))}::bigint[],
      ${ints(changes.map((each) => each.unfillable))}::bigint[],
      ${texts(changes.map((each) => each.fillCause))}::text[]
    ) as c(product_id, backordered, preordered, unfillable, cause)
    where p.product_id = c.product_id`.execute(tx);
}
