/**
 * The plain model's acts on the wishes of a customer: place, change, cancel, hold, lift, prioritize. Each either
 * changes the state and says so, or says why not and leaves the state as it was. Serving the queues afterwards is
 * not done here (plain-model.ts does it after every act), except between the lowered and the raised lines of one
 * request: what is given up serves those who wait before it can serve new units.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import {
  ACCEPTED,
  ACCEPTED_BEFORE,
  type ActOutcome,
  type LineUnits,
  type OrderRequest,
  refusedWith,
} from './plain-acts.ts';
import { decide, kindNow, serveQueues, type Want } from './plain-serving.ts';
import {
  copyOfOrder,
  type Item,
  itemOf,
  NO_UNITS,
  type Order,
  orderNamed,
  type State,
  unserved,
} from './plain-state.ts';

function newOrder(state: State, request: OrderRequest): Order {
  const channel = present(state.channels.get(request.channel), request.channel);
  return {
    id: state.orders.length + 1,
    number: request.number,
    channel: request.channel,
    customer: request.customer,
    group: request.group,
    priority: request.priority,
    waitingSince: Math.min(request.placedAt ?? state.now, state.now),
    onHold: request.hold,
    shipping: request.shipping ?? channel.shipping,
    whenIncomplete: request.whenIncomplete ?? channel.whenIncomplete,
    items: request.items.map(({ sku, quantity }, index) => ({
      line: index + 1,
      sku,
      kind: kindNow(state, sku, request.channel),
      buckets: { ...NO_UNITS, ordered: quantity },
      allocations: [],
    })),
  };
}

function isStrict(state: State, order: Order): boolean {
  return present(state.channels.get(order.channel), order.channel).acceptance === 'strict';
}

export function placeOrder(state: State, request: OrderRequest): ActOutcome {
  const channel = state.channels.get(request.channel);
  if (channel === undefined) return refusedWith('unknown_channel');
  const name = `order ${request.channel} ${request.number}`;
  const contents = JSON.stringify(request);
  if (state.accepted.get(name) === contents) return ACCEPTED_BEFORE;
  if (!channel.enabled) return refusedWith('channel_disabled');
  if (state.accepted.has(name)) return refusedWith('order_number_reused');
  if (request.items.some(({ sku }) => !state.products.has(sku))) return refusedWith('unknown_sku');

  const order = newOrder(state, request);
  state.orders.push(order);
  const { failing, apply } = decide(
    state,
    order,
    order.items.map((item) => ({ item, units: item.buckets.ordered })),
  );
  if (failing.length > 0 && isStrict(state, order)) {
    state.orders.pop();
    return { accepted: false, code: 'order_refused', failing };
  }
  apply();
  state.accepted.set(name, contents);
  return ACCEPTED;
}

/** Units of an item that can still be cancelled. */
function cancellable({ buckets, allocations }: Item): number {
  const picked = allocations.reduce((sum, each) => sum + each.picked, 0);
  return buckets.ordered - buckets.cancelled - buckets.shipped - picked;
}

/** An item's allocations, those to be given up first in front: the least preferred warehouse. */
function leastPreferredFirst(state: State, order: Order, item: Item) {
  const preferred = present(state.channels.get(order.channel), order.channel).warehouses;
  const made = [...state.warehouses.keys()];
  const place = (code: string) => {
    const listed = preferred.indexOf(code);
    return listed === -1 ? preferred.length + made.indexOf(code) : listed;
  };
  return [...item.allocations].sort((a, b) => place(b.warehouse) - place(a.warehouse));
}

/** Cancels units of an item, as many as asked; there are enough. */
function cancelUnits(state: State, order: Order, { item, units }: Want): void {
  let left = units;
  for (const bucket of ['unfillable', 'backordered', 'preordered', 'pending'] as const) {
    const given = Math.min(left, item.buckets[bucket]);
    item.buckets[bucket] -= given;
    left -= given;
  }
  for (const allocation of leastPreferredFirst(state, order, item)) {
    const given = Math.min(left, allocation.open - allocation.picked);
    allocation.open -= given;
    item.buckets.allocated -= given;
    left -= given;
  }
  item.buckets.cancelled += units;
}

export function cancelOrder(state: State, number: string, asked: readonly LineUnits[] | null): ActOutcome {
  const order = orderNamed(state, number);
  if (order === undefined) return refusedWith('not_found');
  const wants =
    asked === null
      ? order.items.map((item) => ({ item, units: cancellable(item) }))
      : asked.map(({ line, units }) => ({ item: itemOf(order, line), units }));
  if (wants.every(({ units }) => units === 0)) return refusedWith('nothing_to_cancel');
  if (wants.some(({ item, units }) => units > cancellable(item))) return refusedWith('too_many_units');
  for (const want of wants) cancelUnits(state, order, want);
  return ACCEPTED;
}

export function changeOrder(
  state: State,
  number: string,
  asked: readonly { readonly line: number; readonly quantity: number }[],
): ActOutcome {
  const order = orderNamed(state, number);
  if (order === undefined) return refusedWith('not_found');
  const changes = [...asked]
    .sort((a, b) => a.line - b.line)
    .map(({ line, quantity }) => {
      const item = itemOf(order, line);
      return { item, units: quantity - (item.buckets.ordered - item.buckets.cancelled) };
    });
  const lowered = changes.filter(({ units }) => units < 0);
  const raised = changes.filter(({ units }) => units > 0);
  if (lowered.some(({ item, units }) => -units > cancellable(item)))
    return refusedWith('quantity_below_committed');

  const before = state.orders.map(copyOfOrder);
  for (const { item, units } of lowered) cancelUnits(state, order, { item, units: -units });
  if (lowered.length > 0) serveQueues(state);
  const { failing, apply } = decide(state, order, raised);
  if (failing.length > 0 && isStrict(state, order)) {
    state.orders = before;
    return { accepted: false, code: 'order_refused', failing };
  }
  apply();
  for (const { item, units } of raised) item.buckets.ordered += units;
  return ACCEPTED;
}

export function holdOrder(state: State, number: string, giveBack: boolean): ActOutcome {
  const order = orderNamed(state, number);
  if (order === undefined) return refusedWith('not_found');
  if (order.onHold) return refusedWith('order_on_hold');
  order.onHold = true;
  for (const item of order.items) {
    const { buckets } = item;
    buckets.pending += unserved(item);
    buckets.backordered = 0;
    buckets.preordered = 0;
    buckets.unfillable = 0;
    if (!giveBack) continue;
    for (const allocation of item.allocations) {
      const given = allocation.open - allocation.picked;
      allocation.open -= given;
      buckets.allocated -= given;
      buckets.pending += given;
    }
  }
  return ACCEPTED;
}

export function liftHold(state: State, number: string): ActOutcome {
  const order = orderNamed(state, number);
  if (order === undefined) return refusedWith('not_found');
  if (!order.onHold) return refusedWith('order_not_on_hold');
  order.onHold = false;
  const wants = order.items
    .map((item) => ({ item, units: item.buckets.pending }))
    .filter(({ units }) => units > 0);
  for (const { item } of wants) item.buckets.pending = 0;
  decide(state, order, wants).apply();
  return ACCEPTED;
}

export function prioritizeOrder(state: State, number: string, priority: number): ActOutcome {
  const order = orderNamed(state, number);
  if (order === undefined) return refusedWith('not_found');
  order.priority = priority;
  return ACCEPTED;
}
