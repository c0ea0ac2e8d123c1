/**
 * A custom report: measures, what they are grouped by, which rows count, of which period, as of when. It is data, never SQL;
 * `checkReport` says what does not go together before anything is read.
 */
import { z } from 'zod';
import { instant, jsonText, localDate, name } from '../values.ts';
import {
  CHARTS,
  DIMENSION_IDS,
  type DimensionKind,
  dimensionsFor,
  isOf,
  kindOf,
  PERIODS,
} from './report-dimensions.ts';
import { MEASURE_IDS, MEASURES } from './report-measures.ts';

/** Most groups in the depth, and rows, of one report. */
const MAX_GROUPS = 4;
const MAX_MEASURES = 8;
const MAX_REPORT_ROWS = 1_000;
/** Most columns that a dimension across makes. */
export const MAX_ACROSS = 60;
const MAX_VALUES = 100;
const MAX_FILTERS = 20;

const dimension = z.enum(DIMENSION_IDS);

const group = z.strictObject({
  dimension,
  every: z.enum(PERIODS).optional().describe('For days: month unless chosen'),
});
export type Group = z.output<typeof group>;

const condition = z.strictObject({
  dimension,
  is: z.array(name.nullable()).min(1).max(MAX_VALUES).optional().describe('null: none'),
  isNot: z.array(name.nullable()).min(1).max(MAX_VALUES).optional(),
  from: name.optional().describe('At least: a number, or a day'),
  until: name.optional().describe('A number: at most; a day: before'),
});
export type Condition = z.output<typeof condition>;

const period = z
  .strictObject({
    dimension,
    from: localDate.optional(),
    until: localDate.optional().describe('Before this day'),
    last: z.int().min(1).max(400).optional().describe('So many periods up to and with this one'),
    every: z.enum(PERIODS).default('day').describe('What `last` counts'),
  })
  .describe('Days (UTC) in a date dimension');

const definition = z.strictObject({
  measures: z.array(z.enum(MEASURE_IDS)).min(1).max(MAX_MEASURES),
  by: z.array(group).max(MAX_GROUPS).default([]).describe('Down: one row for each value, in this order'),
  across: group.optional().describe('Across: one column for each value'),
  filters: z
    .array(z.array(condition).min(1).max(MAX_FILTERS))
    .max(MAX_FILTERS)
    .default([])
    .describe('All of these, each of which is any of its conditions'),
  period: period.optional(),
  compare: z.boolean().default(false).describe('Beside the period before, of the same length'),
  asOf: instant.optional().describe('As it was at this moment'),
  sort: z
    .strictObject({
      measure: z.enum(MEASURE_IDS),
      direction: z.enum(['ascending', 'descending']).default('descending'),
    })
    .optional(),
  limit: z.int().min(1).max(MAX_REPORT_ROWS).default(200),
  show: z.enum(CHARTS).default('table'),
});
export type ReportDefinition = z.output<typeof definition>;
/** As it is given: what has a default may be left out. */
export type ReportInput = z.input<typeof definition>;

/** A report that means something; one that does not is refused with what would. */
export const reportDefinition = definition.superRefine((report, context) => {
  const problem = checkReport(report);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

/** Longest report in an address: percent-encoded it stays below the 16 KiB that a server reads of a head. */
const MAX_TEXT = 4_000;

/** The same as JSON in an address. */
export const reportText = jsonText(MAX_TEXT, 'a report as JSON').pipe(reportDefinition);

/** One of which only filters, period and past moment are looked at, to say which items are meant. */
export const itemsText = reportText.superRefine(
  ({ by: _by, across: _across, sort: _sort, ...report }, context) => {
    const problem = combinationProblem({ ...report, measures: ['items'], by: [] });
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  },
);

/** What keeps a report from meaning something, as a sentence; undefined when nothing does. */
function checkReport(report: ReportDefinition): string | undefined {
  return (
    combinationProblem(report) ??
    groupProblem(report) ??
    report.filters.flat().map(conditionProblem).find(Boolean) ??
    periodProblem(report) ??
    pastProblem(report)
  );
}

function combinationProblem(report: ReportDefinition): string | undefined {
  const { measures, by, across, filters, period: when, sort } = report;
  const used = [
    ...by.map((each) => each.dimension),
    ...(across === undefined ? [] : [across.dimension]),
    ...filters.flat().map((each) => each.dimension),
    ...(when === undefined ? [] : [when.dimension]),
  ];
  const fitting = dimensionsFor(measures);
  const stray = used.find((each) => !fitting.includes(each));
  if (stray !== undefined) {
    const against = measures.find((id) => !isOf(stray, MEASURES[id].subject)) ?? measures[0];
    return `${against} has no ${stray}; it can be seen by ${fitting.join(', ') || 'nothing that all measures share'}`;
  }
  const money = measures.find((id) => MEASURES[id].kind === 'money');
  const without = measures.find((id) => !isOf('currency', MEASURES[id].subject));
  if (money !== undefined && without !== undefined) {
    return `${money} is of a currency, and ${without} has none; ask for them in two reports`;
  }
  if (sort !== undefined && !measures.includes(sort.measure)) {
    return `sort: ${sort.measure} is not one of the measures; choose one of ${measures.join(', ')}`;
  }
  return undefined;
}

function groupProblem({ by, across, measures }: ReportDefinition): string | undefined {
  const groups = [...by, ...(across === undefined ? [] : [across])];
  const ids = groups.map((each) => each.dimension);
  const twice = ids.find((each, index) => ids.indexOf(each) !== index);
  if (twice !== undefined) return `${twice} is there twice; group by it once`;
  const undated = groups.find((each) => each.every !== undefined && kindOf(each.dimension) !== 'date');
  if (undated !== undefined) return `${undated.dimension} is no date; leave out every: ${undated.every}`;
  if (new Set(measures).size !== measures.length) return 'a measure is there twice; name each once';
  return undefined;
}

function conditionProblem(each: Condition): string | undefined {
  const { dimension: id, is, isNot, from, until } = each;
  const kind = kindOf(id);
  if ([is, isNot, from ?? until].filter((given) => given !== undefined).length !== 1) {
    return `the filter on ${id} needs one of: is, isNot, or from and until`;
  }
  if (kind === 'text' && (from ?? until) !== undefined) {
    return `${id} has no order; filter it with is or isNot`;
  }
  const values = [...(is ?? isNot ?? []), from ?? null, until ?? null].filter((value) => value !== null);
  const wrong = values.find((value) => !isValueOf(kind, value));
  return wrong === undefined
    ? undefined
    : `${wrong} is no value of ${id}; give ${kind === 'date' ? 'a day such as 2026-03-31' : 'a whole number'}`;
}

function isValueOf(kind: DimensionKind, value: string): boolean {
  if (kind === 'date') return localDate.safeParse(value).success;
  return kind === 'text' || /^-?\d{1,9}$/.test(value);
}

function periodProblem({ period: when, compare }: ReportDefinition): string | undefined {
  if (when === undefined) {
    return compare ? 'compare needs a period; choose one' : undefined;
  }
  if (kindOf(when.dimension) !== 'date') return `period: ${when.dimension} is no date`;
  const { last, from, until } = when;
  if ((last === undefined) === ((from ?? until) === undefined)) {
    return 'period needs either last, or from and until';
  }
  if (from !== undefined && until !== undefined && from >= until) {
    return `period: until ${until} has to be after from ${from}`;
  }
  if (compare && last === undefined && (from === undefined || until === undefined)) {
    return 'compare needs a period with a beginning and an end';
  }
  return undefined;
}

function pastProblem({ asOf, measures }: ReportDefinition): string | undefined {
  const unknown = measures.find((id) => !MEASURES[id].past);
  if (asOf === undefined || unknown === undefined) return undefined;
  return `${unknown} is known for now only; leave out asOf`;
}
