/** The wire of custom reports: what they can show, and one of them run. */
import { z } from 'zod';
import { operation } from '../operation.ts';
import { instant, jsonText, localDate, MAX_PAGE, name, plain, total } from '../values.ts';
import { itemsText, MAX_ACROSS, reportText } from './report-definition.ts';
import { CHARTS, DIMENSION_IDS, PERIODS } from './report-dimensions.ts';
import { MEASURE_IDS, SUBJECTS } from './report-measures.ts';

const group = z.object({ dimension: z.enum(DIMENSION_IDS), every: z.enum(PERIODS).optional() });
const key = plain.nullable().describe('A code, a text, or the first day of a period; null: none');
const value = z
  .union([z.number(), plain, z.null()])
  .describe('A number; for money a text of minor units; null: not known');
const values = z.array(value).describe('In the order of the measures');
const range = z.object({
  from: localDate.nullable(),
  until: localDate.nullable().describe('Before this day'),
});

/** Texts or nulls as JSON in an address. */
const keysText = jsonText(2_000, 'an array of texts or null as JSON').pipe(z.array(name.nullable()).max(8));

const line = {
  values,
  cells: z.array(values).describe('In the order of the columns'),
  before: values.nullable().describe('Of the period before'),
};

export const customReportOperations = {
  listReportFields: operation({
    method: 'GET',
    path: '/v1/reports/fields',
    tag: 'Reports',
    summary: 'Measures and dimensions of custom reports, each with its definition',
    answer: z.object({
      measures: z.array(
        z.object({
          id: z.enum(MEASURE_IDS),
          subject: z.enum(SUBJECTS),
          kind: z.enum(['units', 'count', 'distinct', 'money', 'days', 'share']),
          definition: plain,
          formula: plain,
          past: z.boolean().describe('Known as of a past moment'),
        }),
      ),
      dimensions: z.array(
        z.object({
          id: z.enum(DIMENSION_IDS),
          subjects: z.array(z.enum(SUBJECTS)),
          kind: z.enum(['text', 'number', 'date']),
          definition: plain,
        }),
      ),
      charts: z.array(z.enum(CHARTS)),
    }),
  }),
  runReport: operation({
    method: 'GET',
    path: '/v1/reports/results',
    tag: 'Reports',
    summary: 'Run a custom report: measures by dimensions, with totals, on one snapshot',
    query: z.strictObject({
      report: reportText.describe(
        'JSON: measures, by, across, filters, period, compare, asOf, sort, limit; see /v1/reports/fields',
      ),
    }),
    answer: z.object({
      by: z.array(group).describe('Money adds its currency'),
      across: group.nullable(),
      measures: z.array(z.enum(MEASURE_IDS)),
      columns: z.array(key),
      rows: z.array(z.object({ keys: z.array(key), ...line })),
      total: z.object(line),
      groups: z.int().describe('Rows that there would be without a limit'),
      groupsAcross: z
        .int()
        .describe(`Columns that there would be; ${MAX_ACROSS} are shown, the latest days or the largest`),
      asOf: instant,
      period: range.nullable(),
      periodBefore: range.nullable(),
    }),
    refusals: ['reports_busy', 'report_too_slow'],
  }),
  getFillTimes: operation({
    method: 'GET',
    path: '/v1/reports/fill-times',
    tag: 'Reports',
    summary: 'Time to fulfil of items that waited, with the open ones counted (Kaplan–Meier)',
    query: z.strictObject({ report: itemsText.describe('Its filters, period and asOf say which items') }),
    answer: z.object({
      filled: total,
      open: total.describe('Wait until now'),
      givenUp: total.describe('Cancelled or lowered to nothing while waiting'),
      meanOfFilled: z.number().nullable().describe('Days; the plain average, which leaves the open ones out'),
      median: z.int().nullable().describe('Days after which half were filled; null: not reached'),
      p90: z.int().nullable().describe('Days after which nine of ten were filled; null: not reached'),
      curve: z
        .array(z.object({ day: z.int(), waiting: z.number() }))
        .describe('Share that still waits at the end of a day, where it changes'),
    }),
    refusals: ['reports_busy', 'report_too_slow'],
  }),
  listReportRows: operation({
    method: 'GET',
    path: '/v1/reports/rows',
    tag: 'Reports',
    summary: 'The rows behind a cell of a custom report',
    query: z.strictObject({
      report: reportText,
      measure: z.enum(MEASURE_IDS),
      keys: keysText.optional().describe('JSON: the keys of the row; all rows when absent'),
      column: keysText.optional().describe('JSON: an array of the one key of the column; all when absent'),
      limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE),
    }),
    answer: z.object({
      columns: z.array(plain),
      rows: z.array(z.array(value)),
      isAll: z.boolean().describe('false: there are more than the limit'),
    }),
    refusals: ['reports_busy', 'report_too_slow'],
  }),
};
