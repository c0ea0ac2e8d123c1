/**
 * The sourcing rules of the demo shop: six that a merchant would recognise, each for a reason of its own. They are put in
 * force once; what somebody put in force before is let be.
 */
import type { CallInput, Client } from '../../contract/call.ts';

type RuleBody = NonNullable<CallInput<'createRuleSet'>['body']>['rules'][number];

const RULES: readonly RuleBody[] = [
  {
    code: 'bulky-by-pallet',
    name: 'Bulky goods by pallet',
    description: 'Only these warehouses have a loading dock for pallets.',
    sortOrder: 10,
    condition: '"bulky" in product.tags',
    filters: [{ kind: 'only', warehouses: ['venlo', 'hamburg', 'manchester'] }],
  },
  {
    code: 'supplier-ships-much',
    name: 'The supplier ships four or more',
    description:
      'Nordwind charges for each parcel, so it is not asked for single pieces that did not have to wait.',
    sortOrder: 20,
    condition: 'item.quantity < 4 && !item.waiting',
    filters: [{ kind: 'exclude', warehouses: ['nordwind'] }],
  },
  {
    code: 'marketplace-leaves-two',
    name: 'The marketplace leaves two of each in Hamburg',
    description: 'The last pieces are for our own web shops, which earn more.',
    sortOrder: 30,
    channels: ['market-de'],
    filters: [{ kind: 'safety_stock', warehouses: ['hamburg'], units: 2 }],
  },
  {
    code: 'trade-in-few-shipments',
    name: 'Trade orders in at most two shipments',
    description: 'Trade customers pay for each delivery they have to sign for.',
    sortOrder: 40,
    stop: true,
    condition: 'customer.group == "trade"',
    strategies: [{ kind: 'fewest_shipments' }, { kind: 'nearest' }],
    limits: { mostShipments: 2 },
  },
  {
    code: 'marketplace-cheapest',
    name: 'The marketplace by the cheapest parcel',
    description: 'Prices of our carriers by country and weight, with the handling of each warehouse.',
    sortOrder: 50,
    stop: true,
    channels: ['market-de'],
    strategies: [
      {
        kind: 'lowest_cost',
        handling: { venlo: 110, hamburg: 160 },
        rates: [
          { warehouses: ['hamburg'], countries: ['DE'], upToGrams: 2_000, price: 420 },
          { warehouses: ['hamburg'], countries: ['DE'], upToGrams: 10_000, price: 640 },
          { countries: ['DE'], upToGrams: 2_000, price: 560 },
          { countries: ['DE'], upToGrams: 10_000, price: 790 },
          { price: 1_450 },
        ],
      },
    ],
  },
  {
    code: 'fewest-then-nearest',
    name: 'Everyone else: fewest shipments, then the nearest warehouse',
    sortOrder: 100,
    strategies: [{ kind: 'fewest_shipments' }, { kind: 'nearest' }],
  },
];

/** Makes the rules and puts them in force, unless some are. @returns how many rules are in force by it */
export async function makeRules(client: Client): Promise<number> {
  const { rows } = await client.must('listRuleSets', { query: { limit: 200 } });
  if (rows.some(({ live }) => live)) return 0;
  const made = await client.must('createRuleSet', {
    body: { note: 'The rules of the demo shop', rules: [...RULES] },
  });
  await client.must('placeLiveRuleSet', { body: { version: made.version } });
  return made.rules.length;
}
