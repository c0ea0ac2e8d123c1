/**
 * Runs a custom report on one snapshot: its statement, again for the period before when they are compared.
 * Periods without anything are there as well, so that a line drawn through them is true.
 */
import type { AnswerOf } from '../contract/operations.ts';
import { type Group, MAX_ACROSS, type ReportDefinition } from '../contract/reports/report-definition.ts';
import { AGE_NAMES, everyOf, kindOf } from '../contract/reports/report-dimensions.ts';
import { MEASURES } from '../contract/reports/report-measures.ts';
import { ALL, type PivotTable, pivotTable, type RowKeys, rowKey, rowOf } from './pivot-table.ts';
import type { ReportSource } from './sources/source.ts';
import { type CompiledRow, compile, type Slice } from './sql/compile.ts';
import type { Range } from './sql/dimensions.ts';
import { moved, periodsBetween, rangesOf } from './sql/periods.ts';
import { sortedBy } from './sql/top-rows-and-columns.ts';

type Answer = AnswerOf<'runReport'>;

/**
 * Money of several currencies is no sum: the currency is a group of its own unless the report has one
 * already.
 */
function withCurrency(report: ReportDefinition): ReportDefinition {
  const isMoney = report.measures.some((id) => MEASURES[id].kind === 'money');
  const groups = [...report.by, ...(report.across === undefined ? [] : [report.across])];
  if (!isMoney || groups.some(({ dimension }) => dimension === 'currency')) return report;
  return { ...report, by: [...report.by, { dimension: 'currency' }] };
}

export async function runReport(source: ReportSource, asked: ReportDefinition): Promise<Answer> {
  const report = withCurrency(asked);
  const clock = await source.clock(report.asOf);
  const ranges = rangesOf(report, clock.today);
  const now = await readTable(source, report, { range: ranges.now });
  const before = report.compare
    ? await readTable(source, withoutColumns(report), {
        range: ranges.before,
        only: beforeKeys(report, now, ranges),
      })
    : undefined;
  const { columns, groupsAcross } = columnsOf(report, now, ranges.now);
  const { measures } = report;
  const rows = rowsOf(report, now, ranges.now).map((keys) => ({
    keys: [...keys],
    ...rowOf(now, rowKey(keys), { measures, columns }),
    before:
      before === undefined
        ? null
        : rowOf(before, rowKey(shifted(report, keys, ranges)), { measures, columns: [] }).values,
  }));
  return {
    by: report.by,
    across: report.across ?? null,
    measures,
    columns: [...columns],
    rows,
    total: {
      ...rowOf(now, ALL, { measures, columns }),
      before: before === undefined ? null : rowOf(before, ALL, { measures, columns: [] }).values,
    },
    groups: Math.max(now.groups, rows.length),
    groupsAcross,
    asOf: clock.now,
    period: report.period === undefined ? null : periodView(ranges.now),
    periodBefore: report.compare ? periodView(ranges.before) : null,
  };
}

/** Of the period before only rows are shown. */
function withoutColumns(report: ReportDefinition): ReportDefinition {
  return { ...report, across: undefined };
}

function periodView({ from, until }: Range): { from: string | null; until: string | null } {
  return { from: from ?? null, until: until ?? null };
}

async function readTable(source: ReportSource, report: ReportDefinition, slice: Slice): Promise<PivotTable> {
  return pivotTable(report, await source.read<CompiledRow>(compile(source, report, slice)));
}

/** The rows of the period before that stand for those of now. */
function beforeKeys(report: ReportDefinition, now: PivotTable, ranges: Ranges): RowKeys[] {
  return rowsOf(report, now, ranges.now).map((keys) => shifted(report, keys, ranges));
}

interface Ranges {
  readonly now: Range;
  readonly before: Range;
}

/**
 * The same row in the period before: days of the compared dimension move back by as many of their periods.
 */
function shifted(report: ReportDefinition, keys: RowKeys, { now, before }: Ranges): RowKeys {
  return keys.map((key, index) => {
    const group = report.by[index];
    if (key === null || group === undefined || group.dimension !== report.period?.dimension) return key;
    const every = everyOf(group);
    if (every === undefined || now.from === undefined || before.from === undefined) return key;
    const [here, there] = [allPeriods(group, now), allPeriods(group, before)];
    const at = here.indexOf(key);
    return there[at] ?? moved(every, key, -here.length);
  });
}

function allPeriods(group: Group, { from, until }: Range): string[] {
  const every = everyOf(group);
  if (every === undefined || from === undefined || until === undefined) return [];
  return periodsBetween(every, from, moved('day', until, -1));
}

/** In the order asked for; all periods when days are all that rows are grouped by. */
function rowsOf(report: ReportDefinition, table: PivotTable, range: Range): RowKeys[] {
  const found = [...table.rows.values()].sort((a, b) => a.rank - b.rank);
  const [group] = report.by;
  if (group === undefined) return [];
  if (report.by.length === 1 && sortedBy(report) === undefined) {
    const keys = found.map(({ keys: [key = null] }) => key);
    return ordered(group, keys, periodOf(report, group, range))
      .slice(0, report.limit)
      .map((key) => [key]);
  }
  return found.map(({ keys }) => keys);
}

/**
 * Only the days that the report is about are listed when it is empty there; other days as far as they reach.
 */
function periodOf(report: ReportDefinition, group: Group, range: Range): Range {
  return group.dimension === report.period?.dimension ? range : { from: undefined, until: undefined };
}

/** Those that are shown, of days with those between that have nothing, and how many there would be. */
function columnsOf(report: ReportDefinition, table: PivotTable, range: Range): Columns {
  const { across } = report;
  if (across === undefined) return { columns: [], groupsAcross: 0 };
  const all = ordered(across, [...table.columns], periodOf(report, across, range));
  return { columns: all.slice(-MAX_ACROSS), groupsAcross: Math.max(table.across, all.length) };
}

interface Columns {
  readonly columns: RowKeys;
  readonly groupsAcross: number;
}

/** Values of a dimension in their own order, with those days that have nothing; what has none comes last. */
function ordered(group: Group, keys: readonly (string | null)[], range: Range): (string | null)[] {
  const known = keys.filter((key) => key !== null).sort(inOrderOf(group));
  const every = everyOf(group);
  const rest = keys.includes(null) ? [null] : [];
  if (every === undefined) return [...known, ...rest];
  const first = range.from ?? known[0];
  const last = range.until === undefined ? known.at(-1) : moved('day', range.until, -1);
  if (first === undefined || last === undefined) return [...known, ...rest];
  return [...periodsBetween(every, first, last), ...rest];
}

function inOrderOf({ dimension }: Group): ((a: string, b: string) => number) | undefined {
  if (dimension === 'age') return (a, b) => AGE_NAMES.indexOf(a) - AGE_NAMES.indexOf(b);
  return kindOf(dimension) === 'number' ? (a, b) => Number(a) - Number(b) : undefined;
}
