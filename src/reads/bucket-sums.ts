/**
 * Units of many items by bucket, as lists and figures sum them up: one column for each bucket, under its own
 * name.
 */
import { type RawBuilder, sql } from 'kysely';
import { BUCKETS } from '../core/orders/buckets.ts';

/** @param rows the alias of what is summed up */
export function bucketSums(rows: string): RawBuilder<unknown> {
  return sql.join(
    BUCKETS.map((bucket) => sql`sum(${sql.ref(`${rows}.${bucket}`)})::bigint as ${sql.ref(bucket)}`),
  );
}
