/**
 * Which rows and columns a report has room for, as CTEs over its `totals`: those of rows and of columns, by
 * which they are chosen. `top_rows` and `top_columns` each have one more that stands for all rows, or all
 * columns, so that the totals are joined as cells are.
 */
import { type RawBuilder, sql } from 'kysely';
import { MAX_ACROSS, type ReportDefinition } from '../../contract/reports/report-definition.ts';
import { everyOf } from '../../contract/reports/report-dimensions.ts';
import type { MeasureId } from '../../contract/reports/report-measures.ts';
import type { Key, ReportKeys } from './keys.ts';
import { nameOf } from './subject-measures.ts';

type Sql = RawBuilder<unknown>;
type Sorted = NonNullable<ReportDefinition['sort']>;

/**
 * As asked; else days and ages as they follow each other, and anything else by the first measure, most first.
 */
export function sortedBy(report: ReportDefinition): Sorted | undefined {
  const [first] = report.by;
  if (report.sort !== undefined) return report.sort;
  if (first === undefined || everyOf(first) !== undefined || first.dimension === 'age') return undefined;
  const [measure] = report.measures;
  return measure === undefined ? undefined : { measure, direction: 'descending' };
}

/** The measures that rows and columns are chosen by. */
export function decidingMeasures(report: ReportDefinition): MeasureId[] {
  const sorted = sortedBy(report);
  return [
    ...(sorted === undefined ? [] : [sorted.measure]),
    ...(hasDaysAcross(report) ? [] : report.measures.slice(0, 1)),
  ];
}

function hasDaysAcross({ across }: ReportDefinition): boolean {
  return across !== undefined && everyOf(across) !== undefined;
}

/** Whether a total is that of a row, over all columns, or that of a column, over all rows. */
export function isTotalOf({ rows: [first], across }: ReportKeys, which: 'row' | 'column'): Sql {
  const isRow = first === undefined ? sql`false` : sql`k0 <> ${first.all}`;
  const isColumn = across === undefined ? sql`false` : sql`k <> ${across.all}`;
  return which === 'row' ? sql`${isRow} and not ${isColumn}` : sql`${isColumn} and not ${isRow}`;
}

/** One of the keys of a row. */
interface RowKey {
  readonly key: Key;
  /** Of the column of its key, and of its text: k0 and t0, k1 and t1 … */
  readonly column: Sql;
  readonly text: Sql;
}

function rowKeysOf({ rows }: ReportKeys): RowKey[] {
  return rows.map((key, index) => ({ key, column: sql.ref(`k${index}`), text: sql.ref(`t${index}`) }));
}

/** What stands for all rows. */
function allRows(row: readonly RowKey[]): Sql {
  const all = row.map(({ key, column }) => sql`${key.all} as ${column}`);
  const none = row.map(({ text }) => sql`null as ${text}`);
  return sql`select ${sql.join([...all, ...none, sql`0 as rank`, sql`1 as is_all_rows`])}`;
}

/**
 * The first rows in the order asked for. They are found without their codes, and then follow each other by
 * them.
 */
export function topRows(report: ReportDefinition, keys: ReportKeys): Sql {
  const row = rowKeysOf(keys);
  if (row.length === 0) return allRows(row);
  const sorted = sortedBy(report);
  const by = sorted === undefined ? [] : [inOrder(report, sorted)];
  const found = [...by, ...row.map(({ key, column }) => key.order(column))];
  const shown = [...by, ...row.map(({ key, column, text }) => (key.isCode ? text : key.order(column)))];
  const texts = row.map(({ key, column, text }) => sql`${key.text(sql`first.${column}`)} as ${text}`);
  return sql`
    select ${sql.join([...row.map(({ column }) => column), ...row.map(({ text }) => text)])},
      row_number() over (order by ${sql.join(shown)}) as rank, 0 as is_all_rows
    from (
      select ${sql.join([sql`first.*`, ...texts])} from (
        select * from totals where ${isTotalOf(keys, 'row')}
        order by ${sql.join(found)} limit ${sql.lit(report.limit)}
      ) as first
    ) as named
    union all ${allRows(row)}`;
}

/** Just these rows. */
export function namedRows(keys: ReportKeys, rows: readonly (readonly (string | null)[])[]): Sql {
  const row = rowKeysOf(keys);
  if (row.length === 0 || rows.length === 0) return allRows(row);
  const given = rows.map((texts) => sql`(${sql.join(texts.map((text) => sql`cast(${text} as text)`))})`);
  const columns = row.map(({ key, column, text }) => sql`${key.ofText(sql`given.${text}`)} as ${column}`);
  const texts = row.map(({ text }) => text);
  return sql`
    select ${sql.join([...columns, ...texts, sql`0 as rank`, sql`0 as is_all_rows`])}
    from (values ${sql.join(given)}) as given(${sql.join(texts)})
    union all ${allRows(row)}`;
}

/** As many columns as there is room for: of days the latest, of anything else the largest. */
export function topColumns(report: ReportDefinition, keys: ReportKeys): Sql {
  const { across } = keys;
  if (across === undefined) return sql`select 1 as is_all_columns`;
  const [measure] = report.measures;
  const largest =
    hasDaysAcross(report) || measure === undefined
      ? []
      : [inOrder(report, { measure, direction: 'descending' })];
  const order = [
    ...largest,
    sql`${across.order(sql`k`)} ${hasDaysAcross(report) ? sql`desc nulls last` : sql`nulls last`}`,
  ];
  return sql`
    select k, ${across.text(sql`first.k`)} as a, 0 as is_all_columns
    from (
      select k from totals where ${isTotalOf(keys, 'column')} order by ${sql.join(order)} limit ${sql.lit(MAX_ACROSS)}
    ) as first
    union all select ${across.all}, null, 1`;
}

function inOrder({ measures }: ReportDefinition, { measure, direction }: Sorted): Sql {
  return sql`${sql.ref(nameOf(measures, measure))} ${direction === 'ascending' ? sql`asc` : sql`desc`} nulls last`;
}
