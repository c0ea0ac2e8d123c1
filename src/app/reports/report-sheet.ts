/** A report run for a file: its rows as a sheet, and for an alarm the total of a measure. */
import type { AnswerOf } from '../../contract/operations.ts';
import type { ReportDefinition } from '../../contract/reports/report-definition.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { runReport } from '../../custom-reports/run.ts';
import { csvLines, type Sheet, sheetOf } from '../../custom-reports/sheet.ts';
import type { OnLeave, ReportDesk } from './report-desk.ts';

export type FileFormat = 'csv' | 'xlsx';

export type FileRows =
  | { readonly format: 'csv'; readonly lines: Iterable<readonly string[]> }
  | { readonly format: 'xlsx'; readonly sheet: Sheet };

/** A file has the rows that a page leaves out, up to so many. */
const MAX_FILE_ROWS = 100_000;

export interface FileAsked {
  readonly report: ReportDefinition;
  readonly format: FileFormat;
}

export async function readForFile(
  desk: ReportDesk,
  { report, format }: FileAsked,
  onLeave?: OnLeave,
): Promise<Outcome<FileRows>> {
  const whole = { ...report, limit: MAX_FILE_ROWS };
  const ran = await desk.report((source) => runReport(source, whole), onLeave);
  if (!ran.ok) return ran;
  const sheet = sheetOf(ran.value);
  return { ok: true, value: format === 'csv' ? { format, lines: csvLines(sheet) } : { format, sheet } };
}

export interface Watched {
  readonly measure: ReportDefinition['measures'][number];
  readonly when: 'above' | 'below';
  readonly threshold: number;
}

export interface Looked {
  /** null: not known. */
  readonly figure: number | null;
  readonly isBeyond: boolean;
}

/** The total of the measure, or of its largest currency, beside the threshold. */
export async function lookAt(
  desk: ReportDesk,
  report: ReportDefinition,
  watched: Watched,
): Promise<Outcome<Looked>> {
  const ran = await desk.report((source) => runReport(source, report));
  if (!ran.ok) return ran;
  const figure = totalOf(ran.value, watched.measure);
  const isBeyond =
    figure !== null && (watched.when === 'above' ? figure > watched.threshold : figure < watched.threshold);
  return { ok: true, value: { figure, isBeyond } };
}

function totalOf({ measures, total }: AnswerOf<'runReport'>, measure: Watched['measure']): number | null {
  const value = total.values[measures.indexOf(measure)];
  return value === null || value === undefined ? null : Number(value);
}
