/**
 * The wire of an explanation: what was decided about an item and how it stands now, as codes and figures.
 * src/words makes sentences of it in English, web/words in the language of the viewer; so nothing of it is a
 * sentence here. Warehouses and rules carry the names they have today beside the codes that were stored.
 */
import { z } from 'zod';
import { WAITING_BARS, WAITING_KINDS } from '../../core/catalog/sell-policy.ts';
import type { ExcludedBy } from '../../core/sourcing/candidates.ts';
import type { StrategyKind } from '../../core/sourcing/rule.ts';
import { promiseSlice } from '../promises.ts';
import { code, instant, plain, total, unitsOrNone } from '../values.ts';

const EXCLUDED_BY = [
  'rejected',
  'only',
  'exclude',
  'within_distance',
  'in_stock_in_full',
] as const satisfies readonly ExcludedBy[];

const STRATEGIES = [
  'nearest',
  'lowest_cost',
  'fastest',
  'priority_list',
  'most_stock',
  'balance',
  'avoid_last_units',
  'fewest_shipments',
  'wait_for_better',
] as const satisfies readonly StrategyKind[];

const named = z.object({ code, name: plain });
const unitsOrUnlimited = unitsOrNone.or(z.literal('unlimited'));

const askedWarehouse = z.object({
  warehouse: named,
  had: unitsOrUnlimited,
  gave: unitsOrNone,
  keeps: unitsOrNone.optional().describe('Units that safety stock kept there'),
  room: unitsOrNone.optional().describe('Units that its capacity of the day left'),
  scores: z
    .array(z.object({ strategy: z.enum(STRATEGIES), score: z.number().nullable() }))
    .describe('What the strategies said, in their order; null: not known'),
});

const waitingReason = z.object({
  kind: z.enum(WAITING_KINDS),
  waits: unitsOrNone,
  unfillable: unitsOrNone,
  bar: z.enum(WAITING_BARS).nullable().describe('What kept more from waiting'),
  ahead: total.describe('Units of the product that waited ahead'),
});

export const explanation = z.object({
  rules: z
    .object({
      version: z.int(),
      applied: z.array(named),
      missed: z.array(named).describe('Did not apply, since a value that the condition needs was missing'),
    })
    .optional(),
  search: z
    .enum(['exact', 'greedy'])
    .optional()
    .describe('How warehouses were chosen for the whole order: every choice was weighed, or step by step'),
  asked: z.array(askedWarehouse),
  excluded: z.array(z.object({ warehouse: named, by: z.enum(EXCLUDED_BY), rule: named.optional() })),
  tooFew: z.array(named).describe('Would have given the order too few units for a shipment'),
  waitsFor: z
    .object({ warehouses: z.array(named), until: instant })
    .optional()
    .describe('It waits for one of these although others have it'),
  waiting: waitingReason.optional(),
  whole: z.boolean().describe('The order is served as a whole or not at all'),
  onHold: z.boolean(),
  boughtWith: plain.optional().describe('The purchase order that was made for it'),
  warehouse: named.optional(),
  reason: plain.optional().describe('As somebody wrote it'),
});

export const standing = z.object({
  wanted: unitsOrNone,
  shipped: unitsOrNone,
  allocated: unitsOrNone,
  pending: unitsOrNone,
  waits: unitsOrNone,
  bought: z.boolean().describe('It waits for a purchase order line of its own'),
  ahead: total.nullable().describe('Units ahead of it in the queue; null: it is in none'),
  explanation: explanation.nullable().describe('What would be decided now; null: nothing would'),
  supply: z.array(promiseSlice).describe('When what waits comes'),
});

export type Explained = z.output<typeof explanation>;
export type Standing = z.output<typeof standing>;
