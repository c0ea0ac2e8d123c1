/**
 * Launch forecasts: cases worked by hand, the laws of scaling and of the interval, and a simulation of how often the
 * interval holds the truth. Its dice are seeded, so that the figure is the same in every run.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CurrentLaunch, type EarlierLaunch, forecastLaunch } from './launch-forecast.ts';

/** Half of the window over, at which `half` of 100 units were in. */
function launchOf(half: number): EarlierLaunch {
  return { opensAt: 10, units: [[5, half]], total: 100 };
}

function halfWay(units: number): CurrentLaunch {
  return { daysLeft: 5, daysOpen: 5, units };
}

function endOf(high: number | null | undefined): number {
  return high ?? Number.POSITIVE_INFINITY;
}

describe('the share of one earlier launch', () => {
  const curve: EarlierLaunch = { opensAt: 10, units: [[5, 40]], total: 100 };
  test.each<[string, EarlierLaunch, CurrentLaunch, number, number]>([
    ['on a recorded day', curve, { daysLeft: 5, daysOpen: 5, units: 20 }, 0.4, 50],
    ['between opening and record', curve, { daysLeft: 6, daysOpen: 2, units: 7 }, 0.2, 35],
    ['between record and release', curve, { daysLeft: 1, daysOpen: 3, units: 7 }, 0.7, 10],
    ['rounded up', curve, { daysLeft: 5, daysOpen: 5, units: 1 }, 0.4, 3],
    ['on the day of release', curve, { daysLeft: 0, daysOpen: 9, units: 33 }, 1, 33],
    ['opened on the day of release', curve, { daysLeft: 0, daysOpen: 0, units: 33 }, 1, 33],
    ['of a window twice as long', { opensAt: 20, units: [[10, 40]], total: 100 }, halfWay(20), 0.4, 50],
    ['of what was in at the opening', { opensAt: 10, units: [[10, 20]], total: 80 }, halfWay(20), 0.625, 32],
    ['without any record', { opensAt: 10, units: [], total: 80 }, halfWay(20), 0.5, 40],
    ['that rounds badly in doubles', launchOf(35), halfWay(21), 0.35, 60],
    ['above its total', launchOf(120), halfWay(20), 1, 20],
  ])('%s', (_, ...[earlier, current, share, total]) => {
    const forecast = forecastLaunch(current, [earlier]);
    expect(forecast).toMatchObject({ launches: 1, total, low: current.units, high: null, confidence: 0.8 });
    expect(forecast?.share).toBeCloseTo(share, 12);
  });

  test.each([
    [3.5, 11, 0.55],
    [1, 17, 0.85],
    [7.5, 4, 0.2],
  ])('in any order of the records, and none outside the window: %s days left', (daysLeft, units, share) => {
    const records = [
      [0, 10],
      [2, 70],
      [11, 90],
      [5, 40],
      [-3, 20],
    ] as const;
    const forecast = forecastLaunch({ daysLeft, daysOpen: 10 - daysLeft, units }, [
      { opensAt: 10, units: records, total: 100 },
    ]);
    expect(forecast).toMatchObject({ total: 20 });
    expect(forecast?.share).toBeCloseTo(share, 12);
  });
});

describe('the interval, worked by hand', () => {
  // Each launch foretold by the median of the others, 0.325 0.325 0.3 0.225 0.225, errs by the factors
  // 3.25 1.625 1.2 1.7778 2.2222; lower ends 0.1 0.2 0.25 0.1265625 0.10125, upper 1.05625 0.528125 0.36 0.4 0.5.
  const five = [40, 10, 25, 50, 20].map(launchOf);
  test.each([
    ['80 %: k = 5, shares 0.1 to above 1', 0.8, { low: 100, high: 1000 }],
    ['60 %: k = 4, shares 0.10125 to 0.528125', 0.6, { low: 190, high: 988 }],
    ['50 %: k = 3, shares 0.1265625 to 0.5', 0.5, { low: 200, high: 791 }],
    ['90 %: k = 6 of 5', 0.9, { low: 100, high: null }],
  ])('five launches, %s', (_, confidence, ends) => {
    const forecast = forecastLaunch(halfWay(100), five, confidence);
    expect(forecast).toEqual({ launches: 5, share: 0.25, total: 400, confidence, ...ends });
  });

  test('two launches: their mean share, and 50 % is all they can hold', () => {
    const two = [launchOf(20), launchOf(30)];
    const forecast = { launches: 2, share: 0.25, total: 40 };
    expect(forecastLaunch(halfWay(10), two)).toEqual({ ...forecast, low: 10, high: null, confidence: 0.8 });
    // k = 2; 0.2 by 0.3 gives 0.2 to 0.45, 0.3 by 0.2 gives 0.1333 to 0.3
    expect(forecastLaunch(halfWay(10), two, 0.5)).toEqual({
      ...forecast,
      low: 23,
      high: 75,
      confidence: 0.5,
    });
  });

  test.each([
    [0.5, 2],
    [0.8, 4],
    [0.9, 9],
    [0.95, 19],
  ])(
    'a level of %s needs %s launches, and as many of the same curve leave no doubt',
    (confidence, needed) => {
      const many = Array.from({ length: needed }, () => launchOf(30));
      const forecast = { share: 0.3, total: 34, confidence };
      expect(forecastLaunch(halfWay(10), many, confidence)).toMatchObject({ ...forecast, low: 34, high: 34 });
      const fewer = many.slice(1);
      expect(forecastLaunch(halfWay(10), fewer, confidence)).toMatchObject({
        ...forecast,
        low: 10,
        high: null,
      });
    },
  );
});

describe('no forecast', () => {
  test.each<[string, CurrentLaunch, EarlierLaunch[]]>([
    ['without earlier launches', halfWay(10), []],
    ['while nothing is in', halfWay(0), [launchOf(50)]],
    ['when nothing was in elsewhere', halfWay(10), [launchOf(0), launchOf(0)]],
    ['on the day of opening', { daysLeft: 10, daysOpen: 0, units: 10 }, [launchOf(50)]],
    ['from a launch nobody pre-ordered', halfWay(10), [{ opensAt: 10, units: [[5, 0]], total: 0 }]],
    ['from a launch without a window', halfWay(10), [{ opensAt: 0, units: [], total: 10 }]],
  ])('%s', (_, current, earlier) => {
    expect(forecastLaunch(current, earlier)).toBeUndefined();
  });

  test('launches that had nothing in are left out, and not counted', () => {
    const forecast = forecastLaunch(halfWay(10), [launchOf(0), launchOf(50), launchOf(0)]);
    expect(forecast).toMatchObject({ launches: 1, share: 0.5, total: 20, high: null });
  });

  test.each([
    [{ daysLeft: -1, daysOpen: 5, units: 1 }, 0.8],
    [{ daysLeft: 1, daysOpen: -1, units: 1 }, 0.8],
    [halfWay(1), 0],
    [halfWay(1), 1],
  ])('%j at %s is a bug of the caller', (current, confidence) => {
    expect(() => forecastLaunch(current, [launchOf(50)], confidence)).toThrow('not ');
  });
});

describe('laws', () => {
  const earlierLaunch = fc
    .record({
      opensAt: fc.integer({ min: 1, max: 90 }),
      units: fc.array(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.nat(5000)), { maxLength: 8 }),
      total: fc.nat(5000),
    })
    .map((launch): EarlierLaunch => launch);
  const launches = fc.array(earlierLaunch, { maxLength: 12 });
  const current = fc.record({
    daysLeft: fc.integer({ min: 0, max: 90 }),
    daysOpen: fc.integer({ min: 0, max: 90 }),
    units: fc.nat(10_000),
  });
  const level = fc.double({ min: 0.01, max: 0.99, noNaN: true });

  test('so far <= low <= total <= high, all whole, from as many launches as had something in', () => {
    const property = fc.property(current, launches, level, (now, earlier, confidence) => {
      const forecast = forecastLaunch(now, earlier, confidence);
      if (forecast === undefined) return;
      const { low, total, high, share } = forecast;
      expect([low, total, high ?? 0].every(Number.isSafeInteger)).toBe(true);
      expect(now.units <= low && low <= total && total <= endOf(high)).toBe(true);
      expect(share > 0 && share <= 1).toBe(true);
      expect(forecast.launches).toBeLessThanOrEqual(earlier.length);
    });
    fc.assert(property);
  });

  test('all units times k: the forecast times k, but for rounding', () => {
    const times = fc.integer({ min: 1, max: 50 });
    const property = fc.property(current, launches, times, (now, earlier, k) => {
      const larger = earlier.map(({ opensAt, units, total }) => ({
        opensAt,
        units: units.map(([day, cumulative]) => [day, cumulative * k] as const),
        total: total * k,
      }));
      const forecast = forecastLaunch(now, earlier);
      const scaled = forecastLaunch({ ...now, units: now.units * k }, larger);
      expect(scaled?.launches).toBe(forecast?.launches);
      if (forecast === undefined || scaled === undefined) return;
      expect(scaled.share).toBeCloseTo(forecast.share, 12);
      for (const end of ['low', 'total', 'high'] as const) {
        const one = endOf(forecast[end]) * k;
        expect(endOf(scaled[end]) <= one && (one === endOf(null) || endOf(scaled[end]) > one - k)).toBe(true);
      }
    });
    fc.assert(property);
  });

  test('one curve seen often enough: the interval is the point, whatever the size of the launches', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 12 });
    const property = fc.property(current, earlierLaunch, sizes, (now, { opensAt, units, total }, of) => {
      const alike = of.map((k) => ({
        opensAt: opensAt * k,
        units: units.map(([day, cumulative]) => [day * k, cumulative * k] as const),
        total: total * k,
      }));
      const forecast = forecastLaunch(now, alike);
      expect([forecast?.low, forecast?.high]).toEqual([forecast?.total, forecast?.total]);
    });
    fc.assert(property);
  });

  test('more confidence, no narrower interval, and the same point', () => {
    const property = fc.property(current, launches, fc.tuple(level, level), (now, earlier, levels) => {
      const narrow = forecastLaunch(now, earlier, Math.min(...levels));
      const wide = forecastLaunch(now, earlier, Math.max(...levels));
      expect([wide?.total, wide?.share]).toEqual([narrow?.total, narrow?.share]);
      if (narrow === undefined || wide === undefined) return;
      expect(wide.low <= narrow.low && endOf(wide.high) >= endOf(narrow.high)).toBe(true);
    });
    fc.assert(property);
  });
});

describe('how often the interval holds the truth', () => {
  const RUNS = 2000;

  /** Mulberry32: the same numbers from 0 to 1 for the same seed. */
  function dice(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  function between(roll: () => number, [from, to]: readonly [number, number]): number {
    return from + roll() * (to - from);
  }

  /** A rush at the opening, then a power of the elapsed window, early or late, recorded day by day. */
  function randomLaunch(roll: () => number): EarlierLaunch {
    const opensAt = Math.floor(between(roll, [20, 90]));
    const total = Math.floor(between(roll, [200, 5000]));
    const rush = between(roll, [0, 0.2]);
    const power = Math.exp(between(roll, [-0.7, 0.7]));
    const units = Array.from({ length: opensAt }, (_, open) => {
      const share = rush + (1 - rush) * (open / opensAt) ** power;
      return [opensAt - open, Math.round(total * share)] as const;
    });
    return { opensAt, units, total };
  }

  /** How many of the runs held the truth, with `count` earlier launches each. */
  function held(count: number, seed: number): number {
    const roll = dice(seed);
    let holding = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const earlier = Array.from({ length: count }, () => randomLaunch(roll));
      const { opensAt, units, total } = randomLaunch(roll);
      const [daysLeft, soFar] = units[Math.floor(between(roll, [0.2, 0.8]) * opensAt)] ?? [0, 0];
      const forecast = forecastLaunch({ daysLeft, daysOpen: opensAt - daysLeft, units: soFar }, earlier);
      const { low = 0, high = 0 } = forecast ?? {};
      if (low <= total && high !== null && total <= high) holding += 1;
    }
    return holding / RUNS;
  }

  test.each([4, 5, 8, 12, 30])('in 0.70 to 0.95 of 2,000 runs at 0.8, from %d launches', (count) => {
    const share = held(count, 20_240_601 + count);
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.95);
  });
});
