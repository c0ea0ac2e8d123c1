/**
 * The buckets: where each ordered unit is. At every moment
 *   ordered = pending + allocated + backordered + preordered + unfillable + shipped + cancelled.
 * A change of an item is a set of signed differences that obeys the same equation, so that adding a change to
 * buckets that add up gives buckets that add up.
 */
import { invariant } from '../kernel/assert.ts';
import { frozen } from '../kernel/frozen.ts';

export const SPLIT = frozen([
  'pending',
  'allocated',
  'backordered',
  'preordered',
  'unfillable',
  'shipped',
  'cancelled',
]);

export type Bucket = (typeof SPLIT)[number];

/** What was ordered, and where it is. */
export const BUCKETS = frozen(['ordered', ...SPLIT]);

/** Units ordered and where they are; a BucketChange has the same shape with signed differences. */
export type Buckets = Readonly<Record<'ordered' | Bucket, number>>;
export type BucketChange = Buckets;

export const NO_UNITS: Buckets = frozen({
  ordered: 0,
  pending: 0,
  allocated: 0,
  backordered: 0,
  preordered: 0,
  unfillable: 0,
  shipped: 0,
  cancelled: 0,
});

/** A change from the differences that are not zero; `ordered` follows from them. */
export function bucketChange(differences: Partial<Record<Bucket, number>>): BucketChange {
  const change = { ...NO_UNITS, ...differences };
  let ordered = 0;
  for (const bucket of SPLIT) ordered += change[bucket];
  return { ...change, ordered };
}

function addUp(buckets: Buckets): boolean {
  let sum = 0;
  for (const bucket of SPLIT) {
    if (buckets[bucket] < 0) return false;
    sum += buckets[bucket];
  }
  return sum === buckets.ordered;
}

export function applyChange(buckets: Buckets, change: BucketChange): Buckets {
  const after = {
    ordered: buckets.ordered + change.ordered,
    pending: buckets.pending + change.pending,
    allocated: buckets.allocated + change.allocated,
    backordered: buckets.backordered + change.backordered,
    preordered: buckets.preordered + change.preordered,
    unfillable: buckets.unfillable + change.unfillable,
    shipped: buckets.shipped + change.shipped,
    cancelled: buckets.cancelled + change.cancelled,
  };
  invariant(addUp(after), `buckets do not add up: ${JSON.stringify(after)}`);
  return after;
}

/** Units that wait for stock, whether they may or not: backordered, pre-ordered and unfillable. */
export function unserved(buckets: Pick<Buckets, 'backordered' | 'preordered' | 'unfillable'>): number {
  return buckets.backordered + buckets.preordered + buckets.unfillable;
}

/** The buckets that went from empty to not empty. */
export function entered(before: Buckets, after: Buckets): Bucket[] {
  return SPLIT.filter((bucket) => before[bucket] === 0 && after[bucket] > 0);
}
