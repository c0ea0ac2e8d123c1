/**
 * An order item as decisions see it, and the small rules of how its units move between
 * buckets when they are served, taken back, given up or put on hold. Each answers with a BucketChange; what that
 * means for stock stands beside it as releases.
 */
import type { WaitingKind } from '../catalog/sell-policy.ts';
import type { ChannelId, LineNumber, OrderId, ProductId, WarehouseId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import { type Bucket, type BucketChange, type Buckets, bucketChange, unserved } from './buckets.ts';

export interface OrderItem {
  readonly order: OrderId;
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly channel: ChannelId;
  /** The channel's reference for the customer; null for a guest. */
  readonly customer: string | null;
  /** What its shortage was at order time; units that are taken back wait as this. */
  readonly kind: WaitingKind;
  /** Served only together with its whole order. */
  readonly whole: boolean;
  /** Waits for a purchase order line of its own, outside the queue. */
  readonly bought: boolean;
  readonly priority: number;
  readonly waitingSince: Instant;
  /** Minor units of the channel's currency. */
  readonly unitPrice: number;
  /** Warehouses that rejected it and are not asked again. */
  readonly rejectedBy: readonly WarehouseId[];
  readonly buckets: Buckets;
  /** How many events were written for it. */
  readonly events: number;
}

/** Units of one warehouse held for one item. Picked units are open units; shipped ones are open no more. */
export interface Allocation {
  readonly warehouse: WarehouseId;
  readonly open: number;
  readonly picked: number;
  readonly shipped: number;
}

export interface Release {
  readonly warehouse: WarehouseId;
  readonly units: number;
}

export function waitingBucket(kind: WaitingKind): 'backordered' | 'preordered' {
  return kind === 'preorder' ? 'preordered' : 'backordered';
}

/** Takes `units` out of `buckets` in the given order of buckets; the rest is what they did not hold. */
function drain(
  buckets: Buckets,
  order: readonly Bucket[],
  units: number,
): { change: Partial<Record<Bucket, number>>; rest: number } {
  const change: Partial<Record<Bucket, number>> = {};
  let rest = units;
  for (const bucket of order) {
    const taken = Math.min(rest, buckets[bucket]);
    if (taken > 0) change[bucket] = -taken;
    rest -= taken;
  }
  return { change, rest };
}

/** `units` of the unserved ones receive stock: pre-ordered first, then backordered, then unfillable. */
export function serve(buckets: Buckets, units: number): BucketChange {
  const { change } = drain(buckets, ['preordered', 'backordered', 'unfillable'], units);
  return bucketChange({ ...change, allocated: units });
}

/** `units` allocated ones lose their stock and wait again at their old place; on hold they are pending. */
export function takeBack(item: OrderItem, units: number, onHold: boolean): BucketChange {
  return bucketChange({ allocated: -units, [onHold ? 'pending' : waitingBucket(item.kind)]: units });
}

export interface Surrender {
  readonly change: BucketChange;
  readonly releases: readonly Release[];
}

/** Most units of the item that can still be cancelled: neither shipped, picked nor cancelled. */
export function cancellable(buckets: Buckets, allocations: readonly Allocation[]): number {
  const picked = allocations.reduce((sum, each) => sum + each.picked, 0);
  return buckets.ordered - buckets.cancelled - buckets.shipped - picked;
}

/**
 * Cancels `units` (at most `cancellable`): what waits goes first, since that frees no stock; then allocated units,
 * from the least preferred warehouse, of which exactly those are released.
 * @param allocations in the order of preference of their warehouses
 */
export function cancelUnits(item: OrderItem, allocations: readonly Allocation[], units: number): Surrender {
  const { change, rest } = drain(item.buckets, ['unfillable', 'backordered', 'preordered', 'pending'], units);
  const releases = releaseFromLast(allocations, rest);
  const allocated = releases.reduce((sum, each) => sum + each.units, 0);
  const difference = allocated === 0 ? change : { ...change, allocated: -allocated };
  return { change: bucketChange({ ...difference, cancelled: units }), releases };
}

function releaseFromLast(allocations: readonly Allocation[], units: number): Release[] {
  const releases: Release[] = [];
  let rest = units;
  for (const { warehouse, open, picked } of allocations.toReversed()) {
    const taken = Math.min(rest, open - picked);
    if (taken > 0) releases.push({ warehouse, units: taken });
    rest -= taken;
  }
  return releases;
}

/** The item goes on hold: what waits becomes pending; with `giveBack` unpicked allocated units do as well. */
export function holdUnits(item: OrderItem, allocations: readonly Allocation[], giveBack: boolean): Surrender {
  const { backordered, preordered, unfillable } = item.buckets;
  const releases = giveBack ? releaseFromLast(allocations, item.buckets.allocated) : [];
  const allocated = releases.reduce((sum, each) => sum + each.units, 0);
  const change = bucketChange({
    backordered: -backordered,
    preordered: -preordered,
    unfillable: -unfillable,
    allocated: -allocated,
    pending: unserved(item.buckets) + allocated,
  });
  return { change, releases };
}
