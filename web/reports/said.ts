/** Keys and figures of reports in the words and digits of the viewer. */

import type { AnswerOf } from '../../src/contract/operations.ts';
import {
  DIMENSIONS,
  type DimensionId,
  kindOf,
  type Period,
} from '../../src/contract/reports/report-dimensions.ts';
import { MEASURES, type MeasureId } from '../../src/contract/reports/report-measures.ts';
import { STATUSES } from '../components/said.tsx';
import type { Language } from '../words/words.tsx';

export type Result = AnswerOf<'runReport'>;
export type Line = Result['total'];
export type Value = Line['values'][number];
type Group = Result['by'][number];

function periodName({ month, day }: Language, every: Period, key: string): string {
  if (every === 'year') return key.slice(0, 4);
  if (every === 'quarter') return `Q${Math.ceil(Number(key.slice(5, 7)) / 3)} ${key.slice(0, 4)}`;
  return every === 'month' ? month(key.slice(0, 7)) : day(key);
}

export function keyName(language: Language, group: Group | null | undefined, key: string | null): string {
  const { words } = language;
  if (key === null || group === null || group === undefined) return words.reports.none;
  if (kindOf(group.dimension) === 'date') return periodName(language, group.every ?? 'month', key);
  if (group.dimension === 'kind') return words.status[key === 'preorder' ? 'preordered' : 'backordered'];
  const status = group.dimension === 'status' ? STATUSES.find((each) => each === key) : undefined;
  return status === undefined ? key : words.status[status];
}

/** @param currency of the row, for money */
export function valueName(
  { figure, percent, money }: Language,
  { measure, currency }: { readonly measure: MeasureId; readonly currency: string | undefined },
  value: Value | undefined,
): string {
  if (value === null || value === undefined) return '';
  const { kind } = MEASURES[measure];
  if (kind === 'money') return currency === undefined ? '' : money(BigInt(value), currency);
  if (kind === 'share') return percent(Number(value));
  return figure(kind === 'days' ? Math.round(Number(value) * 10) / 10 : Number(value));
}

/** The currency of a row, when the report has one. */
export function currencyOf({ by }: Result, keys: readonly (string | null)[]): string | undefined {
  return keys[by.findIndex(({ dimension }) => dimension === 'currency')] ?? undefined;
}

/** The only currency of a report; undefined when there are several. */
export function onlyCurrency(result: Result): string | undefined {
  const all = new Set(result.rows.map(({ keys }) => currencyOf(result, keys)));
  return all.size === 1 ? [...all][0] : undefined;
}

/** What one hovers to know: in words and as a formula. */
export function definitionOf({ words: { meanings } }: Language, measure: MeasureId): string {
  const { definition, formula } = MEASURES[measure];
  return `${meanings?.definitions[measure] ?? definition} ${meanings?.formulas[measure] ?? formula}`;
}

export function dimensionMeaning({ words: { meanings } }: Language, dimension: DimensionId): string {
  return meanings?.dimensions[dimension] ?? DIMENSIONS[dimension].definition;
}
