/** May it ship? Read as examples: what keeps an item in its warehouse, and what lets it go. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { type ShippingItem, type ShippingOrder, shippingBar } from './may-ship.ts';

const NOW = instant(1_000);
const LATER = instant(2_000);

function item(line: number, buckets: Partial<ShippingItem['buckets']>, more: Partial<ShippingItem> = {}) {
  const full = { ordered: 0, allocated: 0, shipped: 0, cancelled: 0, ...buckets };
  return { line, kind: 'backorder' as const, releaseAt: null, ...more, buckets: full };
}

const PREORDER = { kind: 'preorder', releaseAt: LATER } as const;

function barOf(items: readonly ShippingItem[], order: Partial<ShippingOrder> = {}) {
  const whole = { hold: null, shipping: 'partial', itemGatePercent: null, orderGatePercent: null } as const;
  const [first] = items;
  return first && shippingBar({ ...whole, ...order, items }, first, NOW);
}

const READY = item(1, { ordered: 3, allocated: 3 });
const SHORT = item(2, { ordered: 2, allocated: 1 });

describe('an item that has stock', () => {
  it('may ship while others of its order wait', () => {
    expect(barOf([READY, SHORT])).toBeNull();
  });

  it('may not while its order is on hold, whatever else', () => {
    expect(barOf([item(1, { ordered: 1, allocated: 1 }, PREORDER)], { hold: 'payment' })).toEqual({
      code: 'order_on_hold',
    });
  });

  it('may not before its release, and may at that instant', () => {
    const early = item(1, { ordered: 1, allocated: 1 }, PREORDER);
    expect(barOf([early])).toEqual({ code: 'not_released', releaseAt: LATER });
    expect(barOf([{ ...early, releaseAt: NOW }])).toBeNull();
  });

  it('may at once when it is sold as a backorder of a product that has a release by now', () => {
    expect(barOf([{ ...READY, releaseAt: LATER }])).toBeNull();
  });
});

describe('an order that ships complete', () => {
  const complete = { shipping: 'complete' } as const;

  it('waits for each of its units, not for those that were cancelled or have left', () => {
    expect(barOf([READY, SHORT], complete)).toEqual({ code: 'order_incomplete' });
    expect(barOf([READY, item(2, { ordered: 2, cancelled: 1, shipped: 1 })], complete)).toBeNull();
  });

  it('waits for the release of a pre-order that has stock already', () => {
    const early = item(2, { ordered: 1, allocated: 1 }, PREORDER);
    expect(barOf([READY, early], complete)).toEqual({ code: 'not_released', releaseAt: LATER });
    expect(barOf([READY, early])).toBeNull();
  });

  it('waits for the last of several releases', () => {
    const soon = item(1, { ordered: 1, allocated: 1 }, { kind: 'preorder', releaseAt: instant(1_500) });
    const early = item(2, { ordered: 1, allocated: 1 }, PREORDER);
    expect(barOf([soon, early], complete)).toEqual({ code: 'not_released', releaseAt: LATER });
  });

  it('does not wait for the release of what was cancelled or has left', () => {
    const gone = item(2, { ordered: 2, cancelled: 1, shipped: 1 }, PREORDER);
    expect(barOf([READY, gone], complete)).toBeNull();
  });
});

describe('a release gate', () => {
  it('of 29 % is passed by 29 of 100 units', () => {
    expect(barOf([item(1, { ordered: 100, allocated: 29 })], { itemGatePercent: 29 })).toBeNull();
    expect(barOf([item(1, { ordered: 100, allocated: 28 })], { itemGatePercent: 29 })).toEqual({
      code: 'below_release_gate',
    });
  });

  it('of the order looks at all of its items together', () => {
    expect(barOf([READY, SHORT], { orderGatePercent: 80 })).toBeNull();
    expect(barOf([READY, SHORT], { orderGatePercent: 81 })).toEqual({ code: 'below_release_gate' });
  });

  it('is exact for every share and every percentage', () => {
    const shares = fc.record({
      wanted: fc.integer({ min: 1, max: 1_000_000_000 }),
      percent: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(shares, ({ wanted, percent }) => {
        const least = Number((BigInt(wanted) * BigInt(percent) + 99n) / 100n);
        const bar = (allocated: number) =>
          barOf([item(1, { ordered: wanted, allocated })], { itemGatePercent: percent });
        expect(bar(least)).toBeNull();
        expect(bar(least - 1)).toEqual({ code: 'below_release_gate' });
      }),
      { numRuns: 2_000 },
    );
  });
});
