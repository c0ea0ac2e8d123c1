/** Reports that are kept; their schedules and alarms, and who is at which of them. */
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from './database.ts';

export type Mailing = 'schedule' | 'alarm';
const TABLES = { schedule: sql`report_schedules`, alarm: sql`report_alarms` } as const;

export async function putSavedReportRow(
  tx: Tx,
  { code, name, report }: { readonly code: string; readonly name: string; readonly report: unknown },
): Promise<void> {
  await sql`
    insert into saved_reports (code, name, definition) values (${code}, ${name}, ${JSON.stringify(report)}::jsonb)
    on conflict (code) do update set name = excluded.name, definition = excluded.definition,
      changed_at = clock_timestamp()`.execute(tx);
}

export async function deleteSavedReportRow(tx: Tx, code: string): Promise<void> {
  await sql`delete from saved_reports where code = ${code}`.execute(tx);
}

export async function countSavedReports(tx: Tx): Promise<number> {
  const { rows } = await sql<{ reports: number }>`select count(*) as reports from saved_reports`.execute(tx);
  return rows[0]?.reports ?? 0;
}

export async function deleteMailing(tx: Tx, mailing: Mailing, report: string): Promise<void> {
  await sql`delete from ${TABLES[mailing]} where report = ${report}`.execute(tx);
}

/** The next time that a schedule names, in its zone: a day, a Monday, or the first of a month. */
function nextTime(terms: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select min(at) from (
      select (day::date + (${terms} ->> 'at')::time) at time zone (${terms} ->> 'timeZone') as at
      from generate_series((clock_timestamp() at time zone (${terms} ->> 'timeZone'))::date::timestamp,
        (clock_timestamp() at time zone (${terms} ->> 'timeZone'))::date::timestamp + interval '32 days',
        interval '1 day') as day
      where case ${terms} ->> 'every' when 'week' then extract(isodow from day) = 1
        when 'month' then extract(day from day) = 1 else true end
    ) as times where at > clock_timestamp())`;
}

export async function putSchedule(tx: Tx, report: string, terms: unknown): Promise<void> {
  const given = sql`${JSON.stringify(terms)}::jsonb`;
  await sql`
    insert into report_schedules (report, terms, next_at) values (${report}, ${given}, ${nextTime(given)})
    on conflict (report) do update set terms = excluded.terms, next_at = excluded.next_at, claimed_until = null,
      last_error = null`.execute(tx);
}

/** An alarm that is set anew rings anew. */
export async function putAlarm(tx: Tx, report: string, terms: unknown): Promise<void> {
  await sql`
    insert into report_alarms (report, terms) values (${report}, ${JSON.stringify(terms)}::jsonb)
    on conflict (report) do update set terms = excluded.terms, ringing = false, next_at = clock_timestamp(),
      claimed_until = null, last_error = null`.execute(tx);
}

/** Makes a schedule due now. */
export async function hasten(tx: Tx, report: string): Promise<void> {
  await sql`
    update report_schedules set next_at = clock_timestamp(), claimed_until = null where report = ${report}`.execute(
    tx,
  );
}

export interface Claimed {
  readonly code: string;
  readonly name: string;
  readonly definition: unknown;
  readonly terms: unknown;
  readonly ringing: boolean;
  /** A claim that was taken over, or whose terms were changed meanwhile, ends nothing any more. */
  readonly claim: string;
  /** Milliseconds; the same at each try, so that a mail sent twice can be told. */
  readonly dueAt: number;
}

/** Takes one that is due; another node takes it when this one is not done in time. */
export async function claimDue(db: Database, mailing: Mailing): Promise<Claimed | undefined> {
  const table = TABLES[mailing];
  const ringing = mailing === 'alarm' ? sql`m.ringing` : sql`false`;
  const { rows } = await sql<Claimed>`
    update ${table} as m set claimed_until = clock_timestamp() + interval '5 minutes'
    from saved_reports s
    where s.code = m.report and m.report = (
      select report from ${table}
      where next_at <= clock_timestamp() and (claimed_until is null or claimed_until < clock_timestamp())
      order by next_at limit 1 for update skip locked)
    returning s.code, s.name, m.claimed_until::text as claim, s.definition, m.terms, m.next_at as "dueAt", ${ringing} as ringing`.execute(
    db,
  );
  return rows[0];
}

/** How long after a look an alarm is looked at again. */
const ALARM_EVERY = sql`interval '5 minutes'`;

export interface Done {
  readonly sent: boolean;
  readonly ringing: boolean;
}

export async function endClaim(
  db: Database,
  mailing: Mailing,
  { report, claim, ...done }: Done & { readonly report: string; readonly claim: string },
): Promise<void> {
  const table = TABLES[mailing];
  const next =
    mailing === 'alarm'
      ? sql`clock_timestamp() + ${ALARM_EVERY}, ringing = ${done.ringing}`
      : nextTime(sql`m.terms`);
  const sent = done.sent ? sql`, last_sent_at = clock_timestamp()` : sql``;
  await sql`
    update ${table} as m set next_at = ${next}, claimed_until = null, last_error = null ${sent}
    where report = ${report} and claimed_until = ${claim}::timestamptz`.execute(db);
}

/** It stays due and is tried again when the claim has ended. */
export async function failClaim(
  db: Database,
  mailing: Mailing,
  { report, error }: { readonly report: string; readonly error: string },
): Promise<void> {
  await sql`update ${TABLES[mailing]} set last_error = ${error.slice(0, 500)} where report = ${report}`.execute(
    db,
  );
}
