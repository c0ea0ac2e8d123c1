/**
 * Sets quantities of an order's items, all of the request or none. Less gives up waiting units first, as a
 * cancellation does; more is decided like a new order, at the item's old place in line.
 */
import type { BodyOf } from '../../contract/operations.ts';
import { present } from '../../core/kernel/assert.ts';
import { MAX_QUANTITY } from '../../core/kernel/quantity.ts';
import { checkAll, DONE, type Outcome, refuse } from '../../core/kernel/refusal.ts';
import { cancellable, type OrderItem } from '../../core/orders/order-item.ts';
import { orNothing } from '../../db/database.ts';
import type { App } from '../frame/app.ts';
import { settleWithin } from '../frame/at-gate.ts';
import { refuseBeyondOrder, refuseBeyondWaiting } from '../frame/orders/order-bounds.ts';
import { orderRefusal } from '../frame/orders/order-refusal.ts';
import type { ItemChange } from '../frame/record-changes.ts';
import { itemNotFound } from '../frame/refusals.ts';
import { refuseItemsSetAside } from '../frame/refuse-set-aside.ts';
import { cancellation } from './cancel-order.ts';
import { decideUnits, type UnitsToDecide } from './decide-units.ts';
import {
  changeOrderAtGate,
  type OrderAtGate,
  type OrderCall,
  readOrderAtGate,
  recordOrderChanges,
} from './order-at-gate.ts';

interface Wish {
  readonly item: OrderItem;
  /** Signed difference to what is wanted now (ordered less cancelled). */
  readonly difference: number;
}

export function changeOrder(app: App, call: OrderCall<BodyOf<'changeOrder'>>) {
  const { id, body } = call;
  return changeOrderAtGate(app, call, async (at) => {
    const wishes: Wish[] = [];
    for (const { line, quantity } of body.items) {
      const item = at.itemOf(line);
      if (item === undefined) return itemNotFound(id, line);
      const checked = checkQuantity(at, item, quantity);
      if (!checked.ok) return checked;
      wishes.push({ item, difference: quantity - (item.buckets.ordered - item.buckets.cancelled) });
    }
    const lowered = wishes.flatMap(({ item, difference }) =>
      difference < 0 ? [lowering(at, item, -difference)] : [],
    );
    const raised = wishes.flatMap(({ item, difference }) =>
      difference > 0 ? [{ item, units: difference }] : [],
    );
    const within = refuseBeyond(at, raised);
    if (!within.ok) return within;
    return await orNothing(at.gate.tx, async () => {
      await recordOrderChanges(at, lowered, `change/${id}`);
      if (raised.length === 0) return DONE;
      const now = lowered.length === 0 ? at : await afterLowering(app, at);
      const changes = await raise(
        now,
        raised.map(({ item, units }) => ({ item: itemNow(now, item), units })),
      );
      if (!changes.ok) return changes;
      await recordOrderChanges(now, changes.value, `change/${id}`);
      return DONE;
    });
  });
}

/** Only what is raised can be beyond a bound that was not broken before. */
function refuseBeyond(at: OrderAtGate, raised: readonly UnitsToDecide[]): Outcome<undefined> {
  if (raised.length === 0) return DONE;
  const quantities = new Map(
    raised.map(({ item, units }) => [item.line, item.buckets.ordered - item.buckets.cancelled + units]),
  );
  const letIn = raised.map(({ item: { line, product }, units }) => ({ named: { line }, product, units }));
  return checkAll([refuseBeyondOrder(at.items, quantities), refuseBeyondWaiting(at.gate, letIn)]);
}

function lowering(at: OrderAtGate, item: OrderItem, units: number): ItemChange {
  return { ...cancellation(at, item, { units, reason: null }), cause: 'changed' };
}

/** What lowering freed belongs to whoever waits for it; only then is more decided. */
async function afterLowering(app: App, at: OrderAtGate): Promise<OrderAtGate> {
  const about = [...new Set(at.items.map(({ product }) => product))];
  const gate = await settleWithin(app, at.gate.tx, { about, beside: [...at.gate.positions.keys()] });
  return present(await readOrderAtGate(gate, at.order.id), 'the order is locked');
}

function itemNow(at: OrderAtGate, item: OrderItem): OrderItem {
  return present(at.itemOf(item.line), 'a line of the order stays');
}

function checkQuantity(at: OrderAtGate, item: OrderItem, quantity: number): Outcome<undefined> {
  const { ordered, cancelled } = item.buckets;
  const least = ordered - cancelled - cancellable(item.buckets, at.allocationsOf(item.line));
  if (quantity < least) {
    return refuse(
      'quantity_below_committed',
      `Line ${item.line} has ${least} units shipped or picked; its quantity cannot be ${quantity}`,
      { line: item.line, quantity, least },
    );
  }
  if (quantity + cancelled > MAX_QUANTITY) {
    return refuse('too_many_units', `Line ${item.line} cannot have more than ${MAX_QUANTITY} units in all`, {
      line: item.line,
      quantity,
    });
  }
  return DONE;
}

/** The new units in line order, decided together. */
async function raise(
  at: OrderAtGate,
  units: readonly UnitsToDecide[],
): Promise<Outcome<readonly ItemChange[]>> {
  const wanted = units.map(({ item }) => item.product);
  const available = at.order.hold === null ? await refuseItemsSetAside(at.gate, wanted) : DONE;
  if (!available.ok) return available;
  const channel = present(at.gate.world.channels.get(at.order.channel), 'the channel of an order exists');
  const inOrder = units.toSorted((a, b) => a.item.line - b.item.line);
  const decision = await decideUnits(at, inOrder, {
    insist: channel.acceptance === 'accept_always',
    whole: inOrder.some(({ item }) => item.whole),
    onHold: at.order.hold !== null,
  });
  if (!decision.accepted) return orderRefusal(at.gate, channel, decision.failing);
  const changes = decision.lines.map(
    ({ demand, fills, change, explanation }): ItemChange => ({
      item: present(at.itemOf(demand.line), 'a decided line exists'),
      change,
      held: fills.map(({ warehouse, units: open }) => ({ warehouse, open })),
      cause: 'changed',
      reference: null,
      explanation,
    }),
  );
  return { ok: true, value: changes };
}
