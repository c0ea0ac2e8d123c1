/** Keeps reports, their schedules and alarms. Nothing is mailed here: a node that can send mail looks for what is due. */
import type { BodyOf } from '../../contract/operations.ts';
import { MAX_SAVED, type SavedReport } from '../../contract/reports/saved-reports.ts';
import { DONE, type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import type { Tx } from '../../db/database.ts';
import {
  countSavedReports,
  deleteMailing,
  deleteSavedReportRow,
  hasten,
  type Mailing,
  putAlarm,
  putSavedReportRow,
  putSchedule,
} from '../../db/saved-reports.ts';
import { readSavedReports } from '../../reads/saved-reports.ts';
import type { App } from '../frame/app.ts';
import { type Answered, type ChangeRequest, fresh, once } from '../frame/once.ts';
import { savedReportNotFound } from '../frame/refusals.ts';

/** As they are stored, and so as their schemas made them. */
export type ScheduleTerms = BodyOf<'putReportSchedule'>;
export type AlarmTerms = BodyOf<'putReportAlarm'>;

/** What a change needs to know of its request. */
export interface Asked {
  readonly code: string;
  readonly change: ChangeRequest;
  /** Why this node does not do it, whatever it is; kept under the key like any refusal. */
  readonly barred?: Refused | undefined;
}

async function change(
  app: App,
  { code, change: request, barred }: Asked,
  effect: (tx: Tx, before: SavedReport | undefined) => Promise<Outcome<undefined>>,
): Promise<Answered<SavedReport>> {
  return await once<SavedReport>(app, request, async (tx) => {
    const [before] = await readSavedReports(tx, code);
    const done = barred ?? (await effect(tx, before));
    if (!done.ok) return fresh(done);
    const [after] = await readSavedReports(tx, code);
    const value = after ?? before;
    return fresh(value === undefined ? savedReportNotFound(code) : { ok: true, value });
  });
}

/** A change of a report that is there. */
async function changeKept(
  app: App,
  asked: Asked,
  effect: (tx: Tx, report: SavedReport) => Promise<Outcome<undefined>>,
): Promise<Answered<SavedReport>> {
  return await change(app, asked, async (tx, before) =>
    before === undefined ? savedReportNotFound(asked.code) : await effect(tx, before),
  );
}

export async function putSavedReport(app: App, asked: Asked, body: BodyOf<'putSavedReport'>) {
  return await change(app, asked, async (tx, before) => {
    if (before === undefined && (await countSavedReports(tx)) >= MAX_SAVED) {
      return refuse('too_many_reports', `${MAX_SAVED} reports are kept already; delete one first`);
    }
    const watched = before?.alarm?.measure;
    if (watched !== undefined && !body.report.measures.includes(watched)) return needsMeasure(watched);
    await putSavedReportRow(tx, { code: asked.code, ...body });
    return DONE;
  });
}

function needsMeasure(measure: string): Refused {
  return refuse('alarm_needs_measure', `The report has to show ${measure}, which its alarm watches`, {
    measure,
  });
}

export async function deleteSavedReport(app: App, asked: Asked) {
  return await changeKept(app, asked, async (tx) => {
    await deleteSavedReportRow(tx, asked.code);
    return DONE;
  });
}

export async function putReportSchedule(app: App, asked: Asked, body: BodyOf<'putReportSchedule'>) {
  return await changeKept(app, asked, async (tx) => {
    await putSchedule(tx, asked.code, body);
    return DONE;
  });
}

export async function putReportAlarm(app: App, asked: Asked, body: BodyOf<'putReportAlarm'>) {
  return await changeKept(app, asked, async (tx, { report }) => {
    if (!report.measures.includes(body.measure)) return needsMeasure(body.measure);
    await putAlarm(tx, asked.code, body);
    return DONE;
  });
}

export async function deleteReportMailing(app: App, asked: Asked, mailing: Mailing) {
  return await changeKept(app, asked, async (tx) => {
    await deleteMailing(tx, mailing, asked.code);
    return DONE;
  });
}

/** It is mailed as soon as a node looks, which is at once on the one that rings. */
export async function sendReport(app: App, asked: Asked) {
  return await changeKept(app, asked, async (tx, { schedule }): Promise<Outcome<undefined>> => {
    if (schedule === null) {
      return refuse('no_schedule', `Saved report ${asked.code} has no schedule that says to whom`);
    }
    await hasten(tx, asked.code);
    return DONE;
  });
}
