/**
 * The wire of what waits and of what is ready: the waiting queue of a product in rank order, and the open allocations
 * of a warehouse.
 */
import { z } from 'zod';
import { SHIPPING_BARS } from '../core/orders/may-ship.ts';
import { operation } from './operation.ts';
import { promiseSlice } from './promises.ts';
import {
  code,
  instant,
  line,
  localDate,
  page,
  pageOf,
  plain,
  priority,
  reference,
  sku,
  total,
  units,
  unitsOrNone,
} from './values.ts';

const waitingItem = z.object({
  orderId: z.int(),
  orderNumber: reference,
  line,
  channel: code,
  customer: plain.nullable(),
  priority,
  waitingSince: instant,
  backordered: unitsOrNone,
  preordered: unitsOrNone,
  unfillable: unitsOrNone,
  unitsAhead: total.describe('Units of better-ranked items of this product'),
  promisedOn: localDate.nullable().describe('By when all of its waiting units can ship; null: not known'),
  promise: z.array(promiseSlice),
});

const openAllocation = z.object({
  orderId: z.int(),
  orderNumber: reference,
  line,
  sku,
  channel: code,
  warehouse: code,
  open: units,
  picked: unitsOrNone,
  shippable: z.boolean(),
  notShippable: z.enum(SHIPPING_BARS).nullable(),
});

export const waitingOperations = {
  listWaiting: operation({
    method: 'GET',
    path: '/v1/waiting',
    tag: 'Waiting',
    summary: 'The waiting queue of a product, first in line first',
    query: z.strictObject({ ...page, sku }),
    answer: pageOf(waitingItem),
    refusals: ['unknown_sku'],
  }),
  listAllocations: operation({
    method: 'GET',
    path: '/v1/allocations',
    tag: 'Waiting',
    summary: 'Open allocations of a warehouse, oldest order first: what to pick now',
    query: z.strictObject({ ...page, warehouse: code, sku: sku.optional() }),
    answer: pageOf(openAllocation),
    refusals: ['unknown_warehouse', 'unknown_sku'],
  }),
};
