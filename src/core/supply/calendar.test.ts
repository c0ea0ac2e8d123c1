/** Closed days push arrivals and handling on; the calendars are real weeks, so that each answer can be looked up. */
import { describe, expect, it } from 'vitest';
import { addDays, localDateFrom } from '../kernel/time.ts';
import { afterOpenDays, MAX_CLOSED_DATES, openDayFrom, type WorkCalendar } from './calendar.ts';

const day = localDateFrom;
const DAILY: WorkCalendar = { closedWeekdays: [], closedDates: [] };
const WEEKDAYS: WorkCalendar = { closedWeekdays: [6, 7], closedDates: [] };
/** Good Friday and Easter Monday of 2026. */
const EASTER: WorkCalendar = { closedWeekdays: [6, 7], closedDates: [day('2026-04-03'), day('2026-04-06')] };

describe('open days', () => {
  it('are found behind the longest run of closed days that a calendar may have', () => {
    const sunday = day('2026-04-05');
    const closedDates = Array.from({ length: MAX_CLOSED_DATES }, (_, week) => addDays(sunday, 7 * week));
    const calendar = { closedWeekdays: [1, 2, 3, 4, 5, 6], closedDates };
    const first = addDays(sunday, 7 * MAX_CLOSED_DATES);
    expect(openDayFrom(calendar, addDays(sunday, -6))).toBe(first);
    expect(afterOpenDays(calendar, sunday, 2)).toBe(addDays(first, 14));
  });

  it.each([
    { what: 'an open day is itself', calendar: WEEKDAYS, from: '2026-04-01', expected: '2026-04-01' },
    { what: 'Saturday is Monday', calendar: WEEKDAYS, from: '2026-04-11', expected: '2026-04-13' },
    {
      what: 'Good Friday is the Tuesday after Easter',
      calendar: EASTER,
      from: '2026-04-03',
      expected: '2026-04-07',
    },
  ])('$what', ({ calendar, from, expected }) => {
    expect(openDayFrom(calendar, day(from))).toBe(expected);
  });

  it.each([
    {
      what: 'without closed days calendar days are added',
      calendar: DAILY,
      from: '2026-02-27',
      days: 3,
      expected: '2026-03-02',
    },
    { what: 'leap day counts', calendar: DAILY, from: '2028-02-28', days: 1, expected: '2028-02-29' },
    {
      what: 'no days is the next open day',
      calendar: WEEKDAYS,
      from: '2026-04-11',
      days: 0,
      expected: '2026-04-13',
    },
    { what: 'a weekend is skipped', calendar: WEEKDAYS, from: '2026-04-10', days: 1, expected: '2026-04-13' },
    {
      what: 'ten working days are two weeks',
      calendar: WEEKDAYS,
      from: '2026-04-13',
      days: 10,
      expected: '2026-04-27',
    },
    { what: 'Easter is skipped', calendar: EASTER, from: '2026-04-02', days: 2, expected: '2026-04-08' },
  ])('$what', ({ calendar, from, days, expected }) => {
    expect(afterOpenDays(calendar, day(from), days)).toBe(expected);
  });

  it('a calendar that never opens is a mistake, not a hang', () => {
    const never = { closedWeekdays: [1, 2, 3, 4, 5, 6, 7], closedDates: [] };
    expect(() => openDayFrom(never, day('2026-01-01'))).toThrow('no open day');
  });
});
