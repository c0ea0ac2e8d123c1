/** `allot purchase-orders` and `allot purchase-order NUMBER`: what was asked of suppliers, and how far it has come. */
import type { Client } from '../../contract/call.ts';
import type { AnswerOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import { rowsOf } from '../../contract/rows-of.ts';
import type { PurchaseOrderStatus } from '../../core/supply/purchase-order.ts';
import { type ExitCode, type GlobalFlags, grouped, remark, say, sayJson } from '../command.ts';
import { CommandError } from '../failure.ts';
import { ask, withOwnNode } from '../own-node.ts';
import { renderTable } from '../table.ts';

export interface PurchaseOrdersFlags extends GlobalFlags {
  readonly late?: boolean;
  readonly supplier?: string;
  readonly status?: PurchaseOrderStatus;
  readonly sku?: string;
  readonly limit?: string;
  readonly json?: boolean;
}

const SHOWN = 50;
const MOST_SHOWN = 10_000;

type Row = AnswerOf<'listPurchaseOrders'>['rows'][number];

export async function runPurchaseOrders(flags: PurchaseOrdersFlags): Promise<ExitCode> {
  const limit = limitOf(flags.limit);
  const { rows, more } = await withOwnNode({ flags, fills: false }, ({ client }) =>
    readList(client, flags, limit),
  );
  if (flags.json === true) {
    sayJson({ rows, more });
    return 0;
  }
  if (rows.length === 0) say('no purchase orders');
  else say(renderTable(LIST_COLUMNS, rows.map(listCells)));
  if (more) remark(`the newest ${grouped(limit)} are shown; --limit shows more`);
  return 0;
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return SHOWN;
  const limit = Number(text);
  if (/^\d{1,5}$/.test(text) && limit >= 1 && limit <= MOST_SHOWN) return limit;
  throw new CommandError(`--limit is '${text}'; accepted: a whole number from 1 to ${MOST_SHOWN}`);
}

async function readList(
  client: Client,
  { late, supplier, status, sku }: PurchaseOrdersFlags,
  limit: number,
): Promise<{ rows: Row[]; more: boolean }> {
  // A list for a supplier or a product that is not there would be empty, as if nothing had been ordered.
  if (supplier !== undefined) await ask(client, 'getSupplier', { params: { supplier } });
  if (sku !== undefined) await ask(client, 'getProduct', { params: { sku } });
  const filters = {
    ...(late === true && { late: 'true' as const }),
    ...(supplier !== undefined && { supplier }),
    ...(status !== undefined && { status }),
    ...(sku !== undefined && { sku }),
  };
  const rows: Row[] = [];
  const all = rowsOf((query) => ask(client, 'listPurchaseOrders', { query: { ...query, ...filters } }));
  for await (const row of all) {
    if (rows.length >= limit) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

const LIST_COLUMNS = [
  { head: 'number' },
  { head: 'supplier' },
  { head: 'status' },
  { head: 'lines', align: 'right' },
  { head: 'ordered', align: 'right' },
  { head: 'received', align: 'right' },
  { head: 'open', align: 'right' },
  { head: 'value', align: 'right' },
  { head: 'next expected' },
  { head: 'late' },
] as const;

function listCells(row: Row) {
  return [
    row.number,
    row.supplier,
    words(row.status),
    row.lines,
    row.ordered,
    row.received,
    row.open,
    money(row.value, row.currency),
    row.nextExpectedOn,
    row.late ? 'late' : '',
  ];
}

export interface ShowFlags extends GlobalFlags {
  readonly json?: boolean;
}

export async function runPurchaseOrder(number: string, flags: ShowFlags): Promise<ExitCode> {
  const order = await withOwnNode({ flags, fills: false }, ({ client }) =>
    ask(client, 'getPurchaseOrder', { params: { purchaseOrder: number } }),
  );
  if (flags.json === true) sayJson(order);
  else sayOrder(order);
  return 0;
}

const LINE_COLUMNS = [
  { head: 'line', align: 'right' },
  { head: 'SKU' },
  { head: 'warehouse' },
  { head: 'ordered', align: 'right' },
  { head: 'received', align: 'right' },
  { head: 'closed', align: 'right' },
  { head: 'open', align: 'right' },
  { head: 'unit price', align: 'right' },
  { head: 'expected' },
  { head: 'likely' },
  { head: 'late' },
  { head: 'bought for' },
] as const;
const DAY_COLUMNS = [
  { head: 'line', align: 'right' },
  { head: 'expected' },
  { head: 'quoted at' },
  { head: 'reason' },
] as const;
const RECEIPT_COLUMNS = [
  { head: 'reference' },
  { head: 'line', align: 'right' },
  { head: 'units', align: 'right' },
  { head: 'counted in at' },
] as const;

function sayOrder(order: PurchaseOrderView): void {
  const { number, supplier, currency, status, value, note, sentAt, lines, receipts } = order;
  const sent = sentAt === null ? 'not sent' : `sent ${minuteOf(sentAt)}`;
  say(`${number}: ${words(status)}, supplier ${supplier}, ${sent}, ${money(value, currency)}`);
  if (note !== null) say(note);
  const lineRows = lines.map((line) => [
    line.line,
    line.sku,
    line.warehouse,
    line.ordered,
    line.received,
    line.closed,
    line.open,
    money(String(line.unitPrice), currency),
    line.expectedOn,
    line.likelyOn,
    line.late ? 'late' : '',
    line.boughtFor === null ? '' : `order ${line.boughtFor.orderId}/${line.boughtFor.line}`,
  ]);
  say(`\n${renderTable(LINE_COLUMNS, lineRows)}`);
  const days = lines.flatMap(({ line, expectedDates }) =>
    expectedDates.map(({ expectedOn, quotedAt, reason }) => [
      line,
      expectedOn,
      minuteOf(quotedAt),
      reason ?? '',
    ]),
  );
  if (days.length > 0) say(`\nDays the supplier quoted\n${renderTable(DAY_COLUMNS, days)}`);
  const received = receipts.map(({ reference, line, units, recordedAt }) => [
    reference,
    line,
    units,
    minuteOf(recordedAt),
  ]);
  if (received.length > 0) say(`\nReceipts\n${renderTable(RECEIPT_COLUMNS, received)}`);
}

/** 2026-03-01 09:30Z */
function minuteOf(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`;
}

/** partly_received as people write it */
export function words(code: string): string {
  return code.replaceAll('_', ' ');
}

/** Minor units as people write them: 1,234.50 EUR */
function money(minor: string, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const text = minor.padStart(digits + 1, '0');
  const whole = BigInt(text.slice(0, text.length - digits)).toLocaleString('en');
  return `${digits === 0 ? whole : `${whole}.${text.slice(-digits)}`} ${currency}`;
}
