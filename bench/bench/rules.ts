/**
 * Twenty sourcing rules for the benchmark's shop of ten warehouses: conditions over the order, the item and the product,
 * filters, and strategies that look at the whole order, so that each kind of work is done for every order.
 */
import type { CallInput } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { settled } from '../support/arena.ts';

type RuleBody = NonNullable<CallInput<'createRuleSet'>['body']>['rules'][number];

/** Rules that apply to some orders or to none, as most rules of a merchant do. */
const CONDITIONS = [
  'shipTo.country == "DE"',
  'shipTo.country in ["FR", "ES", "IT"]',
  'order.value > 1000000',
  'order.units > 100',
  '"fragile" in product.tags',
  'product.sku.startsWith("HEAVY-")',
  'item.quantity >= 12',
  'customer.group == "trade"',
  'has(shipTo.postcode) && shipTo.postcode.startsWith("9")',
  'channel.code == "OUTLET"',
  'order.priority > 10',
  'item.value > 500000 || order.items > 20',
  'customer.guest && order.value > 100000',
  'product.sku.endsWith("-X")',
  'order.weightGrams > 30000',
  'item.unitPrice < 100',
];

const RULES: readonly RuleBody[] = [
  ...CONDITIONS.map(
    (condition, index): RuleBody => ({
      code: `some-${index}`,
      name: `Some ${index}`,
      sortOrder: index,
      condition,
      filters: [{ kind: 'exclude', warehouses: ['W10'] }],
    }),
  ),
  { code: 'safety', name: 'Safety stock', sortOrder: 50, filters: [{ kind: 'safety_stock', units: 5 }] },
  {
    code: 'not-the-last',
    name: 'Not the last warehouse',
    sortOrder: 60,
    condition: 'order.units < 10',
    filters: [{ kind: 'exclude', warehouses: ['W9'] }],
  },
  { code: 'fewest', name: 'Fewest shipments', sortOrder: 70, strategies: [{ kind: 'fewest_shipments' }] },
  {
    code: 'preferred',
    name: 'Preferred warehouses',
    sortOrder: 80,
    strategies: [{ kind: 'priority_list', warehouses: ['W3', 'W1', 'W2'] }],
  },
];

/** Longest time for all who wait to be looked at again, in milliseconds. */
const LOOKED_AGAIN_MS = 120_000;

/** Puts the twenty rules in force, and waits until all who wait were looked at again: that is no part of the order rate. */
export async function useRules(address: string): Promise<void> {
  const client = createClient(address);
  const { version } = await client.must('createRuleSet', { body: { rules: [...RULES] } });
  await client.must('placeLiveRuleSet', { body: { version } });
  await settled(address, LOOKED_AGAIN_MS);
}

export async function useNoRules(address: string): Promise<void> {
  await createClient(address).must('placeLiveRuleSet', { body: { version: null } });
  await settled(address, LOOKED_AGAIN_MS);
}
