/**
 * Any list of the API as CSV: `format=csv` in the address of an operation that answers rows. All pages of what the
 * filters let through are streamed one after the other, so that a list of any length needs the memory of one page.
 * Columns follow from the contract, cells that a spreadsheet would run as a formula are marked.
 */
import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Answered } from '../app/once.ts';
import { escapeFormula } from '../contract/formula-cells.ts';
import type { Operation } from '../contract/operation.ts';

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

function cellOf(row: Json, path: string): string {
  let value: unknown = row;
  for (const name of path.split('.')) value = (value as Json | null)?.[name];
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escapeFormula(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Whether a request asks for CSV, and the query without saying so. */
export function askedForCsv(operation: Operation, query: unknown): { csv: boolean; query: unknown } {
  if (operation.method !== 'GET' || typeof query !== 'object' || query === null || !('format' in query)) {
    return { csv: false, query };
  }
  const { format, ...rest } = query;
  if (format !== 'csv' || columnsOf(operation) === undefined) return { csv: false, query };
  return { csv: true, query: rest };
}

/** @param first the first page, which was not refused */
export async function sendCsv(
  reply: FastifyReply,
  { operation, name, first, read }: CsvAnswer,
): Promise<FastifyReply> {
  const columns = columnsOf(operation) ?? [];
  async function* texts() {
    yield stringify([[...columns]]);
    for (let page = first; ; ) {
      yield stringify(page.rows.map((row) => columns.map((path) => cellOf(row, path))));
      if (page.nextCursor === null || page.nextCursor === undefined) return;
      const { outcome } = await read(page.nextCursor);
      if (!outcome.ok) throw new Error(`a page of ${name} was refused: ${outcome.refusal.message}`);
      page = outcome.value as PageOfRows;
    }
  }
  return await reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
    .send(Readable.from(texts()));
}

interface CsvAnswer {
  readonly operation: Operation;
  /** Of the file. */
  readonly name: string;
  readonly first: PageOfRows;
  readonly read: ReadPage;
}
