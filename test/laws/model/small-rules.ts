/**
 * The sourcing rules of the small world: one set for all sequences, since a server has one in force. Which rule applies
 * is said by the customer group of an order, and warehouses are meant by their country, so that it fits any prefix.
 *
 *   only-de      ships from the German warehouse alone      not-nl   never from the Dutch one
 *   one-parcel   ships from one warehouse                   most     from the warehouse with the most units
 */
import { NO_LIMITS, type SourcingRule } from '../../../src/core/sourcing/rule.ts';

/** By the number of the warehouse; the external one is nowhere. */
export const COUNTRIES = ['NL', 'DE', 'FR', null] as const;

/** An order of no group is served by the channel's order of preference. */
export const GROUPS = ['only-de', 'not-nl', 'one-parcel', 'most'] as const;
export type Group = (typeof GROUPS)[number];

const NOWHERE = { warehouses: [], kinds: [], countries: [] };

function rule(group: Group, says: Partial<SourcingRule>): SourcingRule {
  return {
    code: group,
    name: group,
    description: '',
    enabled: true,
    sortOrder: 0,
    stop: false,
    validFrom: null,
    validUntil: null,
    channels: [],
    condition: `customer.group == "${group}"`,
    filters: [],
    strategies: [],
    limits: NO_LIMITS,
    ...says,
  };
}

export const SMALL_RULES: readonly SourcingRule[] = [
  rule('only-de', { filters: [{ ...NOWHERE, kind: 'only', countries: ['DE'] }] }),
  rule('not-nl', { filters: [{ ...NOWHERE, kind: 'exclude', countries: ['NL'] }] }),
  rule('one-parcel', { limits: { ...NO_LIMITS, mostShipments: 1 } }),
  rule('most', { strategies: [{ kind: 'most_stock' }] }),
];

/** Whether the rules let a warehouse of this country serve an order of this group. */
export function mayServe(group: Group | null, country: string | null): boolean {
  if (group === 'only-de') return country === 'DE';
  return group !== 'not-nl' || country !== 'NL';
}
