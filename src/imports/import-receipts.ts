/**
 * Receipts from a file, one row a line; rows of one reference are one receipt, of a purchase order or of stock that came
 * without one. A receipt is counted in once, however often its reference comes. Where the reference is known and the
 * contents seem others, only an order of lines or a remark may differ: what was counted in decides.
 */
import { z } from 'zod';
import type { Client, Problem } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import type { PurchaseOrderView } from '../contract/purchasing/purchase-orders.ts';
import { rowsOf } from '../contract/rows-of.ts';
import type { Row } from './import-file.ts';
import { GroupImporter } from './import-groups.ts';
import { type Importer, type ImportResult, ownProblem, rejectTogether } from './import-result.ts';
import { columnsOf, headRulesOf, PURCHASING_COLUMNS } from './purchasing-columns.ts';

const ordered = OPERATIONS.receivePurchaseOrder.body.shape;
const plain = OPERATIONS.receiveStock.body.shape;
const receiptRow = z.strictObject({
  reference: ordered.reference,
  purchaseOrder: OPERATIONS.receivePurchaseOrder.params.shape.purchaseOrder.optional(),
  warehouse: ordered.warehouse,
  reason: ordered.reason,
  receivedOn: ordered.receivedOn,
  lines: z
    .array(
      z.strictObject({
        line: ordered.lines.element.shape.line.optional(),
        sku: plain.lines.element.shape.sku.optional(),
        units: ordered.lines.element.shape.units,
      }),
    )
    .min(1),
});
type FileReceipt = z.output<typeof receiptRow>;
type FileLine = FileReceipt['lines'][number];

/** The most that one stock document may have. */
const MAX_LINES = 1_000;

const FAULTY_COLUMN = {
  not_found: 'purchase_order',
  reference_reused: 'reference',
  unknown_warehouse: 'warehouse',
  wrong_warehouse: 'warehouse',
  stock_unmanaged: 'warehouse',
  unknown_sku: 'sku',
  not_on_its_way: 'purchase_order',
  over_receipt: 'units',
  too_many_units: 'units',
  no_such_line: 'line',
  line_without_order: 'line',
  sku_not_ordered: 'sku',
  named_twice: 'line',
};
const TOGETHER = { what: 'receipt', columns: FAULTY_COLUMN };

export function importReceipts(client: Client, result: ImportResult): Importer {
  return new GroupImporter<FileReceipt>(result, {
    what: 'receipt',
    columns: columnsOf('receipts'),
    key: ['reference'],
    rules: PURCHASING_COLUMNS.receipts,
    headRules: headRulesOf('receipts'),
    schema: receiptRow,
    linesOf: ({ lines }) => lines,
    most: MAX_LINES,
    check({ lines: [only] }) {
      if (only?.sku !== undefined || only?.line !== undefined) return undefined;
      return { column: 'sku', problem: 'missing: a SKU, or the line of a purchase order' };
    },
    async close(receipt, rows) {
      const { done, lines } =
        receipt.purchaseOrder === undefined
          ? await receivePlain(client, receipt)
          : await receiveOrdered(client, { ...receipt, purchaseOrder: receipt.purchaseOrder });
      if (done === 'imported' || done === 'repeated') result.accept(rows.length, done === 'repeated');
      else await rejectTogether(result, rows as Row[], { ...TOGETHER, problem: done, lines });
    },
  });
}

interface Received {
  readonly done: 'imported' | 'repeated' | Problem;
  /** The number by which the problem knows the line of each row. */
  readonly lines: readonly number[];
}

async function receivePlain(client: Client, receipt: FileReceipt): Promise<Received> {
  const { reference, warehouse, reason } = receipt;
  const places = receipt.lines.map((_, index) => index + 1);
  const problem = problemOfPlain(receipt.lines);
  if (problem !== undefined) return { done: problem, lines: places };
  const lines = receipt.lines.map(({ sku = '', units }) => ({ sku, units }));
  const answer = await client.call('receiveStock', { body: { reference, warehouse, reason, lines } });
  if (answer.ok) return { done: answer.repeated ? 'repeated' : 'imported', lines: places };
  const known =
    answer.problem.code === 'reference_reused' && (await wasReceived(client, { ...receipt, lines }));
  return { done: known ? 'repeated' : answer.problem, lines: places };
}

function problemOfPlain(lines: readonly FileLine[]): Problem | undefined {
  for (const [index, { line, sku }] of lines.entries()) {
    if (line !== undefined) {
      const detail = `'${line}' is the line of a purchase order, and none is named; accepted: blank`;
      return ownProblem('line_without_order', detail, index + 1);
    }
    if (lines.findIndex((each) => each.sku === sku) < index) {
      return ownProblem(
        'named_twice',
        `'${sku}' stands in this receipt twice; accepted: each SKU once`,
        index + 1,
      );
    }
  }
  return undefined;
}

interface PlainReceipt {
  readonly reference: string;
  readonly warehouse: string;
  readonly lines: readonly { readonly sku: string; readonly units: number }[];
}

/** Whether the ledger has each of these units as received under the reference. */
async function wasReceived(client: Client, { reference, warehouse, lines }: PlainReceipt): Promise<boolean> {
  for (const { sku, units } of lines) {
    const movements = rowsOf((query) =>
      client.must('listMovements', { query: { ...query, sku, warehouse } }),
    );
    let found = false;
    for await (const movement of movements) {
      found = movement.cause === `receive/${reference}` && movement.units === units;
      if (found) break;
    }
    if (!found) return false;
  }
  return true;
}

async function receiveOrdered(
  client: Client,
  receipt: FileReceipt & { readonly purchaseOrder: string },
): Promise<Received> {
  const { reference, warehouse, reason, receivedOn, purchaseOrder } = receipt;
  const params = { purchaseOrder };
  const places = receipt.lines.map((_, index) => index + 1);
  const order = await client.call('getPurchaseOrder', { params });
  if (!order.ok) return { done: order.problem, lines: places };
  const found = receipt.lines.map((each) => findLine(order.value, each, warehouse));
  const lines: { line: number; units: number }[] = [];
  for (const [index, { units }] of receipt.lines.entries()) {
    const line = found[index] ?? ownProblem('no_such_line', 'no such line');
    if (typeof line !== 'number') return { done: { ...line, line: index + 1 }, lines: places };
    if (lines.some((each) => each.line === line)) {
      const detail = `line ${line} of ${purchaseOrder} stands in this receipt twice; accepted: each line once`;
      return { done: ownProblem('named_twice', detail, index + 1), lines: places };
    }
    lines.push({ line, units });
  }
  const body = { reference, warehouse, reason, lines, ...(receivedOn !== undefined && { receivedOn }) };
  const answer = await client.call('receivePurchaseOrder', { params, body });
  const numbers = lines.map(({ line }) => line);
  if (answer.ok) return { done: answer.repeated ? 'repeated' : 'imported', lines: numbers };
  const known = answer.problem.code === 'reference_reused' && isReceived(order.value, { reference, lines });
  return { done: known ? 'repeated' : answer.problem, lines: numbers };
}

/** The number of the order's line that a row speaks of. */
function findLine(
  { number, lines }: PurchaseOrderView,
  { line, sku }: FileLine,
  warehouse: string,
): number | Problem {
  if (line !== undefined) {
    const named = lines.find((each) => each.line === line);
    if (named === undefined) {
      return ownProblem('no_such_line', `'${line}' is no line of ${number}; accepted: 1 to ${lines.length}`);
    }
    if (sku === undefined || named.sku === sku) return line;
    const detail = `'${sku}' is not ordered on line ${line} of ${number}; accepted: ${named.sku}`;
    return ownProblem('sku_not_ordered', detail);
  }
  const ofSku = lines.filter((each) => each.sku === sku);
  const here = ofSku.filter((each) => each.warehouse === warehouse);
  const [only, ...more] = here.length > 0 ? here : ofSku;
  if (only === undefined) {
    const skus = [...new Set(lines.map((each) => each.sku))].slice(0, SKUS_NAMED);
    return ownProblem(
      'sku_not_ordered',
      `'${sku}' is not ordered with ${number}; accepted: ${skus.join(', ')}`,
    );
  }
  if (more.length === 0) return only.line;
  const numbers = [only, ...more].map((each) => each.line).join(', ');
  return ownProblem(
    'no_such_line',
    `'${sku}' is ordered on several lines of ${number}; name one: ${numbers}`,
  );
}

/** SKUs of an order that a message names at most. */
const SKUS_NAMED = 10;

function isReceived(
  { receipts }: PurchaseOrderView,
  {
    reference,
    lines,
  }: { readonly reference: string; readonly lines: readonly { line: number; units: number }[] },
): boolean {
  const before = receipts.filter((each) => each.reference === reference);
  return (
    before.length === lines.length &&
    lines.every(({ line, units }) => before.some((each) => each.line === line && each.units === units))
  );
}
