/** Reports that are kept, as they are shown. */
import { sql } from 'kysely';
import type { SavedReport } from '../contract/reports/saved-reports.ts';
import { type Instant, isoInstant } from '../core/kernel/time.ts';
import type { Database, Tx } from '../db/database.ts';
import { all, given } from './filters.ts';

type Terms<Part extends 'schedule' | 'alarm'> = Omit<
  NonNullable<SavedReport[Part]>,
  'nextAt' | 'lastSentAt' | 'lastError' | 'ringing'
>;

interface Row extends Pick<SavedReport, 'code' | 'name' | 'report'> {
  readonly changedAt: Instant;
  readonly scheduleTerms: Terms<'schedule'> | null;
  readonly scheduleNextAt: Instant | null;
  readonly scheduleSentAt: Instant | null;
  readonly scheduleError: string | null;
  readonly alarmTerms: Terms<'alarm'> | null;
  readonly alarmSentAt: Instant | null;
  readonly alarmError: string | null;
  readonly ringing: boolean | null;
}

/** All that are kept, by name, or the one of a code. */
export async function readSavedReports(db: Database | Tx, code?: string): Promise<SavedReport[]> {
  const { rows } = await sql<Row>`
    select s.code, s.name, s.definition as report, s.changed_at as "changedAt", d.terms as "scheduleTerms",
      d.next_at as "scheduleNextAt", d.last_sent_at as "scheduleSentAt", d.last_error as "scheduleError",
      a.terms as "alarmTerms", a.ringing, a.last_sent_at as "alarmSentAt", a.last_error as "alarmError"
    from saved_reports s
    left join report_schedules d on d.report = s.code
    left join report_alarms a on a.report = s.code
    where ${all([given(code, () => sql`s.code = ${code}`)])} order by s.name, s.code`.execute(db);
  return rows.map(viewOf);
}

function viewOf(row: Row): SavedReport {
  const { code, name, report, scheduleTerms, scheduleNextAt, alarmTerms } = row;
  return {
    code,
    name,
    report,
    changedAt: isoInstant(row.changedAt),
    schedule:
      scheduleTerms === null || scheduleNextAt === null
        ? null
        : {
            ...scheduleTerms,
            nextAt: isoInstant(scheduleNextAt),
            ...mailed(row.scheduleSentAt, row.scheduleError),
          },
    alarm:
      alarmTerms === null
        ? null
        : { ...alarmTerms, ringing: row.ringing === true, ...mailed(row.alarmSentAt, row.alarmError) },
  };
}

function mailed(sentAt: Instant | null, lastError: string | null): Mailed {
  return { lastSentAt: sentAt === null ? null : isoInstant(sentAt), lastError };
}

interface Mailed {
  readonly lastSentAt: string | null;
  readonly lastError: string | null;
}
