/**
 * Which rows and columns of a report are shown, as CTEs over its `edges`: the totals of rows and of columns that they are chosen
 * by. `lines` are rows and `heads` columns, each with one more that stands for all of them.
 */
import { type RawBuilder, sql } from 'kysely';
import { MAX_ACROSS, type ReportDefinition } from '../../contract/reports/report-definition.ts';
import { everyOf } from '../../contract/reports/report-dimensions.ts';
import type { MeasureId } from '../../contract/reports/report-measures.ts';
import { nameOf } from './figures.ts';
import type { Key, Keyed } from './keys.ts';

type Sql = RawBuilder<unknown>;
type Sorted = NonNullable<ReportDefinition['sort']>;

/** As asked; else days and ages as they follow each other, and anything else by the first measure, most first. */
export function sortedBy(report: ReportDefinition): Sorted | undefined {
  const [first] = report.by;
  if (report.sort !== undefined) return report.sort;
  if (first === undefined || everyOf(first) !== undefined || first.dimension === 'age') return undefined;
  const [measure] = report.measures;
  return measure === undefined ? undefined : { measure, direction: 'descending' };
}

/** The measures that rows and columns are chosen by. */
export function choosing(report: ReportDefinition): MeasureId[] {
  const sorted = sortedBy(report);
  return [
    ...(sorted === undefined ? [] : [sorted.measure]),
    ...(isOfDays(report) ? [] : report.measures.slice(0, 1)),
  ];
}

function isOfDays({ across }: ReportDefinition): boolean {
  return across !== undefined && everyOf(across) !== undefined;
}

/** Whether an edge is of a row, in all columns, or of a column, in all rows. */
export function isEdge({ down: [first], over }: Keyed, which: 'row' | 'column'): Sql {
  const isRow = first === undefined ? sql`false` : sql`k0 <> ${first.all}`;
  const isColumn = over === undefined ? sql`false` : sql`k <> ${over.all}`;
  return which === 'row' ? sql`${isRow} and not ${isColumn}` : sql`${isColumn} and not ${isRow}`;
}

interface Line {
  readonly key: Key;
  /** Of the column of its key, and of its text: k0 and t0, k1 and t1 … */
  readonly column: Sql;
  readonly text: Sql;
}

function linesOf({ down }: Keyed): Line[] {
  return down.map((key, index) => ({ key, column: sql.ref(`k${index}`), text: sql.ref(`t${index}`) }));
}

/** What stands for all rows. */
function lineOfAll(lines: readonly Line[]): Sql {
  const all = lines.map(({ key, column }) => sql`${key.all} as ${column}`);
  const none = lines.map(({ text }) => sql`null as ${text}`);
  return sql`select ${sql.join([...all, ...none, sql`0 as rank`, sql`1 as is_total`])}`;
}

/** The first rows. They are found without their codes, and then follow each other by them. */
export function firstLines(report: ReportDefinition, keys: Keyed): Sql {
  const lines = linesOf(keys);
  if (lines.length === 0) return lineOfAll(lines);
  const sorted = sortedBy(report);
  const by = sorted === undefined ? [] : [inOrder(report, sorted)];
  const found = [...by, ...lines.map(({ key, column }) => key.order(column))];
  const shown = [...by, ...lines.map(({ key, column, text }) => (key.isCode ? text : key.order(column)))];
  const texts = lines.map(({ key, column, text }) => sql`${key.text(sql`first.${column}`)} as ${text}`);
  return sql`
    select ${sql.join([...lines.map(({ column }) => column), ...lines.map(({ text }) => text)])},
      row_number() over (order by ${sql.join(shown)}) as rank, 0 as is_total
    from (
      select ${sql.join([sql`first.*`, ...texts])} from (
        select * from edges where ${isEdge(keys, 'row')}
        order by ${sql.join(found)} limit ${sql.lit(report.limit)}
      ) as first
    ) as named
    union all ${lineOfAll(lines)}`;
}

/** Just these rows. */
export function givenLines(keys: Keyed, rows: readonly (readonly (string | null)[])[]): Sql {
  const lines = linesOf(keys);
  if (lines.length === 0 || rows.length === 0) return lineOfAll(lines);
  const given = rows.map((row) => sql`(${sql.join(row.map((text) => sql`cast(${text} as text)`))})`);
  const columns = lines.map(({ key, column, text }) => sql`${key.ofText(sql`given.${text}`)} as ${column}`);
  const texts = lines.map(({ text }) => text);
  return sql`
    select ${sql.join([...columns, ...texts, sql`0 as rank`, sql`0 as is_total`])}
    from (values ${sql.join(given)}) as given(${sql.join(texts)})
    union all ${lineOfAll(lines)}`;
}

/** As many columns as there is room for: of days the latest, of anything else the largest. */
export function firstHeads(report: ReportDefinition, keys: Keyed): Sql {
  const { over } = keys;
  if (over === undefined) return sql`select 1 as is_whole`;
  const [measure] = report.measures;
  const largest =
    isOfDays(report) || measure === undefined ? [] : [inOrder(report, { measure, direction: 'descending' })];
  const order = [
    ...largest,
    sql`${over.order(sql`k`)} ${isOfDays(report) ? sql`desc nulls last` : sql`nulls last`}`,
  ];
  return sql`
    select k, ${over.text(sql`first.k`)} as a, 0 as is_whole
    from (
      select k from edges where ${isEdge(keys, 'column')} order by ${sql.join(order)} limit ${sql.lit(MAX_ACROSS)}
    ) as first
    union all select ${over.all}, null, 1`;
}

function inOrder({ measures }: ReportDefinition, { measure, direction }: Sorted): Sql {
  return sql`${sql.ref(nameOf(measures, measure))} ${direction === 'ascending' ? sql`asc` : sql`desc`} nulls last`;
}
