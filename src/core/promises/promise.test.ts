/** Promises case by case; pegging against a second computation that plays the fills; and what is worth telling. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type WarehouseId, warehouseId } from '../kernel/ids.ts';
import { addDays, localDateFrom } from '../kernel/time.ts';
import { type DatedSupply, type ItemClaim, Pegging, promise, promisedOn } from './promise.ts';
import { toldPromise } from './told-promise.ts';

const day = (number: number) => addDays(localDateFrom('2026-01-01'), number - 1);
const W1 = warehouseId(1);
const W2 = warehouseId(2);

function order(units: number, on: number, warehouse: WarehouseId = W1): DatedSupply {
  const purchaseOrder = `PO-${on}`;
  return { source: 'purchase_order', warehouse, on: day(on), units, purchaseOrder, line: 1, confidence: 80 };
}

function claim(units: number, more: Partial<ItemClaim> = {}): ItemClaim {
  return { units, warehouses: new Set([W1, W2]), rejectedBy: [], releaseOn: null, leadTimeOn: null, ...more };
}

const shown = (slices: ReturnType<typeof promise>) =>
  slices.map(({ units, on, source }) => [units, on, source]);

describe('a promise', () => {
  it('is the first supply that nobody ahead needs', () => {
    const pegging = new Pegging([order(50, 20), order(100, 10)]);
    expect(shown(promise(claim(70), pegging))).toEqual([[70, day(10), 'purchase_order']]);
    expect(shown(promise(claim(90), pegging))).toEqual([
      [30, day(10), 'purchase_order'],
      [50, day(20), 'purchase_order'],
      [10, null, 'unknown'],
    ]);
  });

  it.each([
    ['not before its release', { releaseOn: day(15) }, [[5, day(15), 'release']]],
    ['at its arrival after the release', { releaseOn: day(5) }, [[5, day(10), 'purchase_order']]],
    ['not from a warehouse that rejected it', { rejectedBy: [W1] }, [[5, null, 'unknown']]],
    ['not from a warehouse that does not serve it', { warehouses: new Set([W2]) }, [[5, null, 'unknown']]],
    [
      'by the lead time without supply',
      { warehouses: new Set([W2]), leadTimeOn: day(30) },
      [[5, day(30), 'lead_time']],
    ],
    [
      'at the release, when that is later than the lead time',
      { warehouses: new Set([W2]), leadTimeOn: day(30), releaseOn: day(40) },
      [[5, day(40), 'release']],
    ],
    [
      'at the announced release without supply',
      { warehouses: new Set([W2]), releaseOn: day(40) },
      [[5, day(40), 'release']],
    ],
  ] as const)('comes %s', (_, more, expected) => {
    expect(shown(promise(claim(5, more), new Pegging([order(9, 10)])))).toEqual(expected);
  });

  it('as a whole is the last of its days, or not known', () => {
    const slices = promise(claim(12), new Pegging([order(9, 10), order(3, 12)]));
    expect(promisedOn(slices)).toBe(day(12));
    expect(promisedOn(promise(claim(13), new Pegging([order(9, 10), order(3, 12)])))).toBeNull();
  });
});

describe('pegging', () => {
  const places = [new Set([W1]), new Set([W2]), new Set([W1, W2])];
  const supplies = fc.array(
    fc
      .record({
        units: fc.integer({ min: 1, max: 9 }),
        on: fc.integer({ min: 1, max: 20 }),
        first: fc.boolean(),
      })
      .map(({ units, on, first }) => order(units, on, first ? W1 : W2)),
    { maxLength: 8 },
  );
  const claims = fc.array(fc.record({ units: fc.integer({ min: 1, max: 12 }), place: fc.nat({ max: 2 }) }), {
    maxLength: 10,
  });

  /** Supply arrives day by day and is given to whoever is first in line and may have it: what fills do. */
  function playFills(given: readonly DatedSupply[], asked: readonly { units: number; place: number }[]) {
    const open = asked.map(({ units }) => units);
    const got = asked.map((): [string, number][] => []);
    for (const supply of given.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
      let left = supply.units;
      for (const [index, { place }] of asked.entries()) {
        const units = places[place]?.has(supply.warehouse) ? Math.min(left, open[index] ?? 0) : 0;
        if (units === 0) continue;
        left -= units;
        open[index] = (open[index] ?? 0) - units;
        got[index]?.push([supply.on, units]);
      }
    }
    return got;
  }

  it('gives every item the days on which fills in queue order would serve it', () => {
    fc.assert(
      fc.property(supplies, claims, (given, asked) => {
        const pegging = new Pegging(given);
        const pegged = asked.map(({ units, place }) =>
          pegging
            .take({ units, warehouses: places[place] ?? new Set() })
            .map((each) => [each.supply.on, each.units]),
        );
        expect(pegged).toEqual(playFills(given, asked));
      }),
      { numRuns: 2_000 },
    );
  });

  it('promises no supply twice, and takes a piece of queue like its items one by one', () => {
    fc.assert(
      fc.property(supplies, claims, (given, asked) => {
        const one = new Pegging(given);
        const byItem = asked.flatMap(({ units }) => one.take({ units, warehouses: new Set([W1, W2]) }));
        for (const supply of given) {
          const units = byItem
            .filter((each) => each.supply === supply)
            .reduce((sum, each) => sum + each.units, 0);
          expect(units).toBeLessThanOrEqual(supply.units);
        }
        const whole = new Pegging(given);
        const units = asked.reduce((sum, each) => sum + each.units, 0);
        whole.take({ units, warehouses: new Set([W1, W2]) });
        const left = (pegging: Pegging) => pegging.left(new Set([W1, W2])).map((each) => each.units);
        expect(left(whole)).toEqual(left(one));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what a customer is told', () => {
  const told = (...given: readonly (readonly [number, number | null])[]) =>
    given.map(([units, on]) => ({
      units,
      on: on === null ? null : day(on),
      source: 'purchase_order' as const,
      purchaseOrder: 'PO-1',
      line: 1,
      confidence: null,
    }));

  it.each([
    { what: 'a first day is news', before: undefined, now: told([5, 10]), news: true, slices: told([5, 10]) },
    {
      what: 'a first unknown is not',
      before: undefined,
      now: told([5, null]),
      news: false,
      slices: told([5, null]),
    },
    {
      what: 'the same is not',
      before: told([5, 10]),
      now: told([5, 10]),
      news: false,
      slices: told([5, 10]),
    },
    {
      what: 'a day is not, and what was told stays',
      before: told([5, 10]),
      now: told([5, 11]),
      news: false,
      slices: told([5, 10]),
    },
    { what: 'two days are', before: told([5, 10]), now: told([5, 12]), news: true, slices: told([5, 12]) },
    {
      what: 'earlier is as well',
      before: told([5, 10]),
      now: told([5, 7]),
      news: true,
      slices: told([5, 7]),
    },
    {
      what: 'becoming unknown is',
      before: told([5, 10]),
      now: told([5, null]),
      news: true,
      slices: told([5, null]),
    },
    {
      what: 'becoming known is',
      before: told([5, null]),
      now: told([5, 10]),
      news: true,
      slices: told([5, 10]),
    },
    {
      what: 'one unit of many is',
      before: told([9, 10]),
      now: told([8, 10], [1, 20]),
      news: true,
      slices: told([8, 10], [1, 20]),
    },
    {
      what: 'a served part is not',
      before: told([3, 10], [5, 20]),
      now: told([5, 20]),
      news: false,
      slices: told([5, 20]),
    },
    {
      what: 'a served part that leaves a quiet move is not',
      before: told([3, 10], [5, 20]),
      now: told([5, 21]),
      news: false,
      slices: told([5, 20]),
    },
    {
      what: 'more units than were told are',
      before: told([5, 10]),
      now: told([7, 10]),
      news: true,
      slices: told([7, 10]),
    },
  ])('$what', ({ before, now, news, slices }) => {
    expect(toldPromise(before, now, 1)).toEqual({ news, slices });
  });
});
