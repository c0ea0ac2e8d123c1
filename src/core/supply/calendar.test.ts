import { describe, expect, it } from 'vitest';
import { localDateFrom } from '../kernel/time.ts';
import { afterOpenDays, openDayFrom, type WorkCalendar } from './calendar.ts';

const day = localDateFrom;
const DAILY: WorkCalendar = { closedWeekdays: [], closedDates: [] };
const WEEKDAYS: WorkCalendar = { closedWeekdays: [6, 7], closedDates: [] };
/** Good Friday and Easter Monday of 2026. */
const EASTER: WorkCalendar = { closedWeekdays: [6, 7], closedDates: [day('2026-04-03'), day('2026-04-06')] };

describe('open days', () => {
  it.each([
    ['an open day is itself', WEEKDAYS, '2026-04-01', '2026-04-01'],
    ['Saturday is Monday', WEEKDAYS, '2026-04-11', '2026-04-13'],
    ['Good Friday is the Tuesday after Easter', EASTER, '2026-04-03', '2026-04-07'],
  ])('%s', (_, calendar, from, expected) => {
    expect(openDayFrom(calendar, day(from))).toBe(expected);
  });

  it.each([
    ['without closed days calendar days are added', DAILY, '2026-02-27', 3, '2026-03-02'],
    ['leap day counts', DAILY, '2028-02-28', 1, '2028-02-29'],
    ['no days is the next open day', WEEKDAYS, '2026-04-11', 0, '2026-04-13'],
    ['a weekend is skipped', WEEKDAYS, '2026-04-10', 1, '2026-04-13'],
    ['ten working days are two weeks', WEEKDAYS, '2026-04-13', 10, '2026-04-27'],
    ['Easter is skipped', EASTER, '2026-04-02', 2, '2026-04-08'],
  ])('%s', (_, calendar, from, days, expected) => {
    expect(afterOpenDays(calendar, day(from), days)).toBe(expected);
  });

  it('a calendar that never opens is a mistake, not a hang', () => {
    const never = { closedWeekdays: [1, 2, 3, 4, 5, 6, 7], closedDates: [] };
    expect(() => openDayFrom(never, day('2026-01-01'))).toThrow('no open day');
  });
});
