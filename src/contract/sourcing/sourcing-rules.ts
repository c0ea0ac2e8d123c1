/**
 * The wire of a sourcing rule. Members that are left out take the value that changes nothing, so the shortest rule has
 * a code, a name and one strategy.
 */
import { z } from 'zod';
import { code, country, instant, lines, minorUnits, name, units } from '../values.ts';

/** Most rules in one set. */
const MAX_RULES = 100;
/** Most rows of one table inside a rule. */
const MAX_ROWS = 500;
/** Longest condition, in UTF-8 bytes; checked again, with its nodes, when it is compiled. */
const MAX_CONDITION = 4_096;
const MAX_DAYS = 365;
const MAX_KILOMETRES = 20_040;
const MAX_GRAMS = 100_000_000;

const warehouses = z.array(code).max(100).default([]);
const countries = z.array(country).max(300).default([]);
const everyWarehouse = warehouses.describe('Empty: every warehouse');
const percent = z.int().min(1).max(100).nullable().default(null);
const days = z.int().min(1).max(MAX_DAYS);

const choice = {
  warehouses,
  kinds: z
    .array(z.enum(['own', 'external']))
    .max(2)
    .default([]),
  countries,
};
const namesSomething = {
  error: 'at least one warehouse, kind or country',
  path: ['warehouses'],
};
function hasChoice(value: {
  readonly warehouses: readonly string[];
  readonly kinds: readonly string[];
  readonly countries: readonly string[];
}): boolean {
  return value.warehouses.length + value.kinds.length + value.countries.length > 0;
}

const filter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('only'), ...choice }).refine(hasChoice, namesSomething),
  z.strictObject({ kind: z.literal('exclude'), ...choice }).refine(hasChoice, namesSomething),
  z
    .strictObject({
      kind: z.literal('safety_stock'),
      warehouses: everyWarehouse,
      units: units.nullable().default(null).describe('Units that stay in the warehouse'),
      days: days.nullable().default(null).describe('What is shipped there in so many days stays'),
    })
    .refine((value) => value.units !== null || value.days !== null, {
      error: 'units or days',
      path: ['units'],
    }),
  z
    .strictObject({
      kind: z.literal('capacity_per_day'),
      warehouses: everyWarehouse,
      orders: units.nullable().default(null),
      units: units.nullable().default(null),
    })
    .refine((value) => value.orders !== null || value.units !== null, {
      error: 'orders or units',
      path: ['orders'],
    }),
  z.strictObject({ kind: z.literal('within_distance'), kilometres: z.number().min(0).max(MAX_KILOMETRES) }),
  z.strictObject({ kind: z.literal('in_stock_in_full') }),
]);

const strategy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fewest_shipments') }),
  z.strictObject({ kind: z.literal('nearest') }),
  z.strictObject({
    kind: z.literal('lowest_cost'),
    handling: z
      .record(code, minorUnits)
      .default({})
      .describe('Minor units for each shipment, by warehouse; 0 where none is given'),
    rates: z
      .array(
        z.strictObject({
          warehouses: everyWarehouse,
          countries,
          upToGrams: z.int().min(1).max(MAX_GRAMS).nullable().default(null),
          price: minorUnits,
        }),
      )
      .min(1)
      .max(MAX_ROWS)
      .describe('The first row that fits counts'),
  }),
  z.strictObject({
    kind: z.literal('fastest'),
    transit: z
      .array(z.strictObject({ warehouses: everyWarehouse, countries, days: z.int().min(0).max(MAX_DAYS) }))
      .min(1)
      .max(MAX_ROWS)
      .describe('Days on the way; the first row that fits counts'),
  }),
  z.strictObject({ kind: z.literal('priority_list'), warehouses: z.array(code).min(1).max(100) }),
  z.strictObject({ kind: z.literal('most_stock') }),
  z.strictObject({ kind: z.literal('balance') }),
  z.strictObject({ kind: z.literal('avoid_last_units'), units }),
  z.strictObject({ kind: z.literal('wait_for_better'), days }),
]);

const limits = z.strictObject({
  mostShipments: z.int().min(1).max(100).nullable().default(null).describe('Warehouses one order ships from'),
  doNotSplit: z.boolean().default(false).describe('All units of an item from one warehouse, or it waits'),
  leastUnitsPerShipment: units.nullable().default(null),
  shipComplete: z.boolean().default(false),
  itemGatePercent: percent.describe('Nothing of an item leaves before so many percent of it have stock'),
  orderGatePercent: percent.describe('Nothing of the order leaves before so many percent of it have stock'),
});

const description = lines(2_000).default('');

export const sourcingRule = z
  .strictObject({
    code: code.describe('Unique in its set; stays the same from version to version'),
    name,
    description,
    enabled: z.boolean().default(true),
    sortOrder: z.int().min(0).max(1_000_000).default(0).describe('Lower is looked at first'),
    stop: z.boolean().default(false).describe('Rules after this one are not looked at when it applies'),
    validFrom: instant.nullable().default(null),
    validUntil: instant.nullable().default(null).describe('It applies before this instant'),
    channels: z.array(code).max(100).default([]).describe('Empty: every channel'),
    condition: lines(MAX_CONDITION)
      .min(1)
      .nullable()
      .default(null)
      .describe('CEL over order, item, product, channel, customer, shipTo; null: every item'),
    filters: z.array(filter).max(20).default([]),
    strategies: z.array(strategy).max(20).default([]),
    limits: limits.prefault({}),
  })
  .refine(
    ({ validFrom, validUntil }) =>
      validFrom === null || validUntil === null || Date.parse(validFrom) < Date.parse(validUntil),
    { error: 'an instant after validFrom', path: ['validUntil'] },
  );

export const sourcingRules = z
  .array(sourcingRule)
  .max(MAX_RULES)
  .refine((rules) => new Set(rules.map((rule) => rule.code)).size === rules.length, {
    error: 'each code once',
  });

export type SourcingRuleView = z.output<typeof sourcingRule>;
