/**
 * The wire of stock. Every change of what is on hand is a document with its own reference (a delivery note, a
 * count sheet): sent again it changes nothing and gets the same answer. All lines of a document happen or none.
 */
import { z } from 'zod';
import { MOVEMENT_KINDS } from '../core/inventory/movement.ts';
import { operation } from './operation.ts';
import {
  code,
  instant,
  line,
  page,
  pageOf,
  plain,
  reason,
  reference,
  signedUnits,
  sku,
  units,
  unitsOrNone,
} from './values.ts';

/** Most lines one stock document may have. */
const MAX_LINES = 1000;

function lines<Line extends z.ZodType<{ sku: string }>>(row: Line) {
  return z
    .array(row)
    .min(1)
    .max(MAX_LINES)
    .refine((rows) => new Set(rows.map((each) => each.sku)).size === rows.length, { error: 'each SKU once' });
}

const unitLines = lines(z.strictObject({ sku, units }));
const optionalReason = reason.nullable().default(null);

const stockDocument = z.object({
  id: z.int(),
  kind: plain,
  reference,
  recordedAt: instant,
  lines: z.array(
    z.object({
      sku,
      warehouse: code,
      change: z.int(),
      onHand: unitsOrNone,
      allocated: unitsOrNone,
      available: unitsOrNone,
      takenBack: z
        .array(z.object({ orderId: z.int(), line, units }))
        .describe('Allocations that this change took back to the waiting queue, the lowest rank first'),
    }),
  ),
});

const common = ['reference_reused', 'unknown_warehouse', 'stock_unmanaged', 'unknown_sku'] as const;

export const inventoryOperations = {
  receiveStock: operation({
    method: 'POST',
    path: '/v1/receipts',
    tag: 'Inventory',
    summary: 'Count stock in; waiting items are served from it',
    body: z.strictObject({ reference, warehouse: code, reason: optionalReason, lines: unitLines }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units'],
  }),
  returnStock: operation({
    method: 'POST',
    path: '/v1/returns',
    tag: 'Inventory',
    summary: 'Put returned units back on the shelf; waiting items are served from them',
    body: z.strictObject({ reference, warehouse: code, reason: optionalReason, lines: unitLines }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units'],
  }),
  adjustStock: operation({
    method: 'POST',
    path: '/v1/adjustments',
    tag: 'Inventory',
    summary: 'Correct what is on hand by a difference',
    body: z.strictObject({
      reference,
      warehouse: code,
      reason,
      lines: lines(z.strictObject({ sku, change: signedUnits })),
    }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units', 'below_picked'],
  }),
  countStock: operation({
    method: 'POST',
    path: '/v1/counts',
    tag: 'Inventory',
    summary: 'Set what is on hand to what was counted; allocations beyond it go back to the queue',
    body: z.strictObject({
      reference,
      warehouse: code,
      reason: optionalReason,
      lines: lines(z.strictObject({ sku, counted: unitsOrNone })),
    }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units', 'below_picked'],
  }),
  damageStock: operation({
    method: 'POST',
    path: '/v1/damages',
    tag: 'Inventory',
    summary: 'Write off units; allocations beyond what is left go back to the queue',
    body: z.strictObject({ reference, warehouse: code, reason, lines: unitLines }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units', 'below_picked'],
  }),
  transferStock: operation({
    method: 'POST',
    path: '/v1/transfers',
    tag: 'Inventory',
    summary: 'Move available units from one warehouse to another',
    body: z
      .strictObject({ reference, from: code, to: code, reason: optionalReason, lines: unitLines })
      .refine((value) => value.from !== value.to, { error: 'another warehouse than from', path: ['to'] }),
    answer: stockDocument,
    status: 201,
    refusals: [...common, 'too_many_units', 'insufficient_available'],
  }),
  listInventoryLevels: operation({
    method: 'GET',
    path: '/v1/inventory-levels',
    tag: 'Inventory',
    summary: 'List inventory levels',
    query: z.strictObject({
      ...page,
      sku: sku.optional(),
      warehouse: code.optional(),
      sort: z
        .enum(['sku', 'on_hand', 'available', 'least_available'])
        .default('sku')
        .describe('on_hand and available: most first'),
    }),
    answer: pageOf(
      z.object({ sku, warehouse: code, onHand: unitsOrNone, allocated: unitsOrNone, available: unitsOrNone }),
    ),
  }),
  listMovements: operation({
    method: 'GET',
    path: '/v1/movements',
    tag: 'Inventory',
    summary: 'The ledger of one product in one warehouse, newest first',
    query: z.strictObject({ ...page, sku, warehouse: code }),
    answer: pageOf(
      z.object({
        number: z.int(),
        kind: z.enum(MOVEMENT_KINDS),
        units: z.int(),
        balance: unitsOrNone,
        reason: plain.nullable(),
        cause: plain.nullable(),
        recordedAt: instant,
      }),
    ),
    refusals: ['unknown_sku', 'unknown_warehouse'],
  }),
};

export type StockDocument = z.output<typeof stockDocument>;
