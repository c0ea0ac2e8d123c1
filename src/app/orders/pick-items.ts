/**
 * What the warehouse says of allocated units: picked, not on the shelf (short pick), or rejected. Units short at the
 * pick wait again at their old place and the level is corrected; rejected ones are offered to the other warehouses.
 */
import type { BodyOf } from '../../contract/operations.ts';
import type { DecidedLine } from '../../core/allocation/decide-order.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import { DONE, type Outcome, refuse } from '../../core/kernel/refusal.ts';
import { bucketChange } from '../../core/orders/buckets.ts';
import { takeBack } from '../../core/orders/order-item.ts';
import { moveStock } from '../../db/inventory.ts';
import type { App } from '../frame/app.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { itemNotFound } from '../frame/refusals.ts';
import { decideUnits, type UnitsToDecide } from './decide-units.ts';
import {
  allocationIn,
  changeOrderAtWarehouse,
  type Held,
  heldUnits,
  type OrderAtGate,
  type OrderCall,
} from './order-at-gate.ts';
import { sumUnits } from './sum-units.ts';

export function pickItems(app: App, call: OrderCall<BodyOf<'pickItems'>>) {
  const { id, body } = call;
  return changeOrderAtWarehouse(app, call, async (at, warehouse) => {
    if (at.order.hold !== null) {
      return refuse('order_on_hold', `Order ${id} is on hold: ${at.order.hold}`, { hold: at.order.hold });
    }
    const held = heldUnits(at, { warehouse, of: 'unpicked' }, body.items);
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
  return changeOrderAtWarehouse(app, call, async (at, warehouse) => {
    if (warehouse.stock === 'unmanaged') {
      return refuse(
        'stock_unmanaged',
        `Warehouse ${warehouse.code} has no stock to correct; reject instead`,
        {
          warehouse: warehouse.code,
        },
      );
    }
    const held = heldUnits(at, { warehouse, of: 'open' }, body.items);
    if (!held.ok) return held;
    const told = { warehouse: warehouse.code, reason: body.reason };
    const changes = held.value.map((each) => ({ ...takenOff(at, each), explanation: told }));
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

/** What was not on the shelf waits again. */
function takenOff(at: OrderAtGate, { item, allocation, units }: Held): Omit<ItemChange, 'explanation'> {
  const stillPicked = Math.min(allocation.picked, allocation.open - units);
  return {
    item,
    change: takeBack(item, units, at.order.hold !== null),
    held: [{ warehouse: allocation.warehouse, open: -units, picked: stillPicked - allocation.picked }],
    cause: 'short_picked',
    reference: null,
  };
}

export function rejectAllocation(app: App, call: OrderCall<BodyOf<'rejectAllocation'>>) {
  const { id, body } = call;
  return changeOrderAtWarehouse(app, call, async (at, warehouse) => {
    const rejected = rejectedUnits(at, warehouse, body.lines);
    if (!rejected.ok) return rejected;
    const lines = at.order.hold === null ? await offerToOthers(at, rejected.value) : [];
    const changes = rejected.value.map(({ item, units }): ItemChange => {
      const line = lines.find((each) => each.demand.line === item.line);
      const { ordered: _, ...gained } = line?.change ?? bucketChange({ pending: units });
      return {
        item,
        change: bucketChange({ ...gained, allocated: gained.allocated - units }),
        held: [
          { warehouse: warehouse.id, open: -units },
          ...(line?.fills ?? []).map((each) => ({ warehouse: each.warehouse, open: each.units })),
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

/** All units of these lines that the warehouse has and has not picked. */
function rejectedUnits(
  at: OrderAtGate,
  warehouse: Warehouse,
  lines: readonly number[],
): Outcome<readonly UnitsToDecide[]> {
  const rejected: UnitsToDecide[] = [];
  for (const line of [...new Set(lines)].toSorted((a, b) => a - b)) {
    const item = at.itemOf(line);
    if (item === undefined) return itemNotFound(at.order.id, line);
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
  return { ok: true, value: rejected };
}

/** What the other warehouses give for them; what nobody has waits. */
async function offerToOthers(
  at: OrderAtGate,
  rejected: readonly UnitsToDecide[],
): Promise<readonly DecidedLine[]> {
  const whole = at.items.some((item) => item.whole);
  const decision = await decideUnits(at, rejected, { insist: true, whole, onHold: false });
  return decision.accepted ? decision.lines : [];
}
