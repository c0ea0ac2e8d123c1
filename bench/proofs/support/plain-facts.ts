/**
 * What an outsider knows who has an export only: its records put together into plain objects. Written apart from the SQL of
 * reports, so that the two can be compared.
 */
import type { Database } from '../../../src/db/database.ts';
import { exportRecords } from '../../../src/export/export.ts';

type Row = Readonly<Record<string, unknown>>;

const BUCKETS = [
  'ordered',
  'pending',
  'allocated',
  'backordered',
  'preordered',
  'unfillable',
  'shipped',
  'cancelled',
] as const;
export type Units = Record<(typeof BUCKETS)[number], number>;

export interface PlainEvent {
  readonly at: number;
  readonly number: number;
  readonly cause: string;
  readonly document: string | null;
  readonly change: Units;
}

export interface PlainItem {
  readonly order: string;
  readonly line: number;
  readonly channel: string;
  readonly currency: string;
  readonly sku: string;
  readonly supplier: string | null;
  readonly kind: string;
  readonly priority: number;
  readonly group: string | null;
  readonly country: string | null;
  readonly placedAt: number;
  readonly waitingSince: number;
  readonly unitPrice: bigint;
  readonly events: PlainEvent[];
  readonly allocations: { readonly warehouse: string; readonly open: number; readonly shipped: number }[];
  promise: PlainPromise | undefined;
  readonly promiseEvents: {
    readonly at: number;
    readonly cause: string;
    readonly old: unknown;
    readonly new: unknown;
  }[];
}

interface PlainPromise {
  readonly firstOn: string | null;
  readonly toldOn: string | null;
  readonly told: readonly { readonly units: number; readonly on: string | null }[];
}

export interface PlainRefusal {
  readonly at: number;
  readonly channel: string;
  readonly currency: string;
  readonly order: string;
  readonly sku: string;
  readonly supplier: string | null;
  readonly code: string;
  readonly wanted: number;
  readonly available: number;
  readonly mayWait: number;
}

export interface PlainPurchase {
  readonly supplier: string;
  readonly warehouse: string;
  readonly sku: string;
  readonly ordered: number;
  readonly received: number;
  readonly closed: number;
  readonly incoming: number;
  readonly sentAt: number;
  firstExpected: string | null;
  lastReceived: string | null;
}

export interface PlainFacts {
  readonly items: readonly PlainItem[];
  readonly refusals: readonly PlainRefusal[];
  readonly purchases: readonly PlainPurchase[];
}

function text(row: Row, name: string): string {
  return String(row[name]);
}
function optional(row: Row, name: string): string | null {
  const value = row[name];
  return value === null || value === undefined ? null : String(value);
}
const whole = (row: Row, name: string) => Number(row[name]);
const time = (row: Row, name: string) => Date.parse(text(row, name));

export async function readPlainFacts(db: Database): Promise<PlainFacts> {
  const kinds = new Map<string, Row[]>();
  await exportRecords(db, {
    begin: async () => undefined,
    take: async (records) => {
      for (const record of records) {
        const rows = kinds.get(record.record) ?? [];
        rows.push(record);
        kinds.set(record.record, rows);
      }
    },
  });
  const of = (kind: string) => kinds.get(kind) ?? [];
  const suppliers = firstSuppliers(of('supplier_product'));
  const currencies = new Map(of('sales_channel').map((row) => [text(row, 'code'), text(row, 'currency')]));
  return {
    items: itemsOf(of, { suppliers, currencies }),
    refusals: of('order_refusal').map((row) => ({
      at: time(row, 'recordedAt'),
      channel: text(row, 'channel'),
      currency: currencies.get(text(row, 'channel')) ?? '',
      order: text(row, 'order'),
      sku: text(row, 'sku'),
      supplier: suppliers.get(text(row, 'sku')) ?? null,
      code: text(row, 'code'),
      wanted: whole(row, 'wanted'),
      available: whole(row, 'available'),
      mayWait: row['mayWait'] === null ? 0 : whole(row, 'mayWait'),
    })),
    purchases: purchasesOf(of),
  };
}

/** Which supplier is asked first for each SKU. */
function firstSuppliers(rows: readonly Row[]): Map<string, string> {
  const sorted = [...rows].sort(
    (a, b) =>
      whole(a, 'preference') - whole(b, 'preference') || (text(a, 'supplier') < text(b, 'supplier') ? -1 : 1),
  );
  const first = new Map<string, string>();
  for (const row of sorted) {
    if (!first.has(text(row, 'sku'))) first.set(text(row, 'sku'), text(row, 'supplier'));
  }
  return first;
}

type Of = (kind: string) => readonly Row[];
const itemKey = (row: Row) => `${text(row, 'channel')}/${text(row, 'order')}/${text(row, 'line')}`;

interface Known {
  /** Of each SKU. */
  readonly suppliers: ReadonlyMap<string, string>;
  /** Of each sales channel. */
  readonly currencies: ReadonlyMap<string, string>;
}

function itemsOf(of: Of, { suppliers, currencies }: Known): PlainItem[] {
  const orders = new Map(of('order').map((row) => [`${text(row, 'channel')}/${text(row, 'order')}`, row]));
  const items = new Map<string, PlainItem>();
  for (const row of of('order_item')) {
    const key = `${text(row, 'channel')}/${text(row, 'order')}`;
    const order = orders.get(key) ?? {};
    const shipTo = order['shipTo'] as Row | null;
    items.set(itemKey(row), {
      order: key,
      line: whole(row, 'line'),
      channel: text(row, 'channel'),
      currency: currencies.get(text(row, 'channel')) ?? '',
      sku: text(row, 'sku'),
      supplier: suppliers.get(text(row, 'sku')) ?? null,
      kind: text(row, 'kind'),
      priority: whole(order, 'priority'),
      group: optional(order, 'customerGroup'),
      country: shipTo === null ? null : optional(shipTo, 'country'),
      placedAt: time(order, 'placedAt'),
      waitingSince: time(row, 'waitingSince'),
      unitPrice: BigInt(whole(row, 'unitPrice')),
      events: [],
      allocations: [],
      promise: undefined,
      promiseEvents: [],
    });
  }
  for (const row of of('item_event')) {
    const change = Object.fromEntries(BUCKETS.map((name) => [name, whole(row, name)])) as Units;
    items.get(itemKey(row))?.events.push({
      at: time(row, 'recordedAt'),
      number: whole(row, 'number'),
      cause: text(row, 'cause'),
      document: optional(row, 'reference'),
      change,
    });
  }
  for (const row of of('allocation')) {
    const { warehouse, open, shipped } = row;
    items.get(itemKey(row))?.allocations.push({
      warehouse: String(warehouse),
      open: Number(open),
      shipped: Number(shipped),
    });
  }
  for (const row of of('promise')) {
    const item = items.get(itemKey(row));
    if (item === undefined) continue;
    const told = row['told'] as PlainPromise['told'];
    item.promise = { firstOn: optional(row, 'firstOn'), toldOn: optional(row, 'toldOn'), told };
  }
  for (const row of of('promise_event')) {
    items.get(itemKey(row))?.promiseEvents.push({
      at: time(row, 'recordedAt'),
      cause: text(row, 'cause'),
      old: row['old'],
      new: row['new'],
    });
  }
  for (const { events } of items.values()) events.sort((a, b) => a.number - b.number);
  return [...items.values()];
}

function purchasesOf(of: Of): PlainPurchase[] {
  const orders = new Map(of('purchase_order').map((row) => [text(row, 'number'), row]));
  const key = (row: Row) => `${text(row, 'purchaseOrder')}/${text(row, 'line')}`;
  const lines = new Map<string, PlainPurchase>();
  for (const row of of('purchase_order_line')) {
    const order = orders.get(text(row, 'purchaseOrder'));
    if (order === undefined || optional(order, 'sentAt') === null) continue;
    lines.set(key(row), {
      supplier: text(order, 'supplier'),
      warehouse: text(row, 'warehouse'),
      sku: text(row, 'sku'),
      ordered: whole(row, 'ordered'),
      received: whole(row, 'received'),
      closed: whole(row, 'closed'),
      incoming: whole(row, 'incoming'),
      sentAt: time(order, 'sentAt'),
      firstExpected: null,
      lastReceived: null,
    });
  }
  for (const row of of('expected_date')) {
    const line = lines.get(key(row));
    if (line !== undefined && whole(row, 'number') === 1) line.firstExpected = text(row, 'expectedOn');
  }
  for (const row of of('purchase_order_receipt')) {
    const line = lines.get(key(row));
    const on = text(row, 'receivedOn');
    if (line !== undefined && (line.lastReceived ?? '') < on) line.lastReceived = on;
  }
  return [...lines.values()];
}
