/**
 * The capacity plan by hand, against every plan there is where that is few enough, and on larger problems against the
 * bound of Hall's theorem: what a set of warehouses cannot do by a day, nobody does for the demands that have no other.
 */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type DayCapacity,
  type PlannedPlace,
  planWithinCapacity,
} from '../../bench/support/capacity-plan.ts';

interface Problem {
  readonly demands: readonly (readonly number[])[];
  readonly capacities: readonly DayCapacity[];
}
type Plan = readonly (PlannedPlace | undefined)[];

function planOf({ demands, capacities }: Problem): Plan {
  return planWithinCapacity(demands, capacities);
}

function everyDay(...capacities: readonly number[]): DayCapacity[] {
  return capacities.map((daily) => ({ today: daily, daily }));
}

/** Each demand as '0@1': warehouse 0 on day 1; '-' for never. */
function told(plan: Plan): string {
  return plan.map((place) => (place === undefined ? '-' : `${place.warehouse}@${place.day}`)).join(' ');
}

function daysOf(plan: Plan): number[] {
  return plan.map((place) => place?.day ?? Infinity);
}

function servedBy(days: readonly number[], day: number): number {
  return days.filter((each) => each <= day).length;
}

function problems(sizes: { readonly demands: number; readonly warehouses: number }): fc.Arbitrary<Problem> {
  const few = fc.integer({ min: 0, max: 2 });
  return fc.integer({ min: 1, max: sizes.warehouses }).chain((count) => {
    const warehouse = fc.integer({ min: 0, max: count - 1 });
    return fc.record({
      demands: fc.array(fc.uniqueArray(warehouse, { maxLength: 3 }), { maxLength: sizes.demands }),
      capacities: fc.array(fc.record({ today: few, daily: few }), { minLength: count, maxLength: count }),
    });
  });
}

describe('by hand', () => {
  test.each<[string, Problem, string]>([
    ['nothing to plan', { demands: [], capacities: everyDay(1) }, ''],
    ['one warehouse, in rank order', { demands: [[0], [0], [0]], capacities: everyDay(2) }, '0@0 0@0 0@1'],
    ['the flexible one makes room', { demands: [[0, 1], [0]], capacities: everyDay(1, 1) }, '1@0 0@0'],
    [
      'one makes room for another that makes room',
      { demands: [[0, 1], [1, 2], [0]], capacities: everyDay(1, 1, 1) },
      '1@0 2@0 0@0',
    ],
    [
      'what is left of today is not what a day has',
      { demands: [[0], [0], [0], [0]], capacities: [{ today: 1, daily: 2 }] },
      '0@0 0@1 0@1 0@2',
    ],
    [
      'a warehouse that has done its day',
      {
        demands: [[0, 1], [0]],
        capacities: [
          { today: 0, daily: 1 },
          { today: 1, daily: 1 },
        ],
      },
      '1@0 0@1',
    ],
    ['no warehouse makes it', { demands: [[], [0]], capacities: everyDay(1) }, '- 0@0'],
    ['a warehouse that never has places', { demands: [[0], [0, 1]], capacities: everyDay(0, 1) }, '- 1@0'],
    [
      'today is the last chance of those behind',
      {
        demands: [[0], [0, 1], [0]],
        capacities: [
          { today: 1, daily: 0 },
          { today: 0, daily: 1 },
        ],
      },
      '0@0 1@1 -',
    ],
  ])('%s', (_, problem, plan) => {
    expect(told(planOf(problem))).toBe(plan);
  });

  it('takes no place today that makes the wait longer in the end, even for the better-ranked', () => {
    const flexible = [0, 1];
    const plan = planOf({ demands: [flexible, flexible, [0], [0]], capacities: everyDay(1, 1) });
    // both flexible ones today would leave two for warehouse 0, one of them until the day after tomorrow
    expect(told(plan)).toBe('1@0 1@1 0@0 0@1');
  });
});

/** Warehouses that may serve a demand, or none of them. */
function* everyAssignment(demands: Problem['demands']): Generator<(number | undefined)[]> {
  const [first, ...others] = demands;
  if (first === undefined) {
    yield [];
    return;
  }
  for (const rest of everyAssignment(others)) {
    for (const warehouse of [...first, undefined]) yield [warehouse, ...rest];
  }
}

/** The day of each when every warehouse serves those assigned to it in rank order. */
function daysWhen(assigned: readonly (number | undefined)[], capacities: readonly DayCapacity[]): number[] {
  const before = capacities.map(() => 0);
  return assigned.map((warehouse) => {
    if (warehouse === undefined) return Infinity;
    const { today = 0, daily = 0 } = capacities[warehouse] ?? {};
    const ahead = before[warehouse] ?? 0;
    before[warehouse] = ahead + 1;
    if (ahead < today) return 0;
    return daily === 0 ? Infinity : 1 + Math.floor((ahead - today) / daily);
  });
}

/** Most today, fewest never, least wait, then today's set in rank order, tomorrow's, …: the larger comes first. */
function merits(days: readonly number[]): number[] {
  const finite = days.filter(Number.isFinite);
  const wait = finite.reduce((sum, day) => sum + day, 0);
  const sets = days.flatMap((_, day) => days.map((each) => (each === day ? 1 : 0)));
  return [servedBy(days, 0), finite.length, -wait, ...sets];
}

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((merit, index) => merit !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

function bestByTrying({ demands, capacities }: Problem): number[] {
  let best: number[] = demands.map(() => Infinity);
  for (const assigned of everyAssignment(demands)) {
    const days = daysWhen(assigned, capacities);
    if (isBetter(merits(days), merits(best))) best = days;
  }
  return best;
}

/** The most that any plan serves by a day: the least, over all sets of warehouses, of their places and all outside. */
function mostServedBy({ demands, capacities }: Problem, day: number): number {
  let most = Infinity;
  for (let mask = 0; mask < 1 << capacities.length; mask++) {
    const inSet = (warehouse: number): boolean => ((mask >> warehouse) & 1) === 1;
    const outside = demands.filter((eligible) => !eligible.every(inSet)).length;
    const places = capacities.map(({ today, daily }, index) => (inSet(index) ? today + day * daily : 0));
    most = Math.min(most, outside + places.reduce((sum, each) => sum + each, 0));
  }
  return most;
}

describe('the law', () => {
  it('finds what trying every plan finds: most today, then least wait, then rank', () => {
    fc.assert(
      fc.property(problems({ demands: 6, warehouses: 3 }), (problem) => {
        expect(daysOf(planOf(problem))).toEqual(bestByTrying(problem));
      }),
      { numRuns: 1_500 },
    );
  });

  it('serves by every day as many as any plan could that looks at that day only', () => {
    fc.assert(
      fc.property(problems({ demands: 40, warehouses: 6 }), (problem) => {
        const days = daysOf(planOf(problem));
        for (const day of days.keys()) expect(servedBy(days, day)).toBe(mostServedBy(problem, day));
      }),
      { numRuns: 300 },
    );
  });

  it('uses no warehouse that may not serve and no place twice', () => {
    fc.assert(
      fc.property(problems({ demands: 60, warehouses: 8 }), (problem) => {
        const used = new Map<string, number>();
        for (const [demand, place] of planOf(problem).entries()) {
          if (place === undefined) continue;
          expect(problem.demands[demand]).toContain(place.warehouse);
          const key = `${place.warehouse}@${place.day}`;
          used.set(key, (used.get(key) ?? 0) + 1);
          const { today = 0, daily = 0 } = problem.capacities[place.warehouse] ?? {};
          expect(used.get(key)).toBeLessThanOrEqual(place.day === 0 ? today : daily);
        }
      }),
    );
  });

  it('serves nobody before a better-ranked one that the same warehouses may serve', () => {
    fc.assert(
      fc.property(problems({ demands: 40, warehouses: 4 }), ({ demands, capacities }) => {
        const days = daysOf(planOf({ demands, capacities }));
        const latest = new Map<string, number>();
        for (const [demand, eligible] of demands.entries()) {
          const key = eligible.toSorted((a, b) => a - b).join();
          const day = days[demand] ?? Infinity;
          expect(day).toBeGreaterThanOrEqual(latest.get(key) ?? 0);
          latest.set(key, day);
        }
      }),
    );
  });
});
