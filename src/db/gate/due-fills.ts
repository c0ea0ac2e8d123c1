/**
 * Due fills: marks on the rows of products that something became free, or that an instant comes at which time alone may
 * serve someone. A mark is part of the transaction that owes the fill, so that no wake-up is lost with a process; it
 * goes when the fill is done, under the product's lock.
 */
import { sql } from 'kysely';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import { instants, ints } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { unserved } from '../rank.ts';
import { isSetAside } from '../set-aside.ts';

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
