/**
 * The search against trying every set: most units, then least costs, then preference; with and without items that want one
 * warehouse, warehouses opened already, and a limit on how many may be opened.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allot } from './allot.ts';
import { type SearchProblem, servedBy, stocksOf } from './search-problem.ts';
import { searchWarehouses } from './warehouse-search.ts';

const problems: fc.Arbitrary<SearchProblem> = fc
  .record({ items: fc.integer({ min: 1, max: 5 }), stocks: fc.integer({ min: 1, max: 4 }) })
  .chain(({ items, stocks }) =>
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
          costs: fc.tuple(fc.constant(1), fc.integer({ min: 0, max: 20 })),
          opened: fc.boolean(),
          free: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: stocks, maxLength: stocks }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      mostOpened: fc.option(fc.integer({ min: 0, max: 4 })),
      wholeCosts: fc.constant(true),
    }),
  );

interface Tried {
  readonly units: number;
  readonly costs: readonly number[];
}

/** Every set of warehouses, one after the other. */
function bestByTrying(problem: SearchProblem): Tried {
  const stocks = stocksOf(problem);
  let best: Tried = { units: -1, costs: [] };
  for (let mask = 0; mask < 1 << problem.warehouses.length; mask++) {
    const set = problem.warehouses.flatMap(({ opened }, index) =>
      opened || (mask >> index) & 1 ? [index] : [],
    );
    const opens = set.filter((index) => problem.warehouses[index]?.opened === false);
    if (problem.mostOpened !== null && opens.length > problem.mostOpened) continue;
    const units = servedBy(stocks, set);
    const costs = [0, 1].map((at) =>
      opens.reduce((sum, index) => sum + (problem.warehouses[index]?.costs[at] ?? 0), 0),
    );
    const [count = 0, length = 0] = costs;
    const [bestCount = 0, bestLength = 0] = best.costs;
    const cheaper = count - bestCount || length - bestLength;
    if (units > best.units || (units === best.units && cheaper < 0)) best = { units, costs };
  }
  return best;
}

describe('the search for warehouses', () => {
  it('finds what trying every set finds', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const found = searchWarehouses(problem);
        const opens = found.warehouses.filter((index) => problem.warehouses[index]?.opened === false);
        const costs = [0, 1].map((at) =>
          opens.reduce((sum, index) => sum + (problem.warehouses[index]?.costs[at] ?? 0), 0),
        );
        expect({ units: found.units, costs, exact: found.exact }).toEqual({
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
        const shares = allot(problem, found.warehouses, ranks);
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
      wholeCosts: true,
    };
    expect(searchWarehouses(problem)).toEqual({ warehouses: [0, 1], units: 12, exact: true });
    expect(searchWarehouses({ ...problem, mostOpened: 1 })).toEqual({
      warehouses: [0],
      units: 6,
      exact: true,
    });
  });
});
