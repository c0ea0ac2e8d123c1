/** Oracle's published table, the look-ahead written out as a second computation, and the law that nobody is made late. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availableToPromise, type Period } from './available-to-promise.ts';

function periods(supply: readonly number[], demand: readonly number[]): Period[] {
  return supply.map((units, index) => ({ supply: units, demand: demand[index] ?? 0 }));
}

/** A(t) = min over u >= t of (supply up to u − demand up to u): the definition, written out. */
function lookAhead(given: readonly Period[]): number[] {
  let sum = 0;
  const sums = given.map(({ supply, demand }) => {
    sum += supply - demand;
    return sum;
  });
  return sums.map((_, from) => Math.min(...sums.slice(from)));
}

function available(given: readonly Period[]): number[] {
  return availableToPromise(given).map((each) => each.available);
}

describe("Oracle's table", () => {
  const table = availableToPromise(periods([6, 4, 2, 4, 8, 4, 4, 4], [6, 2, 3, 6, 6, 1, 2, 2]));

  it('net', () => {
    expect(table.map(({ net }) => net)).toEqual([0, 2, -1, -2, 2, 3, 2, 2]);
  });
  it('after backward consumption', () => {
    expect(table.map(({ left }) => left)).toEqual([0, 0, 0, -1, 2, 3, 2, 2]);
  });
  it('accumulated', () => {
    expect(table.map((each) => each.available)).toEqual([0, 0, 0, -1, 2, 5, 7, 9]);
  });
});

describe('available to promise', () => {
  const count = fc.nat({ max: 50 });
  const days = fc.array(fc.record({ supply: count, demand: count }), { minLength: 1, maxLength: 12 });
  /** Demand that is covered by what has come before it. */
  const feasible = days.map((given) => {
    let left = 0;
    return given.map(({ supply, demand }) => {
      left += supply;
      const served = Math.min(demand, left);
      left -= served;
      return { supply, demand: served };
    });
  });

  it('is the look-ahead wherever demand is covered', () => {
    fc.assert(
      fc.property(feasible, (given) => {
        expect(available(given)).toEqual(lookAhead(given));
      }),
      { numRuns: 2_000 },
    );
  });

  it('makes no earlier promise late, in whatever order promises are made', () => {
    const wishes = fc.array(fc.record({ day: fc.nat({ max: 11 }), units: fc.integer({ min: 1, max: 40 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(feasible, wishes, (given, asked) => {
        const promised = given.map((period) => ({ ...period }));
        for (const { day, units } of asked) {
          const period = promised[day];
          const room = available(promised)[day];
          if (period === undefined || room === undefined) continue;
          period.demand += Math.max(0, Math.min(units, room));
          let sum = 0;
          for (const { supply, demand } of promised) {
            sum += supply - demand;
            expect(sum).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
