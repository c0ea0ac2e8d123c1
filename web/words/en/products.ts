/** What the pages of products, policies and stock say. */

import { counted } from '../../../src/words/en/grammar.ts';
import type { Count } from '../../../src/words/grammar.ts';

export const PRODUCTS = {
  title: 'Products',
  search: 'Search SKU or name',
  empty: 'No product matches. Add one, or import a file.',
  name: 'Name',
  queue: 'Who waits',
  more: 'Policies and ledger',
  add: 'Add a product',
  made: (sku: string) => `${sku} is added; say what of it may wait`,
  waits: 'Waiting units',
  incoming: 'On its way',
  noStock: 'No stock yet. Receive some.',
  stockOf: (sku: string) => `Stock of ${sku}`,
  availability: 'What an order of one unit would get now',
  inStock: 'In stock',
  later: 'Later',
  refused: 'Refused',
  ledger: 'Ledger',
  moved: 'Moved',
  balance: 'Balance',
  document: 'Document',
  when: 'When',
  forecast: (release: string, preordered: string, total: string) =>
    `Release ${release}: ${preordered} pre-ordered so far, about ${total} by then.`,
  interval: (low: string, high: string, launches: string) =>
    `Between ${low} and ${high}, judged by ${launches} earlier launches.`,
  noInterval: 'Too few earlier launches to say how sure that is.',
} as const;

export const POLICY = {
  title: 'What may wait',
  help: 'Switching it off keeps what already waits; limits count what is outstanding.',
  backorder: 'Backorders',
  backorderAllowed: 'May be ordered without stock',
  until: 'Last day on which they are accepted',
  preorder: 'Pre-orders',
  preorderAllowed: 'May be ordered before the release',
  limits: {
    perOrder: 'Per order',
    perCustomer: 'Per customer',
    perChannel: 'Per channel',
    perProduct: 'In all',
  },
  unlimited: 'no limit',
  upToIncoming: 'No more than is on its way',
  release: 'Release',
  releaseTime: 'Time of release',
  timeZone: 'Time zone',
  save: 'Save the policy',
  saved: 'The policy is saved; it counts for orders from now on',
  onChannels: 'Otherwise on a channel',
  of: (channel: string) => `Policy on ${channel}`,
  addFor: 'Add a policy for a channel',
  add: 'Add it',
  remove: 'Remove',
  removed: (channel: string) => `${channel} has the policy of the product again`,
} as const;

export const INVENTORY = {
  title: 'Inventory',
  warehouse: 'Warehouse',
  onHand: 'On hand',
  allocated: 'Allocated',
  available: 'Available',
  empty: 'No stock matches. Receive some, or import a file.',
  kinds: {
    receive: 'received',
    return: 'returned',
    adjust: 'corrected',
    count: 'by a count',
    damage: 'written off',
    transfer_out: 'moved away',
    transfer_in: 'moved in',
    ship: 'shipped',
    short_pick: 'not found',
  },
} as const;

export const STOCK = {
  act: 'Change stock',
  acts: {
    receive: 'Receive',
    count: 'Count',
    adjust: 'Correct',
    transfer: 'Move to another warehouse',
    damage: 'Write off',
    return: 'Take a return',
  },
  help: {
    receive: 'What is counted in goes to those who wait, first in line first.',
    count: 'What is on hand becomes what was counted. Below what is allocated, the last in line wait again.',
    adjust:
      'Adds or takes away units, with a reason. Taken from allocated units, the last in line wait again.',
    transfer: 'Moves free units; allocated ones stay.',
    damage:
      'Takes units off the books, with a reason. Taken from allocated units, the last in line wait again.',
    return: 'What came back goes to those who wait, first in line first.',
  },
  done: {
    receive: 'Received; those who wait are served',
    count: 'Counted',
    adjust: 'Corrected',
    transfer: 'Moved',
    damage: 'Written off',
    return: 'Taken back; those who wait are served',
  },
  from: 'From',
  to: 'To',
  sku: (line: number) => `SKU ${line}`,
  units: (line: number) => `Units ${line}`,
  counted: (line: number) => `Counted ${line}`,
  effect: (now: string, after: string) => `${now} → ${after} on hand`,
  waits: (units: Count) => counted(units, 'waits', 'wait'),
  addLine: 'Add a line',
  removeLine: (line: number) => `Remove line ${line}`,
} as const;
