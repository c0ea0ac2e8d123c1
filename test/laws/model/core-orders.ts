/**
 * The driver's acts on orders: each asks the pure core what becomes of the units and writes the answer down. What
 * is decided here is only which function is asked with what, and the refusals that are no decision about units.
 */
import { decideOrder } from '../../../src/core/allocation/decide-order.ts';

import { waitingKind } from '../../../src/core/catalog/sell-policy.ts';
import { present } from '../../../src/core/kernel/assert.ts';
import { lineNumber, orderId } from '../../../src/core/kernel/ids.ts';
import { instant } from '../../../src/core/kernel/time.ts';
import { NO_UNITS } from '../../../src/core/orders/buckets.ts';
import { cancellable, cancelUnits, holdUnits } from '../../../src/core/orders/order-item.ts';
import { serveAll } from './core-serving.ts';
import {
  addFills,
  asOrderItem,
  type CoreState,
  change,
  decisionWorld,
  demandOf,
  type HeldItem,
  type HeldOrder,
  policyOn,
  release,
  snapshot,
  withoutDecided,
} from './core-state.ts';
import { ACCEPTED, type ActOutcome, type LineUnits, type OrderRequest, refusedWith } from './plain-acts.ts';

export interface Want {
  readonly item: HeldItem;
  readonly units: number;
}

export function orderNumbered(state: CoreState, number: string): HeldOrder {
  return present(
    state.orders.find((order) => order.number === number),
    number,
  );
}

export function lineOf(order: HeldOrder, line: number): HeldItem {
  return present(
    order.items.find((item) => item.line === line),
    `line ${line}`,
  );
}

/** Has units decided; `from`: the bucket they are in until then, null for units that are new. */
export function decideUnits(
  state: CoreState,
  order: HeldOrder,
  asked: { wants: readonly Want[]; insist: boolean; from: 'pending' | 'allocated' | null },
): ActOutcome {
  if (asked.wants.length === 0) return ACCEPTED;
  const decision = decideOrder(
    { ...demandOf(state, order, asked.wants), insist: asked.insist },
    decisionWorld(state, order),
  );
  if (!decision.accepted) {
    const failing = decision.failing.map(({ product, wanted, mayWait }) => ({
      sku: state.productCodes.code(product),
      wanted,
      mayWait: mayWait === 'unlimited' ? -1 : mayWait,
    }));
    return { accepted: false, code: 'order_refused', failing };
  }
  for (const { demand, fills, change: by } of decision.lines) {
    const item = lineOf(order, demand.line);
    change(item, asked.from === null ? by : withoutDecided(by, asked.from, demand.units));
    if (order.hold === null) addFills(state, item, fills);
  }
  return ACCEPTED;
}

function insists(state: CoreState, order: HeldOrder): boolean {
  return present(state.channels.get(order.channel), order.number).acceptance === 'accept_always';
}

export function placeOrder(state: CoreState, request: OrderRequest): ActOutcome {
  const channel = present(state.channels.get(state.channelCodes.id(request.channel)), request.channel);
  if (!channel.enabled) return refusedWith('channel_disabled');
  const shipping = request.shipping ?? channel.shipping;
  const order: HeldOrder = {
    id: orderId(state.orders.length + 1),
    number: request.number,
    channel: channel.id,
    customer: request.customer,
    group: request.group,
    priority: request.priority,
    waitingSince: instant(Math.min(request.placedAt ?? state.now, state.now)),
    hold: request.hold ? 'to be checked' : null,
    shipping,
    whole: shipping === 'complete' && (request.whenIncomplete ?? channel.whenIncomplete) === 'give_back',
    items: request.items.map(({ sku }, index) => {
      const product = state.productCodes.id(sku);
      const kind = waitingKind(policyOn(state, product, channel.id), instant(state.now));
      return { line: lineNumber(index + 1), product, kind, buckets: NO_UNITS, allocations: [] };
    }),
  };
  const wants = order.items.map((item, index) => ({
    item,
    units: present(request.items[index], 'an item').quantity,
  }));
  const outcome = decideUnits(state, order, { wants, insist: insists(state, order), from: null });
  if (outcome.accepted) state.orders.push(order);
  return outcome;
}

/** An item's allocations in the order of preference of their warehouses. */
function preferred(state: CoreState, order: HeldOrder, item: HeldItem) {
  const { warehouses } = present(state.channels.get(order.channel), order.number);
  const place = (warehouse: (typeof warehouses)[number]) => {
    const listed = warehouses.indexOf(warehouse);
    return listed === -1 ? warehouses.length + warehouse : listed;
  };
  return [...item.allocations].sort((a, b) => place(a.warehouse) - place(b.warehouse));
}

function cancelLine(state: CoreState, order: HeldOrder, { item, units }: Want): void {
  const given = cancelUnits(asOrderItem(order, item), preferred(state, order, item), units);
  change(item, given.change);
  release(state, item, given.releases);
}

export function cancelOrder(
  state: CoreState,
  number: string,
  asked: readonly LineUnits[] | null,
): ActOutcome {
  const order = orderNumbered(state, number);
  const most = (item: HeldItem) => cancellable(item.buckets, item.allocations);
  const wants =
    asked === null
      ? order.items.map((item) => ({ item, units: most(item) })).filter(({ units }) => units > 0)
      : asked.map(({ line, units }) => ({ item: lineOf(order, line), units }));
  if (wants.length === 0) return refusedWith('nothing_to_cancel');
  if (wants.some(({ item, units }) => units > most(item))) return refusedWith('too_many_units');
  for (const want of wants) cancelLine(state, order, want);
  return ACCEPTED;
}

export function changeOrder(
  state: CoreState,
  number: string,
  asked: readonly { readonly line: number; readonly quantity: number }[],
): ActOutcome {
  const before = snapshot(state);
  const order = orderNumbered(state, number);
  const changes = [...asked]
    .sort((a, b) => a.line - b.line)
    .map(({ line, quantity }) => {
      const item = lineOf(order, line);
      return { item, units: quantity - (item.buckets.ordered - item.buckets.cancelled) };
    });
  const lowered = changes
    .filter(({ units }) => units < 0)
    .map(({ item, units }) => ({ item, units: -units }));
  if (lowered.some(({ item, units }) => units > cancellable(item.buckets, item.allocations))) {
    return refusedWith('quantity_below_committed');
  }
  for (const want of lowered) cancelLine(state, order, want);
  if (lowered.length > 0) serveAll(state);
  const wants = changes.filter(({ units }) => units > 0);
  const outcome = decideUnits(state, order, { wants, insist: insists(state, order), from: null });
  if (!outcome.accepted) before();
  return outcome;
}

export function holdOrder(state: CoreState, number: string, giveBack: boolean): ActOutcome {
  const order = orderNumbered(state, number);
  if (order.hold !== null) return refusedWith('order_on_hold');
  for (const item of order.items) {
    const given = holdUnits(asOrderItem(order, item), item.allocations, giveBack);
    change(item, given.change);
    release(state, item, given.releases);
  }
  order.hold = 'to be checked';
  return ACCEPTED;
}

export function liftHold(state: CoreState, number: string): ActOutcome {
  const order = orderNumbered(state, number);
  if (order.hold === null) return refusedWith('order_not_on_hold');
  order.hold = null;
  const wants = order.items
    .map((item) => ({ item, units: item.buckets.pending }))
    .filter(({ units }) => units > 0);
  return decideUnits(state, order, { wants, insist: true, from: 'pending' });
}
