/**
 * A report as one statement, so that all of its figures are of one snapshot. Totals of rows and columns are made first, and
 * those to show are chosen by them. Where there may be very many cells they are made of what is shown only, and so are totals
 * that take long and decide nothing.
 */
import { type RawBuilder, sql } from 'kysely';
import { MAX_ACROSS, type ReportDefinition } from '../../contract/reports/report-definition.ts';
import { isNoneOfNothing, type MeasureId } from '../../contract/reports/report-measures.ts';
import type { ReportSource } from '../sources/source.ts';
import type { Range } from './dimensions.ts';
import { nameOf } from './figures.ts';
import { type Keyed, keyed } from './keys.ts';
import { isTakenWhole } from './measures.ts';
import { choosing, firstHeads, firstLines, givenLines, isEdge } from './shown.ts';
import { allFacts, type FactsBySets, factsJoined, made, type Subjects, subjectsIn } from './subjects.ts';
import { type Sets, sameKeys } from './totals.ts';

type Sql = RawBuilder<unknown>;

export interface Shown {
  readonly range: Range;
  /** Just these rows; the first ones of the report when absent. */
  readonly only?: readonly (readonly (string | null)[])[] | undefined;
}

/** Groups down as t0, t1 …, the one across as a; measures as m0, m1 … */
export interface CompiledRow {
  readonly [column: string]: string | number | null;
}

/**
 * Rows of `t…`, `a`, `m…`, with `is_total` (of all rows), `is_whole` (of all columns), `rank` of the row, and how many rows
 * and columns there would be: `groups`, `across`.
 */
export function compile(source: ReportSource, report: ReportDefinition, { range, only }: Shown): Sql {
  const keys = keyed(report);
  const subjects = subjectsIn({ source, report, keys, range });
  const plan = planOf(report, keys, only);
  const [rows, columns] = [plan.rows.flat(), plan.columns.flat()];
  const selected = [
    ...rows.map((_, index) => `t${index}`),
    ...columns.map(() => 'a'),
    ...report.measures.map((id) => nameOf(report.measures, id)),
    ...['is_total', 'is_whole', 'rank'],
  ];
  return sql`
    with ${sql.join([
      ...allFacts(subjects),
      sql`edges as materialized (${made(subjects, plan.early, [['facts', plan.edges]])})`,
      sql`lines as materialized (${only === undefined ? firstLines(report, keys) : givenLines(keys, only)})`,
      sql`heads as materialized (${firstHeads(report, keys)})`,
      ...figuresOf(subjects, plan),
    ])}
    select ${sql.join(selected.map((name) => sql.ref(name)))},
      (select count(*) from edges where ${isEdge(keys, 'row')}) as groups,
      (select count(*) from edges where ${isEdge(keys, 'column')}) as across
    from figures as g join lines on ${sameKeys(rows, 'g', 'lines')} join heads on ${sameKeys(columns, 'g', 'heads')}`;
}

interface Plan {
  /** Totals of rows, and of columns, if there are any. */
  readonly rows: Sets;
  readonly columns: Sets;
  /** What is made of all facts, and the measures of it. */
  readonly edges: Sets;
  readonly early: readonly MeasureId[];
  /** Measures whose totals are made of the rows and columns that are shown only. */
  readonly late: readonly MeasureId[];
  /** What else is made of those only. */
  readonly cells: Sets;
}

function planOf(report: ReportDefinition, keys: Keyed, only: Shown['only']): Plan {
  const rows = keys.down.length === 0 ? [] : [keys.down.map((_, index) => `k${index}`)];
  const columns = keys.over === undefined ? [] : [['k']];
  const cells = rows.flatMap((row) => columns.map((column) => [...row, ...column]));
  const { measures } = report;
  const all = { rows, columns, early: measures, late: [] };
  if (only !== undefined) return { ...all, edges: [[]], cells: rows };
  const edges = [[], ...rows, ...columns];
  if (!keys.hasManyCells) return { ...all, edges: [...edges, ...cells], cells: [] };
  const chosenBy = choosing(report);
  const isLate = (id: MeasureId) => !chosenBy.includes(id) && (keys.hasManyRows || isTakenWhole(id));
  return { ...all, edges, cells, early: measures.filter((id) => !isLate(id)), late: measures.filter(isLate) };
}

/** CTEs up to `figures`: the edges, and what is made of the rows and columns that are shown only. */
function figuresOf(subjects: Subjects, { rows, columns, early, late, cells }: Plan): Sql[] {
  const { keys, report } = subjects;
  const names = [...keys.all.keys()];
  const figures = report.measures.map((id) => {
    const name = nameOf(report.measures, id);
    if (early.includes(id)) return sql.ref(`edges.${name}`);
    const value = sql.ref(`late.${name}`);
    return sql`${isNoneOfNothing(id) ? sql`coalesce(${value}, 0)` : value} as ${sql.ref(name)}`;
  });
  const edges = sql`select ${sql.join([...names.map((name) => sql.ref(`edges.${name}`)), ...figures])}`;
  if (cells.length === 0 && late.length === 0) return [sql`figures as (${edges} from edges)`];
  const lines = (to: string) => sql`join lines on ${sameKeys(rows.flat(), to, 'lines')}`;
  const heads = (to: string) => sql`join heads on ${sameKeys(columns.flat(), to, 'heads')}`;
  const isEveryColumn = (keys.over?.most ?? Number.POSITIVE_INFINITY) <= MAX_ACROSS;
  const ofHeads = isEveryColumn ? sql`` : heads('f');
  const ofAllRows: FactsBySets = isEveryColumn
    ? [['facts', [[], ...columns]]]
    : [
        ['facts', [[]]],
        ['columns_of', columns],
      ];
  const lateTotals = [
    ...factsJoined(subjects, 'rows_of', lines('f')),
    ...(isEveryColumn ? [] : factsJoined(subjects, 'columns_of', ofHeads)),
    sql`late as (${made(subjects, late, [...ofAllRows, ['rows_of', rows]])})`,
  ];
  const ofCells = sql`union all ${made(subjects, report.measures, [['cells_of', cells]])}`;
  return [
    ...(late.length === 0 ? [] : lateTotals),
    ...(cells.length === 0 ? [] : factsJoined(subjects, 'cells_of', sql`${lines('f')} ${ofHeads}`)),
    // few of millions of rows, before anything else is looked up for them
    sql`edges_shown as materialized (select edges.* from edges ${lines('edges')})`,
    sql`figures as (
      ${edges} from edges_shown as edges ${heads('edges')}
      ${late.length === 0 ? sql`` : sql`left join late on ${sameKeys(names, 'edges', 'late')}`}
      ${cells.length === 0 ? sql`` : ofCells}
    )`,
  ];
}
