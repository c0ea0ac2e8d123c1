/**
 * The plain model's acts on stock and in the warehouse: documents that change what is on hand, pick, short pick,
 * reject, ship. A level that falls below what is allocated takes allocations back, the worst rank first and never
 * what was picked.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import { ACCEPTED, ACCEPTED_BEFORE, type Act, type ActOutcome, refusedWith } from './plain-acts.ts';
import { decide, waitAgain } from './plain-serving.ts';
import {
  allocatedIn,
  allocationIn,
  available,
  byRank,
  isManaged,
  isReleased,
  itemOf,
  onHandOf,
  orderNamed,
  pickedIn,
  policyFor,
  type State,
  setOnHand,
  unserved,
} from './plain-state.ts';

type ActOf<Name extends Act['act']> = Extract<Act, { act: Name }>;

/** What both kinds of stock document are checked for; undefined when nothing is wrong and it was not seen before. */
function checkDocument(
  state: State,
  act: ActOf<'changeStock'> | ActOf<'transferStock'>,
  warehouses: readonly string[],
): ActOutcome | undefined {
  const name = `document ${act.act === 'changeStock' ? act.kind : 'transfer'} ${act.reference}`;
  const before = state.accepted.get(name);
  if (before !== undefined)
    return before === JSON.stringify(act) ? ACCEPTED_BEFORE : refusedWith('reference_reused');
  if (warehouses.some((code) => !state.warehouses.has(code))) return refusedWith('unknown_warehouse');
  if (warehouses.some((code) => !isManaged(state, code))) return refusedWith('stock_unmanaged');
  if (act.lines.some(({ sku }) => !state.products.has(sku))) return refusedWith('unknown_sku');
  return undefined;
}

function remember(state: State, act: ActOf<'changeStock'> | ActOf<'transferStock'>): ActOutcome {
  const name = `document ${act.act === 'changeStock' ? act.kind : 'transfer'} ${act.reference}`;
  state.accepted.set(name, JSON.stringify(act));
  return ACCEPTED;
}

/** Takes back what is allocated beyond what is on hand. */
function takeBack(state: State, sku: string, warehouse: string): void {
  let excess = allocatedIn(state, sku, warehouse) - onHandOf(state, sku, warehouse);
  for (const order of [...state.orders].sort(byRank).reverse()) {
    for (const item of [...order.items].reverse()) {
      if (excess <= 0) return;
      const allocation = allocationIn(item, warehouse);
      if (item.sku !== sku || allocation === undefined) continue;
      const units = Math.min(excess, allocation.open - allocation.picked);
      allocation.open -= units;
      item.buckets.allocated -= units;
      waitAgain(order, item, units);
      excess -= units;
    }
  }
}

export function changeStock(state: State, act: ActOf<'changeStock'>): ActOutcome {
  const { kind, warehouse } = act;
  const known = checkDocument(state, act, [warehouse]);
  if (known !== undefined) return known;
  const after = act.lines.map(({ sku, units }) => {
    const before = onHandOf(state, sku, warehouse);
    if (kind === 'count') return { sku, onHand: units };
    return { sku, onHand: kind === 'damage' ? before - units : before + units };
  });
  if (after.some(({ onHand }) => onHand < 0)) return refusedWith('too_many_units');
  if (after.some(({ sku, onHand }) => onHand < pickedIn(state, sku, warehouse)))
    return refusedWith('below_picked');
  for (const { sku, onHand } of after) {
    setOnHand(state, { sku, warehouse }, onHand);
    takeBack(state, sku, warehouse);
  }
  return remember(state, act);
}

export function transferStock(state: State, act: ActOf<'transferStock'>): ActOutcome {
  const { from, to } = act;
  const known = checkDocument(state, act, [from, to]);
  if (known !== undefined) return known;
  if (act.lines.some(({ sku, units }) => units > available(state, sku, from))) {
    return refusedWith('insufficient_available');
  }
  for (const { sku, units } of act.lines) {
    setOnHand(state, { sku, warehouse: from }, onHandOf(state, sku, from) - units);
    setOnHand(state, { sku, warehouse: to }, onHandOf(state, sku, to) + units);
  }
  return remember(state, act);
}

/** The items an act in a warehouse names, with their allocations there; undefined when one has none. */
function allocatedLines(
  state: State,
  act: { order: string; warehouse: string; items: ActOf<'pickItems'>['items'] },
) {
  const order = present(orderNamed(state, act.order), act.order);
  const rows = [];
  for (const { line, units } of act.items) {
    const item = itemOf(order, line);
    const allocation = allocationIn(item, act.warehouse);
    if (allocation === undefined) return undefined;
    rows.push({ item, allocation, units });
  }
  return rows;
}

export function pickItems(state: State, act: ActOf<'pickItems'>): ActOutcome {
  const order = orderNamed(state, act.order);
  if (order === undefined) return refusedWith('not_found');
  if (order.onHold) return refusedWith('order_on_hold');
  const rows = allocatedLines(state, act);
  if (rows === undefined) return refusedWith('not_allocated');
  if (rows.some(({ allocation, units }) => allocation.picked + units > allocation.open)) {
    return refusedWith('not_allocated');
  }
  for (const { allocation, units } of rows) allocation.picked += units;
  return ACCEPTED;
}

export function shortPick(state: State, act: ActOf<'shortPick'>): ActOutcome {
  const order = orderNamed(state, act.order);
  if (order === undefined) return refusedWith('not_found');
  if (!isManaged(state, act.warehouse)) return refusedWith('stock_unmanaged');
  const rows = allocatedLines(state, act);
  if (rows === undefined) return refusedWith('not_allocated');
  if (rows.some(({ allocation, units }) => units > allocation.open)) return refusedWith('not_allocated');
  for (const { item, allocation, units } of rows) {
    allocation.open -= units;
    allocation.picked = Math.min(allocation.picked, allocation.open);
    item.buckets.allocated -= units;
    setOnHand(
      state,
      { sku: item.sku, warehouse: act.warehouse },
      onHandOf(state, item.sku, act.warehouse) - units,
    );
    waitAgain(order, item, units);
  }
  return ACCEPTED;
}

export function rejectAllocation(state: State, act: ActOf<'rejectAllocation'>): ActOutcome {
  const order = orderNamed(state, act.order);
  if (order === undefined) return refusedWith('not_found');
  const rows = allocatedLines(state, { ...act, items: act.lines.map((line) => ({ line, units: 0 })) });
  if (rows === undefined) return refusedWith('not_allocated');
  if (rows.some(({ allocation }) => allocation.open === allocation.picked))
    return refusedWith('not_allocated');
  const wants = rows.map(({ item, allocation }) => {
    const units = allocation.open - allocation.picked;
    allocation.open = allocation.picked;
    allocation.rejected = true;
    item.buckets.allocated -= units;
    return { item, units };
  });
  wants.sort((a, b) => a.item.line - b.item.line);
  decide(state, order, wants).apply();
  return ACCEPTED;
}

export function shipItems(state: State, act: ActOf<'shipItems'>): ActOutcome {
  const order = orderNamed(state, act.order);
  if (order === undefined) return refusedWith('not_found');
  const name = `shipment ${act.reference}`;
  const before = state.accepted.get(name);
  if (before !== undefined)
    return before === JSON.stringify(act) ? ACCEPTED_BEFORE : refusedWith('reference_reused');
  if (order.onHold) return refusedWith('order_on_hold');
  const rows = allocatedLines(state, act);
  if (rows === undefined) return refusedWith('not_allocated');
  if (rows.some(({ allocation, units }) => units > allocation.open)) return refusedWith('not_allocated');
  const leaving = order.shipping === 'complete' ? order.items : rows.map(({ item }) => item);
  const ahead = leaving.some(
    (item) =>
      item.kind === 'preorder' &&
      item.buckets.ordered - item.buckets.cancelled - item.buckets.shipped > 0 &&
      !isReleased(policyFor(state, item.sku, order.channel), state.now),
  );
  if (ahead) return refusedWith('not_released');
  if (
    order.shipping === 'complete' &&
    order.items.some((item) => unserved(item) + item.buckets.pending > 0)
  ) {
    return refusedWith('order_incomplete');
  }
  for (const { item, allocation, units } of rows) {
    allocation.open -= units;
    allocation.picked = Math.max(0, allocation.picked - units);
    allocation.shipped += units;
    item.buckets.allocated -= units;
    item.buckets.shipped += units;
    if (isManaged(state, act.warehouse)) {
      setOnHand(
        state,
        { sku: item.sku, warehouse: act.warehouse },
        onHandOf(state, item.sku, act.warehouse) - units,
      );
    }
  }
  state.accepted.set(name, JSON.stringify(act));
  return ACCEPTED;
}
