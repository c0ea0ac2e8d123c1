/**
 * The small world in which commands are played: how its channels, warehouses and products are named and what they
 * are at the start. Codes and numbers get a prefix, so that many sequences can share one database; days come from
 * a calendar, so that a world whose clock cannot be moved uses days that are long past or far ahead.
 */
import { present } from '../../../src/core/kernel/assert.ts';
import type { RawChannel, RawPolicy, Sequence } from './commands.ts';
import type { Act, Channel, Policy, Warehouse, Zone } from './plain-acts.ts';
import type { PlainModel } from './plain-model.ts';
import { COUNTRIES } from './small-rules.ts';

const ZONES: readonly [Zone, Zone, Zone] = ['Etc/UTC', 'Asia/Tokyo', 'America/Phoenix'];
export const EXTERNAL = 3;
/** Of 5 units one more may come, of 10 two. */
const OVER_RECEIPT_PERCENT = 20;
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

/** Where a sequence is played. */
export interface Stage {
  readonly prefix: string;
  readonly calendar: Calendar;
  /** Whether there is an external warehouse that always delivers. */
  readonly external: boolean;
  readonly model: PlainModel;
  /** What was performed so far, the setup included. */
  readonly performed: readonly Act[];
}

export const warehouseCode = ({ prefix }: { prefix: string }, index: number) => `${prefix}w${index}`;
export const channelCode = ({ prefix }: { prefix: string }, index: number) => `${prefix}c${index}`;
export const skuOf = ({ prefix }: { prefix: string }, index: number) => `${prefix}p${index}`;
export const supplierCode = ({ prefix }: { prefix: string }) => `${prefix}s`;
export const referenceNow = (stage: Stage) => `${stage.prefix}r${stage.performed.length}`;

/** A warehouse that exists: without an external one its number means the first. */
export function warehouseNumber(stage: Stage, index: number): number {
  return index % (stage.external ? EXTERNAL + 1 : EXTERNAL);
}

/** The element that a number of any size stands for. */
export function choose<Row>(rows: readonly Row[], which: number): Row {
  return present(rows[which % rows.length], 'an element');
}

export function policyFrom({ calendar }: Stage, raw: RawPolicy): Policy {
  return {
    backorder: {
      allowed: raw.backorder,
      until: raw.until === null ? null : choose(calendar.untils, raw.until),
      limits: raw.backorderLimits,
    },
    preorder: { allowed: raw.preorder && raw.release !== null, limits: raw.preorderLimits },
    release: raw.release && {
      at: choose(calendar.releases, raw.release.at),
      timeZone: choose(ZONES, raw.release.zone),
    },
  };
}

export function channelFrom(stage: Stage, raw: RawChannel): Channel {
  const warehouses = raw.warehouses.map((index) => warehouseCode(stage, index));
  // only the third channel ever uses the external warehouse
  if (raw.external && raw.channel === 2 && stage.external) {
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

export function warehouseFrom(stage: Stage, index: number, enabled: boolean): Warehouse {
  const country = COUNTRIES[index] ?? null;
  return { code: warehouseCode(stage, index), country, managed: index !== EXTERNAL, enabled };
}

/** The acts that make the small world: warehouses, channels, products, a supplier, stock. */
export function settingUp(stage: Stage, { limits, stock, until }: Sequence): Act[] {
  const usual = { complete: false, giveBack: false, enabled: true, external: true };
  const channels: RawChannel[] = [
    { ...usual, channel: 0, strict: true, warehouses: [0, 1] },
    { ...usual, channel: 1, strict: true, warehouses: [1, 2, 0] },
    { ...usual, channel: 2, strict: false, warehouses: [2] },
  ];
  const [forBackorders, forPreorders, forChannel] = limits;
  const backorder = { allowed: true, until: null, limits: forBackorders };
  const preorder = { allowed: true, limits: forPreorders };
  const release = { at: stage.calendar.releases[0], timeZone: 'Asia/Tokyo' as const };
  const lastDay = until === null ? null : choose(stage.calendar.untils, until);
  const policies: Policy[] = [
    NOTHING_WAITS,
    { ...NOTHING_WAITS, backorder: { ...backorder, until: lastDay } },
    { backorder, preorder, release },
  ];
  const override = { backorder, preorder: { allowed: true, limits: forChannel }, release };
  return [
    ...(stage.external ? [0, 1, 2, EXTERNAL] : [0, 1, 2]).map(
      (index): Act => ({ act: 'putWarehouse', warehouse: warehouseFrom(stage, index, true) }),
    ),
    ...channels.map((raw): Act => ({ act: 'putSalesChannel', channel: channelFrom(stage, raw) })),
    ...policies.map(
      (policy, index): Act => ({ act: 'putProduct', product: { sku: skuOf(stage, index), policy } }),
    ),
    { act: 'putSupplier', supplier: { code: supplierCode(stage), overReceiptPercent: OVER_RECEIPT_PERCENT } },
    { act: 'putChannelPolicy', sku: skuOf(stage, 2), channel: channelCode(stage, 1), policy: override },
    ...[0, 1, 2].map(
      (index): Act => ({
        act: 'changeStock',
        kind: 'count',
        reference: `${stage.prefix}s${index}`,
        warehouse: warehouseCode(stage, index),
        lines: stock.map((row, product) => ({ sku: skuOf(stage, product), units: row[index] ?? 0 })),
      }),
    ),
  ];
}
