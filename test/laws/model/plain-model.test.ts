/**
 * The plain model itself keeps the laws that need no second opinion: units add up, neither stock nor what is to come
 * is ever promised twice, and at rest nothing waits beside stock that could serve it. A judge that breaks them is of no use.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorldView } from './plain-acts.ts';
import type { PlainModel } from './plain-model.ts';
import { brokenPromises } from './plain-promises.ts';
import { available, eligibleWarehouses, isWhole, openedBy, unserved } from './plain-state.ts';
import { actsOf } from './playing.ts';
import { sequences } from './sequences.ts';
import { MOVING_CALENDAR } from './small-world.ts';

function expectUnitsToAddUp(view: WorldView): void {
  for (const { items } of view.orders) {
    for (const { buckets, allocations } of items) {
      const { ordered, ...split } = buckets;
      expect(Object.values(split).reduce((sum, units) => sum + units, 0)).toBe(ordered);
      expect(Math.min(...Object.values(buckets))).toBeGreaterThanOrEqual(0);
      expect(allocations.reduce((sum, each) => sum + each.open, 0)).toBe(buckets.allocated);
      expect(allocations.reduce((sum, each) => sum + each.shipped, 0)).toBe(buckets.shipped);
      for (const { open, picked } of allocations) expect(picked).toBeLessThanOrEqual(open);
    }
  }
  for (const { onHand, allocated } of view.levels) expect(allocated).toBeLessThanOrEqual(onHand);
}

function expectNothingServableToWait({ state }: PlainModel): void {
  for (const order of state.orders) {
    for (const item of order.items) {
      if (order.onHold) expect(unserved(item)).toBe(0);
      if (unserved(item) === 0 || isWhole(order)) continue;
      const opened = openedBy(order);
      for (const warehouse of eligibleWarehouses(state, order, item)) {
        // one parcel: only where it ships from already
        if (order.group === 'one-parcel' && opened.size > 0 && !opened.has(warehouse)) continue;
        expect(available(state, item.sku, warehouse)).toBe(0);
      }
    }
  }
}

describe('the plain model', () => {
  test('keeps units adding up and leaves nothing servable waiting', () => {
    fc.assert(
      fc.property(sequences({ maximum: 30, clock: true, repeats: true, rules: true }), (sequence) => {
        for (const { act, outcome, model } of actsOf(sequence, {
          prefix: '',
          calendar: MOVING_CALENDAR,
          keys: true,
        })) {
          if (!outcome.accepted) continue;
          try {
            const view = model.view();
            expectUnitsToAddUp(view);
            expectNothingServableToWait(model);
            expect(brokenPromises(model.state, view)).toEqual([]);
          } catch (error) {
            throw new Error(`after ${JSON.stringify(act)}`, { cause: error });
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is led through every act and every refusal it knows', () => {
    const seen = new Map<string, number>();
    const sample = fc.sample(sequences({ maximum: 60, clock: true, repeats: true, rules: true }), {
      numRuns: 800,
      seed: 1,
    });
    for (const sequence of sample) {
      for (const { act, outcome } of actsOf(sequence, {
        prefix: '',
        calendar: MOVING_CALENDAR,
        keys: true,
      })) {
        const name = `${act.act}: ${outcome.accepted ? 'accepted' : outcome.code}`;
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    }
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining([
        'placeOrder: order_refused',
        'placeOrder: channel_disabled',
        'placeOrder: order_number_reused',
        'changeOrder: accepted',
        'changeOrder: order_refused',
        'changeOrder: quantity_below_committed',
        'cancelOrder: accepted',
        'cancelOrder: nothing_to_cancel',
        'cancelOrder: too_many_units',
        'holdOrder: order_on_hold',
        'liftHold: accepted',
        'liftHold: order_not_on_hold',
        'prioritizeOrder: accepted',
        'changeStock: reference_reused',
        'changeStock: stock_unmanaged',
        'changeStock: too_many_units',
        'changeStock: below_picked',
        'orderSupply: accepted',
        'orderSupply: stock_unmanaged',
        'orderSupply: not_a_draft',
        'quoteExpectedDate: accepted',
        'quoteExpectedDate: not_on_its_way',
        'receivePurchaseOrder: accepted',
        'receivePurchaseOrder: over_receipt',
        'receivePurchaseOrder: reference_reused',
        'receivePurchaseOrder: wrong_warehouse',
        'receivePurchaseOrder: not_on_its_way',
        'closePurchaseOrder: accepted',
        'closePurchaseOrder: too_many_units',
        'closePurchaseOrder: not_on_its_way',
        'cancelPurchaseOrder: accepted',
        'cancelPurchaseOrder: partly_received',
        'cancelPurchaseOrder: purchase_order_ended',
        'transferStock: accepted',
        'transferStock: insufficient_available',
        'pickItems: not_allocated',
        'pickItems: order_on_hold',
        'shortPick: stock_unmanaged',
        'rejectAllocation: accepted',
        'shipItems: accepted',
        'shipItems: not_released',
        'shipItems: order_incomplete',
        'shipItems: order_on_hold',
        'shipItems: reference_reused',
      ]),
    );
  });
});
