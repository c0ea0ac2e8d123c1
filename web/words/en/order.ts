/** What the pages of one order say. */

import { counted, plural } from '../../../src/words/en/grammar.ts';
import type { Count } from '../../../src/words/grammar.ts';

export const ORDER = {
  order: (number: string) => `Order ${number}`,
  of: (customer: string, channel: string) => `${customer}, ${channel}`,
  items: 'Items',
  line: 'Line',
  promise: 'Promise',
  from: 'From',
  why: 'Why',
  explain: (line: number) => `Why line ${line} has what it has`,
  events: 'What happened',
  hold: 'Hold',
  lift: 'Lift the hold',
  giveBack: 'Also give back what it has',
  holdEffect: (allocated: Count, isGivenBack: boolean) =>
    `Nothing ships and nothing more is given until the hold is lifted. ${
      isGivenBack
        ? `Its ${counted(allocated, 'allocated unit goes', 'allocated units go')} to those who wait.`
        : `It keeps its ${counted(allocated, 'allocated unit', 'allocated units')}.`
    }`,
  cancel: 'Cancel what can be cancelled',
  cancelTitle: 'Cancel the order?',
  cancelEffect: (units: Count, free: Count) =>
    `${counted(units, 'unit is', 'units are')} cancelled; ${free.figure} of them ${plural(free, 'has', 'have')} stock, which goes to those who wait.`,
  keep: 'Keep the order',
  held: 'The order is on hold and gets nothing until the hold is lifted.',
  heldBecause: (reason: string) => `On hold: ${reason}`,
  done: {
    changed: 'Changed',
    shipped: 'Shipped',
    rejected: 'Taken back; other warehouses are tried',
    held: 'On hold',
    lifted: 'The hold is lifted',
    cancelled: 'Cancelled',
    priority: 'Priority is set',
  },
  priority: 'Priority',
  priorityHelp: 'Higher is served first; 0 is the usual one',
  priorityEffect: 'Its waiting items move in their queues; nobody loses what they have.',
  set: 'Set',
  notKnown: 'Not known: nothing on order',
  noPromise: 'Nothing waits',
  sure: (percent: number) => `${percent} % sure`,
  first: (day: string) => `first promised ${day}`,
  sources: {
    stock: 'from stock',
    purchase_order: 'from purchase order',
    release: 'at its release',
    lead_time: 'by lead time',
    unknown: 'not known',
  },
  close: 'Close',
  shipments: 'Shipments',
  change: 'Change quantities',
  now: 'Now',
  wanted: 'Wanted',
  wantedOf: (line: number) => `Wanted of line ${line}`,
  changeEffect: (freed: Count, more: string) =>
    `Frees ${counted(freed, 'unit, which goes', 'units, which go')} to those who wait; asks for ${more} more.`,
  ship: 'Ship',
  shipEffect: (units: Count, items: Count, warehouse: string) =>
    `${counted(units, 'unit', 'units')} of ${counted(items, 'item', 'items')} ${plural(units, 'leaves', 'leave')} ${warehouse} and its books.`,
  reference: 'Reference',
  referenceHelp: 'Of the shipment; sent twice, it has one effect',
  tracking: 'Tracking number',
  reject: 'Rejected by a warehouse',
  rejectEffect: (units: Count, warehouse: string) =>
    `${counted(units, 'unit is', 'units are')} taken from ${warehouse}, which is not asked again for these items; the others are tried.`,
  reason: 'Reason',
  told: (day: string) => `The customer was told ${day}`,
  toldUnknown: 'The customer was told that no day is known',
  holdReason: 'From the dashboard',
} as const;

export const EVENTS = {
  ordered: 'ordered',
  line: (line: number) => `Line ${line}`,
  causes: {
    placed: 'placed',
    filled: 'got stock',
    changed: 'changed',
    cancelled: 'cancelled',
    held: 'put on hold',
    lifted: 'hold lifted',
    taken_back: 'stock taken back',
    short_picked: 'not found in the warehouse',
    rejected: 'rejected by the warehouse',
    prioritized: 'priority changed',
    acknowledged: 'acknowledged',
    picked: 'picked',
    shipped: 'shipped',
  },
} as const;
