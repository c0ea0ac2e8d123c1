/**
 * From what a compiled report reads to a pivot table: rows with their totals, a cell for each column, column
 * totals, the grand total. What is not there is 0 or not known, as its measure says.
 */
import type { AnswerOf } from '../contract/operations.ts';
import type { ReportDefinition } from '../contract/reports/report-definition.ts';
import { isNoneOfNothing, MEASURES, type MeasureId } from '../contract/reports/report-measures.ts';
import type { CompiledRow } from './sql/compile.ts';

type Report = AnswerOf<'runReport'>;
export type RowKeys = readonly (string | null)[];
type Value = Report['total']['values'][number];

export interface PivotTable {
  readonly rows: Map<string, { readonly keys: RowKeys; readonly rank: number }>;
  readonly columns: Set<string | null>;
  /** By row, column and measure. */
  readonly values: Map<string, Value>;
  /** How many rows and columns there would be. */
  readonly groups: number;
  readonly across: number;
}

export const ALL = Symbol('all rows, or all columns');
type ColumnKey = string | null | typeof ALL;

export function rowKey(keys: RowKeys): string {
  return JSON.stringify(keys);
}

function valueKey(row: string | typeof ALL, column: ColumnKey, measure: MeasureId): string {
  return `${row === ALL ? '' : row}\n${column === ALL ? '' : JSON.stringify(column)}\n${measure}`;
}

function textOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

export function pivotTable(report: ReportDefinition, read: readonly CompiledRow[]): PivotTable {
  const table: PivotTable = { rows: new Map(), columns: new Set(), values: new Map(), groups: 0, across: 0 };
  for (const row of read) {
    const keys = report.by.map((_, index) => textOf(row[`t${index}`]));
    const name = row['is_all_rows'] === 0 ? rowKey(keys) : ALL;
    const column = row['is_all_columns'] === 0 ? textOf(row['a']) : ALL;
    if (name !== ALL && !table.rows.has(name)) table.rows.set(name, { keys, rank: Number(row['rank']) });
    if (column !== ALL) table.columns.add(column);
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

export interface RowFigures {
  readonly values: Value[];
  readonly cells: Value[][];
}

/** Which figures of a row are wanted. */
export interface Wanted {
  readonly measures: readonly MeasureId[];
  readonly columns: RowKeys;
}

/** A row: its totals over all columns, and its cells. With ALL the column totals and the grand total. */
export function rowOf(
  table: PivotTable,
  row: string | typeof ALL,
  { measures, columns }: Wanted,
): RowFigures {
  const valuesAt = (column: ColumnKey): Value[] =>
    measures.map((id) => {
      const value = table.values.get(valueKey(row, column, id));
      return value === undefined ? valueOfNothing(id) : value;
    });
  return { values: valuesAt(ALL), cells: columns.map(valuesAt) };
}
