/**
 * The wire of purchase orders: draft, send, confirm, quote another day, count in, close what will not come. An order is
 * known by its number; a draft is written whole with PUT, what was sent only changes by acts. Each day a supplier
 * quoted is kept with the moment it was quoted.
 */
import { z } from 'zod';
import { PURCHASE_ORDER_STATUSES } from '../../core/supply/purchase-order.ts';
import { noBody, operation } from '../operation.ts';
import {
  code,
  instant,
  line,
  localDate,
  minorUnits,
  page,
  pageOf,
  plain,
  reason,
  reference,
  sku,
  units,
  unitsOrNone,
  valuedLines,
} from '../values.ts';

/** Most lines one purchase order may have. */
const MAX_LINES = 500;

const note = reason.nullable().default(null);
const draftBody = z.strictObject({
  supplier: code,
  note,
  lines: valuedLines(
    z.strictObject({
      sku,
      warehouse: code.describe('Where it is to arrive'),
      quantity: units,
      unitPrice: minorUnits.default(0),
      expectedOn: localDate.nullable().default(null).describe("null: by the supplier's lead time, when sent"),
    }),
    MAX_LINES,
  ),
});

const lineView = z.object({
  line,
  sku,
  warehouse: code,
  ordered: units,
  received: z.int().min(0),
  closed: unitsOrNone.describe('Units that will not come'),
  open: unitsOrNone,
  unitPrice: minorUnits,
  expectedOn: localDate.nullable(),
  likelyOn: localDate
    .nullable()
    .describe('By when it arrives at the chosen confidence, judged by what the supplier did before'),
  late: z.boolean().describe('Open, and the expected day has passed in the warehouse'),
  expectedDates: z.array(z.object({ expectedOn: localDate, quotedAt: instant, reason: plain.nullable() })),
  boughtFor: z.object({ orderId: z.int(), line }).nullable().describe('The order item it was bought for'),
});
export const purchaseOrder = z.object({
  number: code,
  supplier: code,
  currency: plain,
  status: z.enum(PURCHASE_ORDER_STATUSES),
  note: plain.nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  value: plain.describe('Minor units, exact'),
  lines: z.array(lineView),
  receipts: z.array(z.object({ reference, line, units, receivedOn: localDate, recordedAt: instant })),
});
const purchaseOrderRow = purchaseOrder.omit({ lines: true, receipts: true }).extend({
  lines: z.int(),
  ordered: z.int(),
  received: z.int(),
  open: z.int(),
  nextExpectedOn: localDate.nullable().describe('The earliest day of what is still open'),
  late: z.boolean(),
  wanted: z.int().describe('Units on their way whose products someone waits for, at most'),
});

const path = z.strictObject({ purchaseOrder: code });
function once<Row extends z.ZodType<{ line: number }>>(row: Row) {
  return z
    .array(row)
    .min(1)
    .max(MAX_LINES)
    .refine((rows) => new Set(rows.map((each) => each.line)).size === rows.length, {
      error: 'each line once',
    });
}
const dates = once(z.strictObject({ line, expectedOn: localDate }));
const optionalReason = reason.nullable().default(null);

export const purchaseOrderOperations = {
  listPurchaseOrders: operation({
    method: 'GET',
    path: '/v1/purchase-orders',
    tag: 'Purchasing',
    summary: 'List purchase orders',
    query: z.strictObject({
      ...page,
      supplier: code.optional(),
      sku: sku.optional(),
      status: z.enum(PURCHASE_ORDER_STATUSES).optional(),
      late: z.enum(['true', 'false']).optional(),
      expectedFrom: localDate.optional().describe('Earliest day of what is open'),
      expectedUntil: localDate.optional().describe('Before this day'),
      sort: z.enum(['newest', 'expected']).default('newest').describe('expected: what comes first'),
    }),
    answer: pageOf(purchaseOrderRow),
  }),
  getPurchaseOrder: operation({
    method: 'GET',
    path: '/v1/purchase-orders/{purchaseOrder}',
    tag: 'Purchasing',
    summary: 'Read a purchase order with its lines, quoted days and receipts',
    params: path,
    answer: purchaseOrder,
    refusals: ['not_found'],
  }),
  putPurchaseOrder: operation({
    method: 'PUT',
    path: '/v1/purchase-orders/{purchaseOrder}',
    tag: 'Purchasing',
    summary: 'Write a draft; one that was sent is changed by acts only',
    params: path,
    body: draftBody,
    answer: purchaseOrder,
    refusals: [
      'unknown_supplier',
      'supplier_disabled',
      'unknown_warehouse',
      'stock_unmanaged',
      'unknown_sku',
      'not_a_draft',
      'bought_to_order',
    ],
  }),
  sendPurchaseOrder: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/send',
    tag: 'Purchasing',
    summary: 'The order went to the supplier: its units are incoming and may be promised',
    params: path,
    body: noBody,
    answer: purchaseOrder,
    refusals: ['not_found', 'not_a_draft', 'supplier_disabled', 'below_minimum'],
  }),
  confirmPurchaseOrder: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/confirm',
    tag: 'Purchasing',
    summary: 'The supplier confirmed the order, with other days or with those expected',
    params: path,
    body: z.strictObject({ lines: dates.optional() }),
    answer: purchaseOrder,
    refusals: ['not_found', 'not_on_its_way'],
  }),
  quoteExpectedDates: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/expected-dates',
    tag: 'Purchasing',
    summary: 'The supplier named other days: promises move with them',
    params: path,
    body: z.strictObject({ reason: optionalReason, lines: dates }),
    answer: purchaseOrder,
    refusals: ['not_found', 'not_on_its_way'],
  }),
  receivePurchaseOrder: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/receipts',
    tag: 'Purchasing',
    summary: 'Count in what arrived of a purchase order; waiting items are served from it',
    params: path,
    body: z.strictObject({
      reference,
      warehouse: code,
      reason: optionalReason,
      receivedOn: localDate
        .optional()
        .describe('The day it arrived, for what is reported later; today when absent or in the future'),
      lines: once(z.strictObject({ line, units })),
    }),
    answer: purchaseOrder,
    status: 201,
    refusals: [
      'not_found',
      'reference_reused',
      'unknown_warehouse',
      'not_on_its_way',
      'wrong_warehouse',
      'over_receipt',
      'too_many_units',
    ],
  }),
  closePurchaseOrder: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/close',
    tag: 'Purchasing',
    summary: 'What is still open will not come: of these lines, or of all',
    params: path,
    body: z.strictObject({
      reason: optionalReason,
      by: z
        .enum(['supplier', 'us'])
        .default('supplier')
        .describe('us: we want them no more, which says nothing about the supplier'),
      lines: once(
        z.strictObject({ line, units: units.optional().describe('All open units when absent') }),
      ).optional(),
    }),
    answer: purchaseOrder,
    refusals: ['not_found', 'not_on_its_way', 'too_many_units'],
  }),
  cancelPurchaseOrder: operation({
    method: 'POST',
    path: '/v1/purchase-orders/{purchaseOrder}/cancel',
    tag: 'Purchasing',
    summary: 'Cancel an order of which nothing has arrived',
    params: path,
    body: z.strictObject({ reason: optionalReason }),
    answer: purchaseOrder,
    refusals: ['not_found', 'partly_received', 'purchase_order_ended'],
  }),
  listPurchaseOrderEvents: operation({
    method: 'GET',
    path: '/v1/purchase-orders/{purchaseOrder}/events',
    tag: 'Purchasing',
    summary: 'What happened to a purchase order, newest first',
    params: path,
    query: z.strictObject(page),
    answer: pageOf(
      z.object({
        number: z.int(),
        recordedAt: instant,
        cause: plain,
        details: z.record(plain, z.unknown()),
      }),
    ),
    refusals: ['not_found'],
  }),
};

export type PurchaseOrderView = z.output<typeof purchaseOrder>;
