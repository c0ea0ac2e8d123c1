/**
 * Reads a CSV file row by row, whatever its size: header checked by name, line numbers as an editor shows them.
 *
 * Read leniently where nothing can be lost (byte order mark, blank lines, either line end, a quote inside a cell) and
 * strictly where something can: a row with too few or too many cells, or text that is not UTF-8, is a bad row.
 * csv-parse counts line ends inside quotes twice, so lines are counted here, from the bytes.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import { unescapeFormula } from '../contract/reports/formula-cells.ts';
import { ImportError } from './import-error.ts';

/** Columns that a reject file adds; in an import they are read over, so a corrected reject file can be imported. */
export const REJECT_COLUMNS = ['line', 'column', 'problem'] as const;

/**
 * Longest row, in bytes, and what may be under way to the parser beside it: beyond both nothing more is read. The parser's own
 * bound counts characters of cells, so that a line of commas has none.
 */
const MAX_ROW = 1_048_576;
const UNDER_WAY = 262_144;
/** Cells that are kept of a row that has too many, and columns of a file at most. */
const MAX_CELLS = 200;

export interface Row {
  /** Line of the file on which the row begins; the header is on line 1. */
  readonly line: number;
  /** As they stand in the file, in its columns. */
  readonly cells: readonly string[];
  /** By column name; a column that the file does not have is ''. */
  readonly cell: (column: string) => string;
  /** Whether the file has this column: what it does not have, it says nothing about. */
  readonly has: (column: string) => boolean;
  /** Where in the file the row ends, for progress. */
  readonly bytes: number;
}

/** A row that is no row of this file's form. */
export interface MalformedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly problem: string;
}

export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** Rows change only what the file has columns for, so it must have one of these. */
  readonly oneOf?: readonly string[];
  /** Files of this kind are exported as well: cells are marked there as they are in a reject file. */
  readonly exported?: true;
}

export interface FileReader {
  header(columns: readonly string[]): Promise<void>;
  row(row: Row): Promise<void>;
  malformed(row: MalformedRow): Promise<void>;
}

export async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size;
}

/** Where the lines of a file end, kept only until the row there has been read; and the end of reading at a row without end. */
class LineEnds {
  #read = 0;
  #passed = 0;
  #ends: number[] = [];
  #rowEnd = 0;
  /** Nothing is passed on any more. */
  isCut = false;

  /** Passes the bytes on and remembers the line ends in them. */
  tap(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _, done) => {
        this.isCut ||= this.#read - this.#rowEnd > MAX_ROW + UNDER_WAY;
        if (this.isCut) return done();
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1))
          this.#ends.push(this.#read + at);
        this.#read += chunk.length;
        done(null, chunk);
      },
    });
  }

  /** A row was parsed up to this byte. */
  endRow(byte: number): void {
    this.#rowEnd = byte;
  }

  /** Whether the row that ends at this byte has no end in the file, or too late. */
  isCutAt(byte: number): boolean {
    return this.isCut && byte >= this.#read;
  }

  /** How many lines end before this byte. Asked with growing numbers only. */
  before(byte: number): number {
    const later = this.#ends.findIndex((end) => end >= byte);
    const passed = later < 0 ? this.#ends.length : later;
    this.#ends.splice(0, passed);
    this.#passed += passed;
    return this.#passed;
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: Info;
}

export async function readFile(file: string, expected: Columns, reader: FileReader): Promise<void> {
  const lineEnds = new LineEnds();
  const skipped: CsvError[] = [];
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record: string[], { bytes }) => {
      lineEnds.endRow(bytes);
      return record;
    },
    on_skip: (error) => {
      if (error !== undefined) skipped.push(error);
      return undefined;
    },
  });
  // An error anywhere ends all three, and reaches the loop below.
  const parsed: Readable = pipeline(createReadStream(file), lineEnds.tap(), parser, () => undefined);
  let header: readonly string[] | undefined;
  for await (const { record, info } of parsed as AsyncIterable<Parsed>) {
    if (header === undefined) {
      if (lineEnds.isCutAt(info.bytes)) throw new ImportError(`line 1 is ${TOO_LONG}`);
      header = checkHeader(record, expected);
      await reader.header(header);
      lineEnds.before(info.bytes);
      continue;
    }
    const line = firstLine(record, info, lineEnds);
    if (lineEnds.isCutAt(info.bytes)) {
      const problem = `the row is ${TOO_LONG}; the rest of the file is not read`;
      await reader.malformed({ line, cells: record.slice(0, MAX_CELLS), problem });
      continue;
    }
    const marked = expected.exported === true || header.includes('problem');
    const cells = marked ? record.map(unescapeFormula) : record;
    await readRow(header, { record: cells, info, line }, reader);
  }
  if (header === undefined) throw new ImportError(`${file} is empty: its first line must name the columns`);
  for (const error of skipped) {
    await reader.malformed({ line: lineOf(error), cells: [], problem: plainProblem(error) });
  }
}

const TOO_LONG = `longer than ${MAX_ROW} bytes, or has a quote that is never closed`;

function firstLine(record: readonly string[], info: Info, lineEnds: LineEnds): number {
  const inside = record.join('').split('\n').length - 1;
  return lineEnds.before(info.bytes - 1) + 1 - inside;
}

function lineOf({ lines }: CsvError): number {
  return typeof lines === 'number' ? lines : 0;
}

function plainProblem(error: CsvError): string {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return 'a quote is opened and never closed; the rest of the file is not read';
  return `not a row of a CSV file: ${error.message}`;
}

async function readRow(
  header: readonly string[],
  { record, info, line }: Parsed & { readonly line: number },
  reader: FileReader,
): Promise<void> {
  if (record.length !== header.length) {
    const problem = `the row has ${record.length} cells, the header names ${header.length} columns`;
    return await reader.malformed({ line, cells: record.slice(0, MAX_CELLS), problem });
  }
  if (record.some((cell) => cell.includes('\uFFFD'))) {
    return await reader.malformed({
      line,
      cells: record,
      problem: 'text that is not UTF-8; save the file as UTF-8',
    });
  }
  const cell = (column: string) => (record[header.indexOf(column)] ?? '').trim();
  const has = (column: string) => header.includes(column);
  await reader.row({ line, cells: record, cell, has, bytes: info.bytes });
}

function checkHeader(record: readonly string[], { required, optional, oneOf }: Columns): readonly string[] {
  if (record.length > MAX_CELLS) {
    throw new ImportError(`line 1 names ${record.length} columns; a file has at most ${MAX_CELLS}`);
  }
  const header = record.map((name) => name.trim().toLowerCase());
  const known = [...required, ...optional, ...REJECT_COLUMNS];
  const missing = required.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !known.includes(name));
  const twice = header.filter((name, index) => header.indexOf(name) !== index);
  const saysNothing = oneOf !== undefined && !oneOf.some((name) => header.includes(name));
  const problems = [
    saysNothing ? `nothing beside ${required.join(', ')} is named, so nothing would be changed` : '',
    missing.length === 0 ? '' : `missing: ${missing.join(', ')}`,
    unknown.length === 0 ? '' : `unknown: ${unknown.map((name) => `'${name}'`).join(', ')}`,
    twice.length === 0 ? '' : `twice: ${twice.join(', ')}`,
  ].filter((problem) => problem !== '');
  if (problems.length === 0) return header;
  throw new ImportError(
    `the columns cannot be used (${problems.join('; ')}). Columns: ${required.join(', ')}; if wanted: ${optional.join(', ')}`,
  );
}
