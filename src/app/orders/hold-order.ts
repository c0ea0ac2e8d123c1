/**
 * Holds and lifts. On hold an order gets nothing and ships nothing: what waits becomes pending; what is allocated
 * stays, unless it is given back. Lifting decides the pending units again, at the order's own place in line.
 */
import type { BodyOf } from '../../contract/operations.ts';
import { present } from '../../core/kernel/assert.ts';
import { DONE, refuse } from '../../core/kernel/refusal.ts';
import { type BucketChange, bucketChange } from '../../core/orders/buckets.ts';
import { holdUnits } from '../../core/orders/order-item.ts';
import { setHold } from '../../db/orders/orders.ts';
import { requireToldPromises } from '../../db/supply/promises.ts';
import type { App } from '../frame/app.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { decideUnits } from './decide-units.ts';
import { changeOrderAtGate, type OrderCall } from './order-at-gate.ts';

export function holdOrder(app: App, call: OrderCall<BodyOf<'holdOrder'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    if (at.order.hold !== null) {
      return refuse('order_on_hold', `Order ${id} is on hold already: ${at.order.hold}`, {
        hold: at.order.hold,
      });
    }
    const changes = at.items.map((item): ItemChange => {
      const { change, releases } = holdUnits(item, at.allocationsOf(item.line), body.giveBack);
      return {
        item,
        change,
        held: releases.map((each) => ({ warehouse: each.warehouse, open: -each.units })),
        cause: 'held',
        reference: null,
        explanation: { reason: body.reason, onHold: true },
      };
    });
    await setHold(at.gate.tx, id, body.reason);
    await recordChanges(at.gate, changes, `hold/${id}`);
    return DONE;
  });
}

export function liftHold(app: App, call: OrderCall) {
  const { id } = call;
  return changeOrderAtGate(app, call, async (at) => {
    if (at.order.hold === null) {
      return refuse('order_not_on_hold', `Order ${id} is not on hold`, { orderId: id });
    }
    const pending = at.items.flatMap((item) =>
      item.buckets.pending > 0 ? [{ item, units: item.buckets.pending }] : [],
    );
    const whole = at.items.some((item) => item.whole);
    const decision = await decideUnits(at, pending, { insist: true, whole, onHold: false });
    const lines = decision.accepted ? decision.lines : [];
    const changes = lines.map(({ demand, fills, change, explanation }): ItemChange => {
      const item = present(at.itemOf(demand.line), 'a decided line exists');

      return {
        item,
        change: fromPending(change, demand.units),
        held: fills.map(({ warehouse, units }) => ({ warehouse, open: units })),
        cause: 'lifted',
        reference: null,
        explanation: { ...explanation, reason: at.order.hold ?? '' },
      };
    });
    await setHold(at.gate.tx, id, null);
    await recordChanges(at.gate, changes, `lift/${id}`);
    await requireToldPromises(at.gate.tx, id, `lift/${id}`);
    return DONE;
  });
}

/** Units that were decided come out of pending instead of being ordered anew. */
function fromPending(change: BucketChange, units: number): BucketChange {
  const { ordered: _, ...differences } = change;
  return bucketChange({ ...differences, pending: differences.pending - units });
}
