/** Changes an order's priority: its waiting items move in their queues and whoever is now first is served. */
import type { BodyOf } from '../contract/operations.ts';
import { bucketChange } from '../core/orders/buckets.ts';
import { setItemPriority } from '../db/order-items.ts';
import { setOrderPriority } from '../db/orders.ts';
import type { App } from './app.ts';
import { changeOrderAtGate, type OrderCall } from './order-at-gate.ts';
import { type ItemChange, recordChanges } from './record-changes.ts';

export function prioritizeOrder(app: App, call: OrderCall<BodyOf<'prioritizeOrder'>>) {
  const { id } = call;
  const { priority } = call.body;
  return changeOrderAtGate(app, call, async (at) => {
    if (at.order.priority === priority) return undefined;
    const changes = at.items.map(
      (item): ItemChange => ({
        item,
        change: bucketChange({}),
        held: [],
        cause: 'prioritized',
        reference: null,
        explanation: { reason: `priority ${at.order.priority} → ${priority}` },
      }),
    );
    await setOrderPriority(at.gate.tx, id, priority);
    await setItemPriority(at.gate.tx, id, priority);
    await recordChanges(at.gate, changes, `priority/${id}`);
    return undefined;
  });
}
