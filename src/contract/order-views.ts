/** What the wire answers of orders: what became of one that was placed, an order and its items, rows of lists, and events. */
import { z } from 'zod';
import { WAITING_KINDS } from '../core/catalog/sell-policy.ts';
import { ITEM_STATUSES } from '../core/orders/item-status.ts';
import { itemPromise } from './promises.ts';
import {
  buckets,
  bucketTotals,
  code,
  instant,
  line,
  localDate,
  minorUnits,
  plain,
  priority,
  reference,
  shipTo,
  sku,
  units,
  unitsOrNone,
} from './values.ts';

export const placedOrder = z.object({
  id: z.int(),
  number: reference,
  channel: code,
  acceptedAt: instant,
  items: z.array(
    z.object({
      line,
      sku,
      status: z.enum(ITEM_STATUSES),
      quantities: buckets,
      allocations: z.array(z.object({ warehouse: code, units })),
    }),
  ),
});

const allocation = z.object({
  warehouse: code,
  open: unitsOrNone,
  picked: unitsOrNone,
  shipped: unitsOrNone,
  rejected: z.boolean(),
  acknowledged: unitsOrNone.describe('Units that an external warehouse said it will ship'),
  expectedOn: localDate.nullable().describe('The day it named'),
});
const itemView = z.object({
  line,
  sku,
  status: z.enum(ITEM_STATUSES),
  kind: z.enum(WAITING_KINDS),
  bought: z.boolean().describe('Waits for a purchase order line of its own, outside the queue'),
  quantities: buckets,
  unitPrice: minorUnits,
  waitingSince: instant,
  releaseAt: instant
    .nullable()
    .describe('A pre-order ships from this instant; null when nothing has to pass'),
  allocations: z.array(allocation),
  promise: itemPromise
    .nullable()
    .describe('When the open units can ship; null when none ever waited and none are open'),
});
export const orderView = z.object({
  id: z.int(),
  number: reference,
  channel: code,
  currency: plain,
  customer: plain.nullable(),
  status: z.enum(ITEM_STATUSES),
  priority,
  placedAt: instant,
  acceptedAt: instant,
  hold: plain.nullable(),
  shipping: z.enum(['partial', 'complete']),
  whenIncomplete: z.enum(['hold', 'give_back']),
  shipTo: shipTo.nullable(),
  customerGroup: plain.nullable(),
  itemGatePercent: z.int().nullable().describe('No item ships before this share of it has stock'),
  orderGatePercent: z.int().nullable().describe('Nothing ships before this share of all units has stock'),
  promisedOn: localDate
    .nullable()
    .describe('By when all open units can ship; null: not known, or none are open'),
  items: z.array(itemView),
  shipments: z.array(
    z.object({
      reference,
      warehouse: code,
      tracking: plain.nullable(),
      shippedAt: instant,
      items: z.array(z.object({ line, units })),
    }),
  ),
});

export const orderRow = orderView
  .omit({
    items: true,
    shipments: true,
    shipTo: true,
    customerGroup: true,
    itemGatePercent: true,
    orderGatePercent: true,
    promisedOn: true,
  })
  .extend({ quantities: bucketTotals });
export const itemRow = itemView
  .omit({ allocations: true, releaseAt: true, promise: true, bought: true })
  .extend({
    orderId: z.int(),
    orderNumber: reference,
    channel: code,
    currency: plain,
  });

export const itemEvent = z.object({
  line,
  number: z.int(),
  recordedAt: instant,
  cause: plain,
  reference: plain.nullable(),
  change: z.record(plain, z.int()).describe('Units by bucket that came (+) or went (-)'),
  entered: z.array(plain),
  left: z.array(plain),
  explanation: z.record(plain, z.unknown()),
});

export type PlacedOrder = z.output<typeof placedOrder>;
export type OrderView = z.output<typeof orderView>;
