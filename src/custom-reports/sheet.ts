/**
 * A report as a sheet for a file: headers in words, cells with the type they have, the total below. Money is
 * in units of its currency, not in minor ones, since that is what a spreadsheet adds up.
 */

import type { AnswerOf } from '../contract/operations.ts';
import { escapeFormula } from '../contract/reports/formula-cells.ts';
import { type DimensionId, kindOf } from '../contract/reports/report-dimensions.ts';
import { MEASURES, type MeasureId } from '../contract/reports/report-measures.ts';
import { moneyText } from './money-text.ts';

export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'date'; readonly day: string }
  /** Exact, as decimal digits. */
  | { readonly kind: 'number' | 'money' | 'share'; readonly digits: string }
  | { readonly kind: 'empty' };

export interface Sheet {
  readonly headers: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

const EMPTY: Cell = { kind: 'empty' };

/** Ordered units of ordered_units */
function inWords(id: string): string {
  const words = id.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function sheetOf(report: AnswerOf<'runReport'>): Sheet {
  const { by, across, measures, columns, rows, total } = report;
  const hasBefore = total.before !== null;
  const headers = [
    ...by.map(({ dimension }) => inWords(dimension)),
    ...measures.map(inWords),
    ...(hasBefore ? measures.map((id) => `${inWords(id)} before`) : []),
    ...columns.flatMap((column) => measures.map((id) => `${column ?? 'none'}: ${inWords(id)}`)),
  ];
  const figures = (row: typeof total, currency: string | undefined) =>
    [row.values, ...(row.before === null ? [] : [row.before]), ...row.cells].flatMap((values) =>
      values.map((value, index) => cellOf(measures[index], value, currency)),
    );
  function* body() {
    for (const row of rows) {
      const keys = row.keys.map((key, index) => keyCell(by[index]?.dimension, key));
      yield [...keys, ...figures(row, currencyOf(report, row.keys))];
    }
    // money over several currencies is no sum, and not known here
    const label = by.map((_, index): Cell => (index === 0 ? { kind: 'text', text: 'Total' } : EMPTY));
    const currencies = new Set(rows.map(({ keys }) => currencyOf(report, keys)));
    if (across === null || by.length > 0) {
      yield [...label, ...figures(total, currencies.size === 1 ? [...currencies][0] : undefined)];
    }
  }
  return { headers, rows: body() };
}

function currencyOf({ by }: AnswerOf<'runReport'>, keys: readonly (string | null)[]): string | undefined {
  return keys[by.findIndex(({ dimension }) => dimension === 'currency')] ?? undefined;
}

function keyCell(dimension: DimensionId | undefined, key: string | null): Cell {
  if (key === null || dimension === undefined) return EMPTY;
  if (kindOf(dimension) === 'date') return { kind: 'date', day: key };
  return kindOf(dimension) === 'number' ? { kind: 'number', digits: key } : { kind: 'text', text: key };
}

function cellOf(
  id: MeasureId | undefined,
  value: number | string | null | undefined,
  currency: string | undefined,
): Cell {
  if (id === undefined || value === null || value === undefined) return EMPTY;
  const { kind } = MEASURES[id];
  if (kind === 'money') return { kind: 'money', digits: moneyText(String(value), currency) };
  return kind === 'share' ? { kind, digits: String(value) } : { kind: 'number', digits: String(value) };
}

/** Lines of a CSV file: the headers and each row as texts, none of which a spreadsheet would run. */
export function* csvLines({ headers, rows }: Sheet): Generator<readonly string[]> {
  yield headers;
  for (const row of rows) yield row.map(csvCell);
}

function csvCell(cell: Cell): string {
  if (cell.kind === 'empty') return '';
  if (cell.kind === 'text') return escapeFormula(cell.text);
  return cell.kind === 'date' ? cell.day : cell.digits;
}
