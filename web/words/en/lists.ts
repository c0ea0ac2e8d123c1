/** What lists of orders and of those who wait say. */

import { counted } from '../../../src/words/en/grammar.ts';
import type { Count } from '../../../src/words/grammar.ts';

export const ORDERS = {
  title: 'Orders',
  empty: 'No order matches. Clear the filters, or place an order.',
  by: 'Shown by',
  placedSince: (day: string) => `Placed since ${day}`,
  number: 'Number',
  channel: 'Channel',
  customer: 'Customer',
  placed: 'Placed',
  status: 'Status',
  quantities: 'Units',
  sku: 'SKU',
  guest: 'Guest',
} as const;

export const WAITING = {
  title: 'Waiting',
  choose: 'Open a product to see who waits for it, first in line first.',
  byProduct: 'By product',
  byItem: 'By item',
  kind: 'Kind',
  anyKind: 'Any kind',
  nobodyAtAll: 'Nobody waits: all that was accepted has stock.',
  order: 'Order',
  since: 'Waits since',
  ahead: 'Units ahead',
  units: 'Waiting units',
  promised: 'Promised',
  priority: 'Priority',
  nobody: 'Nobody waits for this product.',
  unknown: 'not known',
  bulk: 'Acts on what is chosen',
  bulkChosen: (orders: Count) => `${counted(orders, 'order', 'orders')} chosen`,
  bulkDone: (orders: Count) => `${counted(orders, 'order', 'orders')} changed`,
  putFirst: 'Put first in line',
  usual: 'Usual priority',
  chooseNone: 'Choose none',
} as const;
