/**
 * The wire of reports that are kept: by name, with a schedule by which they are mailed, and an alarm for when a figure goes
 * over or under a threshold.
 */
import { z } from 'zod';
import { type Operation, operation } from '../operation.ts';
import { code, email, instant, name, plain, timeZone, word } from '../values.ts';
import { reportDefinition } from './report-definition.ts';
import { MEASURE_IDS } from './report-measures.ts';

const MAX_RECIPIENTS = 20;
const MAX_SAVED = 1_000;

const to = z.array(email).min(1).max(MAX_RECIPIENTS).describe('Who gets the mail');

const scheduleBody = z.strictObject({
  every: z.enum(['day', 'week', 'month']).describe('week: on Monday; month: on the first'),
  at: word(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 07:30'),
  timeZone,
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  to,
});

const alarmBody = z.strictObject({
  measure: z.enum(MEASURE_IDS).describe('Its total over the report'),
  when: z.enum(['above', 'below']),
  threshold: z.number().min(-1e15).max(1e15).describe('As the measure is answered; money in minor units'),
  to,
});

const mailing = {
  lastSentAt: instant.nullable(),
  lastError: plain.nullable().describe('Why the last try failed; it is tried again'),
};
const schedule = scheduleBody.extend({ nextAt: instant, ...mailing });
const alarm = alarmBody.extend({
  ringing: z.boolean().describe('Beyond the threshold when it was looked at last'),
  ...mailing,
});

const savedReport = z.object({
  code,
  name,
  report: reportDefinition,
  schedule: schedule.nullable(),
  alarm: alarm.nullable(),
  changedAt: instant,
});

const path = z.strictObject({ savedReport: code });

function partOf<Body extends z.ZodType>(part: 'schedule' | 'alarm', summary: string, body: Body) {
  return {
    method: 'PUT',
    path: `/v1/saved-reports/{savedReport}/${part}`,
    tag: 'Reports',
    summary,
    params: path,
    body,
    answer: savedReport,
  } satisfies Partial<Operation>;
}

export const savedReportOperations = {
  listSavedReports: operation({
    method: 'GET',
    path: '/v1/saved-reports',
    tag: 'Reports',
    summary: `List the reports that are kept, by name; at most ${MAX_SAVED}`,
    answer: z.object({ rows: z.array(savedReport) }),
  }),
  getSavedReport: operation({
    method: 'GET',
    path: '/v1/saved-reports/{savedReport}',
    tag: 'Reports',
    summary: 'Read a report that is kept',
    params: path,
    answer: savedReport,
    refusals: ['not_found'],
  }),
  putSavedReport: operation({
    method: 'PUT',
    path: '/v1/saved-reports/{savedReport}',
    tag: 'Reports',
    summary: 'Keep a report, or replace what it shows; its schedule and alarm stay',
    params: path,
    body: z.strictObject({ name, report: reportDefinition }),
    answer: savedReport,
    refusals: ['too_many_reports', 'alarm_needs_measure'],
  }),
  deleteSavedReport: operation({
    method: 'DELETE',
    path: '/v1/saved-reports/{savedReport}',
    tag: 'Reports',
    summary: 'Forget a report with its schedule and alarm',
    params: path,
    answer: savedReport,
    refusals: ['not_found'],
  }),
  putReportSchedule: operation({
    ...partOf('schedule', 'Mail a report regularly, with its rows as a file', scheduleBody),
    refusals: ['not_found', 'mail_not_set'],
  }),
  deleteReportSchedule: operation({
    ...partOf('schedule', 'Mail it no more', z.undefined().or(z.null()).or(z.strictObject({}))),
    method: 'DELETE',
    refusals: ['not_found'],
  }),
  putReportAlarm: operation({
    ...partOf('alarm', 'Mail when the total of a measure goes beyond a threshold, once each time', alarmBody),
    refusals: ['not_found', 'mail_not_set', 'alarm_needs_measure'],
  }),
  deleteReportAlarm: operation({
    ...partOf('alarm', 'Watch it no more', z.undefined().or(z.null()).or(z.strictObject({}))),
    method: 'DELETE',
    refusals: ['not_found'],
  }),
  sendReport: operation({
    method: 'POST',
    path: '/v1/saved-reports/{savedReport}/mails',
    tag: 'Reports',
    summary: 'Mail a report now, as its schedule would',
    params: path,
    answer: savedReport,
    refusals: ['not_found', 'mail_not_set', 'no_schedule'],
  }),
};

export { MAX_SAVED };
export type SavedReport = z.output<typeof savedReport>;
