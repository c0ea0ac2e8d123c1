/**
 * What the warehouse says of allocated units: picked, not on the shelf (short pick), or rejected. Units short at the
 * pick wait again at their old place and the level is corrected; rejected ones are offered to the other warehouses.
 */
import type { BodyOf } from '../../contract/operations.ts';
import { DONE, refuse } from '../../core/kernel/refusal.ts';
import { bucketChange } from '../../core/orders/buckets.ts';
import { takeBack } from '../../core/orders/order-item.ts';
import { moveStock } from '../../db/inventory.ts';
import type { App } from '../frame/app.ts';
import { warehouseByCode } from '../frame/by-code.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { itemNotFound } from '../frame/refusals.ts';
import { decideUnits } from './decide-units.ts';
import { allocationIn, changeOrderAtGate, heldUnits, type OrderCall } from './order-at-gate.ts';
import { sumUnits } from './sum-units.ts';

export function pickItems(app: App, call: OrderCall<BodyOf<'pickItems'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    const found = warehouseByCode(at.gate, body.warehouse);
    if (!found.ok) return found;
    const warehouse = found.value;
    if (at.order.hold !== null) {
      return refuse('order_on_hold', `Order ${id} is on hold: ${at.order.hold}`, { hold: at.order.hold });
    }
    const held = heldUnits(at, { warehouse, unpickedOnly: true }, body.items);
    if (!held.ok) return held;
    const changes = held.value.map(
      ({ item, units }): ItemChange => ({
        item,
        change: bucketChange({}),
        held: [{ warehouse: warehouse.id, open: 0, picked: units }],
        cause: 'picked',
        reference: null,
        explanation: { warehouse: warehouse.code },
      }),
    );
    await recordChanges(at.gate, changes, null);
    return DONE;
  });
}

export function shortPick(app: App, call: OrderCall<BodyOf<'shortPick'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    const found = warehouseByCode(at.gate, body.warehouse);
    if (!found.ok) return found;
    const warehouse = found.value;
    if (warehouse.stock === 'unmanaged') {
      return refuse(
        'stock_unmanaged',
        `Warehouse ${warehouse.code} has no stock to correct; reject instead`,
        {
          warehouse: warehouse.code,
        },
      );
    }
    const held = heldUnits(at, { warehouse, unpickedOnly: false }, body.items);
    if (!held.ok) return held;
    const changes = held.value.map(({ item, allocation, units }): ItemChange => {
      const stillPicked = Math.min(allocation.picked, allocation.open - units);
      return {
        item,
        change: takeBack(item, units, at.order.hold !== null),
        held: [{ warehouse: warehouse.id, open: -units, picked: stillPicked - allocation.picked }],
        cause: 'short_picked',
        reference: null,
        explanation: { warehouse: warehouse.code, reason: body.reason },
      };
    });
    await recordChanges(at.gate, changes, `short_pick/${id}`);
    const movements = sumUnits(held.value).map(([product, units]) => ({
      product,
      warehouse: warehouse.id,
      kind: 'short_pick' as const,
      units: -units,
    }));
    await moveStock(at.gate.tx, movements, {
      reason: body.reason,
      cause: `short_pick/${id}`,
      now: at.gate.now,
    });
    return DONE;
  });
}

export function rejectAllocation(app: App, call: OrderCall<BodyOf<'rejectAllocation'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    const found = warehouseByCode(at.gate, body.warehouse);
    if (!found.ok) return found;
    const warehouse = found.value;
    const rejected = [];
    for (const line of [...new Set(body.lines)].toSorted((a, b) => a - b)) {
      const item = at.itemOf(line);
      if (item === undefined) return itemNotFound(id, line);
      const allocation = allocationIn(at, item, warehouse.id);
      const units = allocation === undefined ? 0 : allocation.open - allocation.picked;
      if (units === 0) {
        return refuse('not_allocated', `Line ${line} has no unpicked units allocated in ${warehouse.code}`, {
          line,
          warehouse: warehouse.code,
        });
      }
      rejected.push({ item, units, butNot: warehouse.id });
    }
    const onHold = at.order.hold !== null;
    const whole = at.items.some((item) => item.whole);
    const decision = onHold
      ? undefined
      : await decideUnits(at, rejected, { insist: true, whole, onHold: false });
    const lines = decision?.accepted === true ? decision.lines : [];
    const changes = rejected.map(({ item, units }): ItemChange => {
      const line = lines.find((each) => each.demand.line === item.line);
      const { ordered: _, ...gained } = line?.change ?? bucketChange({ pending: units });
      return {
        item,
        change: bucketChange({ ...gained, allocated: gained.allocated - units }),
        held: [
          { warehouse: warehouse.id, open: -units },
          ...(line?.fills ?? []).map((each) => ({ warehouse: each.warehouse, open: each.units as number })),
        ],
        cause: 'rejected',
        reference: null,
        explanation: { ...line?.explanation, warehouse: warehouse.code, reason: body.reason },
        rejectedBy: warehouse.id,
      };
    });
    await recordChanges(at.gate, changes, `reject/${id}`);
    return DONE;
  });
}
