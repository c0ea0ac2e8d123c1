/** What each strategy says of a warehouse: lower is better, and what is not known is not 0. */
import { describe, expect, it } from 'vitest';
import type { Warehouse } from '../../inventory/warehouse.ts';
import { warehouseId } from '../../kernel/ids.ts';
import { quantity } from '../../kernel/quantity.ts';
import { instantFromIso } from '../../kernel/time.ts';
import { compareScores } from '../ranking.ts';
import type { Strategy } from '../rule.ts';
import type { Scoring } from '../scoring.ts';
import { scoreOf } from './scores.ts';

const LYON: Warehouse = {
  id: warehouseId(1),
  code: 'lyon',
  kind: 'own',
  stock: 'managed',
  enabled: true,
  country: 'FR',
  latitude: 45.74846,
  longitude: 4.84671,
  timeZone: 'Europe/Paris',
  handlingDays: 1,
  closedWeekdays: [6, 7],
  closedDates: [],
};
const NOWHERE: Warehouse = { ...LYON, code: 'nowhere', latitude: null, longitude: null };
/** A Friday. */
const NOW = instantFromIso('2026-11-27T10:00:00Z');
const SCORING: Scoring = {
  now: NOW,
  destination: { country: 'FR', latitude: 43.29695, longitude: 5.38107 },
  weightGrams: 1_500,
  load: () => ({ orders: 3, units: 40 }),
};
const EVERYWHERE = { warehouses: [], countries: [] };

function score(strategy: Strategy, warehouse = LYON, scoring = SCORING): number | null | undefined {
  return scoreOf(strategy)?.({ warehouse, free: quantity(5) }, 2, scoring);
}

describe('strategies', () => {
  it('nearest: kilometres as the crow flies; a missing coordinate is not 0 and comes last', () => {
    expect(score({ kind: 'nearest' })).toBeCloseTo(276, 0);
    expect(score({ kind: 'nearest' }, NOWHERE)).toBeNull();
    expect(compareScores([null], [9_999])).toBeGreaterThan(0);
  });

  it('lowest cost: handling and the first rate that fits; without one it is not known', () => {
    const rates = [
      { ...EVERYWHERE, upToGrams: 1_000, price: 300 },
      { warehouses: [], countries: ['FR'], upToGrams: 2_000, price: 500 },
    ];
    const strategy = { kind: 'lowest_cost', handling: { lyon: 120 }, rates } as const;
    expect(score(strategy)).toBe(620);
    expect(score(strategy, LYON, { ...SCORING, weightGrams: null })).toBeNull();
    expect(score(strategy, LYON, { ...SCORING, weightGrams: 2_001 })).toBeNull();
  });

  it.each(['constructor', 'toString', 'valueOf'])('lowest cost of a warehouse called %s is known', (code) => {
    const rates = [{ ...EVERYWHERE, upToGrams: null, price: 300 }];
    const called = { ...LYON, code };
    expect(score({ kind: 'lowest_cost', handling: { lyon: 120 }, rates }, called)).toBe(300);
    expect(score({ kind: 'lowest_cost', handling: { [code]: 7 }, rates }, called)).toBe(307);
  });

  it('fastest: open days, handling and the way', () => {
    const strategy = { kind: 'fastest', transit: [{ ...EVERYWHERE, days: 2 }] } as const;
    expect(score(strategy)).toBe(5);
    expect(score({ kind: 'fastest', transit: [{ ...EVERYWHERE, countries: ['DE'], days: 2 }] })).toBeNull();
  });

  it('priority list, most stock, balance, last units', () => {
    expect(score({ kind: 'priority_list', warehouses: ['paris', 'lyon'] })).toBe(1);
    expect(score({ kind: 'priority_list', warehouses: ['paris'] })).toBe(1);
    expect(score({ kind: 'most_stock' })).toBe(999_999_995);
    expect(score({ kind: 'balance' })).toBe(40);
    expect(score({ kind: 'avoid_last_units', units: 3 })).toBe(0);
    expect(score({ kind: 'avoid_last_units', units: 4 })).toBe(1);
    expect(score({ kind: 'fewest_shipments' })).toBeUndefined();
  });
});
