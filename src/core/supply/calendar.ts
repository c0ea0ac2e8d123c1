/**
 * Days on which a warehouse or a supplier works. What arrives on a closed day is counted in on the next open one, and
 * handling and lead times count open days only.
 */
import { invariant } from '../kernel/assert.ts';
import { addDays, type LocalDate, weekday } from '../kernel/time.ts';

export interface WorkCalendar {
  /** ISO weekdays (1 Monday … 7 Sunday) that are closed each week; never all seven. */
  readonly closedWeekdays: readonly number[];
  readonly closedDates: readonly LocalDate[];
}

/** Closed dates that one calendar may name. */
export const MAX_CLOSED_DATES = 400;
/** Where one weekday is open: each named date can close one week more. */
const MAX_CLOSED_RUN = 7 * (MAX_CLOSED_DATES + 1);

function isOpen({ closedWeekdays, closedDates }: WorkCalendar, date: LocalDate): boolean {
  return !closedWeekdays.includes(weekday(date)) && !closedDates.includes(date);
}

/** The first open day on or after `date`. */
export function openDayFrom(calendar: WorkCalendar, date: LocalDate): LocalDate {
  let day = date;
  for (let looked = 0; !isOpen(calendar, day); looked++) {
    invariant(looked <= MAX_CLOSED_RUN, `no open day within ${MAX_CLOSED_RUN} days of ${date}`);
    day = addDays(day, 1);
  }
  return day;
}

/** The open day `days` open days after the first open day from `date`; with 0 days that day itself. */
export function afterOpenDays(calendar: WorkCalendar, date: LocalDate, days: number): LocalDate {
  if (calendar.closedWeekdays.length === 0 && calendar.closedDates.length === 0) return addDays(date, days);
  let day = openDayFrom(calendar, date);
  for (let left = days; left > 0; left--) day = openDayFrom(calendar, addDays(day, 1));
  return day;
}
