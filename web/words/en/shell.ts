/** What every page says: where one can go, statuses, tables, keys. */
export const NAV = {
  home: 'Home',
  orders: 'Orders',
  waiting: 'Waiting',
  products: 'Products',
  inventory: 'Inventory',
  incoming: 'Incoming',
  purchasing: 'Purchasing',
  suppliers: 'Suppliers',
  rules: 'Rules',
  reports: 'Reports',
  channels: 'Channels',
  warehouses: 'Warehouses',
  import: 'Import',
  settings: 'Settings',
  main: 'Main',
  more: 'More',
  find: 'Find',
  skip: 'Skip to the content',
  lost: (clock: string) => `No connection since ${clock}. What is shown is from then; trying again.`,
} as const;

export const STATUS = {
  shipped: 'Shipped',
  partially_shipped: 'Partially shipped',
  allocated: 'Allocated',
  partially_allocated: 'Partially allocated',
  preordered: 'Pre-ordered',
  backordered: 'Backordered',
  unfillable: 'Unfillable',
  pending: 'Pending',
  cancelled: 'Cancelled',
} as const;

export const TABLE = {
  next: 'Next page',
  first: 'First page',
  loading: 'Loading',
  anyStatus: 'Any status',
  anyChannel: 'Any channel',
  anyWarehouse: 'Any warehouse',
  anySupplier: 'Any supplier',
  sortBy: 'Sort by',
  columns: 'Columns',
  views: 'Views',
  noViews: 'Keep how this list stands now, to come back to it.',
  viewName: 'Name of the view',
  keepView: 'Keep',
  removeView: (name: string) => `Remove the view ${name}`,
  export: 'Export',
  beside: 'Beside the list',
  openPage: 'Open the page',
  undo: 'Undo',
  leave: 'Leave it',
  add: 'Add',
  edit: 'Edit',
  saved: (name: string) => `${name} is saved`,
  enabled: 'Enabled',
  disabled: 'Disabled',
  chosen: 'Chosen',
  choose: (name: string) => `Choose ${name}`,
} as const;

export const PROBLEM = { title: 'This could not be loaded', again: 'Try again' } as const;

export const PALETTE = {
  placeholder: 'Go to a page, find an order or a product',
  nothing: 'Nothing found. Orders are found by their whole number, products by a part of SKU or name.',
  key: (key: string) => `g ${key}`,
} as const;

export const KEYS = {
  title: 'Keys',
  says: {
    'ctrl k': 'Go anywhere, find anything',
    '/': 'To the first field of the page',
    '↑ ↓': 'From row to row',
    Enter: 'Open the row',
    Esc: 'Close',
    '?': 'Show the keys',
  },
} as const;

export const NOTHING_HERE = { title: 'There is no such page', home: 'Go to the home page' } as const;
