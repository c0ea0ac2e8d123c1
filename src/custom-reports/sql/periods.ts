/**
 * Periods of the calendar (UTC): which one a day is in, how many later another is, which days a report is
 * about.
 */
import type { ReportDefinition } from '../../contract/reports/report-definition.ts';
import type { Period } from '../../contract/reports/report-dimensions.ts';
import type { Range } from './dimensions.ts';

/** The first day of the period that a day is in; weeks begin on Monday, as in ISO 8601. */
export function firstDayOf(every: Period, day: string): string {
  if (every === 'day') return day;
  const [year = 0, month = 1] = day.split('-').map(Number);
  if (every === 'year') return dayOf(year, 1, 1);
  if (every === 'month') return dayOf(year, month, 1);
  if (every === 'quarter') return dayOf(year, month - ((month - 1) % 3), 1);
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return moved('day', day, -weekday);
}

/** The first day of a period, so many periods later. */
export function moved(every: Period, day: string, by: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (every === 'day') return dayOf(year, month, date + by);
  if (every === 'week') return dayOf(year, month, date + 7 * by);
  const months = { month: 1, quarter: 3, year: 12 }[every] * by;
  return dayOf(year, month + months, date);
}

function dayOf(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

/** Most periods that are listed: an empty one has a row too. */
const MAX_PERIODS = 1_000;

/** First days of all periods from the one `first` is in to the one `last` is in. */
export function periodsBetween(every: Period, first: string, last: string): string[] {
  const days: string[] = [];
  for (
    let day = firstDayOf(every, first);
    day <= last && days.length < MAX_PERIODS;
    day = moved(every, day, 1)
  ) {
    days.push(day);
  }
  return days;
}

const ALL: Range = { from: undefined, until: undefined };

/** The days of a report, and those before them, of the same length. */
export function rangesOf(
  { period }: Pick<ReportDefinition, 'period'>,
  today: string,
): { readonly now: Range; readonly before: Range } {
  if (period === undefined) return { now: ALL, before: ALL };
  const { last, every, from, until } = period;
  if (last !== undefined) {
    const end = moved(every, firstDayOf(every, today), 1);
    const [start, earlier] = [moved(every, end, -last), moved(every, end, -2 * last)];
    return { now: { from: start, until: end }, before: { from: earlier, until: start } };
  }
  const now = { from, until };
  if (from === undefined || until === undefined) return { now, before: ALL };
  const months = monthsBetween(from, until);
  const start =
    months === undefined
      ? moved('day', from, -(Date.parse(until) - Date.parse(from)) / 86_400_000)
      : moved('month', from, -months);
  return { now, before: { from: start, until: from } };
}

/** How many whole months there are between two days; undefined when they are not whole. */
function monthsBetween(from: string, until: string): number | undefined {
  if (!from.endsWith('-01') || !until.endsWith('-01')) return undefined;
  const months = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(until) - months(from);
}
