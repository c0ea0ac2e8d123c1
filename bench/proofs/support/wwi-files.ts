/**
 * Reads the WideWorldImporters files into rows with numbers: customers, products, suppliers, orders with their items,
 * purchase orders with their lines. Outers become units here (units = outers × quantity per outer) and prices minor
 * units, so that nobody after this file has to know. A row that cannot be read ends the proof.
 */
import { readRows } from '../../../src/cli/demo/retail-file.ts';

type Row = Readonly<Record<string, string | undefined>>;

export interface WwiCustomer {
  readonly id: number;
  readonly category: number;
  readonly buyingGroup: number | undefined;
}

export interface WwiProduct {
  readonly id: number;
  readonly name: string;
  readonly supplier: number;
  readonly leadDays: number;
  readonly packSize: number;
}

export interface WwiSupplier {
  readonly id: number;
  readonly name: string;
}

export interface WwiOrder {
  readonly id: number;
  readonly customer: number;
  readonly day: string;
  /** The order that carries what could not be picked of this one. */
  readonly carrier: number | undefined;
  readonly isCarrier: boolean;
}

export interface WwiItem {
  readonly order: number;
  readonly product: number;
  readonly units: number;
  readonly price: number;
  readonly picked: number;
  readonly pickedOn: string | undefined;
}

export interface WwiPurchaseOrder {
  readonly id: number;
  readonly supplier: number;
  readonly day: string;
  readonly expectedOn: string;
}

export interface WwiPurchaseLine {
  readonly order: number;
  readonly product: number;
  readonly ordered: number;
  readonly received: number;
  readonly unitPrice: number;
  readonly receivedOn: string | undefined;
  readonly finalized: boolean;
}

export interface WwiData {
  readonly customers: readonly WwiCustomer[];
  readonly products: readonly WwiProduct[];
  readonly suppliers: readonly WwiSupplier[];
  readonly orders: readonly WwiOrder[];
  readonly items: readonly WwiItem[];
  readonly purchaseOrders: readonly WwiPurchaseOrder[];
  readonly purchaseLines: readonly WwiPurchaseLine[];
}

function text(row: Row, column: string): string {
  const value = row[column]?.trim();
  if (value === undefined || value === '') throw new Error(`${column} is empty: ${JSON.stringify(row)}`);
  return value;
}

function whole(row: Row, column: string): number {
  const value = Number(text(row, column));
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${column} is no whole number: ${row[column]}`);
  return value;
}

function wholeOrNone(row: Row, column: string): number | undefined {
  return (row[column] ?? '') === '' ? undefined : whole(row, column);
}

function minorUnits(row: Row, column: string): number {
  const value = Math.round(Number(text(row, column)) * 100);
  if (Number.isNaN(value)) throw new Error(`${column} is no price: ${row[column]}`);
  return value;
}

function dayOrNone(row: Row, column: string): string | undefined {
  const value = row[column] ?? '';
  if (value === '') return undefined;
  if (!/^\d{4}-\d\d-\d\d(T|$)/.test(value)) throw new Error(`${column} is no day: ${value}`);
  return value.slice(0, 10);
}

function day(row: Row, column: string): string {
  return dayOrNone(row, column) ?? text(row, column);
}

async function readAll<Value>(
  path: string,
  columns: readonly string[],
  take: (row: Row) => Value,
): Promise<Value[]> {
  const rows: Value[] = [];
  await readRows(path, columns, {
    take: (row) => rows.push(take(row)),
    skip: ({ line, problem }) => {
      throw new Error(`${path}, line ${line}: ${problem}`);
    },
  });
  return rows;
}

function readCustomers(path: string): Promise<WwiCustomer[]> {
  return readAll(path, ['customer_id', 'category_id', 'buying_group_id'], (row) => ({
    id: whole(row, 'customer_id'),
    category: whole(row, 'category_id'),
    buyingGroup: wholeOrNone(row, 'buying_group_id'),
  }));
}

function readProducts(path: string): Promise<WwiProduct[]> {
  const columns = ['stock_item_id', 'name', 'supplier_id', 'lead_time_days', 'quantity_per_outer'];
  return readAll(path, columns, (row) => ({
    id: whole(row, 'stock_item_id'),
    name: text(row, 'name').replace(/\s+/g, ' '),
    supplier: whole(row, 'supplier_id'),
    leadDays: whole(row, 'lead_time_days'),
    packSize: whole(row, 'quantity_per_outer'),
  }));
}

function readOrders(path: string): Promise<WwiOrder[]> {
  const columns = ['order_id', 'customer_id', 'order_date', 'backorder_order_id', 'is_backorder'];
  return readAll(path, columns, (row) => ({
    id: whole(row, 'order_id'),
    customer: whole(row, 'customer_id'),
    day: day(row, 'order_date'),
    carrier: wholeOrNone(row, 'backorder_order_id'),
    isCarrier: whole(row, 'is_backorder') === 1,
  }));
}

function readItems(path: string): Promise<WwiItem[]> {
  const columns = [
    'order_id',
    'stock_item_id',
    'quantity',
    'picked_quantity',
    'unit_price',
    'picking_completed_at',
  ];
  return readAll(path, columns, (row) => ({
    order: whole(row, 'order_id'),
    product: whole(row, 'stock_item_id'),
    units: whole(row, 'quantity'),
    price: minorUnits(row, 'unit_price'),
    picked: whole(row, 'picked_quantity'),
    pickedOn: dayOrNone(row, 'picking_completed_at'),
  }));
}

function readPurchaseOrders(path: string): Promise<WwiPurchaseOrder[]> {
  const columns = ['purchase_order_id', 'supplier_id', 'order_date', 'expected_delivery'];
  return readAll(path, columns, (row) => ({
    id: whole(row, 'purchase_order_id'),
    supplier: whole(row, 'supplier_id'),
    day: day(row, 'order_date'),
    expectedOn: day(row, 'expected_delivery'),
  }));
}

function readPurchaseLines(path: string, products: readonly WwiProduct[]): Promise<WwiPurchaseLine[]> {
  const columns = ['purchase_order_id', 'ordered_outers', 'received_outers', 'unit_cost_outer'];
  const packs = new Map(products.map(({ id, packSize }) => [id, packSize]));
  return readAll(path, [...columns, 'last_receipt', 'is_finalized'], (row) => {
    const product = whole(row, 'stock_item_id');
    const packSize = packs.get(product);
    if (packSize === undefined) throw new Error(`a purchase order line is for product ${product}`);
    return {
      order: whole(row, 'purchase_order_id'),
      product,
      ordered: whole(row, 'ordered_outers') * packSize,
      received: whole(row, 'received_outers') * packSize,
      unitPrice: Math.round(minorUnits(row, 'unit_cost_outer') / packSize),
      receivedOn: dayOrNone(row, 'last_receipt'),
      finalized: whole(row, 'is_finalized') === 1,
    };
  });
}

/** @param pathOf where a file is, by its name without 'wwi_' and '.csv.gz' */
export async function readWwi(pathOf: (name: string) => string): Promise<WwiData> {
  const products = await readProducts(pathOf('stock_items'));
  return {
    products,
    customers: await readCustomers(pathOf('customers')),
    suppliers: await readAll(pathOf('suppliers'), ['supplier_id', 'name'], (row) => ({
      id: whole(row, 'supplier_id'),
      name: text(row, 'name'),
    })),
    orders: await readOrders(pathOf('orders')),
    items: await readItems(pathOf('order_lines')),
    purchaseOrders: await readPurchaseOrders(pathOf('purchase_orders')),
    purchaseLines: await readPurchaseLines(pathOf('purchase_order_lines'), products),
  };
}

/** Nothing of what happened after `last`; what was ordered before and came or was picked later is still open. */
export function cutAfter(data: WwiData, last: string): WwiData {
  const orders = data.orders.filter((each) => each.day <= last);
  const purchaseOrders = data.purchaseOrders.filter((each) => each.day <= last);
  const placed = new Set(orders.map(({ id }) => id));
  const sent = new Set(purchaseOrders.map(({ id }) => id));
  function happened(on: string | undefined): boolean {
    return on !== undefined && on <= last;
  }
  return {
    ...data,
    orders,
    purchaseOrders,
    items: data.items
      .filter(({ order }) => placed.has(order))
      .map((each) => (happened(each.pickedOn) ? each : { ...each, picked: 0, pickedOn: undefined })),
    purchaseLines: data.purchaseLines
      .filter(({ order }) => sent.has(order))
      .map((each) =>
        happened(each.receivedOn) ? each : { ...each, received: 0, receivedOn: undefined, finalized: false },
      ),
  };
}
