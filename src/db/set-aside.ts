/**
 * Products set aside: their fill or their promises failed by themselves, so that others' work goes on without them. Each is
 * tried again alone when its pause is over, and the pause doubles each time. That it is set aside is read in the statements
 * that look for work and at the gate, where it costs nothing while nothing is owed.
 */
import { type RawBuilder, sql } from 'kysely';
import type { ProductId } from '../core/kernel/ids.ts';
import { ints } from './arrays.ts';
import type { Database } from './database.ts';

export type Work = 'fill' | 'promise';

/** Pause after the first failure, in seconds; it doubles with each further one. */
const FIRST_PAUSE_S = 1;
/** Longest pause, in seconds: how long a product may wait after its fault is gone. */
const LONGEST_PAUSE_S = 300;
/** Doubled more often than this a pause is the longest anyway, and powers stay small. */
const MOST_DOUBLINGS = 16;
/** Characters of an error that are kept. */
const ERROR_LENGTH = 200;

/** Whether the row of product_positions in sight is set aside from this work. */
export function isSetAside(work: Work): RawBuilder<boolean> {
  return sql<boolean>`exists (select from products_set_aside aside
    where aside.product_id = product_positions.product_id and aside.work = ${sql.lit(work)})`;
}

/** The same, and its next attempt is not due yet. */
export function isPausing(work: Work): RawBuilder<boolean> {
  return sql<boolean>`exists (select from products_set_aside aside
    where aside.product_id = product_positions.product_id and aside.work = ${sql.lit(work)}
      and aside.next_attempt_at > clock_timestamp())`;
}

export interface Failure {
  readonly work: Work;
  readonly products: readonly ProductId[];
  /** In short, and without anybody's data. */
  readonly error: string;
}

/**
 * Sets products aside, or lengthens the pause of those that were tried again in vain. Several who try one product at the
 * same time count as one attempt.
 */
export async function setAside(db: Database, { work, products, error }: Failure): Promise<void> {
  await sql`
    insert into products_set_aside as aside (product_id, work, next_attempt_at, error)
    select product_id, ${work}, clock_timestamp() + make_interval(secs => ${FIRST_PAUSE_S}), ${error.slice(0, ERROR_LENGTH)}
    from unnest(${ints([...products].sort((a, b) => a - b))}::int[]) as failed(product_id)
    on conflict (product_id, work) do update set
      attempts = aside.attempts + 1,
      error = excluded.error,
      next_attempt_at = clock_timestamp() + make_interval(secs => least(${LONGEST_PAUSE_S},
        ${FIRST_PAUSE_S} * power(2, least(aside.attempts, ${MOST_DOUBLINGS}))))
    where aside.next_attempt_at <= clock_timestamp()`.execute(db);
}

/** The product is as every other one again. */
export async function bringBack(db: Database, work: Work, product: ProductId): Promise<void> {
  await sql`delete from products_set_aside where product_id = ${product} and work = ${work}`.execute(db);
}

/** The product whose next attempt has been due for longest. */
export async function readNextAttempt(db: Database, work: Work): Promise<ProductId | undefined> {
  const { rows } = await sql<{ product: ProductId }>`
    select product_id as product from products_set_aside
    where work = ${work} and next_attempt_at <= clock_timestamp() order by next_attempt_at limit 1`.execute(
    db,
  );
  return rows[0]?.product;
}
