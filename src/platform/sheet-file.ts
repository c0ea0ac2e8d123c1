/** Rows as a file that is written while it is sent: CSV (RFC 4180), or XLSX. */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { writeXlsx, type XlsxSheet } from './xlsx.ts';

type Lines = Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
type Rows =
  | { readonly format: 'csv'; readonly lines: Lines }
  | { readonly format: 'xlsx'; readonly sheet: XlsxSheet };

export interface SheetFile {
  readonly name: string;
  readonly type: string;
  readonly content: Readable;
}

/** Lines that are written at once. */
const CHUNK = 200;

async function* csv(lines: Lines): AsyncGenerator<string> {
  let chunk: string[][] = [];
  for await (const line of lines) {
    chunk.push([...line]);
    if (chunk.length < CHUNK) continue;
    yield stringify(chunk);
    chunk = [];
  }
  yield stringify(chunk);
}

/** @param name without the ending */
export function sheetFile(name: string, rows: Rows): SheetFile {
  if (rows.format === 'csv') {
    const content = Readable.from(csv(rows.lines), { objectMode: false });
    return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', content };
  }
  return {
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    content: writeXlsx(name, rows.sheet),
  };
}
