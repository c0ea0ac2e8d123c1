/**
 * Drilling down into a cell of a report: the facts its measure is made of, with what one would want to know
 * of them.
 */
import { type RawBuilder, sql } from 'kysely';
import type { AnswerOf } from '../contract/operations.ts';
import type { Group, ReportDefinition } from '../contract/reports/report-definition.ts';
import { MEASURES, type MeasureId, type Subject } from '../contract/reports/report-measures.ts';
import type { ReportSource } from './sources/source.ts';
import { columnOf, filteredBy, groupOf } from './sql/dimensions.ts';
import { AGGREGATES } from './sql/measures.ts';
import { rangesOf } from './sql/periods.ts';

type Sql = RawBuilder<unknown>;

/**
 * The columns that are shown, the ones that say which row it is first, and of what happened last when it did.
 */
const SHOWN: Readonly<Record<Subject, readonly string[]>> = {
  items: [
    'order_id',
    'line',
    'number',
    'channel',
    'product',
    'status',
    'ordered',
    'waiting',
    'allocated',
    'shipped',
    'placed',
  ],
  changes: [
    'order_id',
    'line',
    'number',
    'channel',
    'product',
    'cause',
    'document',
    'given',
    'lost',
    'dropped',
    'out',
    'changed',
  ],
  allocations: ['order_id', 'line', 'number', 'channel', 'product', 'warehouse', 'held', 'sent'],
  promise_changes: [
    'order_id',
    'line',
    'number',
    'channel',
    'product',
    'cause',
    'old_on',
    'new_on',
    'changed',
  ],
  refusals: ['number', 'channel', 'product', 'refusal_code', 'wanted', 'lost', 'changed'],
  purchases: [
    'purchase_order',
    'line',
    'supplier',
    'product',
    'warehouse',
    'ordered',
    'received',
    'incoming',
    'expected',
  ],
};

export interface CellAsked {
  readonly measure: MeasureId;
  /** Of the row, as the report has them; all rows when absent. */
  readonly keys?: readonly (string | null)[] | undefined;
  /** Of the column; all columns when absent. */
  readonly column?: string | null | undefined;
  readonly limit: number;
}

function isKey(group: Group, key: string | null): Sql {
  return key === null ? sql`${groupOf(group)} is null` : sql`${groupOf(group)} = ${key}`;
}

export async function readReportRows(
  source: ReportSource,
  report: ReportDefinition,
  { measure, keys, column, limit }: CellAsked,
): Promise<AnswerOf<'listReportRows'>> {
  const { by, across } = report;
  const { subject } = MEASURES[measure];
  const { today } = await source.clock(report.asOf);
  const groups = [
    ...(keys ?? []).flatMap((key, index) => {
      const group = by[index];
      return group === undefined ? [] : [{ group, key }];
    }),
    ...(across === undefined || column === undefined ? [] : [{ group: across, key: column }]),
  ];
  const chosen = filteredBy(report, rangesOf(report, today).now);
  const conditions = [
    AGGREGATES[measure].rows,
    ...chosen.conditions,
    ...groups.map(({ group, key }) => isKey(group, key)),
  ];
  const shown = SHOWN[subject];
  const columns = new Set([
    ...shown,
    ...AGGREGATES[measure].columns,
    ...groups.map(({ group }) => columnOf(group.dimension)),
    ...chosen.columns,
  ]);
  const list = shown.map((name) => sql`f.${sql.ref(name)}`);
  const rows = await source.read<Record<string, string | number | null>>(sql`
    select ${sql.join(list)} from (${source.facts(subject, [...columns], report.asOf)}) as f
    where ${sql.join(
      conditions.map((each) => sql`(${each})`),
      sql` and `,
    )}
    order by ${sql.join([...list.slice(0, 2), ...list.slice(-1)])} limit ${sql.lit(limit + 1)}`);
  return {
    columns: [...shown],
    rows: rows.slice(0, limit).map((row) => shown.map((name) => row[name] ?? null)),
    isAll: rows.length <= limit,
  };
}
