/**
 * The wire of buying advice: what waits and nobody has bought, how much to order where, what a launch will need, and
 * which order items a purchase order concerns.
 */
import { z } from 'zod';
import { operation } from '../operation.ts';
import {
  code,
  instant,
  line,
  localDate,
  page,
  pageOf,
  plain,
  reference,
  sku,
  total,
  units,
  unitsOrNone,
} from '../values.ts';
import { purchaseOrder } from './purchase-orders.ts';

const suggestion = z.object({
  sku,
  name: plain,
  supplier: code.nullable().describe('The one asked first; null: nobody sells it to us'),
  backordered: total,
  preordered: total,
  unfillable: total,
  available: total.describe('Free stock'),
  incoming: total.describe('On its way'),
  drafted: total.describe('In drafts that were not sent'),
  uncovered: total.describe('Waits and is neither free, incoming nor drafted'),
  waitingSince: instant.describe('The oldest of what waits'),
  neededOn: localDate.describe('Today, or the release when only pre-orders wait'),
  orderBy: localDate.describe(
    'Last day to order so that it arrives when it is needed; today when that has passed',
  ),
  arrivesOn: localDate.nullable().describe('When an order of today would arrive'),
  suggested: total.describe('Units to order: at least the least quantity, in whole packs'),
  value: plain.describe('Of the suggested units, minor units of the currency of the supplier'),
});

const forecast = z.object({
  sku,
  releaseAt: instant,
  daysLeft: z.int(),
  preordered: total,
  launches: z.int().describe('Earlier launches it is judged by'),
  share: z.number().describe('Share of the total that is usually in at this point'),
  total,
  low: total,
  high: total.nullable().describe('null: too few launches to say'),
  confidence: z.number(),
});

const affected = z.object({
  orderId: z.int(),
  orderNumber: reference,
  line,
  channel: code,
  customer: plain.nullable(),
  sku,
  units,
  waiting: unitsOrNone,
  first: localDate.nullable().describe('The day the customer was told at first'),
  told: localDate.nullable().describe('The day the customer was told last'),
  movedBy: z.int().nullable().describe('Days between them; null: one is not known'),
});

const days = z.object({ sku: sku.optional(), supplier: code.optional() });

export const purchasingOperations = {
  listPurchaseSuggestions: operation({
    method: 'GET',
    path: '/v1/purchase-suggestions',
    tag: 'Purchasing',
    summary: 'What waits and nobody has bought, with how much to order and by when',
    query: z.strictObject({
      ...page,
      ...days.shape,
      sort: z
        .enum(['sku', 'name', 'uncovered', 'oldest'])
        .default('sku')
        .describe('uncovered: most first; oldest: what waits longest first'),
    }),
    answer: pageOf(suggestion),
  }),
  draftSuggested: operation({
    method: 'POST',
    path: '/v1/purchase-suggestions/drafts',
    tag: 'Purchasing',
    summary: 'Draft a purchase order of what is suggested of a supplier',
    body: z.strictObject({
      supplier: code,
      warehouse: code.describe('Where it is to arrive'),
      skus: z.array(sku).min(1).max(500).optional().describe('All that is suggested when absent'),
    }),
    answer: purchaseOrder,
    status: 201,
    refusals: ['unknown_supplier', 'unknown_warehouse', 'stock_unmanaged', 'unknown_sku', 'nothing_to_order'],
  }),
  forecastLaunch: operation({
    method: 'GET',
    path: '/v1/products/{sku}/launch-forecast',
    tag: 'Purchasing',
    summary: 'How many units will be pre-ordered at release, judged by earlier launches',
    params: z.strictObject({ sku }),
    answer: z.object({
      forecast: forecast.nullable(),
      why: plain.nullable().describe('Why there is none'),
    }),
    refusals: ['not_found'],
  }),
  listAffectedItems: operation({
    method: 'GET',
    path: '/v1/purchase-orders/{purchaseOrder}/affected-items',
    tag: 'Purchasing',
    summary: 'Waiting items that are promised from a purchase order, or were moved by it, worst first',
    params: z.strictObject({ purchaseOrder: code }),
    query: z.strictObject(page),
    answer: pageOf(affected),
    refusals: ['not_found'],
  }),
};

export type SuggestionView = z.output<typeof suggestion>;
