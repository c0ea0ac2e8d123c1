/**
 * Reads the two files of the first-come-first-served proof: what a warehouse received when, and for each order line
 * the units it got at once and the moment its last unit was covered. Moments without a zone are taken as UTC; they are
 * compared as they are written, so nothing hangs on that.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export interface SupplyRow {
  readonly sku: string;
  readonly at: string;
  readonly units: number;
  /** Stock before the first order. */
  readonly opening: boolean;
}

export interface FillRow {
  readonly sku: string;
  readonly invoice: string;
  readonly line: string;
  readonly orderedAt: string;
  readonly quantity: number;
  readonly immediate: number;
  /** Undefined when the last unit never came. */
  readonly filledAt: string | undefined;
}

type Row = Readonly<Record<string, string>>;

async function readCsv<Value>(path: string, take: (row: Row) => Value): Promise<Value[]> {
  const rows: Value[] = [];
  async function takeAll(records: AsyncIterable<Row>): Promise<void> {
    for await (const record of records) rows.push(take(record));
  }
  const parser = parse({ columns: true, bom: true });
  if (path.endsWith('.gz')) await pipeline(createReadStream(path), createGunzip(), parser, takeAll);
  else await pipeline(createReadStream(path), parser, takeAll);
  return rows;
}

function textOf(row: Row, column: string): string {
  const text = row[column];
  if (text === undefined) throw new Error(`no column ${column}`);
  return text;
}

function unitsOf(row: Row, column: string): number {
  const units = Number(textOf(row, column));
  if (!Number.isSafeInteger(units) || units < 0) throw new Error(`${column} is not a number of units`);
  return units;
}

export function readSupply(path: string): Promise<SupplyRow[]> {
  return readCsv(path, (row) => ({
    sku: textOf(row, 'stock_code'),
    at: textOf(row, 'at'),
    units: unitsOf(row, 'units'),
    opening: textOf(row, 'kind') === 'opening',
  }));
}

export function readFills(path: string): Promise<FillRow[]> {
  return readCsv(path, (row) => ({
    sku: textOf(row, 'stock_code'),
    invoice: textOf(row, 'invoice_no'),
    line: textOf(row, 'line_no'),
    orderedAt: textOf(row, 'ordered_at'),
    quantity: unitsOf(row, 'quantity'),
    immediate: unitsOf(row, 'immediate_units'),
    filledAt: textOf(row, 'filled_at') || undefined,
  }));
}

/** A moment of the files as an instant of the wire. */
export function instantOf(moment: string): string {
  const at = Date.parse(`${moment}Z`);
  if (Number.isNaN(at)) throw new Error(`not a moment: ${moment}`);
  return new Date(at).toISOString();
}
