/**
 * Periods of the calendar: weeks begin on Monday, the period before is as long and ends where this one
 * begins.
 */
import { describe, expect, it } from 'vitest';
import { firstDayOf, moved, periodsBetween, rangesOf } from './periods.ts';

describe('periods', () => {
  it.each([
    ['day', '2026-05-31', '2026-05-31'],
    ['week', '2026-05-31', '2026-05-25'],
    ['week', '2026-06-01', '2026-06-01'],
    ['month', '2026-05-31', '2026-05-01'],
    ['quarter', '2026-05-31', '2026-04-01'],
    ['year', '2026-05-31', '2026-01-01'],
  ] as const)('%s of %s begins on %s', (every, day, first) => {
    expect(firstDayOf(every, day)).toBe(first);
  });

  it('lists them with those in between', () => {
    expect(periodsBetween('month', '2025-11-15', '2026-01-02')).toEqual([
      '2025-11-01',
      '2025-12-01',
      '2026-01-01',
    ]);
    expect(moved('quarter', '2026-01-01', -1)).toBe('2025-10-01');
  });

  it.each([
    [{ last: 3, every: 'month' }, ['2026-03-01', '2026-06-01'], ['2025-12-01', '2026-03-01']],
    [{ last: 1, every: 'week' }, ['2026-05-11', '2026-05-18'], ['2026-05-04', '2026-05-11']],
    [{ from: '2026-02-01', until: '2026-04-01' }, ['2026-02-01', '2026-04-01'], ['2025-12-01', '2026-02-01']],
    [{ from: '2026-02-03', until: '2026-02-05' }, ['2026-02-03', '2026-02-05'], ['2026-02-01', '2026-02-03']],
  ] as const)('%j on 2026-05-14', (given, now, before) => {
    const period = { dimension: 'placed', every: 'day', ...given } as const;
    const ranges = rangesOf({ period }, '2026-05-14');
    expect([ranges.now.from, ranges.now.until]).toEqual(now);
    expect([ranges.before.from, ranges.before.until]).toEqual(before);
  });
});
