/** The rows of each exported file, in the order in which an import should meet them: what is older comes first. */
import type { Client } from '../../contract/call.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import { rowsOf } from '../../contract/rows-of.ts';
import { stageOf } from '../../imports/purchase-order-stage.ts';
import type { PurchasingKind } from '../../imports/purchasing-columns.ts';
import { ask } from '../own-node.ts';

/** By column; what is null or absent is a blank cell. */
export type CsvRow = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>;
type Exporter = (client: Client) => AsyncGenerator<CsvRow>;

/** Requests under way at once. */
const AT_ONCE = 8;

async function* supplierRows(client: Client): AsyncGenerator<CsvRow> {
  const { rows } = await ask(client, 'listSuppliers', {});
  for (const row of rows) {
    yield {
      code: row.code,
      name: row.name,
      currency: row.currency,
      time_zone: row.timeZone,
      lead_days: row.leadDays,
      closed_weekdays: row.closedWeekdays,
      closed_dates: row.closedDates,
      minimum_order: row.minimumOrder,
      over_receipt_percent: row.overReceiptPercent,
      enabled: row.enabled,
    };
  }
}

async function* termsRows(client: Client): AsyncGenerator<CsvRow> {
  const { rows: suppliers } = await ask(client, 'listSuppliers', {});
  for (const { code } of suppliers) {
    const terms = rowsOf((query) =>
      ask(client, 'listSupplierProducts', { params: { supplier: code }, query }),
    );
    for await (const row of terms) {
      yield {
        supplier: row.supplier,
        sku: row.sku,
        supplier_sku: row.supplierSku,
        preference: row.preference,
        unit_price: row.unitPrice,
        pack_size: row.packSize,
        minimum_units: row.minimumUnits,
        lead_days: row.leadDays,
        promise_by_lead_time: row.promiseByLeadTime,
        buy_to_order: row.buyToOrder,
      };
    }
  }
}

/** Gives what `read` makes of each, in their order, while several are read at once. */
async function* inOrder<From, To>(
  all: readonly From[],
  read: (one: From) => Promise<To>,
): AsyncGenerator<To> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    yield* await Promise.all(all.slice(at, at + AT_ONCE).map(read));
  }
}

/** The list has the newest first; an import makes them in the order of the file. */
async function oldestFirst(client: Client): Promise<string[]> {
  const numbers: string[] = [];
  for await (const { number } of rowsOf((query) => ask(client, 'listPurchaseOrders', { query })))
    numbers.push(number);
  return numbers.reverse();
}

function readOrder(client: Client, number: string): Promise<PurchaseOrderView> {
  return ask(client, 'getPurchaseOrder', { params: { purchaseOrder: number } });
}

async function* orderRows(client: Client): AsyncGenerator<CsvRow> {
  const orders = inOrder(await oldestFirst(client), async (number) => {
    const order = await readOrder(client, number);
    return { order, status: await stageOf(client, order) };
  });
  for await (const { order, status } of orders) {
    for (const line of order.lines) {
      yield {
        number: order.number,
        supplier: order.supplier,
        status,
        note: order.note,
        line: line.line,
        sku: line.sku,
        warehouse: line.warehouse,
        quantity: line.ordered,
        unit_price: line.unitPrice,
        expected_on: line.expectedOn,
        closed: line.closed,
      };
    }
  }
}

/** Receipts of purchase orders first, then those without one, which only the ledger knows. */
async function* receiptRows(client: Client): AsyncGenerator<CsvRow> {
  const ordered = new Set<string>();
  const orders = inOrder(await oldestFirst(client), (number) => readOrder(client, number));
  for await (const { number, lines, receipts } of orders) {
    for (const { reference, line, units, receivedOn } of receipts) {
      ordered.add(reference);
      const of = lines.find((each) => each.line === line);
      yield {
        reference,
        purchase_order: number,
        line,
        sku: of?.sku ?? null,
        warehouse: of?.warehouse ?? null,
        units,
        received_on: receivedOn,
      };
    }
  }
  yield* plainReceiptRows(client, ordered);
}

const RECEIVED = 'receive/';

async function* plainReceiptRows(client: Client, ordered: ReadonlySet<string>): AsyncGenerator<CsvRow> {
  for await (const { sku, warehouse } of rowsOf((query) => ask(client, 'listInventoryLevels', { query }))) {
    const movements = rowsOf((query) =>
      ask(client, 'listMovements', { query: { ...query, sku, warehouse } }),
    );
    for await (const { cause, units, reason } of movements) {
      if (cause?.startsWith(RECEIVED) !== true) continue;
      const reference = cause.slice(RECEIVED.length);
      if (!ordered.has(reference)) yield { reference, sku, warehouse, units, reason };
    }
  }
}

export const EXPORTERS: Readonly<Record<PurchasingKind, Exporter>> = {
  suppliers: supplierRows,
  'supplier-products': termsRows,
  'purchase-orders': orderRows,
  receipts: receiptRows,
};
