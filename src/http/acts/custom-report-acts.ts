/** The acts of custom reports. */
import { fresh } from '../../app/frame/once.ts';
import type { customReportOperations } from '../../contract/reports/custom-reports.ts';
import {
  CHARTS,
  DIMENSION_IDS,
  DIMENSIONS,
  type Dimension,
} from '../../contract/reports/report-dimensions.ts';
import { MEASURE_IDS, MEASURES } from '../../contract/reports/report-measures.ts';
import { readReportRows } from '../../custom-reports/drill-down.ts';
import { runReport } from '../../custom-reports/run.ts';
import { readFillTimes } from '../../custom-reports/sql/fill-times.ts';
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
  runReport: async ({ reports }, { query, onLeave }) =>
    fresh(await reports.report((source) => runReport(source, query.report), onLeave)),
  getFillTimes: async ({ reports }, { query, onLeave }) =>
    fresh(await reports.report((source) => readFillTimes(source, query.report), onLeave)),
  listReportRows: async ({ reports }, { query, onLeave }) => {
    const { report, measure, keys, column, limit } = query;
    const cell = { measure, keys, column: column?.[0], limit };
    return fresh(await reports.report((source) => readReportRows(source, report, cell), onLeave));
  },
};
