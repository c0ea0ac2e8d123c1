/**
 * An external warehouse says that it will ship allocated units, and on which day. It ships them itself: the shipment is
 * reported like any other; what it will not ship it rejects.
 */
import type { BodyOf } from '../../contract/operations.ts';
import { DONE, refuse } from '../../core/kernel/refusal.ts';
import { bucketChange } from '../../core/orders/buckets.ts';
import { acknowledgeAllocations } from '../../db/orders/allocations.ts';
import type { App } from '../frame/app.ts';
import { recordChanges } from '../frame/record-changes.ts';
import { changeOrderAtWarehouse, heldUnits, type OrderCall } from './order-at-gate.ts';

export function acknowledgeItems(app: App, call: OrderCall<BodyOf<'acknowledgeItems'>>) {
  const { body } = call;
  return changeOrderAtWarehouse(app, call, async (at, warehouse) => {
    if (warehouse.kind !== 'external') {
      return refuse('not_external', `${warehouse.code} is an own warehouse; say what was picked instead`, {
        warehouse: warehouse.code,
      });
    }
    const held = heldUnits(at, { warehouse, of: 'open' }, body.items);
    if (!held.ok) return held;
    await acknowledgeAllocations(at.gate.tx, {
      order: at.order.id,
      warehouse: warehouse.id,
      expectedOn: body.expectedOn,
      lines: held.value.map(({ item, units }) => ({ line: item.line, units })),
    });
    const changes = held.value.map(({ item, units }) => ({
      item,
      change: bucketChange({}),
      held: [],
      cause: 'acknowledged' as const,
      reference: null,
      explanation: {
        warehouse: warehouse.code,
        reason: `${units} units, expected ${body.expectedOn ?? 'any day'}`,
      },
    }));
    await recordChanges(at.gate, changes, null);
    return DONE;
  });
}
