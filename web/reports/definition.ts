/** A report as the page keeps it: in the address, as JSON without what says nothing. */
import type { AnswerOf } from '../../src/contract/operations.ts';
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import { type DimensionId, dimensionsFor } from '../../src/contract/reports/report-dimensions.ts';
import type { MeasureId } from '../../src/contract/reports/report-measures.ts';

export type Report = Omit<ReportInput, 'measures'> & { measures: MeasureId[] };

export interface BuilderProps {
  readonly report: Report;
  readonly change: (report: Report) => void;
}

export interface FittingProps extends BuilderProps {
  /** Dimensions by which all measures can be seen. */
  readonly fitting: readonly DimensionId[];
}

/** A report that is kept. */
export type Kept = AnswerOf<'getSavedReport'>;

const NOTHING: Report = { measures: [] };

/** What the address has, if it is one; whether it means something is the server's to say. */
export function reportFrom(text: string | undefined): Report {
  if (text === undefined) return NOTHING;
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && 'measures' in given && Array.isArray(given.measures)) {
      return given as Report;
    }
  } catch {
    // an address that was cut off begins from nothing
  }
  return NOTHING;
}

export function reportText(report: ReportInput): string {
  const said = Object.entries(report).filter(
    ([, value]) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return JSON.stringify(Object.fromEntries(said));
}

/** With other measures: without what they cannot be seen by. */
export function withMeasures(report: Report, measures: MeasureId[]): Report {
  const fitting: ReadonlySet<DimensionId> = new Set(dimensionsFor(measures));
  const { across, period, sort, ...rest } = report;
  const filters = (report.filters ?? [])
    .map((any) => any.filter(({ dimension }) => fitting.has(dimension)))
    .filter((any) => any.length > 0);
  return {
    ...rest,
    measures,
    by: (report.by ?? []).filter(({ dimension }) => fitting.has(dimension)),
    filters,
    ...(across !== undefined && fitting.has(across.dimension) && { across }),
    ...(period !== undefined && fitting.has(period.dimension) && { period }),
    ...(period !== undefined && !fitting.has(period.dimension) && { compare: false }),
    ...(sort !== undefined && measures.includes(sort.measure) && { sort }),
  };
}
