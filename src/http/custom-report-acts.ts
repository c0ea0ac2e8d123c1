/** The acts of custom reports. */
import type { customReportOperations } from '../contract/custom-reports.ts';
import { CHARTS, DIMENSION_IDS, DIMENSIONS, type Dimension } from '../contract/report-dimensions.ts';
import { MEASURE_IDS, MEASURES } from '../contract/report-measures.ts';
import { readFillTimes } from '../reports/custom/fill-times.ts';
import { readReportRows } from '../reports/custom/rows.ts';
import { runReport } from '../reports/custom/run.ts';
import { type Acts, found } from './context.ts';

export const customReportActs: Acts<keyof typeof customReportOperations> = {
  listReportFields: async () =>
    found({
      measures: MEASURE_IDS.map((id) => ({ id, ...MEASURES[id] })),
      dimensions: DIMENSION_IDS.map((id) => {
        const dimension: Dimension = DIMENSIONS[id];
        return { id, ...dimension, subjects: [...dimension.subjects] };
      }),
      charts: [...CHARTS],
    }),
  runReport: async ({ reports }, { query, onLeave }) => ({
    outcome: await reports.report((source) => runReport(source, query.report), onLeave),
    repeated: false,
  }),
  getFillTimes: async ({ reports }, { query, onLeave }) => ({
    outcome: await reports.report((source) => readFillTimes(source, query.report), onLeave),
    repeated: false,
  }),
  listReportRows: async ({ reports }, { query, onLeave }) => {
    const { report, measure, keys, column, limit } = query;
    const cell = { measure, keys, column: column?.[0], limit };
    return {
      outcome: await reports.report((source) => readReportRows(source, report, cell), onLeave),
      repeated: false,
    };
  },
};
