/** Changes an order's priority: its waiting items move in their queues and whoever is now first is served. */
import type { BodyOf } from '../../contract/operations.ts';
import { DONE } from '../../core/kernel/refusal.ts';
import { bucketChange, unserved } from '../../core/orders/buckets.ts';
import { setItemPriority } from '../../db/orders/order-items.ts';
import { setOrderPriority } from '../../db/orders/orders.ts';
import { type BlockChange, changeBlocks, rankOf } from '../../db/orders/queue-blocks.ts';
import type { App } from '../frame/app.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { changeOrderAtGate, type OrderAtGate, type OrderCall } from './order-at-gate.ts';

export function prioritizeOrder(app: App, call: OrderCall<BodyOf<'prioritizeOrder'>>) {
  const { id } = call;
  const { priority } = call.body;
  return changeOrderAtGate(app, call, async (at) => {
    if (at.order.priority === priority) return DONE;
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
    await changeBlocks(at.gate.tx, movedBlocks(at, priority));
    await recordChanges(at.gate, changes, `priority/${id}`);
    return DONE;
  });
}

/** In queues that are kept in blocks the units leave their old place and come to the new one. */
function movedBlocks({ gate, items }: OrderAtGate, priority: number): BlockChange[] {
  return items
    .filter((item) => gate.positions.get(item.product)?.hasBlocks === true && !item.bought)
    .flatMap((item) => {
      const units = unserved(item.buckets);
      const { channel } = item;
      return [
        { rank: rankOf(item), channel, units: -units },
        { rank: { ...rankOf(item), priority }, channel, units },
      ];
    });
}
