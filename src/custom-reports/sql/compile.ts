/**
 * A report as one statement, so that all of its figures are of one snapshot. The totals come first: of each
 * row, of each column, the grand total. By them the top rows and columns are chosen, which are all that a
 * report has room for. Where there may be very many cells they are computed for those rows and columns only,
 * and so are totals that take long and choose nothing.
 */
import { type RawBuilder, sql } from 'kysely';
import { MAX_ACROSS, type ReportDefinition } from '../../contract/reports/report-definition.ts';
import { isNoneOfNothing, type MeasureId } from '../../contract/reports/report-measures.ts';
import type { ReportSource } from '../sources/source.ts';
import type { Range } from './dimensions.ts';
import { type GroupingSets, sameKeys } from './grouping-sets.ts';
import { keysOf, type ReportKeys } from './keys.ts';
import { isNonAdditive } from './measures.ts';
import { nameOf } from './subject-measures.ts';
import {
  allFacts,
  type FactsBySets,
  factsJoined,
  measuresOf,
  type Subjects,
  subjectsIn,
} from './subjects.ts';
import { decidingMeasures, isTotalOf, namedRows, topColumns, topRows } from './top-rows-and-columns.ts';

type Sql = RawBuilder<unknown>;

/** What of a report is computed. */
export interface Slice {
  readonly range: Range;
  /** Just these rows; the first ones of the report when absent. */
  readonly only?: readonly (readonly (string | null)[])[] | undefined;
}

/** A cell or total: texts of the row's dimensions as t0, t1 …, of the column's as a; measures as m0, m1 … */
export interface CompiledRow {
  readonly [column: string]: string | number | null;
}

/**
 * Cells and totals with `t…`, `a`, `m…`. One with `is_all_rows` is the total of a column, one with
 * `is_all_columns` that of a row, one with both the grand total. With the `rank` of the row, and how many
 * rows and columns there would be: `groups`, `across`.
 */
export function compile(source: ReportSource, report: ReportDefinition, { range, only }: Slice): Sql {
  const keys = keysOf(report);
  const subjects = subjectsIn({ source, report, keys, range });
  const plan = planOf(report, keys, only);
  const [rows, columns] = [plan.rows.flat(), plan.columns.flat()];
  const selected = [
    ...rows.map((_, index) => `t${index}`),
    ...columns.map(() => 'a'),
    ...report.measures.map((id) => nameOf(report.measures, id)),
    ...['is_all_rows', 'is_all_columns', 'rank'],
  ];
  return sql`
    with ${sql.join([
      ...allFacts(subjects),
      sql`totals as materialized (${measuresOf(subjects, plan.early, [['facts', plan.totals]])})`,
      sql`top_rows as materialized (${only === undefined ? topRows(report, keys) : namedRows(keys, only)})`,
      sql`top_columns as materialized (${topColumns(report, keys)})`,
      ...figuresOf(subjects, plan),
    ])}
    select ${sql.join(selected.map((name) => sql.ref(name)))},
      (select count(*) from totals where ${isTotalOf(keys, 'row')}) as groups,
      (select count(*) from totals where ${isTotalOf(keys, 'column')}) as across
    from figures as g join top_rows on ${sameKeys(rows, 'g', 'top_rows')} join top_columns on ${sameKeys(columns, 'g', 'top_columns')}`;
}

interface Plan {
  /**
   * Row totals are grouped by the row's keys, column totals by the column's; none where a report has no rows
   * or columns.
   */
  readonly rows: GroupingSets;
  readonly columns: GroupingSets;
  /** What is computed over all facts, and the measures of it. */
  readonly totals: GroupingSets;
  readonly early: readonly MeasureId[];
  /** Measures whose totals are computed for the top rows and columns only. */
  readonly late: readonly MeasureId[];
  /** The cells, where they are computed for the top rows and columns only. */
  readonly cells: GroupingSets;
}

function planOf(report: ReportDefinition, keys: ReportKeys, only: Slice['only']): Plan {
  const rows = keys.rows.length === 0 ? [] : [keys.rows.map((_, index) => `k${index}`)];
  const columns = keys.across === undefined ? [] : [['k']];
  const cells = rows.flatMap((row) => columns.map((column) => [...row, ...column]));
  const { measures } = report;
  const all = { rows, columns, early: measures, late: [] };
  if (only !== undefined) return { ...all, totals: [[]], cells: rows };
  const totals = [[], ...rows, ...columns];
  if (!keys.hasManyCells) return { ...all, totals: [...totals, ...cells], cells: [] };
  const deciding = decidingMeasures(report);
  const isLate = (id: MeasureId) => !deciding.includes(id) && (keys.hasManyRows || isNonAdditive(id));
  return {
    ...all,
    totals,
    cells,
    early: measures.filter((id) => !isLate(id)),
    late: measures.filter(isLate),
  };
}

/** CTEs up to `figures`: the totals of the top rows and columns, and what is computed for those only. */
function figuresOf(subjects: Subjects, { rows, columns, early, late, cells }: Plan): Sql[] {
  const { keys, report } = subjects;
  const names = [...keys.all.keys()];
  const figures = report.measures.map((id) => {
    const name = nameOf(report.measures, id);
    if (early.includes(id)) return sql.ref(`totals.${name}`);
    const value = sql.ref(`late_totals.${name}`);
    return sql`${isNoneOfNothing(id) ? sql`coalesce(${value}, 0)` : value} as ${sql.ref(name)}`;
  });
  const totals = sql`select ${sql.join([...names.map((name) => sql.ref(`totals.${name}`)), ...figures])}`;
  if (cells.length === 0 && late.length === 0) return [sql`figures as (${totals} from totals)`];
  const ofTopRows = (to: string) => sql`join top_rows on ${sameKeys(rows.flat(), to, 'top_rows')}`;
  const ofTopColumns = (to: string) =>
    sql`join top_columns on ${sameKeys(columns.flat(), to, 'top_columns')}`;
  const isEveryColumn = (keys.across?.most ?? Number.POSITIVE_INFINITY) <= MAX_ACROSS;
  const ofColumns = isEveryColumn ? sql`` : ofTopColumns('f');
  const ofAllRows: FactsBySets = isEveryColumn
    ? [['facts', [[], ...columns]]]
    : [
        ['facts', [[]]],
        ['columns_of', columns],
      ];
  const lateTotals = [
    ...factsJoined(subjects, 'rows_of', ofTopRows('f')),
    ...(isEveryColumn ? [] : factsJoined(subjects, 'columns_of', ofColumns)),
    sql`late_totals as (${measuresOf(subjects, late, [...ofAllRows, ['rows_of', rows]])})`,
  ];
  const ofCells = sql`union all ${measuresOf(subjects, report.measures, [['cells_of', cells]])}`;
  return [
    ...(late.length === 0 ? [] : lateTotals),
    ...(cells.length === 0 ? [] : factsJoined(subjects, 'cells_of', sql`${ofTopRows('f')} ${ofColumns}`)),
    // few of millions of rows, before anything else is looked up for them
    sql`top_totals as materialized (select totals.* from totals ${ofTopRows('totals')})`,
    sql`figures as (
      ${totals} from top_totals as totals ${ofTopColumns('totals')}
      ${late.length === 0 ? sql`` : sql`left join late_totals on ${sameKeys(names, 'totals', 'late_totals')}`}
      ${cells.length === 0 ? sql`` : ofCells}
    )`,
  ];
}
