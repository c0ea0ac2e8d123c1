/**
 * The wire of orders: place, change, cancel, hold, ship. An order is known by its channel and the channel's own
 * number: the same order sent twice has one effect and the same answer; another order under that number is refused.
 */
import { z } from 'zod';
import { ITEM_STATUSES } from '../core/orders/item-status.ts';
import { noBody, operation } from './operation.ts';
import { itemEvent, itemRow, orderRow, orderView, placedOrder } from './order-views.ts';
import {
  code,
  customer,
  instant,
  line,
  localDate,
  minorUnits,
  orderId,
  page,
  pageOf,
  plain,
  priority,
  reason,
  reference,
  shipTo,
  sku,
  units,
  unitsOrNone,
  valuedLines,
} from './values.ts';

/** Most items one order may have. */
export const MAX_ITEMS = 500;
/** Most orders one bulk request may have. */
export const MAX_BULK = 500;
/** Most items they may have together. */
export const MAX_BULK_ITEMS = 5_000;
/** Bytes of a bulk request that is as large as these allow, whatever letters it is written in. */
export const BULK_BODY_LIMIT = 6 * 1_048_576;

export const order = z.strictObject({
  channel: code,
  number: reference.describe("The channel's own order number"),
  customer: customer.nullable().default(null),
  customerGroup: code
    .nullable()
    .default(null)
    .describe('A group of customers that sourcing rules may look at, such as trade'),
  placedAt: instant
    .optional()
    .describe('When the customer ordered; now when absent or in the future. Waiting counts from it'),
  priority: priority.default(0),
  hold: reason.nullable().default(null).describe('Why the order is on hold: it gets nothing until lifted'),
  shipping: z.enum(['partial', 'complete']).optional().describe("The channel's when absent"),
  whenIncomplete: z.enum(['hold', 'give_back']).optional().describe("The channel's when absent"),
  shipTo: shipTo.nullable().default(null),
  items: valuedLines(z.strictObject({ sku, quantity: units, unitPrice: minorUnits.default(0) }), MAX_ITEMS),
});

const orderPath = z.strictObject({ orderId });
const linesOnce = { error: 'each line once' };
function once<Row extends z.ZodType<{ line: number }>>(row: Row) {
  return z
    .array(row)
    .min(1)
    .max(MAX_ITEMS)
    .refine((rows) => new Set(rows.map((each) => each.line)).size === rows.length, linesOnce);
}
const unitsOfLines = once(z.strictObject({ line, units }));
const filters = {
  status: z.enum(ITEM_STATUSES).optional(),
  channel: code.optional(),
  sku: sku.optional(),
  warehouse: code.optional().describe('With an allocation in this warehouse'),
  supplier: code.optional().describe('Of products that this supplier sells us'),
  waiting: z.enum(['true']).optional().describe('Only items that wait'),
  sort: z.enum(['newest', 'oldest']).default('newest').describe('By when the order was accepted'),
  placedFrom: instant.optional(),
  placedUntil: instant.optional().describe('Before this instant'),
};

function itemsOf(orders: readonly { readonly items: readonly unknown[] }[]): number {
  return orders.reduce((sum, { items }) => sum + items.length, 0);
}

/** Orders of one request. */
export const ordersTogether = z
  .array(order)
  .max(MAX_BULK)
  .refine((orders) => itemsOf(orders) <= MAX_BULK_ITEMS, {
    error: `orders of at most ${MAX_BULK_ITEMS} items in all; send more than one request`,
  })
  .describe(`Orders of at most ${MAX_BULK_ITEMS} items in all`);

export const orderOperations = {
  placeOrder: operation({
    method: 'POST',
    path: '/v1/orders',
    tag: 'Orders',
    summary: 'Place an order: it is allocated, waits by policy, or is refused',
    body: order,
    answer: placedOrder,
    status: 201,
    refusals: [
      'idempotency_key_reused',
      'unknown_channel',
      'channel_disabled',
      'order_number_reused',
      'unknown_sku',
      'too_many_units',
      'order_refused',
      'product_set_aside',
    ],
  }),
  placeOrders: operation({
    method: 'POST',
    path: '/v1/orders/bulk',
    tag: 'Orders',
    summary:
      'Place up to 500 orders of up to 5,000 items in all; each has its own result, in the order given',
    bodyLimit: BULK_BODY_LIMIT,
    body: z.strictObject({
      orders: ordersTogether.min(1),
    }),
    answer: z.object({
      results: z.array(
        z.union([
          z.object({ accepted: z.literal(true), order: placedOrder, repeated: z.boolean() }),
          z.object({
            accepted: z.literal(false),
            number: reference,
            refusal: z.object({
              code: plain,
              message: plain,
              details: z.record(plain, z.unknown()).optional(),
            }),
          }),
        ]),
      ),
    }),
  }),
  listOrders: operation({
    method: 'GET',
    path: '/v1/orders',
    tag: 'Orders',
    summary: 'List orders',
    query: z.strictObject({
      ...page,
      ...filters,
      number: reference.optional(),
      customer: customer.optional(),
    }),
    answer: pageOf(orderRow),
  }),
  getOrder: operation({
    method: 'GET',
    path: '/v1/orders/{orderId}',
    tag: 'Orders',
    summary: 'Read an order with its items, allocations and shipments',
    params: orderPath,
    answer: orderView,
    refusals: ['not_found'],
  }),
  listOrderItems: operation({
    method: 'GET',
    path: '/v1/order-items',
    tag: 'Orders',
    summary: 'List order items',
    query: z.strictObject({ ...page, ...filters }),
    answer: pageOf(itemRow),
  }),
  listOrderEvents: operation({
    method: 'GET',
    path: '/v1/orders/{orderId}/events',
    tag: 'Orders',
    summary: 'What happened to an order, newest first, with the reasons',
    params: orderPath,
    query: z.strictObject(page),
    answer: pageOf(itemEvent),
    refusals: ['not_found'],
  }),
  changeOrder: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/quantities',
    tag: 'Orders',
    summary: 'Set the quantities of items, up or down; less gives up waiting units first',
    params: orderPath,
    body: z.strictObject({ items: once(z.strictObject({ line, quantity: unitsOrNone })) }),
    answer: orderView,
    refusals: [
      'not_found',
      'quantity_below_committed',
      'too_many_units',
      'too_much_value',
      'order_refused',
      'product_set_aside',
    ],
  }),
  cancelOrder: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/cancel',
    tag: 'Orders',
    summary: 'Cancel units that have not shipped: all of them, or those named; waiting units first',
    params: orderPath,
    body: z.strictObject({
      reason: reason.nullable().default(null),
      items: unitsOfLines.optional().describe('All open units when absent'),
    }),
    answer: orderView,
    refusals: ['not_found', 'nothing_to_cancel', 'too_many_units'],
  }),
  holdOrder: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/hold',
    tag: 'Orders',
    summary: 'Put an order on hold: it gets nothing and ships nothing',
    params: orderPath,
    body: z.strictObject({
      reason,
      giveBack: z.boolean().default(false).describe('Also give up the units already allocated'),
    }),
    answer: orderView,
    refusals: ['not_found', 'order_on_hold'],
  }),
  liftHold: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/lift',
    tag: 'Orders',
    summary: 'Lift the hold: the order takes its place in line by its own time',
    params: orderPath,
    body: noBody,
    answer: orderView,
    refusals: ['not_found', 'order_not_on_hold'],
  }),
  prioritizeOrder: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/priority',
    tag: 'Orders',
    summary: 'Change the priority of an order; its waiting items move in their queues',
    params: orderPath,
    body: z.strictObject({ priority }),
    answer: orderView,
    refusals: ['not_found'],
  }),
  pickItems: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/picks',
    tag: 'Orders',
    summary: 'Say which allocated units were picked; picked units are never taken back',
    params: orderPath,
    body: z.strictObject({ warehouse: code, items: unitsOfLines }),
    answer: orderView,
    refusals: ['not_found', 'unknown_warehouse', 'order_on_hold', 'not_allocated'],
  }),
  shortPick: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/short-picks',
    tag: 'Orders',
    summary: 'Allocated units were not on the shelf: they wait again and the level is corrected',
    params: orderPath,
    body: z.strictObject({ warehouse: code, reason, items: unitsOfLines }),
    answer: orderView,
    refusals: ['not_found', 'unknown_warehouse', 'stock_unmanaged', 'not_allocated'],
  }),
  rejectAllocation: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/rejections',
    tag: 'Orders',
    summary: 'The warehouse rejects items: the others are tried, this one is not asked again',
    params: orderPath,
    body: z.strictObject({ warehouse: code, reason, lines: z.array(line).min(1).max(MAX_ITEMS) }),
    answer: orderView,
    refusals: ['not_found', 'unknown_warehouse', 'not_allocated'],
  }),
  acknowledgeItems: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/acknowledgements',
    tag: 'Orders',
    summary: 'An external warehouse says that it will ship allocated units, and when',
    params: orderPath,
    body: z.strictObject({
      warehouse: code,
      expectedOn: localDate.nullable().default(null),
      items: unitsOfLines,
    }),
    answer: orderView,
    refusals: ['not_found', 'unknown_warehouse', 'not_external', 'not_allocated'],
  }),
  shipItems: operation({
    method: 'POST',
    path: '/v1/orders/{orderId}/shipments',
    tag: 'Orders',
    summary: 'Ship allocated units of one warehouse; they leave the books',
    params: orderPath,
    body: z.strictObject({
      reference,
      warehouse: code,
      tracking: reference.nullable().default(null),
      items: unitsOfLines,
    }),
    answer: orderView,
    status: 201,
    refusals: [
      'not_found',
      'reference_reused',
      'unknown_warehouse',
      'order_on_hold',
      'not_allocated',
      'not_released',
      'order_incomplete',
      'below_release_gate',
    ],
  }),
};

export type OrderRequest = z.output<typeof order>;
