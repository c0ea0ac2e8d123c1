/**
 * Reads a file of the Online Retail form as a stream: one line of an invoice per row. Sales and cancellations are
 * kept; other kinds and negative sales are counted and left out; a row that cannot be read is reported with its line
 * and column, and the rows around it are kept. Moments in the file have no zone and are taken as UTC.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import { CommandError } from '../failure.ts';

export interface RetailLine {
  readonly invoice: string;
  readonly line: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sku: string;
  /** At least 1, of a cancellation too. */
  readonly units: number;
  /** Minor units. */
  readonly price: number;
  readonly customer: string | null;
  readonly country: string;
}

export interface BadRow {
  readonly line: number;
  readonly column: string;
  readonly problem: string;
}

export interface RetailFile {
  /** Rows of the file without its head. */
  readonly rows: number;
  readonly sales: readonly RetailLine[];
  readonly cancels: readonly RetailLine[];
  /** Rows left out, by kind. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly badRows: number;
  /** The first of them. */
  readonly badExamples: readonly BadRow[];
  /** The first description of each SKU. */
  readonly names: ReadonlyMap<string, string>;
}

const COLUMNS = [
  'invoice_no',
  'line_no',
  'invoice_at',
  'stock_code',
  'quantity',
  'unit_price',
  'customer_id',
  'country',
  'kind',
] as const;
type ColumnName = (typeof COLUMNS)[number];
type Row = Readonly<Record<string, string | undefined>>;

const LEFT_OUT = ['stock_adjust', 'zero_price', 'nonproduct'];
const MAX_EXAMPLES = 10;
const MAX_UNITS = 1_000_000_000;
const MAX_MINOR_UNITS = 1_000_000_000_000;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;
const TEXT = /^[\p{L}\p{N}\p{P}\p{S}]([\p{L}\p{N}\p{P}\p{S} ]*[\p{L}\p{N}\p{P}\p{S}])?$/u;

class BadValue extends Error {
  readonly column: ColumnName;
  constructor(column: ColumnName, problem: string) {
    super(problem);
    this.column = column;
  }
}

function textIn(row: Row, column: ColumnName, most: number): string {
  const text = (row[column] ?? '').trim();
  if (text.length === 0) throw new BadValue(column, 'is empty');
  if (text.length > most) throw new BadValue(column, `is longer than ${most} characters`);
  if (!TEXT.test(text)) throw new BadValue(column, 'has characters that are not printed');
  return text;
}

function wholeIn(row: Row, column: ColumnName): number {
  const text = row[column] ?? '';
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || Math.abs(number) > MAX_UNITS) {
    throw new BadValue(column, `is not a whole number up to ${MAX_UNITS}: ${text.slice(0, 20)}`);
  }
  return number;
}

function momentIn(row: Row): number {
  const text = row['invoice_at'] ?? '';
  const at = MOMENT.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new BadValue('invoice_at', `is not a moment: ${text.slice(0, 30)}`);
  return at;
}

function priceIn(row: Row): number {
  const text = row['unit_price'] ?? '';
  const minor = Math.round(Number(text) * 100);
  if (!/^\d+(\.\d+)?$/.test(text) || minor > MAX_MINOR_UNITS) {
    throw new BadValue('unit_price', `is not a price: ${text.slice(0, 20)}`);
  }
  return minor;
}

function lineFrom(row: Row): RetailLine {
  const customer = (row['customer_id'] ?? '').trim();
  const units = Math.abs(wholeIn(row, 'quantity'));
  if (units === 0) throw new BadValue('quantity', 'is 0');
  return {
    invoice: textIn(row, 'invoice_no', 60),
    line: wholeIn(row, 'line_no'),
    at: momentIn(row),
    sku: textIn(row, 'stock_code', 64),
    units,
    price: priceIn(row),
    customer: customer === '' ? null : textIn(row, 'customer_id', 100),
    country: textIn(row, 'country', 100),
  };
}

/** What a row is: a sale, a cancellation, or the kind under which it is left out. */
function kindOf(row: Row): string {
  const kind = row['kind'] ?? '';
  if (kind === 'sale') return wholeIn(row, 'quantity') < 0 ? 'negative sale' : kind;
  if (kind === 'cancel' || LEFT_OUT.includes(kind)) return kind;
  throw new BadValue('kind', `is not a known kind: ${kind.slice(0, 20)}`);
}

class Reading {
  rows = 0;
  badRows = 0;
  readonly sales: RetailLine[] = [];
  readonly cancels: RetailLine[] = [];
  readonly skipped = new Map<string, number>();
  readonly badExamples: BadRow[] = [];
  readonly names = new Map<string, string>();

  take(row: Row, fileLine: number): void {
    this.rows++;
    try {
      const kind = kindOf(row);
      if (kind === 'sale') this.takeSale(lineFrom(row), row['description'] ?? '');
      else if (kind === 'cancel') this.cancels.push(lineFrom(row));
      else this.skipped.set(kind, (this.skipped.get(kind) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      this.bad({ line: fileLine, column: error.column, problem: error.message });
    }
  }

  takeSale(line: RetailLine, description: string): void {
    this.sales.push(line);
    const name = description.trim().slice(0, 200);
    if (!this.names.has(line.sku) && TEXT.test(name)) this.names.set(line.sku, name);
  }

  bad(row: BadRow): void {
    this.badRows++;
    if (this.badExamples.length < MAX_EXAMPLES) this.badExamples.push(row);
  }
}

/** The rows of a CSV file, gzipped when its name ends in .gz, with the line each ends on. */
export async function readRows(
  path: string,
  columns: readonly string[],
  on: { take(row: Row, line: number): void; skip(bad: BadRow): void },
): Promise<void> {
  function checkHead(head: string[]): string[] {
    const missing = columns.filter((column) => !head.includes(column));
    if (missing.length > 0) throw new CommandError(`${path}: the head has no column ${missing.join(', ')}`);
    return head;
  }
  function onSkip(error: CsvError | undefined): undefined {
    const line = Number(error?.['lines'] ?? 0);
    on.skip({ line, column: String(error?.['column'] ?? ''), problem: error?.message ?? 'cannot be read' });
  }
  const parser = parse({
    columns: checkHead,
    bom: true,
    info: true,
    skip_records_with_error: true,
    on_skip: onSkip,
  });
  async function takeAll(records: AsyncIterable<{ record: Row; info: { lines: number } }>): Promise<void> {
    for await (const { record, info } of records) on.take(record, info.lines);
  }
  const file = createReadStream(path);
  if (path.endsWith('.gz')) await pipeline(file, createGunzip(), parser, takeAll);
  else await pipeline(file, parser, takeAll);
}

/** @param onRow called for every row that was understood */
export async function readRetailFile(path: string, onRow: () => void): Promise<RetailFile> {
  const reading = new Reading();
  await readRows(path, COLUMNS, {
    take(row, line) {
      reading.take(row, line);
      onRow();
    },
    skip(bad) {
      reading.rows++;
      reading.bad(bad);
    },
  });
  // what is no CSV at all is reported ahead of rows that were read before it
  reading.badExamples.sort((a, b) => a.line - b.line);
  return reading;
}
