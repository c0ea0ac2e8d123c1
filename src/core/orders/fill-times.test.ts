/** The curve of those who wait: textbook cases, and what open items do to it. */
import { describe, expect, it } from 'vitest';
import { dayReached, survivalOf } from './fill-times.ts';

describe('the share that still waits', () => {
  it('falls to nothing when all were filled', () => {
    const curve = survivalOf([
      { day: 2, filled: 1, open: 0 },
      { day: 0, filled: 3, open: 0 },
    ]);
    expect(curve).toEqual([
      { day: 0, waiting: 0.25 },
      { day: 2, waiting: 0 },
    ]);
    expect([dayReached(curve, 0.5), dayReached(curve, 0.1)]).toEqual([0, 2]);
  });

  it('is that of the example of Kaplan and Meier: deaths at 0.8, 3.1, 5.4, 9.2 and losses at 1, 2.7, 7, 12.1', () => {
    // days in tenths; the survival is 7/8, 7/8 × 4/5, × 3/4, × 1/2
    const curve = survivalOf([
      { day: 8, filled: 1, open: 0 },
      { day: 10, filled: 0, open: 1 },
      { day: 27, filled: 0, open: 1 },
      { day: 31, filled: 1, open: 0 },
      { day: 54, filled: 1, open: 0 },
      { day: 70, filled: 0, open: 1 },
      { day: 92, filled: 1, open: 0 },
      { day: 121, filled: 0, open: 1 },
    ]);
    const expected = [
      7 / 8,
      (7 / 8) * (4 / 5),
      (7 / 8) * (4 / 5) * (3 / 4),
      (7 / 8) * (4 / 5) * (3 / 4) * (1 / 2),
    ];
    expect(curve.map(({ waiting }) => waiting.toFixed(10))).toEqual(
      expected.map((value) => value.toFixed(10)),
    );
  });

  it('is higher than the filled ones alone would say', () => {
    const curve = survivalOf([
      { day: 1, filled: 5, open: 0 },
      { day: 30, filled: 0, open: 5 },
    ]);
    expect(curve).toEqual([{ day: 1, waiting: 0.5 }]);
    expect(dayReached(curve, 0.1)).toBeNull();
  });

  it('is nothing without items', () => {
    expect(survivalOf([])).toEqual([]);
    expect(dayReached([], 0.5)).toBeNull();
  });
});
