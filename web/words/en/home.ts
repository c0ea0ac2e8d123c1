/** What the home page says. */

import { counted, plural } from '../../../src/words/en/grammar.ts';
import type { Count } from '../../../src/words/grammar.ts';

export const HOME = {
  title: 'Home',
  levels: 'All figures lead to their rows.',
  arrange: 'Arrange',
  arranged: 'Done',
  addWidget: 'Add a widget',
  reset: 'As at first',
  noWidgets: 'No widget is left. Arrange, and add some.',
  earlier: (title: string) => `Move ${title} to the front`,
  later: (title: string) => `Move ${title} back`,
  remove: (title: string) => `Remove ${title}`,
  kinds: {
    status: 'Order items by status',
    stranded: 'Stranded demand',
    age: 'Waiting by age',
    products: 'Most waited for',
    arriving: 'Arriving next',
    late: 'Late purchase orders',
    fillRates: 'Filled at once',
    latest: 'Latest orders',
    activity: 'Stock activity',
    report: 'Saved report',
  },
  items: 'Items',
  units: 'Units',
  value: 'Value',
  measure: 'Measure',
  since: 'Placed',
  always: 'Any time',
  days: (days: Count) => plural(days, 'Today', `Last ${days.figure} days`),
  statuses: 'Statuses',
  age: (from: number, to: number | null) => (to === null ? `${from} days and more` : `${from} to ${to} days`),
  itemsOf: (units: Count, items: Count) =>
    `${plural(units, 'unit', 'units')}, ${counted(items, 'item', 'items')}`,
  nothingArriving: 'Nothing is on its way. What is ordered from suppliers stands here with its day.',
  serves: (open: Count, wanted: string) =>
    `${counted(open, 'unit', 'units')}, ${wanted} of them for those who wait`,
  noneLate: 'None is late.',
  every: 'Period',
  by: { day: 'By day', week: 'By week', month: 'By month' },
  ofItems: 'of items',
  ofUnits: 'of units',
  noFillRates: 'No orders in this time. The share that was allocated at once stands here.',
  noneStranded: 'No stock lies free beside somebody who waits.',
  freeBeside: (available: string, waiting: Count) =>
    `${available} free, ${counted(waiting, 'waits', 'wait')}.`,
  whyStranded: 'Why it is not given',
  setAside: 'Some products cannot be worked on',
  setAsideFrom: {
    fill: 'Nobody who waits gets its stock, and new orders for it are refused. It began',
    promise: 'Its customers are not told when their day moves. It began',
  },
  whySetAside: (attempts: Count) => `What it fails with (tried ${counted(attempts, 'time', 'times')})`,
  setAsideHelp:
    'Everything else goes on, and Allot tries these again by itself, at least every five minutes. If one stays here, its reason stands in the log of the server; tell whoever runs it.',
  firstInLine: (order: string) => `First in line: order ${order}.`,
  noOrders: 'No orders yet. Place the first one with POST /v1/orders.',
  importOrders: 'Import a file',
  noActivity: 'Nothing moved yet. What is received, counted and shipped stands here.',
} as const;
