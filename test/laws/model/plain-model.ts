/**
 * A plain model of the whole product: an in-memory world that performs acts one after the other and, after each,
 * serves everything that waits. It knows nothing of batches, gates, workers or counters, and was written from the
 * rules in words and apart from the code it judges; where the two differ, one of them is wrong.
 *
 * plain-acts: what can happen and what is compared · plain-state: what there is · plain-serving: who gets what ·
 * plain-promises: who gets what is still to come · plain-orders, plain-stock and plain-supply: the acts.
 */
import {
  ACCEPTED,
  ACCEPTED_BEFORE,
  type Act,
  type ActOutcome,
  refusedWith,
  type World,
  type WorldView,
} from './plain-acts.ts';
import {
  cancelOrder,
  changeOrder,
  holdOrder,
  liftHold,
  placeOrder,
  prioritizeOrder,
} from './plain-orders.ts';
import { promisesOf } from './plain-promises.ts';
import { serveQueues } from './plain-serving.ts';
import { allocatedIn, type State } from './plain-state.ts';
import {
  changeStock,
  pickItems,
  rejectAllocation,
  shipItems,
  shortPick,
  transferStock,
} from './plain-stock.ts';
import { performSupplyAct, purchaseOrdersOf } from './plain-supply.ts';

const HOUR = 3_600_000;

export interface PlainModel extends World {
  /** For choosing what to do next; not to be changed. */
  readonly state: Readonly<State>;
}

function putSalesChannel(state: State, { channel }: Extract<Act, { act: 'putSalesChannel' }>): ActOutcome {
  if (channel.warehouses.some((code) => !state.warehouses.has(code))) return refusedWith('unknown_warehouse');
  state.channels.set(channel.code, channel);
  return ACCEPTED;
}

function putProduct(state: State, { product }: Extract<Act, { act: 'putProduct' }>): ActOutcome {
  const channelPolicies = state.products.get(product.sku)?.channelPolicies ?? new Map();
  state.products.set(product.sku, { policy: product.policy, channelPolicies });
  return ACCEPTED;
}

function changeChannelPolicy(
  state: State,
  act: Extract<Act, { act: 'putChannelPolicy' | 'deleteChannelPolicy' }>,
): ActOutcome {
  const product = state.products.get(act.sku);
  if (product === undefined) return refusedWith('not_found');
  if (!state.channels.has(act.channel)) return refusedWith('unknown_channel');
  if (act.act === 'putChannelPolicy') product.channelPolicies.set(act.channel, act.policy);
  else product.channelPolicies.delete(act.channel);
  return ACCEPTED;
}

function performOn(state: State, act: Act): ActOutcome {
  switch (act.act) {
    case 'putSalesChannel':
      return putSalesChannel(state, act);
    case 'putWarehouse':
      state.warehouses.set(act.warehouse.code, act.warehouse);
      return ACCEPTED;
    case 'putProduct':
      return putProduct(state, act);
    case 'putChannelPolicy':
    case 'deleteChannelPolicy':
      return changeChannelPolicy(state, act);
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
      return prioritizeOrder(state, act.order, act.priority);
    case 'changeStock':
      return changeStock(state, act);
    case 'transferStock':
      return transferStock(state, act);
    case 'pickItems':
      return pickItems(state, act);
    case 'shortPick':
      return shortPick(state, act);
    case 'rejectAllocation':
      return rejectAllocation(state, act);
    case 'shipItems':
      return shipItems(state, act);
    case 'advanceClock':
      state.now += act.hours * HOUR;
      return ACCEPTED;
    default:
      return performSupplyAct(state, act);
  }
}

function performOnce(state: State, { key, ...act }: Act): ActOutcome {
  const contents = JSON.stringify(act);
  const known = key === undefined ? undefined : state.answered.get(key);
  if (known !== undefined && known.contents !== contents) return refusedWith('idempotency_key_reused');
  if (known !== undefined) return known.outcome.accepted ? ACCEPTED_BEFORE : known.outcome;
  const outcome = performOn(state, act);
  if (outcome.accepted) serveQueues(state);
  if (key !== undefined) state.answered.set(key, { contents, outcome });
  return outcome;
}

const byWarehouse = (a: { warehouse: string }, b: { warehouse: string }) =>
  a.warehouse < b.warehouse ? -1 : 1;

function levelsOf(state: State): WorldView['levels'] {
  const levels = [];
  for (const sku of [...state.products.keys()].sort()) {
    const onHand = state.onHand.get(sku) ?? new Map<string, number>();
    for (const [warehouse, units] of [...onHand].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (units > 0)
        levels.push({ sku, warehouse, onHand: units, allocated: allocatedIn(state, sku, warehouse) });
    }
  }
  return levels;
}

function viewOf(state: State): WorldView {
  const items = state.orders.flatMap((order) => order.items);
  const promises = promisesOf(state);
  return {
    orders: state.orders.map((order) => ({
      number: order.number,
      onHold: order.onHold,
      priority: order.priority,
      items: order.items.map((item) => ({
        line: item.line,
        sku: item.sku,
        kind: item.kind,
        buckets: { ...item.buckets },
        promise: promises.get(item) ?? [],
        allocations: item.allocations
          .filter((each) => each.open + each.shipped > 0 || each.rejected)
          .map((each) => ({ ...each }))
          .sort(byWarehouse),
      })),
    })),
    purchaseOrders: purchaseOrdersOf(state),
    levels: levelsOf(state),
    waiting: [...state.products.keys()].sort().map((sku) => {
      const waiting = { sku, backordered: 0, preordered: 0, unfillable: 0 };
      for (const item of items) {
        if (item.sku !== sku) continue;
        waiting.backordered += item.buckets.backordered;
        waiting.preordered += item.buckets.preordered;
        waiting.unfillable += item.buckets.unfillable;
      }
      return waiting;
    }),
  };
}

/** An empty world at an instant (milliseconds since 1970). */
export function createPlainModel(now: number, rules: boolean): PlainModel {
  const state: State = {
    now,
    rules,
    warehouses: new Map(),
    channels: new Map(),
    products: new Map(),
    onHand: new Map(),
    orders: [],
    suppliers: new Map(),
    purchaseOrders: [],
    accepted: new Map(),
    answered: new Map(),
  };
  return {
    state,
    perform: (act) => performOnce(state, act),
    view: () => viewOf(state),
  };
}
