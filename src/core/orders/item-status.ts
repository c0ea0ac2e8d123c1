/**
 * An order item's status: a total function of its buckets, the first that holds in this order. It is derived and
 * never stored by hand; the database generates the same value from the same columns (migration 0001), and a
 * test compares the two.
 */
import { frozen } from '../kernel/frozen.ts';
import type { Buckets } from './buckets.ts';

export const ITEM_STATUSES = frozen([
  'cancelled',
  'pending',
  'unfillable',
  'preordered',
  'backordered',
  'partially_allocated',
  'allocated',
  'partially_shipped',
  'shipped',
]);

export type ItemStatus = (typeof ITEM_STATUSES)[number];

export function itemStatus(buckets: Buckets): ItemStatus {
  if (buckets.cancelled === buckets.ordered) return 'cancelled';
  if (buckets.pending > 0) return 'pending';
  if (buckets.unfillable > 0) return 'unfillable';
  if (buckets.preordered > 0 && buckets.allocated === 0) return 'preordered';
  if (buckets.backordered > 0 && buckets.allocated === 0) return 'backordered';
  if (buckets.preordered + buckets.backordered > 0) return 'partially_allocated';
  if (buckets.allocated > 0) return buckets.shipped === 0 ? 'allocated' : 'partially_shipped';
  return 'shipped';
}
