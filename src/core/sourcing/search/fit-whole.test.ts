/** Placing whole items: against trying every placing, cases that need more than the first one, and how it ends when cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostPlaced } from '../../../../bench/support/split-by-trying.ts';
import { type Fitting, fitWhole, type WholeItems } from './fit-whole.ts';

const total = (units: readonly number[]) => units.reduce((sum, each) => sum + each, 0);
const largestFirst = (units: readonly number[]) => units.toSorted((a, b) => b - a);

/** What its places serve; fails when a warehouse gives more than it has. */
function served({ whole, split }: WholeItems, frees: readonly number[], { places }: Fitting): number {
  const left = [...frees];
  let placed = 0;
  for (const [item, warehouse] of places.entries()) {
    if (warehouse < 0) continue;
    left[warehouse] = (left[warehouse] ?? 0) - (whole[item] ?? 0);
    placed += whole[item] ?? 0;
  }
  expect(Math.min(...left, 0)).toBe(0);
  return Math.min(placed + split, total(frees));
}

const problems = fc.record({
  whole: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 7 }).map(largestFirst),
  split: fc.integer({ min: 0, max: 15 }),
  frees: fc.array(fc.integer({ min: 0, max: 25 }), { maxLength: 4 }),
});

describe('whole items', () => {
  it('are placed as well as by trying every placing', () => {
    fc.assert(
      fc.property(problems, ({ frees, ...items }) => {
        const fitting = fitWhole(items, frees);
        const most = Math.min(mostPlaced(items.whole, frees) + items.split, total(frees));
        expect(fitting).toMatchObject({ units: most, exact: true });
        expect(served(items, frees, fitting)).toBe(most);
      }),
      { numRuns: 2_000 },
    );
  });

  const cases = [
    { name: 'nine fill three exactly', whole: [9, 5, 6, 4, 7, 9, 9, 6, 5], frees: [20, 20, 20], units: 60 },
    { name: 'the largest is left out', whole: [7, 5, 5], frees: [10], units: 10 },
    { name: 'none fits', whole: [5, 5], frees: [4, 4], units: 0 },
    { name: 'unlike warehouses', whole: [8, 7, 6, 5, 4], frees: [13, 11, 6], units: 30 },
    { name: 'one warehouse', whole: [11, 9, 8, 7, 5, 3], frees: [26], units: 26 },
    { name: 'large numbers', whole: [600_000_000, 500_000_001, 400_000_000], frees: [1e9, 5e8], units: 1e9 },
    {
      name: 'twenty in five, without a unit to spare',
      whole: [19, 17, 16, 15, 14, 13, 13, 12, 12, 11, 11, 10, 9, 9, 8, 7, 6, 5, 4, 4],
      frees: [43, 43, 43, 43, 43],
      units: 215,
    },
  ];
  it.each(cases)('$name', ({ whole, frees, units }) => {
    const items = { whole: largestFirst(whole), split: 0 };
    const fitting = fitWhole(items, frees);
    expect(fitting).toMatchObject({ units, exact: true });
    expect(served(items, frees, fitting)).toBe(units);
  });

  it('take their preferred warehouses where that serves as many', () => {
    const preferences = [
      [1, 0],
      [1, 0],
      [0, 1],
    ];
    expect(fitWhole({ whole: [5, 5, 2], split: 0 }, [20, 20], { preferences }).places).toEqual([1, 1, 0]);
    expect(fitWhole({ whole: [5, 5, 2], split: 0 }, [7, 5], { preferences }).places).toEqual([1, 0, 0]);
  });

  it('too many to weigh are placed as they come, and it is said', () => {
    // all even, so that the odd warehouses can never be filled and no bound says so
    const whole = largestFirst(Array.from({ length: 60 }, (_, index) => 1_000_000 + 2 * index * index));
    const frees = Array.from({ length: 12 }, (_, index) => 3_900_001 + 2 * index);
    const fitting = fitWhole({ whole, split: 0 }, frees);
    expect(fitting.exact).toBe(false);
    expect(fitting.units).toBe(served({ whole, split: 0 }, frees, fitting));
    expect(fitting.units).toBeGreaterThan(total(frees) / 2);
    const steps = { left: 0 };
    expect(fitWhole({ whole: [9, 5], split: 0 }, [9, 5], { steps })).toEqual({
      units: 14,
      places: [0, 1],
      exact: true,
    });
    expect(fitWhole({ whole: [7, 5, 5], split: 0 }, [10], { steps })).toMatchObject({
      units: 7,
      exact: false,
    });
  });
});
