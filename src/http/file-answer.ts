/**
 * Any list of the API as a file: `format=csv` or `format=xlsx` in the address of an operation that answers rows. All pages of what the
 * filters let through are streamed one after the other, so that a list of any length needs the memory of one page.
 * Columns follow from the contract, cells that a spreadsheet would run as a formula are marked.
 */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Answered } from '../app/frame/once.ts';
import type { Operation } from '../contract/operation.ts';
import { escapeFormula } from '../contract/reports/formula-cells.ts';
import { sheetFile } from '../platform/sheet-file.ts';
import type { XlsxCell } from '../platform/xlsx.ts';

export interface PageOfRows {
  readonly rows: readonly Json[];
  readonly nextCursor?: string | null;
}
type Json = Readonly<Record<string, unknown>>;
type ReadPage = (cursor: string | undefined) => Promise<Answered<unknown>>;

interface RowSchema {
  readonly properties?: Readonly<Record<string, RowSchema>>;
  readonly items?: RowSchema;
}

/** Paths of the members of a row, such as quantities.ordered; undefined: the operation answers no rows. */
function columnsOf(operation: Operation): readonly string[] | undefined {
  const schema = z.toJSONSchema(operation.answer, { io: 'output', unrepresentable: 'any' }) as RowSchema;
  const row = schema.properties?.['rows']?.items;
  return row === undefined ? undefined : pathsOf(row, '');
}

function pathsOf({ properties = {} }: RowSchema, before: string): string[] {
  return Object.entries(properties).flatMap(([name, member]) =>
    member.properties === undefined ? [`${before}${name}`] : pathsOf(member, `${before}${name}.`),
  );
}

function valueAt(row: Json, path: string): unknown {
  let value: unknown = row;
  for (const name of path.split('.')) value = (value as Json | null)?.[name];
  return value ?? undefined;
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeFormula(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function cellOf(value: unknown): XlsxCell {
  if (value === undefined) return { kind: 'empty' };
  if (typeof value === 'number') return { kind: 'number', digits: String(value) };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { kind: 'text', text };
}

type ListFormat = 'csv' | 'xlsx';

/** The file that a request asks for, and the query without saying so. */
export function askedForFile(
  operation: Operation,
  query: unknown,
): { readonly format: ListFormat | undefined; readonly query: unknown } {
  if (operation.method !== 'GET' || typeof query !== 'object' || query === null || !('format' in query)) {
    return { format: undefined, query };
  }
  const { format, ...rest } = query;
  if ((format !== 'csv' && format !== 'xlsx') || columnsOf(operation) === undefined) {
    return { format: undefined, query };
  }
  return { format, query: rest };
}

interface FileAnswer {
  readonly operation: Operation;
  readonly format: ListFormat;
  /** Of the file, without the ending. */
  readonly name: string;
  /** The first page, which was not refused. */
  readonly first: PageOfRows;
  readonly read: ReadPage;
}

export async function sendFile(reply: FastifyReply, answer: FileAnswer): Promise<FastifyReply> {
  const { operation, format, name } = answer;
  const columns = columnsOf(operation) ?? [];
  const file = sheetFile(
    name,
    format === 'csv'
      ? { format, lines: lines(columns, answer) }
      : { format, sheet: { headers: columns, rows: cells(columns, answer) } },
  );
  return await reply
    .header('content-type', file.type)
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .send(file.content);
}

async function* rowsOf({ first, read, name }: FileAnswer): AsyncGenerator<Json> {
  for (let page = first; ; ) {
    yield* page.rows;
    if (page.nextCursor === null || page.nextCursor === undefined) return;
    const { outcome } = await read(page.nextCursor);
    if (!outcome.ok) throw new Error(`a page of ${name} was refused: ${outcome.refusal.message}`);
    page = outcome.value as PageOfRows;
  }
}

async function* lines(columns: readonly string[], answer: FileAnswer): AsyncGenerator<readonly string[]> {
  yield columns;
  for await (const row of rowsOf(answer)) yield columns.map((path) => textOf(valueAt(row, path)));
}

async function* cells(columns: readonly string[], answer: FileAnswer): AsyncGenerator<readonly XlsxCell[]> {
  for await (const row of rowsOf(answer)) yield columns.map((path) => cellOf(valueAt(row, path)));
}
