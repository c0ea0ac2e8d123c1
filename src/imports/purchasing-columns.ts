/**
 * The columns of the purchasing files, once for reading, writing and --help. What is exported has them all, and an
 * import takes them in any order.
 */
import {
  asDay,
  asDays,
  asText,
  asWeekdays,
  asWhole,
  asWord,
  asYesOrNo,
  type ColumnRule,
} from './import-cells.ts';
import type { Columns } from './import-file.ts';

export const PURCHASING_KINDS = ['suppliers', 'supplier-products', 'purchase-orders', 'receipts'] as const;
export type PurchasingKind = (typeof PURCHASING_KINDS)[number];

interface PurchasingColumn extends ColumnRule {
  readonly required?: true;
  readonly meaning: string;
}

const SUPPLIERS: readonly PurchasingColumn[] = [
  { name: 'code', path: ['code'], read: asText, required: true, meaning: 'the code of the supplier' },
  { name: 'name', path: ['supplier', 'name'], read: asText, required: true, meaning: 'its name' },
  {
    name: 'currency',
    path: ['supplier', 'currency'],
    read: asText,
    required: true,
    meaning: 'of its prices: EUR',
  },
  {
    name: 'time_zone',
    path: ['supplier', 'timeZone'],
    read: asText,
    required: true,
    meaning: 'Europe/Amsterdam',
  },
  {
    name: 'lead_days',
    path: ['supplier', 'leadDays'],
    read: asWhole,
    required: true,
    meaning: 'open days from order to arrival',
  },
  {
    name: 'closed_weekdays',
    path: ['supplier', 'closedWeekdays'],
    read: asWeekdays,
    meaning: '6 7 (1 is Monday)',
  },
  {
    name: 'closed_dates',
    path: ['supplier', 'closedDates'],
    read: asDays,
    meaning: '2026-12-25 2026-12-26',
  },
  {
    name: 'minimum_order',
    path: ['supplier', 'minimumOrder'],
    read: asWhole,
    meaning: 'least value of an order in minor units; blank: any',
  },
  {
    name: 'over_receipt_percent',
    path: ['supplier', 'overReceiptPercent'],
    read: asWhole,
    meaning: 'how much more than ordered may come; blank: 0',
  },
  { name: 'enabled', path: ['supplier', 'enabled'], read: asYesOrNo, meaning: 'true or false; blank: true' },
];

const SUPPLIER_PRODUCTS: readonly PurchasingColumn[] = [
  {
    name: 'supplier',
    path: ['supplier'],
    read: asText,
    required: true,
    meaning: 'the code of a supplier that exists',
  },
  { name: 'sku', path: ['sku'], read: asText, required: true, meaning: 'of a product that exists' },
  {
    name: 'supplier_sku',
    path: ['terms', 'supplierSku'],
    read: asText,
    meaning: "the supplier's own name for the product",
  },
  {
    name: 'preference',
    path: ['terms', 'preference'],
    read: asWhole,
    meaning: '1 to 100, 1 is asked first; blank: 1',
  },
  { name: 'unit_price', path: ['terms', 'unitPrice'], read: asWhole, meaning: 'in minor units; blank: 0' },
  {
    name: 'pack_size',
    path: ['terms', 'packSize'],
    read: asWhole,
    meaning: 'ordered in multiples; blank: 1',
  },
  { name: 'minimum_units', path: ['terms', 'minimumUnits'], read: asWhole, meaning: 'blank: 0' },
  {
    name: 'lead_days',
    path: ['terms', 'leadDays'],
    read: asWhole,
    meaning: "blank: the supplier's",
  },
  {
    name: 'promise_by_lead_time',
    path: ['terms', 'promiseByLeadTime'],
    read: asYesOrNo,
    meaning: 'true or false; blank: false',
  },
  {
    name: 'buy_to_order',
    path: ['terms', 'buyToOrder'],
    read: asYesOrNo,
    meaning: 'true or false; blank: false',
  },
];

const PURCHASE_ORDERS: readonly PurchasingColumn[] = [
  {
    name: 'number',
    path: ['number'],
    read: asText,
    required: true,
    meaning: 'of the purchase order; rows of one number belong together',
  },
  {
    name: 'supplier',
    path: ['supplier'],
    read: asText,
    required: true,
    meaning: 'the code of a supplier that exists',
  },
  {
    name: 'status',
    path: ['status'],
    read: asWord,
    meaning: 'draft, sent, confirmed or cancelled; blank: draft',
  },
  { name: 'note', path: ['note'], read: asText, meaning: 'of the purchase order' },
  {
    name: 'line',
    path: ['lines', 0, 'line'],
    read: asWhole,
    meaning: '1, 2, 3 …; blank: the place of the row in its order',
  },
  {
    name: 'sku',
    path: ['lines', 0, 'sku'],
    read: asText,
    required: true,
    meaning: 'of a product that exists',
  },
  {
    name: 'warehouse',
    path: ['lines', 0, 'warehouse'],
    read: asText,
    required: true,
    meaning: 'the code of the warehouse where it is to arrive',
  },
  {
    name: 'quantity',
    path: ['lines', 0, 'quantity'],
    read: asWhole,
    required: true,
    meaning: 'units ordered',
  },
  { name: 'unit_price', path: ['lines', 0, 'unitPrice'], read: asWhole, meaning: 'in minor units; blank: 0' },
  {
    name: 'expected_on',
    path: ['lines', 0, 'expectedOn'],
    read: asDay,
    meaning: "YYYY-MM-DD; blank: by the supplier's lead time, when sent",
  },
  {
    name: 'closed',
    path: ['lines', 0, 'closed'],
    read: asWhole,
    meaning: 'units that will not come; blank: as it is',
  },
];

const RECEIPTS: readonly PurchasingColumn[] = [
  {
    name: 'reference',
    path: ['reference'],
    read: asText,
    required: true,
    meaning: 'of the delivery note; rows of one reference belong together',
  },
  {
    name: 'purchase_order',
    path: ['purchaseOrder'],
    read: asText,
    meaning: 'its number; blank: stock that came without one',
  },
  {
    name: 'line',
    path: ['lines', 0, 'line'],
    read: asWhole,
    meaning: 'of the purchase order; blank: found by the SKU',
  },
  {
    name: 'sku',
    path: ['lines', 0, 'sku'],
    read: asText,
    meaning: 'may be blank where a line is named',
  },
  {
    name: 'warehouse',
    path: ['warehouse'],
    read: asText,
    required: true,
    meaning: 'the code of the warehouse where it arrived',
  },
  { name: 'units', path: ['lines', 0, 'units'], read: asWhole, required: true, meaning: 'units counted in' },
  {
    name: 'received_on',
    path: ['receivedOn'],
    read: asDay,
    meaning: 'YYYY-MM-DD, of a purchase order only; blank: today',
  },
  { name: 'reason', path: ['reason'], read: asText, meaning: 'a remark on the receipt' },
];

export const PURCHASING_COLUMNS: Readonly<Record<PurchasingKind, readonly PurchasingColumn[]>> = {
  suppliers: SUPPLIERS,
  'supplier-products': SUPPLIER_PRODUCTS,
  'purchase-orders': PURCHASE_ORDERS,
  receipts: RECEIPTS,
};

export function columnsOf(kind: PurchasingKind): Columns {
  const columns = PURCHASING_COLUMNS[kind];
  return {
    required: columns.filter(({ required }) => required === true).map(({ name }) => name),
    optional: columns.filter(({ required }) => required !== true).map(({ name }) => name),
    exported: true,
  };
}

/** Of what may be changed in part: a file needs the columns that name it, and one of the others. */
export function partialColumnsOf(kind: PurchasingKind, names: readonly string[]): Columns {
  const others = PURCHASING_COLUMNS[kind].map(({ name }) => name).filter((name) => !names.includes(name));
  return { required: names, optional: others, oneOf: others, exported: true };
}

/** The columns that say something about the whole order or receipt, not about one line of it. */
export function headRulesOf(kind: PurchasingKind): readonly ColumnRule[] {
  return PURCHASING_COLUMNS[kind].filter(({ path }) => path[0] !== 'lines');
}

const MARGIN = 24;
const OF_WHAT_IS_NEW =
  'needed for a new one; of one that exists, what the file has no column for stays as it is';
const STARRED: Readonly<Record<PurchasingKind, string>> = {
  suppliers: OF_WHAT_IS_NEW,
  'supplier-products': OF_WHAT_IS_NEW,
  'purchase-orders': 'must be there',
  receipts: 'must be there',
};

/** The columns of the purchasing files, for --help. */
export function columnsHelp(): string {
  const parts = PURCHASING_KINDS.map((kind) => {
    const lines = PURCHASING_COLUMNS[kind].map(
      ({ name, required, meaning }) => `  ${`${name}${required ? ' *' : ''}`.padEnd(MARGIN)}${meaning}`,
    );
    return `Columns of ${kind} (* ${STARRED[kind]}):\n${lines.join('\n')}`;
  });
  const marked =
    'A cell that begins with = + - @ is written with an apostrophe in front, which import takes off.';
  return `\n${parts.join('\n\n')}\n\n${marked}`;
}
