/** What two sets of rules make of the same orders: sums that say what they leave out, and the largest differences first. */
import { describe, expect, it } from 'vitest';
import type { Warehouse } from '../inventory/warehouse.ts';
import { warehouseId } from '../kernel/ids.ts';
import { quantity } from '../kernel/quantity.ts';
import { NO_LIMITS, type SourcingRule } from '../sourcing/rule.ts';
import { RuleSet } from '../sourcing/rule-set.ts';
import { compareOutcomes, type OrderOutcome } from './compare-sourcing.ts';
import type { Filling } from './fill.ts';
import { unknownOrder } from './order-attributes.ts';

const place = (id: number, code: string, longitude: number): Warehouse => ({
  id: warehouseId(id),
  code,
  kind: 'own',
  stock: 'managed',
  enabled: true,
  country: null,
  latitude: 0,
  longitude,
  timeZone: 'UTC',
  handlingDays: 0,
  closedWeekdays: [],
  closedDates: [],
});
const WAREHOUSES = [place(1, 'near', 1), place(2, 'far', 100), place(3, 'no-rate', 1)];

const RULE: SourcingRule = {
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
  strategies: [
    {
      kind: 'lowest_cost',
      handling: {},
      rates: [{ warehouses: ['near', 'far'], countries: [], upToGrams: null, price: 500 }],
    },
  ],
  limits: NO_LIMITS,
};

const from = (warehouses: readonly number[], short = 0): Filling[] => [
  {
    fills: warehouses.map((id) => ({ warehouse: warehouseId(id), units: quantity(1) })),
    short: quantity(short),
  },
];

function compare(pairs: Readonly<Record<string, readonly [before: Filling[], after: Filling[]]>>) {
  const outcomes = Object.entries(pairs).map(([number, [before, after]]): OrderOutcome => {
    const attributes = { ...unknownOrder(), number, latitude: 0, longitude: 0 };
    return { id: null, attributes, before, after };
  });
  return compareOutcomes(outcomes, {
    ruleSet: new RuleSet(1, [{ rule: RULE, condition: null }]),
    warehouses: new Map(WAREHOUSES.map((each) => [each.id, each])),
    examples: 10,
  });
}

describe('a comparison of two sets of rules', () => {
  it('a shipment without a rate is counted as one of unknown cost, not as one that costs nothing', () => {
    const { before, after } = compare({ a: [from([1, 2]), from([3])] });
    expect(before).toMatchObject({ shipments: 2, cost: 1_000, unknownCosts: 0 });
    expect(after).toMatchObject({ shipments: 1, cost: 0, unknownCosts: 1 });
  });

  it('shows first what differs in waiting units, then in shipments, then in kilometres', () => {
    const pairs = {
      far: [from([1]), from([2])],
      near: [from([1]), from([3])],
      shipments: [from([1]), from([1, 3])],
      waiting: [from([1]), from([], 1)],
    } as const;
    const { examples, differing } = compare({ ...pairs, same: [from([1]), from([1])] });
    expect(differing).toBe(4);
    expect(examples.map(({ number }) => number)).toEqual(['waiting', 'shipments', 'far', 'near']);
  });
});
