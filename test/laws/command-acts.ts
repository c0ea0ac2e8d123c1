/**
 * From commands to acts: which order, line or allocation a command means is looked up in the plain model at the
 * moment it is performed. Codes and numbers get a prefix, so that many sequences can share one database; days come
 * from a calendar, so that a world whose clock cannot be moved uses days that are long past or far ahead.
 */
import { present } from '../../src/core/kernel/assert.ts';
import type { Command, RawChannel, RawOrder, RawPolicy, Sequence } from './commands.ts';
import type { Act, Channel, LineUnits, Policy, Warehouse, Zone } from './plain-acts.ts';
import type { PlainModel } from './plain-model.ts';
import type { Order } from './plain-state.ts';

const DAY = 86_400_000;
const ZONES: readonly [Zone, Zone, Zone] = ['Etc/UTC', 'Asia/Tokyo', 'America/Phoenix'];
const CUSTOMERS = ['ann', 'bob', 'cyd', null] as const;
const EXTERNAL = 3;
const NO_LIMITS = { perOrder: null, perCustomer: null, perChannel: null, perProduct: null };
const NOTHING_WAITS: Policy = {
  backorder: { allowed: false, until: null, limits: NO_LIMITS },
  preorder: { allowed: false, limits: NO_LIMITS },
  release: null,
};

export interface Calendar {
  readonly start: number;
  readonly releases: readonly [string, string, string, string, string];
  readonly untils: readonly [string, string, string, string];
}

/** For worlds whose clock moves: releases and last days lie around the start, at noon UTC on 1 March 2026. */
export const MOVING_CALENDAR: Calendar = {
  start: Date.UTC(2026, 2, 1, 12),
  releases: ['2026-03-02', '2026-03-03T08:30', '2026-03-01', '2026-02-01', '2190-01-01'],
  untils: ['2026-03-01', '2026-03-02', '2026-02-27', '2190-01-01'],
};

/** For worlds on the real clock. */
export function standingCalendar(start: number): Calendar {
  return {
    start,
    releases: ['2190-01-01', '2190-06-01T08:30', '2020-01-01', '2020-06-01T23:59', '2190-02-28'],
    untils: ['2190-01-01', '2020-01-01', '2020-06-30', '2190-12-31'],
  };
}

export interface Stage {
  readonly prefix: string;
  readonly calendar: Calendar;
  readonly model: PlainModel;
  /** What was performed so far, the setup included. */
  readonly performed: readonly Act[];
}

const warehouseCode = (stage: Stage, index: number) => `${stage.prefix}w${index}`;
const channelCode = (stage: Stage, index: number) => `${stage.prefix}c${index}`;
const skuOf = (stage: Stage, index: number) => `${stage.prefix}p${index}`;
const referenceNow = (stage: Stage) => `${stage.prefix}r${stage.performed.length}`;

/** The element that a number of any size stands for. */
function choose<Row>(rows: readonly Row[], which: number): Row {
  return present(rows[which % rows.length], 'an element');
}

function policyFrom({ calendar }: Stage, raw: RawPolicy): Policy {
  return {
    backorder: {
      allowed: raw.backorder,
      until: raw.until === null ? null : choose(calendar.untils, raw.until),
      limits: raw.backorderLimits,
    },
    preorder: { allowed: raw.preorder && raw.release !== null, limits: raw.preorderLimits },
    release: raw.release && { at: choose(calendar.releases, raw.release.at), timeZone: choose(ZONES, raw.release.zone) },
  };
}

function channelFrom(stage: Stage, raw: RawChannel): Channel {
  const warehouses = raw.warehouses.map((index) => warehouseCode(stage, index));
  // only the third channel ever uses the external warehouse
  if (raw.external && raw.channel === 2 && stage.model.state.warehouses.size > EXTERNAL) {
    warehouses.push(warehouseCode(stage, EXTERNAL));
  }
  return {
    code: channelCode(stage, raw.channel),
    timeZone: choose(ZONES, raw.channel),
    acceptance: raw.strict ? 'strict' : 'accept_always',
    shipping: raw.complete ? 'complete' : 'partial',
    whenIncomplete: raw.giveBack ? 'give_back' : 'hold',
    warehouses,
    enabled: raw.enabled,
  };
}

function warehouseFrom(stage: Stage, index: number, enabled: boolean): Warehouse {
  return { code: warehouseCode(stage, index), managed: index !== EXTERNAL, enabled };
}

/** Performs the acts that make the small world: warehouses, channels, products, stock. */
export function setUp(stage: Stage, sequence: Sequence, perform: (act: Act) => void): void {
  for (let index = 0; index < (sequence.external ? 4 : 3); index += 1) {
    perform({ act: 'putWarehouse', warehouse: warehouseFrom(stage, index, true) });
  }
  const usual = { complete: false, giveBack: false, enabled: true, external: sequence.external };
  for (const raw of [
    { ...usual, channel: 0, strict: true, warehouses: [0, 1] },
    { ...usual, channel: 1, strict: true, warehouses: [1, 2, 0] },
    { ...usual, channel: 2, strict: false, warehouses: [2] },
  ]) {
    perform({ act: 'putSalesChannel', channel: channelFrom(stage, raw) });
  }
  const [forBackorders, forPreorders, forChannel] = sequence.limits;
  const backorder = { allowed: true, until: null, limits: forBackorders };
  const release = { at: stage.calendar.releases[0], timeZone: 'Asia/Tokyo' as const };
  const preorder = { allowed: true, limits: forPreorders };
  const policies: Policy[] = [
    NOTHING_WAITS,
    { ...NOTHING_WAITS, backorder },
    { ...NOTHING_WAITS, preorder, release },
  ];
  policies.forEach((policy, index) => {
    perform({ act: 'putProduct', product: { sku: skuOf(stage, index), policy } });
  });
  const override = { backorder, preorder: { allowed: true, limits: forChannel }, release };
  perform({ act: 'putChannelPolicy', sku: skuOf(stage, 2), channel: channelCode(stage, 1), policy: override });
  for (const warehouse of [0, 1, 2]) {
    const lines = sequence.stock.map((row, index) => ({ sku: skuOf(stage, index), units: row[warehouse] ?? 0 }));
    perform({
      act: 'changeStock',
      kind: 'count',
      reference: referenceNow(stage),
      warehouse: warehouseCode(stage, warehouse),
      lines,
    });
  }
}

function placed(stage: Stage, raw: RawOrder): Act {
  const { age } = raw;
  const { start } = stage.calendar;
  return {
    act: 'placeOrder',
    order: {
      channel: channelCode(stage, raw.channel),
      number: `${stage.prefix}o${stage.performed.length}`,
      customer: choose(CUSTOMERS, raw.customer),
      placedAt: age === null ? null : age < 0 ? Date.UTC(2195, 0, 1) : start - (age + 1) * DAY,
      priority: raw.priority,
      hold: raw.hold,
      shipping: raw.shipping,
      whenIncomplete: raw.whenIncomplete,
      items: raw.items.map(({ product, quantity }) => ({ sku: skuOf(stage, product), quantity })),
    },
  };
}

/** An earlier request once more, the same or with one more unit in it. */
function again({ performed }: Stage, which: number, altered: boolean): Act | undefined {
  const names = ['placeOrder', 'changeStock', 'transferStock', 'shipItems'];
  const earlier = performed.filter((act) => names.includes(act.act));
  const act = choose(earlier, which);
  if (!altered) return act;
  if (act.act === 'placeOrder') {
    const items = act.order.items.map((item) => ({ ...item, quantity: item.quantity + 1 }));
    return { ...act, order: { ...act.order, items } };
  }
  if (act.act === 'changeStock' || act.act === 'transferStock') {
    return { ...act, lines: act.lines.map((line) => ({ ...line, units: line.units === -1 ? 1 : line.units + 1 })) };
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
      const items = command.items?.map(({ which, units }) => ({ line: choose(chosen.items, which).line, units }));
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

/** A warehouse that exists: without an external one its number means the first. */
function warehouseNumber(stage: Stage, index: number): number {
  return index % stage.model.state.warehouses.size;
}

/** The act that a command means now; undefined when there is nothing it could mean. */
export function actFor(stage: Stage, command: Command): Act | undefined {
  switch (command.do) {
    case 'place':
      return placed(stage, command.order);
    case 'again':
      return again(stage, command.which, command.altered);
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
    case 'clock':
      return { act: 'advanceClock', hours: command.hours };
    default:
      return onOrder(stage, command);
  }
}
