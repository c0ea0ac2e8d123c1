/**
 * From commands to acts: which order, line or allocation a command means is looked up in the plain model at the
 * moment it is performed, so that a command always means something that is there.
 */
import { supplyActFor } from './command-supply.ts';
import type { Command, RawOrder } from './commands.ts';
import type { Act, LineUnits } from './plain-acts.ts';
import type { Order } from './plain-state.ts';
import {
  channelCode,
  channelFrom,
  choose,
  EXTERNAL,
  policyFrom,
  referenceNow,
  type Stage,
  skuOf,
  warehouseCode,
  warehouseFrom,
  warehouseNumber,
} from './small-world.ts';

const DAY = 86_400_000;
/** Any other number is a guest. */
const CUSTOMERS = ['ann', 'bob', 'cyd'] as const;

function placed(stage: Stage, raw: RawOrder): Act {
  const { age } = raw;
  const { start } = stage.calendar;
  return {
    act: 'placeOrder',
    order: {
      channel: channelCode(stage, raw.channel),
      number: `${stage.prefix}o${stage.performed.length}`,
      customer: CUSTOMERS[raw.customer] ?? null,
      group: raw.group,
      placedAt: age === null ? null : age < 0 ? Date.UTC(2195, 0, 1) : start - (age + 1) * DAY,
      priority: raw.priority,
      hold: raw.hold,
      shipping: raw.shipping,
      whenIncomplete: raw.whenIncomplete,
      items: raw.items.map(({ product, quantity }) => ({ sku: skuOf(stage, product), quantity })),
    },
  };
}

/** An earlier request once more, the same or with one more unit in it, under its key or another. */
function again(
  { performed }: Stage,
  { which, altered, sameKey }: Extract<Command, { do: 'again' }>,
): Act | undefined {
  if (sameKey && !altered) {
    const keyed = performed.filter(({ key }) => key !== undefined);
    if (keyed.length > 0) return choose(keyed, which);
  }
  const names = [
    'placeOrder',
    'changeStock',
    'transferStock',
    'shipItems',
    'orderSupply',
    'receivePurchaseOrder',
  ];
  const earlier = performed.filter((act) => names.includes(act.act));
  const { key, ...chosen } = choose(earlier, which);
  const act: Act = sameKey && key !== undefined ? { ...chosen, key } : chosen;
  if (!altered) return act;
  if (act.act === 'placeOrder') {
    const items = act.order.items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
    return { ...act, order: { ...act.order, items } };
  }
  if (act.act === 'changeStock' || act.act === 'transferStock') {
    return {
      ...act,
      lines: act.lines.map((line) => ({ ...line, units: line.units === -1 ? 1 : line.units + 1 })),
    };
  }
  if (act.act === 'receivePurchaseOrder') {
    return { ...act, lines: act.lines.map((line) => ({ ...line, units: line.units + 1 })) };
  }
  if (act.act === 'shipItems') {
    return { ...act, items: act.items.map((item) => ({ ...item, units: item.units + 1 })) };
  }
  return undefined;
}

/** One row per line: the last one counts. */
function perLine<Row extends { readonly line: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.line, row])).values()];
}

function onAllocation(
  stage: Stage,
  command: Extract<Command, { do: 'pick' | 'short' | 'ship' | 'reject' }>,
): Act | undefined {
  const { orders } = stage.model.state;
  const open = orders.flatMap((order) =>
    order.items.flatMap((item) =>
      item.allocations
        .filter((allocation) => allocation.open > 0)
        .map((allocation) => ({ order, line: item.line, allocation, warehouse: allocation.warehouse })),
    ),
  );
  if (open.length === 0) {
    if (orders.length === 0) return undefined;
    const order = choose(orders, command.which).number;
    const warehouse = warehouseCode(stage, command.which % EXTERNAL);
    return { act: 'pickItems', order, warehouse, items: [{ line: 1, units: command.units }] };
  }
  const chosen = choose(open, command.which);
  const { warehouse } = chosen;
  const order = chosen.order.number;
  const rows = command.wide
    ? open.filter((each) => each.order === chosen.order && each.warehouse === warehouse)
    : [chosen];
  const items: LineUnits[] = rows.map(({ line, allocation }) => ({
    line,
    units: command.fitting ? Math.min(command.units, allocation.open) : command.units,
  }));
  switch (command.do) {
    case 'pick':
      return { act: 'pickItems', order, warehouse, items };
    case 'short':
      return { act: 'shortPick', order, warehouse, items };
    case 'ship':
      return { act: 'shipItems', reference: referenceNow(stage), order, warehouse, items };
    case 'reject':
      return { act: 'rejectAllocation', order, warehouse, lines: items.map(({ line }) => line) };
  }
}

function onOrder(
  stage: Stage,
  command: Extract<Command, { do: 'change' | 'cancel' | 'hold' | 'lift' | 'prioritize' }>,
): Act | undefined {
  const { orders } = stage.model.state;
  if (orders.length === 0) return undefined;
  const held = orders.filter((order) => order.onHold);
  const chosen: Order = choose(
    command.do === 'lift' && !command.any && held.length > 0 ? held : orders,
    command.which,
  );
  const order = chosen.number;
  switch (command.do) {
    case 'change': {
      const items = command.items.map(({ which, units }) => {
        const { line, buckets } = choose(chosen.items, which);
        return { line, quantity: Math.max(0, buckets.ordered - buckets.cancelled + units) };
      });
      return { act: 'changeOrder', order, items: perLine(items) };
    }
    case 'cancel': {
      const items = command.items?.map(({ which, units }) => ({
        line: choose(chosen.items, which).line,
        units,
      }));
      return { act: 'cancelOrder', order, items: items === undefined ? null : perLine(items) };
    }
    case 'hold':
      return { act: 'holdOrder', order, giveBack: command.giveBack };
    case 'lift':
      return { act: 'liftHold', order };
    case 'prioritize':
      return { act: 'prioritizeOrder', order, priority: command.priority };
  }
}

/** The act that a command means now; undefined when there is nothing it could mean. */
export function actFor(stage: Stage, command: Command): Act | undefined {
  switch (command.do) {
    case 'place':
      return placed(stage, command.order);
    case 'again':
      return again(stage, command);
    case 'pick':
    case 'short':
    case 'ship':
    case 'reject':
      return onAllocation(stage, command);
    case 'stock': {
      const lines = command.lines.map(({ product, units }) => ({ sku: skuOf(stage, product), units }));
      const warehouse = warehouseCode(stage, warehouseNumber(stage, command.warehouse));
      return { act: 'changeStock', kind: command.kind, reference: referenceNow(stage), warehouse, lines };
    }
    case 'transfer': {
      const from = warehouseCode(stage, warehouseNumber(stage, command.from));
      const to = warehouseCode(stage, warehouseNumber(stage, command.to));
      if (from === to) return undefined;
      const lines = [{ sku: skuOf(stage, command.product), units: command.units }];
      return { act: 'transferStock', reference: referenceNow(stage), from, to, lines };
    }
    case 'policy':
      return {
        act: 'putProduct',
        product: { sku: skuOf(stage, command.product), policy: policyFrom(stage, command.policy) },
      };
    case 'channelPolicy': {
      const place = { sku: skuOf(stage, command.product), channel: channelCode(stage, command.channel) };
      if (command.policy === null) return { act: 'deleteChannelPolicy', ...place };
      return { act: 'putChannelPolicy', ...place, policy: policyFrom(stage, command.policy) };
    }
    case 'channel':
      return { act: 'putSalesChannel', channel: channelFrom(stage, command.channel) };
    case 'warehouse': {
      const index = warehouseNumber(stage, command.warehouse);
      return { act: 'putWarehouse', warehouse: warehouseFrom(stage, index, command.enabled) };
    }
    case 'orderSupply':
    case 'expect':
    case 'arrive':
    case 'close':
    case 'cancelSupply':
      return supplyActFor(stage, command);
    case 'clock':
      return { act: 'advanceClock', hours: command.hours };
    default:
      return onOrder(stage, command);
  }
}
