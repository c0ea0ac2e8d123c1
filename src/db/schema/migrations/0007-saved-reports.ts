/** Reports that are kept, when they are mailed, and which figures are watched. */
export const savedReports = `
create table saved_reports (
  code text primary key,
  name text not null,
  -- a report as the wire has it; never SQL
  definition jsonb not null,
  changed_at timestamptz not null default clock_timestamp()
);

create table report_schedules (
  report text primary key references saved_reports on delete cascade,
  -- {every, at, timeZone, format, to}
  terms jsonb not null,
  next_at timestamptz not null,
  -- a node is at it until then; afterwards another one tries
  claimed_until timestamptz,
  last_sent_at timestamptz,
  last_error text
);
create index report_schedules_due on report_schedules (next_at);

create table report_alarms (
  report text primary key references saved_reports on delete cascade,
  -- {measure, when, threshold, to}
  terms jsonb not null,
  ringing boolean not null default false,
  next_at timestamptz not null default clock_timestamp(),
  claimed_until timestamptz,
  last_sent_at timestamptz,
  last_error text
);
create index report_alarms_due on report_alarms (next_at);
`;
