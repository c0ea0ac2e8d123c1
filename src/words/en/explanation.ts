/** What an explanation says, in English. */
import type { Count } from '../grammar.ts';
import { and, counted, or, plural } from './grammar.ts';

const unitsOf = (count: Count) => counted(count, 'unit', 'units');

export const EXPLANATION = {
  quoted: (name: string) => `"${name}"`,
  named: (name: string, code: string) => `${name} (${code})`,
  standing: {
    head: (wanted: Count, parts: readonly string[]) => `Of ${wanted.figure} wanted: ${parts.join(', ')}.`,
    shipped: (units: Count) => `${units.figure} shipped`,
    allocated: (units: Count) => `${units.figure} allocated`,
    pending: (units: Count) => `${units.figure} on hold`,
    waits: (units: Count) => counted(units, 'waits', 'wait'),
    nothing: 'none is open',
    bought: 'It waits for the purchase order that was made for it.',
    first: 'Nobody is ahead of it.',
    ahead: (units: Count) => `${unitsOf(units)} ${plural(units, 'is', 'are')} ahead of it.`,
  },
  rules: {
    none: (version: number) =>
      `No rule of rule set ${version} applied; the channel's order of preference decided.`,
    applied: (rules: readonly string[], version: number) =>
      `${plural({ of: rules.length }, 'Rule', 'Rules')} ${and(rules)} of rule set ${version} applied.`,
    apply: (rules: readonly string[], version: number) =>
      `${plural({ of: rules.length }, 'Rule', 'Rules')} ${and(rules)} of rule set ${version} ${plural({ of: rules.length }, 'applies', 'apply')}.`,
    missed: (rules: readonly string[]) =>
      `${and(rules)} did not apply, since a value that the condition needs is missing.`,
  },
  search: {
    exact: 'The warehouses were chosen for the whole order; no other choice is better.',
    greedy: 'The warehouses were chosen for the whole order step by step; not every choice was tried.',
  },
  /** Of a decision that was made, and of what one would be now. */
  had: {
    units: (warehouse: string, units: Count) => `${warehouse} had ${units.figure}`,
    unlimited: (warehouse: string) => `${warehouse} delivers whatever is asked`,
    gaveNothing: 'gave nothing',
    gaveAll: 'gave them',
    gave: (units: Count) => `gave ${units.figure}`,
  },
  has: {
    units: (warehouse: string, units: Count) => `${warehouse} has ${units.figure}`,
    unlimited: (warehouse: string) => `${warehouse} delivers whatever is asked`,
    gaveNothing: 'can give nothing',
    gaveAll: 'can give them',
    gave: (units: Count) => `can give ${units.figure}`,
  },
  asked: (had: string, gave: string, because: readonly string[]) =>
    `${had} and ${gave}${because.length === 0 ? '' : ` (${because.join(', ')})`}.`,
  keeps: (units: Count) => `keeps ${units.figure} as safety stock`,
  room: (units: Count) => `has room for ${units.figure} more today`,
  scores: {
    nearest: (kilometres: Count) => `${kilometres.figure} km away`,
    nearestUnknown: 'distance not known',
    cost: (cost: string) => `costs ${cost} a shipment`,
    costUnknown: 'cost not known',
    fastest: (days: Count) => counted(days, 'day', 'days'),
    fastestUnknown: 'time not known',
    place: (place: Count) => `place ${place.figure} in the list`,
    balance: (units: Count) => `given ${unitsOf(units)} today`,
    lastUnits: 'would be left with its last units',
  },
  excluded: {
    rejected: (warehouse: string, rule: string) =>
      `${warehouse} rejected it before and was not asked again${rule}.`,
    only: (warehouse: string, rule: string) => `${warehouse} was left out: others are to serve it${rule}.`,
    exclude: (warehouse: string, rule: string) => `${warehouse} was left out${rule}.`,
    within_distance: (warehouse: string, rule: string) =>
      `${warehouse} was left out: it is too far away, or the distance is not known${rule}.`,
    in_stock_in_full: (warehouse: string, rule: string) =>
      `${warehouse} was left out: it does not have all units${rule}.`,
  },
  byRule: (rule: string) => ` (rule ${rule})`,
  tooFew: (warehouse: string) => `${warehouse} would have given the order too few units for a shipment.`,
  waitsFor: (warehouses: readonly string[], until: string) =>
    `Until ${until} it waits for ${or(warehouses)} rather than being served from elsewhere.`,
  waits: {
    backorder: (units: Count, ahead: string) =>
      `${unitsOf(units)} ${plural(units, 'waits', 'wait')} as a backorder; ${ahead}.`,
    preorder: (units: Count, ahead: string) =>
      `${unitsOf(units)} ${plural(units, 'waits', 'wait')} as a pre-order; ${ahead}.`,
    nobodyAhead: 'nobody was ahead',
    ahead: (units: Count) => `${unitsOf(units)} waited ahead`,
  },
  unfillable: (units: Count, because: string) =>
    `${unitsOf(units)} cannot be served and may not wait${because}.`,
  since: (bar: string) => `, since ${bar}`,
  bars: {
    preorder_not_allowed: 'the product may not be pre-ordered',
    backorder_not_allowed: 'the product may not be backordered',
    backorder_window_closed: 'backorders of the product are closed',
    limit_per_order: 'the limit per order is reached',
    limit_per_customer: 'the limit per customer is reached',
    limit_per_channel: 'the limit of the channel is reached',
    limit_per_product: 'the limit of the product is reached',
    limit_incoming: 'no more may wait than is incoming',
  },
  whole: 'The order is served as a whole or not at all.',
  onHold: 'The order is on hold and gets nothing until it is lifted.',
  boughtWith: (number: string) => `Purchase order ${number} was made for it.`,
  warehouse: (warehouse: string) => `The warehouse was ${warehouse}.`,
  reason: (reason: string) => `The reason given: ${reason}`,
  supply: {
    unknown: (units: Count) => `${unitsOf(units)}: no day is known, since nothing on order is left for them.`,
    on: (units: Count, day: string, from: string) => `${unitsOf(units)} can ship on ${day}, ${from}.`,
    stock: 'from stock',
    purchaseOrder: (number: string) => `from purchase order ${number}`,
    sure: (percent: Count) => `, ${percent.figure} % sure`,
    release: 'at the release',
    leadTime: 'if it is ordered today',
  },
} as const;
