/** Reports read from the tables that stories write: facts are made of them when a report runs. */
import { sql } from 'kysely';
import type { Subject } from '../../contract/reports/report-measures.ts';
import { type Moment, type Sources, selectFrom, utc } from '../facts/fact-sources.ts';
import { allocations } from '../facts/facts-of-allocations.ts';
import { changes, promiseChanges } from '../facts/facts-of-changes.ts';
import { items } from '../facts/facts-of-items.ts';
import { purchases } from '../facts/facts-of-purchases.ts';
import { refusals } from '../facts/facts-of-refusals.ts';
import type { ReportSource } from './source.ts';

const SUBJECTS: Readonly<Record<Subject, (moment: Moment) => Sources>> = {
  items,
  changes,
  allocations,
  promise_changes: promiseChanges,
  refusals,
  purchases,
};

function momentOf(asOf: string | undefined): Moment {
  const instant = asOf === undefined ? sql`now()` : sql`${asOf}::timestamptz`;
  return { at: utc(instant), instant, isPast: asOf !== undefined };
}

/** @param read runs a statement in a transaction on one snapshot */
export function databaseSource(read: ReportSource['read']): ReportSource {
  return {
    isCheapToReread: false,
    facts: (subject, columns, asOf) => selectFrom(SUBJECTS[subject](momentOf(asOf)), columns),
    async clock(asOf) {
      const [row] = await read<{ now: number; today: string }>(sql`
        select instant as now, ${utc(sql`instant`)}::date::text as today
        from (select ${momentOf(asOf).instant} as instant) as clock`);
      if (row === undefined) throw new Error('a select without from returns one row');
      return { today: row.today, now: new Date(row.now).toISOString() };
    },
    read,
  };
}
