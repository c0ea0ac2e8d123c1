/**
 * The gate: one row per product that is locked before anything about that product is decided. Locks are taken in
 * product order by one statement and what they protect is read by a later one, which under read committed sees
 * the latest. Everything that changes a product's stock, queue or policy comes through here.
 * The order of all locks is in ARCHITECTURE.md (Locks).
 */
import { sql } from 'kysely';
import type { ProductId } from '../core/kernel/ids.ts';
import type { Instant } from '../core/kernel/time.ts';
import { instants, ints, texts } from './arrays.ts';
import { keepNothingOf } from './catalog/kept-by-version.ts';
import type { Database, Tx } from './database.ts';
import { unserved } from './rank.ts';
import { refuseNewerSchema } from './schema/schema.ts';
import { isSetAside } from './set-aside.ts';

/** Key of the advisory lock that stands for channels and warehouses. */
const CONFIGURATION_LOCK = 1_735_289_204;

/**
 * Keeps channels and warehouses as they are until the transaction ends. Taken before any product is locked. Without
 * it an order could be decided by the old list while a warehouse is switched on, and wait beside its stock unseen.
 */
export async function shareConfiguration(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${CONFIGURATION_LOCK})`.execute(tx);
}

/**
 * Waits for every decision under way and keeps new ones out until the transaction ends. Who owns it is about to change it: what
 * it reads from here on is not for others to keep.
 */
export async function ownConfiguration(tx: Tx): Promise<void> {
  keepNothingOf(tx);
  await sql`select pg_advisory_xact_lock(${CONFIGURATION_LOCK})`.execute(tx);
}

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
  (fill_due_at is not null or fill_again_at <= statement_timestamp()) as "fillDue"`;

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

/**
 * The database's clock, to the millisecond, and the version of channels and warehouses it sees now.
 * @throws SchemaError when the database was upgraded meanwhile to a schema whose rules this program does not know
 */
export async function readClock(tx: Tx): Promise<{ now: Instant; version: number }> {
  const { rows } = await sql<{ now: Instant; version: number; leastSchema: string }>`
    select date_trunc('milliseconds', clock_timestamp()) as now, revision as version,
      least_schema as "leastSchema" from configuration`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('the database has no configuration row: run allot migrate');
  refuseNewerSchema(row.leastSchema);
  return row;
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

/**
 * A fill that is owed: something became free, or an instant has come at which time alone may serve someone. By the
 * statement's clock, since an index cannot be searched by one that changes meanwhile.
 */
export const OWED = sql`(fill_due_at is not null or fill_again_at <= statement_timestamp())`;

/** @param now when what was owed was decided */
export async function settleFills(tx: Tx, products: readonly ProductId[], now: Instant): Promise<void> {
  if (products.length === 0) return;
  await sql`
    update product_positions set fill_due_at = null,
      fill_again_at = case when fill_again_at > ${new Date(now)}::timestamptz then fill_again_at end
    where product_id = any(${ints(products)}::int[])`.execute(tx);
}

/** Looks at the products again at these instants, or earlier where that is noted already. */
export async function setFillAgain(
  tx: Tx,
  wakeUps: readonly { readonly product: ProductId; readonly at: Instant }[],
): Promise<void> {
  if (wakeUps.length === 0) return;
  await sql`
    update product_positions p set fill_again_at = least(p.fill_again_at, w.at)
    from unnest(${ints(wakeUps.map(({ product }) => product))}::int[], ${instants(wakeUps.map(({ at }) => at))}::timestamptz[])
      as w(product_id, at)
    where p.product_id = w.product_id`.execute(tx);
}

/** Products that owe a fill, longest first; those another transaction holds are left to it, and those set aside out. */
export async function lockDueProducts(tx: Tx, most: number): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    with due as materialized (
      select product_id from product_positions
      where ${OWED} and not ${isSetAside('fill')} order by fill_due_at limit ${most}
      for update skip locked)
    select product_id as product from due order by product_id`.execute(tx);
  return rows.map((row) => row.product);
}

/** A product to which a fill is owed. */
export interface OwedFill {
  readonly product: ProductId;
  /** Since when its fill fails, so that nothing of it is given; null: it does not. */
  readonly setAsideSince: Instant | null;
  /** It is set aside, and its next attempt is due. */
  readonly isTriedAgain: boolean;
}

/**
 * Products that owe a fill, of the given ones and of all that are linked to them by orders which wait to be served as a
 * whole: each such fill may take stock of the next product in the chain, so they are served together. Those that are set
 * aside are named where they are met, and nothing is looked for because of them alone.
 */
export async function readOwedFills(tx: Tx, products: readonly ProductId[]): Promise<OwedFill[]> {
  const { rows } = await sql<OwedFill>`
    with recursive linked as (
      select unnest(${ints(products)}::int[]) as product_id
      union
      select other.product_id
      from linked
      join order_items own on own.product_id = linked.product_id
        and own.whole and ${unserved('own')} > 0
      join order_items other on other.order_id = own.order_id
        and other.whole and ${unserved('other')} > 0
      where exists (select from product_positions where ${OWED} and not ${isSetAside('fill')}))
    select p.product_id as product, aside.since as "setAsideSince",
      coalesce(aside.next_attempt_at <= clock_timestamp(), false) as "isTriedAgain"
    from product_positions p
    left join products_set_aside aside on aside.product_id = p.product_id and aside.work = 'fill'
    where ${OWED} and p.product_id in (select product_id from linked)
    order by p.product_id`.execute(tx);
  return rows;
}

/** All products that owe a fill, without those set aside. */
export async function readDueProducts(tx: Tx): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    select product_id as product from product_positions where ${OWED} and not ${isSetAside('fill')}`.execute(
    tx,
  );
  return rows.map((row) => row.product);
}

/** What waits of these products, which the caller holds, is looked at again: something else than stock has changed. */
export async function requireFillsOf(tx: Tx, products: readonly ProductId[], cause: string): Promise<void> {
  if (products.length === 0) return;
  await sql`
    update product_positions set fill_due_at = coalesce(fill_due_at, clock_timestamp()), fill_cause = ${cause}
    where product_id = any(${ints(products)}::int[]) and ${unserved()} > 0`.execute(tx);
}

/** A fill may be owed for so long while nodes are at work; beyond it nobody does it. In minutes. */
const LONGEST_OWED = 10;

/**
 * No fill is owed to the product, or it is in vain: it is set aside, or has been owed for long on a database that was up all
 * the time. Who waits beside its stock will not be served by what is under way.
 */
const AT_REST = sql`(not coalesce(${OWED}, false) or ${isSetAside('fill')}
  or greatest(fill_due_at, pg_postmaster_start_time()) < clock_timestamp() - make_interval(mins => ${LONGEST_OWED}))`;

/** Products that someone waits for and that are at rest. */
export async function readWaitingProducts(tx: Tx): Promise<ProductId[]> {
  const { rows } = await sql<{ product: ProductId }>`
    select product_id as product from product_positions
    where ${unserved()} > 0 and ${AT_REST}
    order by product_id`.execute(tx);
  return rows.map((row) => row.product);
}

/** Every product that has someone waiting owes a fill: a warehouse or a channel changed. */
export async function requireAllFills(tx: Tx, cause: string): Promise<void> {
  await sql`
    with waiting as materialized (
      select product_id from product_positions
      where ${unserved()} > 0
      order by product_id for update)
    update product_positions p set fill_due_at = coalesce(fill_due_at, clock_timestamp()), fill_cause = ${cause}
    from waiting where waiting.product_id = p.product_id`.execute(tx);
}
