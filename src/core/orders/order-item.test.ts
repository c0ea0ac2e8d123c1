/**
 * How the units of an order item move between its buckets, by example. Every example
 * says what an item has and what it has afterwards; what becomes free in which warehouse stands beside it.
 */
import { describe, expect, it } from 'vitest';
import { channelId, lineNumber, orderId, productId, warehouseId } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import { applyChange, type Bucket, type BucketChange, type Buckets, bucketChange } from './buckets.ts';
import {
  type Allocation,
  cancellable,
  cancelUnits,
  holdUnits,
  type OrderItem,
  serve,
  takeBack,
} from './order-item.ts';

const [NEAR, FAR] = [warehouseId(1), warehouseId(2)];

function has(units: Partial<Record<Bucket, number>>): Buckets {
  return bucketChange(units);
}

function item(units: Partial<Record<Bucket, number>>, kind: OrderItem['kind'] = 'backorder'): OrderItem {
  return {
    order: orderId(1),
    line: lineNumber(1),
    product: productId(1),
    channel: channelId(1),
    customer: null,
    kind,
    whole: false,
    bought: false,
    priority: 0,
    waitingSince: instant(0),
    unitPrice: 0,
    rejectedBy: [],
    buckets: has(units),
    events: 1,
  };
}

function held(warehouse: Allocation['warehouse'], open: number, picked = 0): Allocation {
  return { warehouse, open, picked, shipped: 0 };
}

/** The buckets afterwards that are not empty. */
function after({ buckets }: OrderItem, change: BucketChange): Partial<Buckets> {
  const { ordered: _, ...split } = applyChange(buckets, change);
  return Object.fromEntries(Object.entries(split).filter(([, units]) => units > 0));
}

describe('units that receive stock', () => {
  it('leave the waiting ones: of 6 that wait, 4 are served and 2 go on waiting', () => {
    const waiting = item({ backordered: 6 });
    expect(after(waiting, serve(waiting.buckets, 4))).toEqual({ allocated: 4, backordered: 2 });
  });

  it('are pre-ordered ones first, then backordered, then those that may not wait', () => {
    const mixed = item({ preordered: 2, backordered: 2, unfillable: 2 });
    expect(after(mixed, serve(mixed.buckets, 3))).toEqual({ allocated: 3, backordered: 1, unfillable: 2 });
    expect(after(mixed, serve(mixed.buckets, 5))).toEqual({ allocated: 5, unfillable: 1 });
  });
});

describe('units that lose their stock', () => {
  it('wait again as what they were when the order was placed', () => {
    const backorder = item({ allocated: 5 });
    const preorder = item({ allocated: 5 }, 'preorder');
    expect(after(backorder, takeBack(backorder, 2, false))).toEqual({ allocated: 3, backordered: 2 });
    expect(after(preorder, takeBack(preorder, 2, false))).toEqual({ allocated: 3, preordered: 2 });
  });

  it('are pending while their order is on hold', () => {
    const backorder = item({ allocated: 5 });
    expect(after(backorder, takeBack(backorder, 2, true))).toEqual({ allocated: 3, pending: 2 });
  });
});

describe('a cancel', () => {
  it('takes what waits first, which frees no stock', () => {
    const partly = item({ allocated: 4, backordered: 6 });
    const { change, releases } = cancelUnits(partly, [held(NEAR, 4)], 6);
    expect(after(partly, change)).toEqual({ allocated: 4, cancelled: 6 });
    expect(releases).toEqual([]);
  });

  it('of all of it frees exactly the units that had stock', () => {
    const partly = item({ allocated: 4, backordered: 6 });
    const { change, releases } = cancelUnits(partly, [held(NEAR, 4)], 10);
    expect(after(partly, change)).toEqual({ cancelled: 10 });
    expect(releases).toEqual([{ warehouse: NEAR, units: 4 }]);
  });

  it('gives back from the least preferred warehouse first', () => {
    const split = item({ allocated: 7 });
    const { releases } = cancelUnits(split, [held(NEAR, 4), held(FAR, 3)], 5);
    expect(releases).toEqual([
      { warehouse: FAR, units: 3 },
      { warehouse: NEAR, units: 2 },
    ]);
  });

  it('leaves picked units alone', () => {
    const split = item({ allocated: 7 });
    const allocations = [held(NEAR, 4, 1), held(FAR, 3, 3)];
    expect(cancellable(split.buckets, allocations)).toBe(3);
    expect(cancelUnits(split, allocations, 3).releases).toEqual([{ warehouse: NEAR, units: 3 }]);
  });

  it('can take nothing that has shipped or is cancelled already', () => {
    const nearlyDone = item({ shipped: 5, cancelled: 2, allocated: 2, pending: 1 });
    expect(cancellable(nearlyDone.buckets, [held(NEAR, 2)])).toBe(3);
  });
});

describe('a hold', () => {
  it('makes pending what waits, and lets the item keep its stock', () => {
    const partly = item({ allocated: 4, backordered: 3, preordered: 2, unfillable: 1 });
    const { change, releases } = holdUnits(partly, [held(NEAR, 4)], false);
    expect(after(partly, change)).toEqual({ allocated: 4, pending: 6 });
    expect(releases).toEqual([]);
  });

  it('that gives back frees its stock as well, but for what is picked', () => {
    const partly = item({ allocated: 4, backordered: 6 });
    const { change, releases } = holdUnits(partly, [held(NEAR, 4, 1)], true);
    expect(after(partly, change)).toEqual({ allocated: 1, pending: 9 });
    expect(releases).toEqual([{ warehouse: NEAR, units: 3 }]);
  });
});
