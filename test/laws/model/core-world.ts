/**
 * The pure core as a world: an in-memory driver that keeps the state and lets the core's functions decide, with no
 * database, batches or worker in between. It performs the same acts as the plain model, so the two can be compared
 * at a hundred thousand sequences. Requests sent twice are nothing the core knows of and are not performed here.
 */
import { compareRank } from '../../../src/core/allocation/queue-policy.ts';
import { available } from '../../../src/core/inventory/level.ts';
import { quantity } from '../../../src/core/kernel/quantity.ts';
import { instant } from '../../../src/core/kernel/time.ts';
import { bucketChange } from '../../../src/core/orders/buckets.ts';
import { shippingBar } from '../../../src/core/orders/may-ship.ts';
import { takeBack } from '../../../src/core/orders/order-item.ts';
import {
  cancelOrder,
  changeOrder,
  decideUnits,
  holdOrder,
  liftHold,
  lineOf,
  orderNumbered,
  placeOrder,
} from './core-orders.ts';
import { serveAll } from './core-serving.ts';
import {
  asOrderItem,
  type CoreState,
  change,
  emptyState,
  type HeldItem,
  isManaged,
  levelOf,
  policyOn,
  release,
  sellPolicy,
} from './core-state.ts';
import { performSupplyAct } from './core-supply.ts';
import { viewOf } from './core-view.ts';
import { ACCEPTED, type Act, type ActOutcome, refusedWith, type World } from './plain-acts.ts';

const HOUR = 3_600_000;
type ActOf<Name extends Act['act']> = Extract<Act, { act: Name }>;
type AllocationAct = ActOf<'pickItems' | 'shortPick' | 'shipItems'>;

function putSalesChannel(state: CoreState, { channel }: ActOf<'putSalesChannel'>): void {
  const id = state.channelCodes.id(channel.code);
  const warehouses = channel.warehouses.map((code) => state.warehouseCodes.id(code));
  state.channels.set(id, { ...channel, id, currency: 'EUR', warehouses });
}

const OPEN_DAILY = { timeZone: 'UTC', handlingDays: 0, closedWeekdays: [], closedDates: [] };
const NOWHERE = { latitude: null, longitude: null };

function putWarehouse(state: CoreState, { warehouse }: ActOf<'putWarehouse'>): void {
  const { code, country, managed, enabled } = warehouse;
  const id = state.warehouseCodes.id(code);
  const kinds = managed
    ? ({ kind: 'own', stock: 'managed' } as const)
    : ({ kind: 'external', stock: 'unmanaged' } as const);
  state.warehouses.set(id, { id, code, country, ...kinds, enabled, ...OPEN_DAILY, ...NOWHERE });
}

function putPolicy(
  state: CoreState,
  act: ActOf<'putProduct' | 'putChannelPolicy' | 'deleteChannelPolicy'>,
): void {
  const product = state.productCodes.id(act.act === 'putProduct' ? act.product.sku : act.sku);
  const onChannel = state.policies.get(product)?.onChannel ?? new Map();
  if (act.act === 'putProduct')
    state.policies.set(product, { policy: sellPolicy(act.product.policy), onChannel });
  else if (act.act === 'putChannelPolicy')
    onChannel.set(state.channelCodes.id(act.channel), sellPolicy(act.policy));
  else onChannel.delete(state.channelCodes.id(act.channel));
}

/** A level that fell below what is allocated: the worst-ranked unpicked units go back. */
function takeBackExcess(state: CoreState, level: ReturnType<typeof levelOf>): void {
  const holders = state.orders
    .flatMap((order) => order.items.map((item) => ({ order, item, ranked: asOrderItem(order, item) })))
    .filter(({ item }) => item.product === level.product)
    .sort((a, b) => compareRank(b.ranked, a.ranked));
  for (const { order, item, ranked } of holders) {
    const held = item.allocations.find((each) => each.warehouse === level.warehouse);
    const units = Math.min(level.allocated - level.onHand, held === undefined ? 0 : held.open - held.picked);
    if (units <= 0) continue;
    change(item, takeBack(ranked, units, order.hold !== null));
    release(state, item, [{ warehouse: level.warehouse, units }]);
  }
}

function changeStock(state: CoreState, { kind, warehouse, lines }: ActOf<'changeStock'>): ActOutcome {
  const place = state.warehouseCodes.id(warehouse);
  if (!isManaged(state, place)) return refusedWith('stock_unmanaged');
  const rows = lines.map(({ sku, units }) => {
    const level = levelOf(state, state.productCodes.id(sku), place);
    if (kind === 'count') return { level, onHand: units };
    return { level, onHand: level.onHand + (kind === 'damage' ? -units : units) };
  });
  if (rows.some(({ onHand }) => onHand < 0)) return refusedWith('too_many_units');
  const items = state.orders.flatMap((order) => order.items);
  for (const { level, onHand } of rows) {
    const there = items
      .filter((item) => item.product === level.product)
      .flatMap((item) => item.allocations.filter((each) => each.warehouse === place));
    if (onHand < there.reduce((sum, each) => sum + each.picked, 0)) return refusedWith('below_picked');
  }
  for (const { level, onHand } of rows) {
    level.onHand = onHand;
    takeBackExcess(state, level);
  }
  return ACCEPTED;
}

function transferStock(state: CoreState, { from, to, lines }: ActOf<'transferStock'>): ActOutcome {
  const [source, target] = [state.warehouseCodes.id(from), state.warehouseCodes.id(to)];
  if (!isManaged(state, source) || !isManaged(state, target)) return refusedWith('stock_unmanaged');
  const rows = lines.map(({ sku, units }) => ({ product: state.productCodes.id(sku), units }));
  if (rows.some(({ product, units }) => units > available(levelOf(state, product, source)))) {
    return refusedWith('insufficient_available');
  }
  for (const { product, units } of rows) {
    levelOf(state, product, source).onHand -= units;
    levelOf(state, product, target).onHand += units;
  }
  return ACCEPTED;
}

/** The items and allocations an act names; undefined when one has fewer open units than asked. */
function allocatedRows(state: CoreState, act: AllocationAct) {
  const order = orderNumbered(state, act.order);
  const warehouse = state.warehouseCodes.id(act.warehouse);
  const rows = [];
  for (const { line, units } of act.items) {
    const item = lineOf(order, line);
    const held = item.allocations.find((each) => each.warehouse === warehouse);
    if (held === undefined || units > held.open - (act.act === 'pickItems' ? held.picked : 0))
      return undefined;
    rows.push({ item, held, units });
  }
  return rows;
}

function onAllocation(state: CoreState, act: AllocationAct): ActOutcome {
  const order = orderNumbered(state, act.order);
  const warehouse = state.warehouseCodes.id(act.warehouse);
  if (act.act === 'shortPick' && !isManaged(state, warehouse)) return refusedWith('stock_unmanaged');
  if (act.act !== 'shortPick' && order.hold !== null) return refusedWith('order_on_hold');
  const rows = allocatedRows(state, act);
  if (rows === undefined) return refusedWith('not_allocated');
  if (act.act === 'shipItems') {
    const gates = { itemGatePercent: null, orderGatePercent: null };
    const toShip = (item: HeldItem) => {
      const { releaseAt } = policyOn(state, item.product, order.channel);
      return { ...asOrderItem(order, item), releaseAt };
    };
    const shipping = { ...order, ...gates, items: order.items.map(toShip) };
    const bars = rows.map(({ item }) => shippingBar(shipping, toShip(item), instant(state.now))?.code);
    for (const bar of ['not_released', 'order_incomplete'] as const)
      if (bars.includes(bar)) return refusedWith(bar);
  }
  for (const { item, held, units } of rows) {
    if (act.act === 'pickItems') {
      held.picked += units;
      continue;
    }
    if (act.act === 'shipItems') {
      change(item, bucketChange({ allocated: -units, shipped: units }));
      held.picked = Math.max(0, held.picked - units);
      held.shipped += units;
    } else {
      change(item, takeBack(asOrderItem(order, item), units, order.hold !== null));
      held.picked = Math.min(held.picked, held.open - units);
    }
    release(state, item, [{ warehouse, units }]);
    if (isManaged(state, warehouse)) levelOf(state, item.product, warehouse).onHand -= units;
  }
  return ACCEPTED;
}

function rejectAllocation(state: CoreState, act: ActOf<'rejectAllocation'>): ActOutcome {
  const order = orderNumbered(state, act.order);
  const warehouse = state.warehouseCodes.id(act.warehouse);
  const rows = [];
  for (const line of [...act.lines].sort((a, b) => a - b)) {
    const item = lineOf(order, line);
    const held = item.allocations.find((each) => each.warehouse === warehouse);
    if (held === undefined || held.open === held.picked) return refusedWith('not_allocated');
    rows.push({ item, held, units: quantity(held.open - held.picked) });
  }
  for (const { item, held, units } of rows) {
    release(state, item, [{ warehouse, units }]);
    held.rejected = true;
  }
  return decideUnits(state, order, { wants: rows, insist: true, from: 'allocated' });
}

function performOn(state: CoreState, act: Act): ActOutcome {
  switch (act.act) {
    case 'putSalesChannel':
      putSalesChannel(state, act);
      return ACCEPTED;
    case 'putWarehouse':
      putWarehouse(state, act);
      return ACCEPTED;
    case 'putProduct':
    case 'putChannelPolicy':
    case 'deleteChannelPolicy':
      putPolicy(state, act);
      return ACCEPTED;
    case 'placeOrder':
      return placeOrder(state, act.order);
    case 'changeOrder':
      return changeOrder(state, act.order, act.items);
    case 'cancelOrder':
      return cancelOrder(state, act.order, act.items);
    case 'holdOrder':
      return holdOrder(state, act.order, act.giveBack);
    case 'liftHold':
      return liftHold(state, act.order);
    case 'prioritizeOrder':
      orderNumbered(state, act.order).priority = act.priority;
      return ACCEPTED;
    case 'changeStock':
      return changeStock(state, act);
    case 'transferStock':
      return transferStock(state, act);
    case 'rejectAllocation':
      return rejectAllocation(state, act);
    case 'pickItems':
    case 'shortPick':
    case 'shipItems':
      return onAllocation(state, act);
    case 'advanceClock':
      state.now += act.hours * HOUR;
      return ACCEPTED;
    default:
      return performSupplyAct(state, act);
  }
}

/** An empty world at an instant (milliseconds since 1970). */
export function createCoreWorld(now: number, rules: boolean): World {
  const state = emptyState(now, rules);
  return {
    perform(act) {
      const outcome = performOn(state, act);
      if (outcome.accepted) serveAll(state);
      return outcome;
    },
    view: () => viewOf(state),
  };
}
