/**
 * From compiled rows to a table: rows with their totals, cells below the values across, the total of all. What is not there is
 * 0 or not known, as its measure says.
 */
import type { AnswerOf } from '../contract/operations.ts';
import type { ReportDefinition } from '../contract/reports/report-definition.ts';
import { isNoneOfNothing, MEASURES, type MeasureId } from '../contract/reports/report-measures.ts';
import type { CompiledRow } from './sql/compile.ts';

type Report = AnswerOf<'runReport'>;
export type Keys = readonly (string | null)[];
type Value = Report['total']['values'][number];

export interface Tabled {
  readonly rows: Map<string, { readonly keys: Keys; readonly rank: number }>;
  readonly columns: Set<string | null>;
  /** By row, column and measure. */
  readonly values: Map<string, Value>;
  /** How many rows and columns there would be. */
  readonly groups: number;
  readonly across: number;
}

export const WHOLE = Symbol('all rows, or all columns');
type At = string | null | typeof WHOLE;

export function rowKey(keys: Keys): string {
  return JSON.stringify(keys);
}

function valueKey(row: string | typeof WHOLE, column: At, measure: MeasureId): string {
  return `${row === WHOLE ? '' : row}\n${column === WHOLE ? '' : JSON.stringify(column)}\n${measure}`;
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function tabled(report: ReportDefinition, read: readonly CompiledRow[]): Tabled {
  const table: Tabled = { rows: new Map(), columns: new Set(), values: new Map(), groups: 0, across: 0 };
  for (const row of read) {
    const keys = report.by.map((_, index) => textOf(row[`t${index}`]));
    const name = row['is_total'] === 0 ? rowKey(keys) : WHOLE;
    const column = row['is_whole'] === 0 ? textOf(row['a']) : WHOLE;
    if (name !== WHOLE && !table.rows.has(name)) table.rows.set(name, { keys, rank: Number(row['rank']) });
    if (column !== WHOLE) table.columns.add(column);
    for (const [index, id] of report.measures.entries()) {
      table.values.set(valueKey(name, column, id), row[`m${index}`] ?? null);
    }
  }
  const [first] = read;
  return { ...table, groups: Number(first?.['groups'] ?? 0), across: Number(first?.['across'] ?? 0) };
}

function valueOfNothing(id: MeasureId): Value {
  if (!isNoneOfNothing(id)) return null;
  return MEASURES[id].kind === 'money' ? '0' : 0;
}

export interface Lined {
  readonly values: Value[];
  readonly cells: Value[][];
}

/** Which figures of a line are wanted. */
export interface Wanted {
  readonly measures: readonly MeasureId[];
  readonly columns: Keys;
}

/** A row, or with WHOLE the total. */
export function lineOf(table: Tabled, row: string | typeof WHOLE, { measures, columns }: Wanted): Lined {
  const valuesAt = (column: At): Value[] =>
    measures.map((id) => {
      const value = table.values.get(valueKey(row, column, id));
      return value === undefined ? valueOfNothing(id) : value;
    });
  return { values: valuesAt(WHOLE), cells: columns.map(valuesAt) };
}
