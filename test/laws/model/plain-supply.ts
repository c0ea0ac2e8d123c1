/**
 * The plain model's acts on incoming supply: order, another expected day, receive, close, cancel. A purchase order is a
 * list of lines with numbers; what is open, how the order stands and how much may be counted in is worked out from
 * them each time.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import {
  ACCEPTED,
  ACCEPTED_BEFORE,
  type ActOutcome,
  refusedWith,
  type SupplyAct,
  type WorldView,
} from './plain-acts.ts';
import {
  isManaged,
  onHandOf,
  type PurchaseLine,
  type PurchaseOrder,
  type State,
  setOnHand,
} from './plain-state.ts';

type ActOf<Name extends SupplyAct['act']> = Extract<SupplyAct, { act: Name }>;

/** Units that may still come: more than was ordered leaves nothing open. */
export function openOf({ ordered, received, closed }: PurchaseLine): number {
  const left = ordered - closed - received;
  return left > 0 ? left : 0;
}

/** Units that may still be counted in: the tolerance too, unless somebody said that a part will not come. */
function mayArrive(state: State, order: PurchaseOrder, line: PurchaseLine): number {
  if (line.closed > 0) return openOf(line);
  const { overReceiptPercent } = present(state.suppliers.get(order.supplier), order.supplier);
  let most = line.ordered;
  while ((most + 1 - line.ordered) * 100 <= line.ordered * overReceiptPercent) most += 1;
  return most - line.received;
}

function statusOf({ cancelled, lines }: PurchaseOrder): string {
  if (cancelled) return 'cancelled';
  if (lines.some((line) => openOf(line) > 0)) {
    return lines.some(({ received }) => received > 0) ? 'partly_received' : 'sent';
  }
  return lines.some(({ closed }) => closed > 0) ? 'closed' : 'received';
}

function orderSupply(state: State, act: ActOf<'orderSupply'>): ActOutcome {
  if (!state.suppliers.has(act.supplier)) return refusedWith('unknown_supplier');
  if (act.lines.some(({ warehouse }) => !state.warehouses.has(warehouse)))
    return refusedWith('unknown_warehouse');
  if (act.lines.some(({ warehouse }) => !isManaged(state, warehouse))) return refusedWith('stock_unmanaged');
  if (act.lines.some(({ sku }) => !state.products.has(sku))) return refusedWith('unknown_sku');
  if (state.purchaseOrders.some(({ number }) => number === act.purchaseOrder))
    return refusedWith('not_a_draft');
  const lines = act.lines.map(({ sku, warehouse, units, expectedOn }, index) => ({
    line: index + 1,
    sku,
    warehouse,
    ordered: units,
    received: 0,
    closed: 0,
    expectedOn,
  }));
  state.purchaseOrders.push({ number: act.purchaseOrder, supplier: act.supplier, cancelled: false, lines });
  return ACCEPTED;
}

function lineOf(order: PurchaseOrder, line: number): PurchaseLine {
  return present(
    order.lines.find((each) => each.line === line),
    `line ${line} of ${order.number}`,
  );
}

function quoteExpectedDate(order: PurchaseOrder, act: ActOf<'quoteExpectedDate'>): ActOutcome {
  if (order.cancelled) return refusedWith('not_on_its_way');
  lineOf(order, act.line).expectedOn = act.expectedOn;
  return ACCEPTED;
}

function receive(state: State, order: PurchaseOrder, act: ActOf<'receivePurchaseOrder'>): ActOutcome {
  const name = `document receive ${act.reference}`;
  const before = state.accepted.get(name);
  if (before !== undefined)
    return before === JSON.stringify(act) ? ACCEPTED_BEFORE : refusedWith('reference_reused');
  if (!state.warehouses.has(act.warehouse)) return refusedWith('unknown_warehouse');
  if (order.cancelled) return refusedWith('not_on_its_way');
  const arrived = act.lines.map(({ line, units }) => ({ line: lineOf(order, line), units }));
  if (arrived.some(({ line }) => line.warehouse !== act.warehouse)) return refusedWith('wrong_warehouse');
  if (arrived.some(({ line, units }) => units > mayArrive(state, order, line)))
    return refusedWith('over_receipt');
  for (const { line, units } of arrived) {
    line.received += units;
    setOnHand(state, line, onHandOf(state, line.sku, line.warehouse) + units);
  }
  state.accepted.set(name, JSON.stringify(act));
  return ACCEPTED;
}

function close(order: PurchaseOrder, { lines }: ActOf<'closePurchaseOrder'>): ActOutcome {
  if (order.cancelled) return refusedWith('not_on_its_way');
  const asked = lines ?? order.lines.map(({ line }) => ({ line, units: null }));
  const ending = asked.map(({ line, units }) => {
    const found = lineOf(order, line);
    return { found, units: units ?? openOf(found) };
  });
  if (ending.some(({ found, units }) => units > openOf(found))) return refusedWith('too_many_units');
  for (const { found, units } of ending) found.closed += units;
  return ACCEPTED;
}

function cancel(order: PurchaseOrder): ActOutcome {
  if (order.lines.some(({ received }) => received > 0)) return refusedWith('partly_received');
  if (order.cancelled) return refusedWith('purchase_order_ended');
  order.cancelled = true;
  return ACCEPTED;
}

export function performSupplyAct(state: State, act: SupplyAct): ActOutcome {
  if (act.act === 'putSupplier') {
    state.suppliers.set(act.supplier.code, act.supplier);
    return ACCEPTED;
  }
  if (act.act === 'orderSupply') return orderSupply(state, act);
  const order = state.purchaseOrders.find(({ number }) => number === act.purchaseOrder);
  if (order === undefined) return refusedWith('not_found');
  switch (act.act) {
    case 'quoteExpectedDate':
      return quoteExpectedDate(order, act);
    case 'receivePurchaseOrder':
      return receive(state, order, act);
    case 'closePurchaseOrder':
      return close(order, act);
    case 'cancelPurchaseOrder':
      return cancel(order);
  }
}

export function purchaseOrdersOf(state: State): WorldView['purchaseOrders'] {
  return state.purchaseOrders.map((order) => ({
    number: order.number,
    status: statusOf(order),
    lines: order.lines.map((line) => ({ ...line, open: openOf(line) })),
  }));
}
