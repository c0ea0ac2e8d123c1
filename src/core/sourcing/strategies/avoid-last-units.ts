/** Avoid the last units: a warehouse that the item would leave with fewer than `units` comes after the others. */
import type { Strategy } from '../rule.ts';
import type { Score } from '../scoring.ts';

type AvoidLastUnits = Extract<Strategy, { readonly kind: 'avoid_last_units' }>;

export function avoidLastUnits({ units: kept }: AvoidLastUnits): Score {
  return ({ free }, units) => (free === 'unlimited' || free - units >= kept ? 0 : 1);
}
