/** What the pages of channels, warehouses, imports and settings say. */

import { counted, plural } from '../../../src/words/en/grammar.ts';
import type { Count } from '../../../src/words/grammar.ts';

export const CHANNELS = {
  title: 'Channels',
  sentence: 'Where orders come from, and which warehouses serve them.',
  empty: 'No channel yet. Add the first one.',
  add: 'Add a channel',
  servedBy: 'Served by, first one first',
  acceptance: 'Takes orders',
  accepts: { strict: 'as policies allow', accept_always: 'always; what may not wait is unfillable' },
  shipping: 'Ships',
  ships: { partial: 'what is there', complete: 'whole orders' },
  whenIncomplete: 'What is ready of a whole order',
  incomplete: { hold: 'is kept for it', give_back: 'is left to others' },
} as const;

export const WAREHOUSES = {
  title: 'Warehouses',
  empty: 'No warehouse yet. Add the first one.',
  add: 'Add a warehouse',
  map: 'Warehouses on a map',
  kind: 'Kind',
  kinds: { own: 'Own', external: 'External' },
  stock: 'Stock',
  stocks: { managed: 'managed here', unmanaged: 'always delivers' },
  country: 'Country',
  latitude: 'Latitude',
  longitude: 'Longitude',
  handlingDays: 'Handling days',
  closed: 'Closed on',
} as const;

export const IMPORT = {
  title: 'Import',
  act: 'Import',
  sentence:
    'Good rows are kept, bad ones come back as a file. What was imported before is not repeated; stock is counted anew.',
  kind: 'What the file holds',
  kinds: {
    orders: 'Orders',
    products: 'Products',
    inventory: 'Inventory counts',
    suppliers: 'Suppliers',
    'supplier-products': 'What suppliers sell',
    'purchase-orders': 'Purchase orders',
    receipts: 'Receipts',
  },
  columns: {
    orders:
      'Columns: channel, number, sku, quantity; if wanted: customer, placed_at, priority, unit_price and more.',
    products:
      'Columns: sku; name for a new one; if wanted: backorder_allowed, release_at and more. What has no column stays as it is.',
    inventory: 'Columns: sku, warehouse, on_hand.',
    suppliers:
      'Columns: code; for a new one: name, currency, time_zone, lead_days. What has no column stays as it is.',
    'supplier-products': 'Columns: supplier, sku; if wanted: unit_price, pack_size, lead_days and more.',
    'purchase-orders':
      'Columns: number, supplier, sku, warehouse, quantity; if wanted: expected_on and more.',
    receipts: 'Columns: reference, sku, warehouse, units; if wanted: purchase_order, line and more.',
  },
  noChannel: { orders: 'Each row names its channel', products: 'Policies for all channels' },
  file: 'CSV file',
  chooseFile: 'Choose a file',
  noFile: 'Choose no file',
  start: 'Import the file',
  progress: 'Read of the file',
  rejectedSoFar: (rows: Count) => `${counted(rows, 'bad row', 'bad rows')} so far`,
  failed: 'The file was not imported',
  done: (rows: Count) => `${counted(rows, 'row', 'rows')} imported`,
  repeated: (rows: Count) => `${counted(rows, 'row', 'rows')} had been imported before.`,
  rejected: (rows: Count) =>
    plural(
      rows,
      `${rows.figure} row is bad and changed nothing. Correct it and import it again.`,
      `${rows.figure} rows are bad and changed nothing. Correct them and import them again.`,
    ),
  badRows: (rows: Count) => plural(rows, 'The first bad row', `The first ${rows.figure} bad rows`),
  saveBad: 'Save the bad rows as a file',
  bad: 'Bad rows',
  line: 'Line',
  column: 'Column',
  problem: 'Problem',
  row: 'Row',
} as const;

export const SETTINGS = {
  title: 'Settings',
  looks: 'This browser',
  looksHelp: 'These are kept by this browser and change nothing for others.',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  density: 'Density',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  promises: 'Promises',
  confidence: 'Confidence, percent',
  confidenceHelp: 'So many of a hundred promises should be kept',
  quietDays: 'Quiet days',
  quietHelp: 'A promise that moves by no more troubles no customer',
  save: 'Save',
  saved: 'Saved; promises are looked at again',
} as const;
