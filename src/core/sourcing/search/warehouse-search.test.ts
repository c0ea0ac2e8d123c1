/**
 * The search against trying every set: most units, then least costs, then preference; with and without items that want one
 * warehouse, warehouses opened already, a limit on how many may be opened, and costs that are not known of some.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestByTrying, costsOf } from '../../../../bench/support/split-by-trying.ts';
import { allot } from './allot.ts';
import type { SearchProblem } from './search-problem.ts';
import { searchWarehouses } from './warehouse-search.ts';

/** Shipments, how many have no cost, and the sum of the others; or costs without shipments. */
const costs = fc
  .option(fc.integer({ min: 0, max: 20 }), { freq: 4 })
  .map((cost) => (cost === null ? [1, 0] : [0, cost]));

const problems: fc.Arbitrary<SearchProblem> = fc
  .record({
    items: fc.integer({ min: 1, max: 5 }),
    stocks: fc.integer({ min: 1, max: 4 }),
    shipments: fc.boolean(),
  })
  .chain(({ items, stocks, shipments }) =>
    fc.record({
      items: fc.array(
        fc.record({
          wanted: fc.integer({ min: 1, max: 9 }),
          whole: fc.boolean(),
          stock: fc.integer({ min: 0, max: stocks - 1 }),
        }),
        { minLength: items, maxLength: items },
      ),
      warehouses: fc.array(
        fc.record({
          costs: shipments ? costs.map((each) => [1, ...each]) : costs,
          opened: fc.boolean(),
          free: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: stocks, maxLength: stocks }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      mostOpened: fc.option(fc.integer({ min: 0, max: 4 })),
    }),
  );

describe('the search for warehouses', () => {
  it('finds what trying every set finds', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = searchWarehouses(problem);
        const opens = found.warehouses.filter((index) => problem.warehouses[index]?.opened === false);
        expect({ units: found.units, costs: costsOf(problem, opens), exact: found.exact }).toEqual({
          ...bestByTrying(problem),
          exact: true,
        });
      }),
      { numRuns: 3_000 },
    );
  });

  it('allots what it found: fills and short add up, and nobody gives more than it has', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = searchWarehouses(problem);
        const ranks = problem.items.map(() => problem.warehouses.map((_, index) => index));
        const { shares, exact } = allot(problem, found.warehouses, ranks);
        expect(exact).toBe(true);
        expect(shares.flat().reduce((sum, { units }) => sum + units, 0)).toBe(found.units);
        for (const [index, { wanted, whole }] of problem.items.entries()) {
          const units = (shares[index] ?? []).reduce((sum, share) => sum + share.units, 0);
          expect(units).toBeLessThanOrEqual(wanted);
          if (whole && units > 0) expect(shares[index]).toHaveLength(1);
        }
        for (const [warehouse, { free }] of problem.warehouses.entries()) {
          for (const [stock, has] of free.entries()) {
            const given = shares.flatMap((of, index) =>
              problem.items[index]?.stock === stock
                ? of.filter((share) => share.warehouse === warehouse)
                : [],
            );
            expect(given.reduce((sum, { units }) => sum + units, 0)).toBeLessThanOrEqual(has);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('places whole items so that most of them fit', () => {
    const one = { costs: [1], opened: false };
    const problem: SearchProblem = {
      items: [
        { wanted: 6, whole: true, stock: 0 },
        { wanted: 6, whole: true, stock: 0 },
      ],
      warehouses: [
        { ...one, free: [10] },
        { ...one, free: [7] },
      ],
      mostOpened: null,
    };
    expect(searchWarehouses(problem)).toEqual({ warehouses: [0, 1], units: 12, exact: true });
    expect(searchWarehouses({ ...problem, mostOpened: 1 })).toEqual({
      warehouses: [0],
      units: 6,
      exact: true,
    });
  });
});
