/**
 * The wire of rule sets. A set is posted whole and gets the next version; it changes nothing until it is put in force,
 * and going back is putting an older version in force.
 */
import { z } from 'zod';
import { FACT_TYPES } from '../../core/sourcing/condition-facts.ts';
import { operation } from '../operation.ts';
import { BULK_BODY_LIMIT, MAX_BULK_ITEMS, ordersTogether } from '../orders.ts';
import { code, instant, lines, orderId, page, pageOf, plain, total } from '../values.ts';
import { explanation, standing } from './explanations.ts';
import { sourcingRule, sourcingRules } from './sourcing-rules.ts';

const version = z.coerce.number().int().min(1).max(2_147_483_647);
const versionPath = z.strictObject({ version });
const note = lines(500).default('').describe('Why it was made');

const ruleSet = z.object({
  version: z.int(),
  note: plain,
  createdAt: instant,
  live: z.boolean().describe('In force'),
  shadow: z.boolean().describe('Computed beside the one in force; decides nothing'),
  rules: z.array(sourcingRule),
});
const ruleSetRow = ruleSet.omit({ rules: true }).extend({ rules: total, enabledRules: total });
const placed = z.object({ live: z.int().nullable() });
const placedShadow = z.object({ shadow: z.int().nullable() });

/** Sums over the orders that were compared. */
const sourcingSums = z.object({
  shipments: total.describe('Warehouses that ship, summed over the orders'),
  kilometres: z.number().describe('From each of these warehouses to its order, where both places are known'),
  unknownDistances: total.describe('Shipments of which the distance is not known'),
  cost: total.nullable().describe('By the rates of the rule set; null when it has none'),
  unknownCosts: total.describe('Shipments for which none of the rates fits: they are not in the cost'),
  servedUnits: total,
  waitingUnits: total,
});
const orderSourcing = sourcingSums.extend({
  warehouses: z.array(z.object({ warehouse: code, units: total })),
});
const difference = z.object({
  number: plain,
  orderId: z.int().nullable(),
  before: orderSourcing,
  after: orderSourcing,
});
const comparison = z.object({
  orders: total,
  differing: total,
  before: sourcingSums.describe('By the rules in force'),
  after: sourcingSums.describe('By the rule set asked about'),
  examples: z.array(difference),
});

const shadowReport = comparison.extend({
  version: z.int(),
  refused: total.describe('Orders that were accepted and would have been refused'),
  from: instant.nullable().describe('The first of these orders; null when there are none'),
  until: instant.nullable(),
});
const ruleUses = z.object({
  decisions: total.describe('Decisions that were made by the rule set in these days'),
  rules: z.array(
    z.object({
      code: plain,
      name: plain,
      applied: total.describe('Decisions to which it applied'),
      missed: total.describe('Decisions to which it did not, since a value its condition needs was missing'),
    }),
  ),
});
const days = z.coerce.number().int().min(1).max(365);

/** Most orders one dry run plays. */
const MAX_DRY_RUN = 10_000;

export const ruleSetOperations = {
  listRuleSets: operation({
    method: 'GET',
    path: '/v1/rule-sets',
    tag: 'Sourcing',
    summary: 'List the rule sets, the newest first',
    query: z.strictObject(page),
    answer: pageOf(ruleSetRow),
  }),
  getRuleSet: operation({
    method: 'GET',
    path: '/v1/rule-sets/{version}',
    tag: 'Sourcing',
    summary: 'Read a rule set',
    params: versionPath,
    answer: ruleSet,
    refusals: ['not_found'],
  }),
  createRuleSet: operation({
    method: 'POST',
    path: '/v1/rule-sets',
    tag: 'Sourcing',
    summary: 'Make a rule set; conditions are checked, nothing is in force yet',
    body: z.strictObject({ note, rules: sourcingRules }),
    answer: ruleSet,
    status: 201,
    refusals: ['invalid_condition', 'unknown_warehouse', 'unknown_channel'],
  }),
  checkCondition: operation({
    method: 'POST',
    changes: false,
    path: '/v1/rule-conditions',
    tag: 'Sourcing',
    summary: 'Check a condition as it is written, with the place of the first error',
    body: z.strictObject({ condition: lines(10_000) }),
    answer: z.object({
      ok: z.boolean(),
      problem: z.object({ message: plain, offset: total, line: total, column: total }).nullable(),
    }),
  }),
  listConditionFacts: operation({
    method: 'GET',
    path: '/v1/rule-conditions/facts',
    tag: 'Sourcing',
    summary: 'List what a condition may look at',
    answer: z.object({
      rows: z.array(
        z.object({
          path: plain.describe('As it is written: shipTo.country'),
          type: z.enum(FACT_TYPES),
          mayBeMissing: z
            .boolean()
            .describe('An order may not have it: a rule that needs it does not apply then'),
          description: plain,
        }),
      ),
    }),
  }),
  placeLiveRuleSet: operation({
    method: 'PUT',
    path: '/v1/rule-sets/live',
    tag: 'Sourcing',
    summary: 'Put a rule set in force, or none: who waits is looked at again',
    body: z.strictObject({ version: version.nullable() }),
    answer: placed,
    refusals: ['unknown_rule_set'],
  }),
  placeShadowRuleSet: operation({
    method: 'PUT',
    path: '/v1/rule-sets/shadow',
    tag: 'Sourcing',
    summary: 'Compute a rule set beside the one in force for each new order, or none; it decides nothing',
    body: z.strictObject({ version: version.nullable() }),
    answer: placedShadow,
    refusals: ['unknown_rule_set'],
  }),
  getShadowReport: operation({
    method: 'GET',
    path: '/v1/rule-sets/{version}/shadow',
    tag: 'Sourcing',
    summary: 'Read what a rule set would have done to new orders while it was the shadow',
    params: versionPath,
    query: z.strictObject({
      days: days.default(30).describe('Orders of so many days until now'),
      examples: z.coerce.number().int().min(0).max(100).default(10),
    }),
    answer: shadowReport,
    refusals: ['not_found'],
  }),
  getRuleUses: operation({
    method: 'GET',
    path: '/v1/rule-sets/{version}/uses',
    tag: 'Sourcing',
    summary: 'Count the decisions to which each rule applied, or could not for want of a value',
    params: versionPath,
    query: z.strictObject({ days: days.default(7).describe('Decisions of so many days until now') }),
    answer: ruleUses,
    refusals: ['not_found'],
  }),
  dryRunRuleSet: operation({
    method: 'POST',
    changes: false,
    path: '/v1/rule-sets/{version}/dry-runs',
    tag: 'Sourcing',
    summary:
      'Play a rule set against the last orders, or given ones, on a copy of the stock; nothing is written',
    params: versionPath,
    bodyLimit: BULK_BODY_LIMIT,
    body: z.strictObject({
      lastOrders: z.int().min(1).max(MAX_DRY_RUN).default(1_000),
      orders: ordersTogether
        .default([])
        .describe(`Played instead of the last orders when there are any; of ${MAX_BULK_ITEMS} items in all`),
      examples: z.int().min(0).max(100).default(10),
    }),
    answer: comparison,
    refusals: ['not_found', 'unknown_channel', 'unknown_sku'],
  }),
  explainItem: operation({
    method: 'GET',
    path: '/v1/orders/{orderId}/items/{line}/explanation',
    tag: 'Sourcing',
    summary: 'Say why an item has what it has, what the rest waits for and who is ahead',
    params: z.strictObject({ orderId, line: z.coerce.number().int().min(1).max(500) }),
    answer: z.object({
      orderId: z.int(),
      line: z.int(),
      sku: plain,
      now: standing,
      decisions: z.array(z.object({ number: z.int(), at: instant, cause: plain, explanation })),
    }),
    refusals: ['not_found'],
  }),
};

export type RuleSetView = z.output<typeof ruleSet>;
export type RuleSetComparison = z.output<typeof comparison>;
export type SourcingSums = z.output<typeof sourcingSums>;
