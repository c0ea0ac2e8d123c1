/**
 * Which warehouses serve an order, as a merchant would ask: what is not known of one warehouse says nothing of the others,
 * what a rule asks for is found, and the choice says when not everything was tried. A world in a few words for each case.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import { channelId, lineNumber, productId, type WarehouseId, warehouseId } from '../kernel/ids.ts';
import { MAX_QUANTITY, quantity } from '../kernel/quantity.ts';
import { instant } from '../kernel/time.ts';
import type { Choice, SourcingItem } from './choice.ts';
import { chooseWarehouses } from './choose-warehouses.ts';
import { type Filter, NO_LIMITS, type SourcingLimits, type SourcingRule, type Strategy } from './rule.ts';
import { RuleSet } from './rule-set.ts';

const NOW = instant(Date.UTC(2026, 10, 27, 10));

interface Place {
  readonly at?: readonly [latitude: number, longitude: number];
  /** Free units by product, a letter each. */
  readonly stock: Readonly<Record<string, number>>;
}

interface Case {
  /** In the channel's order of preference. */
  readonly places: Readonly<Record<string, Place>>;
  readonly items: readonly { readonly sku: string; readonly units: number; readonly not?: string }[];
  readonly strategies: readonly Strategy[];
  readonly limits?: Partial<SourcingLimits>;
  readonly filters?: readonly Filter[];
  readonly to?: readonly [latitude: number, longitude: number];
}

const rule: SourcingRule = {
  code: 'r',
  name: 'R',
  description: '',
  enabled: true,
  sortOrder: 0,
  stop: false,
  validFrom: null,
  validUntil: null,
  channels: [],
  condition: null,
  filters: [],
  strategies: [],
  limits: NO_LIMITS,
};

function warehouseOf(code: string, id: number, { at }: Place): Warehouse {
  return {
    id: warehouseId(id),
    code,
    kind: 'own',
    stock: 'managed',
    enabled: true,
    country: 'GB',
    latitude: at?.[0] ?? null,
    longitude: at?.[1] ?? null,
    timeZone: 'UTC',
    handlingDays: 0,
    closedWeekdays: [],
    closedDates: [],
  };
}

function choose({ places, items, strategies, limits, filters, to }: Case): Choice[] {
  const codes = Object.keys(places);
  const warehouses = codes.map((code, index) => warehouseOf(code, index + 1, places[code] ?? { stock: {} }));
  const channel: SalesChannel = {
    id: channelId(1),
    code: 'web',
    currency: 'GBP',
    warehouses: warehouses.map(({ id }) => id),
    timeZone: 'UTC',
    acceptance: 'strict',
    shipping: 'partial',
    whenIncomplete: 'hold',
    enabled: true,
  };
  const wanted = items.map(
    ({ sku, units, not }, index): SourcingItem => ({
      line: lineNumber(index + 1),
      product: productId(sku.charCodeAt(0)),
      units: quantity(units),
      rejectedBy: warehouses.filter(({ code }) => code === not).map(({ id }) => id),
      waitingSince: NOW,
      facts: () => {
        throw new Error('no condition asks');
      },
    }),
  );
  const written = { ...rule, strategies, filters: filters ?? [], limits: { ...NO_LIMITS, ...limits } };
  return chooseWarehouses(
    {
      channel,
      facts: () => {
        throw new Error('no condition asks');
      },
      destination: { country: 'GB', latitude: to?.[0] ?? null, longitude: to?.[1] ?? null },
      weightGrams: null,
      opened: [],
      mayWait: false,
    },
    wanted,
    {
      now: NOW,
      warehouses: new Map(warehouses.map((each) => [each.id, each])),
      ruleSet: new RuleSet(1, [{ rule: written, condition: null }]),
      free: (product, { code }) => quantity(places[code]?.stock[String.fromCharCode(product)] ?? 0),
      load: () => ({ orders: 0, units: 0 }),
      dailyDemand: () => 0,
    },
  );
}

/** Units by warehouse for each item, and how they were found. */
function given(each: Case): { readonly given: string[]; readonly search: Choice['search'] | undefined } {
  const codes = Object.keys(each.places);
  const code = (id: WarehouseId) => codes[id - 1] ?? '';
  const choices = choose(each);
  const lines = choices.map(({ offers }) =>
    offers.map(({ warehouse, free }) => `${code(warehouse)} ${free}`).join(', '),
  );
  return { given: lines, search: choices[0]?.search };
}

const days = (warehouse: string, count: number) => ({ warehouses: [warehouse], countries: [], days: count });
const price = (warehouse: string, minor: number) => ({
  warehouses: [warehouse],
  countries: [],
  upToGrams: null,
  price: minor,
});
const XY = [
  { sku: 'X', units: 1 },
  { sku: 'Y', units: 1 },
];
/** X is only where something is not known; Y is in both others, the worse one preferred. */
const UNKNOWN_SLOW_FAST = {
  'D-UNK': { stock: { X: 5 } },
  'D-SLOW': { stock: { Y: 5 } },
  'D-FAST': { stock: { Y: 5 } },
};
const LONDON = [51.50853, -0.12574] as const;
const MANCHESTER = [53.48095, -2.23743] as const;

describe('a warehouse of which something is not known', () => {
  const transit = [days('D-SLOW', 30), days('D-FAST', 1)];
  const rates = [price('D-SLOW', 900), price('D-FAST', 100)];
  const fewest = { kind: 'fewest_shipments' } as const;
  const cases: { name: string; strategies: Strategy[] }[] = [
    { name: 'no days', strategies: [fewest, { kind: 'fastest', transit }] },
    { name: 'no rate', strategies: [{ kind: 'lowest_cost', handling: {}, rates }] },
    { name: 'no rate after shipments', strategies: [fewest, { kind: 'lowest_cost', handling: {}, rates }] },
    {
      name: 'no rate, then no days',
      strategies: [
        { kind: 'lowest_cost', handling: {}, rates: [price('D-SLOW', 5), price('D-FAST', 5)] },
        { kind: 'fastest', transit },
      ],
    },
  ];
  it.each(cases)('says nothing of the others: $name', ({ strategies }) => {
    expect(given({ places: UNKNOWN_SLOW_FAST, items: XY, strategies })).toEqual({
      given: ['D-UNK 1', 'D-FAST 1'],
      search: 'exact',
    });
  });

  it('says nothing of the others: no coordinates', () => {
    const places = {
      nowhere: { stock: { X: 5 } },
      manchester: { at: MANCHESTER, stock: { Y: 5 } },
      london: { at: LONDON, stock: { Y: 5 } },
    };
    const strategies: Strategy[] = [fewest, { kind: 'nearest' }];
    expect(given({ places, items: XY, strategies, to: LONDON })).toEqual({
      given: ['nowhere 1', 'london 1'],
      search: 'exact',
    });
  });

  it('comes after any that is known, however dear', () => {
    const places = { 'D-UNK': { stock: { Y: 5 } }, 'D-SLOW': { stock: { Y: 5 } } };
    const dear = [price('D-SLOW', MAX_QUANTITY)];
    const strategies: Strategy[] = [{ kind: 'lowest_cost', handling: {}, rates: dear }];
    expect(given({ places, items: [{ sku: 'Y', units: 1 }], strategies }).given).toEqual(['D-SLOW 1']);
  });

  it('is chosen as by trying every set: fewest unknown, then the least sum', () => {
    const places = fc.array(
      fc.record({
        price: fc.option(fc.integer({ min: 0, max: 30 }), { freq: 2 }),
        stock: fc.record({ X: fc.integer({ min: 0, max: 4 }), Y: fc.integer({ min: 0, max: 4 }) }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    const items = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    const check = fc.property(places, items, (made, [x, y]) => {
      const served = (set: typeof made) =>
        Math.min(
          x,
          set.reduce((sum, { stock }) => sum + stock.X, 0),
        ) +
        Math.min(
          y,
          set.reduce((sum, { stock }) => sum + stock.Y, 0),
        );
      const costs = (set: typeof made) => [
        -served(set),
        set.filter((each) => each.price === null).length,
        set.reduce((sum, each) => sum + (each.price ?? 0), 0),
      ];
      const sets = Array.from({ length: 1 << made.length }, (_, mask) =>
        made.filter((_each, index) => (mask >> index) & 1),
      );
      const best = sets.map(costs).reduce((a, b) => (isLess(b, a) ? b : a));
      const choices = choose({
        places: Object.fromEntries(made.map(({ stock }, index) => [`W${index}`, { stock }])),
        items: [
          { sku: 'X', units: x },
          { sku: 'Y', units: y },
        ],
        strategies: [
          {
            kind: 'lowest_cost',
            handling: {},
            rates: made.flatMap((each, index) =>
              each.price === null ? [] : [price(`W${index}`, each.price)],
            ),
          },
        ],
      });
      const used = new Set(choices.flatMap(({ offers }) => offers.map(({ warehouse }) => warehouse - 1)));
      const units = choices.flatMap(({ offers }) => offers.map(({ free }) => Number(free)));
      expect(units.reduce((sum, each) => sum + each, 0)).toBe(-(best[0] ?? 0));
      // of warehouses that cost nothing more than are needed may be among the chosen and give nothing
      expect(costs(made.filter((_, index) => used.has(index)))).toEqual(best);
      expect(choices[0]?.search).toBe('exact');
    });
    fc.assert(check, { numRuns: 1_000 });
  });
});

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((cost, index) => cost !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

describe('what a rule asks for is found', () => {
  it('nine lines of one product fill three warehouses exactly, none split', () => {
    const full = { stock: { A: 20 } };
    const items = [9, 5, 6, 4, 7, 9, 9, 6, 5].map((units) => ({ sku: 'A', units }));
    const strategies: Strategy[] = [{ kind: 'fewest_shipments' }];
    const places = { W1: full, W2: full, W3: full };
    const choices = choose({ places, items, strategies, limits: { doNotSplit: true } });
    const units = choices.map(({ offers }) => offers.map(({ free }) => free));
    expect(units).toEqual(items.map((item) => [item.units]));
    expect(choices[0]?.search).toBe('exact');
  });

  it('a cost is that of a shipment, for however many items the warehouse is asked', () => {
    // B may not serve X and C may not serve Y and Z; together they cost 15, and A alone costs 10
    const all = { stock: { X: 5, Y: 5, Z: 5 } };
    const rates = [price('A', 10), price('B', 7), price('C', 8)];
    expect(
      given({
        places: { B: all, C: { stock: { X: 5 } }, A: all },
        items: [
          { sku: 'X', units: 1, not: 'B' },
          { sku: 'Y', units: 1, not: 'C' },
          { sku: 'Z', units: 1, not: 'C' },
        ],
        strategies: [{ kind: 'lowest_cost', handling: {}, rates }],
      }),
    ).toEqual({ given: ['A 1', 'A 1', 'A 1'], search: 'exact' });
  });

  it.each([{ strategies: [{ kind: 'fewest_shipments' }] as Strategy[] }, { strategies: [] as Strategy[] }])(
    'units beyond the capacity of a day come from elsewhere ($strategies)',
    ({ strategies }) => {
      const places = { A: { stock: { X: 5, Y: 5 } }, B: { stock: { X: 5, Y: 5 } } };
      const filters: Filter[] = [{ kind: 'capacity_per_day', warehouses: ['A'], orders: null, units: 6 }];
      const items = [
        { sku: 'X', units: 5 },
        { sku: 'Y', units: 5 },
      ];
      expect(given({ places, items, strategies, filters })).toEqual({
        given: ['A 5', 'A 1, B 4'],
        search: strategies.length === 0 ? null : 'greedy',
      });
      const whole = given({ places, items, strategies, filters, limits: { doNotSplit: true } });
      expect(whole.given).toEqual(['A 5', 'B 5']);
    },
  );
});

describe('a choice that was not tried in every way says so', () => {
  it('too many warehouses', () => {
    const places = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`W${at}`, { stock: { X: 1 } }]));
    const strategies: Strategy[] = [{ kind: 'fewest_shipments' }];
    expect(given({ places, items: [{ sku: 'X', units: 3 }], strategies }).search).toBe('greedy');
  });

  it('too many ways to place whole items, also where nothing is searched for', () => {
    const items = Array.from({ length: 60 }, (_, at) => ({ sku: 'X', units: 1_000_000 + 2 * at * at }));
    const places = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [`W${at}`, { stock: { X: 3_900_001 + 2 * at } }]),
    );
    const limits = { doNotSplit: true };
    expect(given({ places, items, strategies: [{ kind: 'fewest_shipments' }], limits }).search).toBe(
      'greedy',
    );
    expect(given({ places, items, strategies: [], limits }).search).toBe('greedy');
  });

  it('a warehouse that would give too few is left out, and another choice might have been better', () => {
    const places = { A: { stock: { X: 9 } }, B: { stock: { X: 1 } } };
    const strategies: Strategy[] = [{ kind: 'fewest_shipments' }];
    const limits = { leastUnitsPerShipment: 3 };
    expect(given({ places, items: [{ sku: 'X', units: 10 }], strategies, limits })).toEqual({
      given: ['A 9'],
      search: 'greedy',
    });
  });
});

describe('sums of kilometres', () => {
  const near = fc.tuple(
    fc.double({ min: 50, max: 56, noNaN: true }),
    fc.double({ min: -4, max: 1, noNaN: true }),
  );
  const units = fc.integer({ min: 0, max: 3 });
  const made = fc.array(fc.record({ at: near, stock: fc.record({ X: units, Y: units, Z: units }) }), {
    minLength: 2,
    maxLength: 7,
  });

  it('are the same whichever warehouse the channel prefers', () => {
    const check = fc.property(made, (places) => {
      const lengthOf = (order: typeof places) => {
        const choices = choose({
          places: Object.fromEntries(order.map((place, index) => [`W${index}`, place])),
          items: ['X', 'Y', 'Z'].map((sku) => ({ sku, units: 4 })),
          strategies: [{ kind: 'fewest_shipments' }, { kind: 'nearest' }],
          to: LONDON,
        });
        const used = new Set(choices.flatMap(({ offers }) => offers.map(({ warehouse }) => warehouse)));
        const scores = new Map(
          choices.flatMap(({ ranked }) => ranked.map((each) => [each.warehouse.id, each])),
        );
        return [...used].reduce((sum, id) => sum + (scores.get(id)?.scores[0] ?? 0), 0);
      };
      expect(lengthOf(places.toReversed())).toBe(lengthOf(places));
    });
    fc.assert(check, { numRuns: 500 });
  });
});
