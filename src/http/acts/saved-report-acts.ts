/** The acts of reports that are kept. What would be mailed is refused where no mail can be sent. */
import type { Answered } from '../../app/frame/once.ts';
import {
  type Asked,
  deleteReportMailing,
  deleteSavedReport,
  putReportAlarm,
  putReportSchedule,
  putSavedReport,
  sendReport,
} from '../../app/reports/saved-reports.ts';
import type { SavedReport, savedReportOperations } from '../../contract/reports/saved-reports.ts';
import { refuse } from '../../core/kernel/refusal.ts';
import { readSavedReports } from '../../reads/saved-reports.ts';
import { type Acts, type Call, found, foundOr, type HttpContext } from './context.ts';

function asked({ params, change }: Pick<Call<'getSavedReport'>, 'params' | 'change'>): Asked {
  return { code: params.savedReport, change };
}

/** The same for what ends in a mail, which is refused where none can be sent. */
function mailed({ ringForMail }: HttpContext, call: Parameters<typeof asked>[0]): Asked {
  return ringForMail === undefined ? { ...asked(call), barred: MAIL_NOT_SET } : asked(call);
}

const MAIL_NOT_SET = refuse(
  'mail_not_set',
  'No mail can be sent: start Allot with SMTP_URL (smtp://user:password@host:587) and ALLOT_MAIL_FROM (the address it is from)',
);

/** Mail leaves at once, not at the next look. */
async function withMail(
  { ringForMail }: HttpContext,
  act: () => Promise<Answered<SavedReport>>,
): Promise<Answered<SavedReport>> {
  const answered = await act();
  ringForMail?.();
  return answered;
}

export const savedReportActs: Acts<keyof typeof savedReportOperations> = {
  listSavedReports: async ({ app }) => found({ rows: await readSavedReports(app.db) }),
  getSavedReport: async ({ app }, { params }) => {
    const [report] = await readSavedReports(app.db, params.savedReport);
    return foundOr(report, 'saved report', params.savedReport);
  },
  putSavedReport: ({ app }, call) => putSavedReport(app, asked(call), call.body),
  deleteSavedReport: ({ app }, call) => deleteSavedReport(app, asked(call)),
  putReportSchedule: (context, call) =>
    withMail(context, () => putReportSchedule(context.app, mailed(context, call), call.body)),
  deleteReportSchedule: ({ app }, call) => deleteReportMailing(app, asked(call), 'schedule'),
  putReportAlarm: (context, call) =>
    withMail(context, () => putReportAlarm(context.app, mailed(context, call), call.body)),
  deleteReportAlarm: ({ app }, call) => deleteReportMailing(app, asked(call), 'alarm'),
  sendReport: (context, call) => withMail(context, () => sendReport(context.app, mailed(context, call))),
};
