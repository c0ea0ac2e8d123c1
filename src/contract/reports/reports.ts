/**
 * The wire of figures: order items by status, who waits since when, how much was served at once, stock that lies free
 * beside somebody who waits, and what moved last.
 */
import { z } from 'zod';
import { MOVEMENT_KINDS } from '../../core/inventory/movement.ts';
import { ITEM_STATUSES } from '../../core/orders/item-status.ts';
import { operation } from '../operation.ts';
import { standing } from '../sourcing/explanations.ts';
import {
  bucketTotals,
  code,
  instant,
  line,
  localDate,
  MAX_PAGE,
  plain,
  reference,
  sku,
  total,
  unitsOrNone,
} from '../values.ts';

const waitingTotals = { items: total, backordered: total, preordered: total, unfillable: total };

/** Most periods one answer may have. */
const MAX_PERIODS = 120;
/** Furthest that is looked ahead. */
const MAX_DAYS = 90;
/** Most rows of what is shown at a glance. */
const MAX_GLANCE = 50;
const glance = z.coerce.number().int().min(1).max(MAX_GLANCE).default(10);

/** Why a product is at risk: codes and figures, worded in src/words. */
const riskReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('waits'), waiting: total, available: total }),
  z.object({
    code: z.literal('stock_lasts'),
    available: total,
    perDay: z.number(),
    days: total.nullable().describe('null: for longer than was looked ahead'),
  }),
  z.object({ code: z.literal('nothing_coming') }),
  z.object({ code: z.literal('next_comes'), units: total, inDays: total.describe('0: today') }),
  z.object({ code: z.literal('nobody_sells_it') }),
  z.object({ code: z.literal('ordered_today_arrives'), inDays: total }),
]);

export const reportOperations = {
  itemsByStatus: operation({
    method: 'GET',
    path: '/v1/reports/items-by-status',
    tag: 'Reports',
    summary: 'Order items by status, in items, units and value',
    query: z.strictObject({
      channel: code.optional(),
      warehouse: code.optional().describe('With an allocation in this warehouse'),
      supplier: code.optional().describe('Of products that this supplier sells us'),
      placedFrom: instant.optional(),
      placedUntil: instant.optional().describe('Before this instant'),
    }),
    answer: z.object({
      rows: z.array(
        z.object({
          status: z.enum(ITEM_STATUSES),
          items: z.int(),
          quantities: bucketTotals,
          value: z.array(z.object({ currency: plain, amount: plain })),
        }),
      ),
    }),
    refusals: ['unknown_warehouse', 'unknown_channel', 'unknown_supplier'],
  }),
  waitingByAge: operation({
    method: 'GET',
    path: '/v1/reports/waiting-by-age',
    tag: 'Reports',
    summary: 'Items that wait, by the days they have waited',
    query: z.strictObject({ channel: code.optional() }),
    answer: z.object({
      rows: z.array(
        z.object({
          fromDays: z.int(),
          toDays: z.int().nullable().describe('Inclusive; null: and more'),
          ...waitingTotals,
        }),
      ),
    }),
    refusals: ['unknown_channel'],
  }),
  fillRates: operation({
    method: 'GET',
    path: '/v1/reports/fill-rates',
    tag: 'Reports',
    summary: 'What was allocated in the moment it was accepted, by period in which it was ordered',
    query: z.strictObject({
      channel: code.optional(),
      every: z.enum(['day', 'week', 'month']).default('week'),
      periods: z.coerce.number().int().min(1).max(MAX_PERIODS).default(12),
    }),
    answer: z.object({
      rows: z.array(
        z.object({
          from: localDate.describe('First day of the period (UTC)'),
          items: total.describe('Accepted, pre-orders and orders on hold aside'),
          itemsAtOnce: total.describe('Of which all units were allocated at once'),
          units: total,
          unitsAtOnce: total,
        }),
      ),
    }),
    refusals: ['unknown_channel'],
  }),
  listStrandedDemand: operation({
    method: 'GET',
    path: '/v1/reports/stranded-demand',
    tag: 'Reports',
    summary: 'Products with free stock beside an item that waits, and why it is not given',
    query: z.strictObject({ limit: glance }),
    answer: z.object({
      rows: z.array(
        z.object({
          sku,
          name: plain,
          available: total,
          waiting: total,
          first: z
            .object({ orderId: z.int(), orderNumber: reference, line })
            .nullable()
            .describe('The first in line; null: it was served in the meantime'),
          why: standing
            .nullable()
            .describe('How the first in line stands; null: it was served in the meantime'),
        }),
      ),
    }),
  }),
  listSetAside: operation({
    method: 'GET',
    path: '/v1/reports/set-aside',
    tag: 'Reports',
    summary:
      'Products whose fill or promises cannot be done, the longest first; each is tried again by itself',
    query: z.strictObject({ limit: glance }),
    answer: z.object({
      rows: z.array(
        z.object({
          sku,
          work: z
            .enum(['fill', 'promise'])
            .describe(
              'fill: nobody who waits is served, and no order for it is taken; promise: nobody is told a day',
            ),
          attempts: total,
          since: instant,
          nextAttemptAt: instant,
          error: plain.describe('What it failed with last'),
        }),
      ),
    }),
  }),
  listAtRisk: operation({
    method: 'GET',
    path: '/v1/reports/at-risk',
    tag: 'Reports',
    summary: 'Products that are likely to run short in the next days, the likeliest first, and why',
    query: z.strictObject({
      days: z.coerce.number().int().min(1).max(MAX_DAYS).default(14),
      from: z.coerce.number().min(0).max(1).default(0.2).describe('Least risk'),
      supplier: code.optional(),
      limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(100),
    }),
    answer: z.object({
      rows: z.array(
        z.object({
          sku,
          name: plain,
          supplier: code.nullable(),
          risk: z.number().describe('0 to 1: that somebody will have to wait'),
          available: total,
          waiting: total,
          perDay: z.number().describe('Units ordered in a day, lately'),
          runsOutIn: total.nullable().describe('Days that stock and supply last on average; null: longer'),
          nextInDays: total.nullable(),
          nextUnits: total.nullable(),
          leadDays: total.nullable().describe('Of the supplier that is asked first'),
          why: z.array(riskReason),
        }),
      ),
      products: total.describe('At risk in all'),
    }),
    refusals: ['unknown_supplier', 'reports_busy', 'report_too_slow'],
  }),
  getRiskRecord: operation({
    method: 'GET',
    path: '/v1/reports/at-risk/record',
    tag: 'Reports',
    summary: 'How often products said to be at risk within 14 days did run short, by what was said',
    answer: z.object({
      rows: z.array(z.object({ from: z.number(), until: z.number(), said: total, short: total })),
    }),
  }),
  listActivity: operation({
    method: 'GET',
    path: '/v1/reports/activity',
    tag: 'Reports',
    summary: 'What moved last in any warehouse, newest first',
    query: z.strictObject({ limit: glance }),
    answer: z.object({
      rows: z.array(
        z.object({
          sku,
          warehouse: code,
          number: z.int().describe('Of the movement in its ledger'),
          kind: z.enum(MOVEMENT_KINDS),
          units: z.int(),
          balance: unitsOrNone,
          reason: plain.nullable(),
          cause: plain.nullable().describe('The document that moved it, such as receive/DN-7'),
          recordedAt: instant,
        }),
      ),
    }),
  }),
};

export type RiskReason = z.output<typeof riskReason>;
