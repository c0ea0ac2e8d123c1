/**
 * Purchase orders from a file, one row a line; rows of one number are one order. An order is written as a draft and
 * then brought as far as its status says.
 *
 * The same file again changes nothing: an order that stands as the file says, or further on, was imported before. A
 * draft that differs is written anew, as the API allows; an order that was sent and differs is rejected with what
 * differs, since it changes by acts only. An import that was interrupted goes on where it ended.
 */
import { z } from 'zod';
import type { Answered, Client, Problem } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import type { PurchaseOrderView } from '../contract/purchasing/purchase-orders.ts';
import { line, unitsOrNone } from '../contract/values.ts';
import { PURCHASE_ORDER_STAGES, type PurchaseOrderStage } from '../core/supply/purchase-order.ts';
import { problemOfSums } from './import-bounds.ts';
import type { Row } from './import-file.ts';
import { GroupImporter } from './import-groups.ts';
import { type Importer, type ImportResult, ownProblem, rejectTogether } from './import-result.ts';
import { stageOf } from './purchase-order-stage.ts';
import { columnsOf, headRulesOf, PURCHASING_COLUMNS } from './purchasing-columns.ts';

const draft = OPERATIONS.putPurchaseOrder.body.shape;
const lineRow = draft.lines.element.extend({ line: line.optional(), closed: unitsOrNone.optional() });
const orderRow = z.strictObject({
  number: OPERATIONS.putPurchaseOrder.params.shape.purchaseOrder,
  supplier: draft.supplier,
  note: draft.note,
  status: z.enum(PURCHASE_ORDER_STAGES).default('draft'),
  lines: z.array(lineRow).min(1),
});
type FileLine = z.output<typeof lineRow>;
type FileOrder = z.output<typeof orderRow>;

/** Most lines of one purchase order: as far as they are numbered. */
const MAX_LINES = line.maxValue ?? 0;

const FAULTY_COLUMN = {
  unknown_supplier: 'supplier',
  unknown_warehouse: 'warehouse',
  stock_unmanaged: 'warehouse',
  unknown_sku: 'sku',
  below_minimum: 'quantity',
  not_a_draft: 'number',
  bought_to_order: 'number',
  differs: 'number',
  lines_numbered: 'line',
  closed_units: 'closed',
  too_many_units: 'closed',
  partly_received: 'status',
  not_on_its_way: 'status',
};

export function importPurchaseOrders(client: Client, result: ImportResult): Importer {
  return new GroupImporter<FileOrder>(result, {
    what: 'purchase order',
    columns: columnsOf('purchase-orders'),
    key: ['number'],
    rules: PURCHASING_COLUMNS['purchase-orders'],
    headRules: headRulesOf('purchase-orders'),
    schema: orderRow,
    linesOf: ({ lines }) => lines,
    most: MAX_LINES,
    checkWhole: ({ lines }) => problemOfSums(lines),
    async close(order, rows) {
      const placed = numbered(order.lines, rows);
      const lines = placed.map(({ line: each }) => each);
      const done = problemOfLines(order, placed) ?? (await bring(client, { ...order, lines }));
      if (done === 'imported' || done === 'repeated') return result.accept(rows.length, done === 'repeated');
      await rejectTogether(
        result,
        placed.map(({ row }) => row),
        { ...TOGETHER, problem: done, lines: placed.map(({ number }) => number) },
      );
    },
  });
}

const TOGETHER = { what: 'purchase order', columns: FAULTY_COLUMN };

interface PlacedLine {
  readonly number: number;
  readonly line: FileLine;
  readonly row: Row;
}

/** Lines with their rows, by number; a line without one has the number of its place. */
function numbered(lines: readonly FileLine[], rows: readonly Row[]): PlacedLine[] {
  const placed = lines.flatMap((each, index) => {
    const row = rows[index];
    return row === undefined ? [] : [{ number: each.line ?? index + 1, line: each, row }];
  });
  return placed.sort((a, b) => a.number - b.number);
}

function problemOfLines({ status }: FileOrder, placed: readonly PlacedLine[]): Problem | undefined {
  for (const [index, { number, line: each }] of placed.entries()) {
    const { closed = 0, quantity } = each;
    if (number !== index + 1) {
      const detail = `'${number}' is not ${index + 1}: lines are numbered from 1 on, each once and without a gap`;
      return ownProblem('lines_numbered', detail, number);
    }
    const most = status === 'draft' ? 0 : quantity;
    if (closed > most) {
      const why = status === 'draft' ? 'nothing of a draft can be closed' : `${quantity} are ordered`;
      return ownProblem('closed_units', `'${closed}' is not from 0 to ${most}: ${why}`, number);
    }
  }
  return undefined;
}

type Done = 'imported' | 'repeated' | Problem;

/** Brings the order to where the file says it is, from wherever it is now. */
async function bring(client: Client, order: FileOrder): Promise<Done> {
  const params = { purchaseOrder: order.number };
  const found = await client.call('getPurchaseOrder', { params });
  if (!found.ok && found.problem.code !== 'not_found') return found.problem;
  if (!found.ok) return await write(client, order);
  const differing = differences(found.value, order);
  const stage = await stageOf(client, found.value);
  if (stage === 'draft') {
    if (differing.length > 0) return await write(client, order);
    return await advance(client, order, { view: found.value, stage });
  }
  if ((stage === 'cancelled') !== (order.status === 'cancelled')) {
    differing.unshift(`its status is ${stage}, not ${order.status}`);
  }
  if (differing.length === 0) return await advance(client, order, { view: found.value, stage });
  const detail = `purchase order ${order.number} was ${stage} before: ${differing.join('; ')}`;
  return ownProblem('differs', detail);
}

/** Writes the draft, whole, and brings it on. */
async function write(client: Client, order: FileOrder): Promise<Done> {
  const { number, supplier, note } = order;
  const lines = order.lines.map(({ line: _, closed: __, ...each }) => each);
  const body = { supplier, note, lines };
  const written = await client.call('putPurchaseOrder', { params: { purchaseOrder: number }, body });
  if (!written.ok) return written.problem;
  const done = await advance(client, order, { view: written.value, stage: 'draft' });
  return done === 'repeated' ? 'imported' : done;
}

interface Standing {
  readonly view: PurchaseOrderView;
  readonly stage: PurchaseOrderStage;
}

type Act = () => Promise<Answered<'sendPurchaseOrder'>>;

/** Does what is missing; 'repeated' when nothing was. */
async function advance(client: Client, order: FileOrder, { view, stage }: Standing): Promise<Done> {
  const params = { purchaseOrder: order.number };
  const closing = order.lines.flatMap(({ closed = 0 }, index) => {
    const units = closed - (view.lines[index]?.closed ?? 0);
    return units > 0 ? [{ line: index + 1, units }] : [];
  });
  const goesOut = order.status === 'sent' || order.status === 'confirmed' || closing.length > 0;
  const acts: Act[] = [];
  if (goesOut && stage === 'draft') acts.push(() => client.call('sendPurchaseOrder', { params }));
  if (order.status === 'confirmed' && stage !== 'confirmed')
    acts.push(() => client.call('confirmPurchaseOrder', { params, body: {} }));
  if (closing.length > 0)
    acts.push(() =>
      client.call('closePurchaseOrder', { params, body: { reason: 'import', lines: closing } }),
    );
  if (order.status === 'cancelled' && stage !== 'cancelled')
    acts.push(() => client.call('cancelPurchaseOrder', { params, body: { reason: 'import' } }));
  for (const act of acts) {
    const answered = await act();
    if (!answered.ok) return keptAs(answered.problem, order.number);
  }
  return acts.length === 0 ? 'repeated' : 'imported';
}

/** What was done before the refusal stays; the next import goes on from there. */
function keptAs(problem: Problem, number: string): Problem {
  if (problem.code !== 'below_minimum') return problem;
  return { ...problem, detail: `${problem.detail}; ${number} stays a draft` };
}

/** What the order is, and the file says otherwise. What the file leaves blank may be anything. */
function differences(view: PurchaseOrderView, order: FileOrder): string[] {
  const found: string[] = [];
  if (view.supplier !== order.supplier) found.push(`its supplier is ${view.supplier}, not ${order.supplier}`);
  if (order.note !== null && view.note !== order.note) found.push(`its note is ${said(view.note)}`);
  if (view.lines.length !== order.lines.length)
    found.push(`it has ${counted(view.lines.length)}, not ${order.lines.length}`);
  for (const [index, wanted] of order.lines.entries()) {
    const is = view.lines[index];
    if (is !== undefined) found.push(...lineDifferences(is, wanted));
  }
  return found;
}

function counted(lines: number): string {
  return lines === 1 ? '1 line' : `${lines} lines`;
}

function said(text: string | null): string {
  return text === null ? 'none' : `'${text}'`;
}

function lineDifferences(is: PurchaseOrderView['lines'][number], wanted: FileLine): string[] {
  const closed = wanted.closed === undefined || wanted.closed > is.closed ? is.closed : wanted.closed;
  const pairs = [
    ['SKU', is.sku, wanted.sku],
    ['warehouse', is.warehouse, wanted.warehouse],
    ['quantity', is.ordered, wanted.quantity],
    ['unit price', is.unitPrice, wanted.unitPrice],
    ['expected day', is.expectedOn, wanted.expectedOn ?? is.expectedOn],
    ['closed units', is.closed, closed],
  ] as const;
  return pairs
    .filter(([, one, other]) => one !== other)
    .map(([what, one, other]) => `${what} of line ${is.line} is ${one ?? 'not known'}, not ${other}`);
}
