/**
 * The wire of what is sold and where it is kept: sales channels, warehouses, products and the policies that say
 * what of them may wait. Each is written whole with PUT under a code the merchant chose, so a repeat is harmless.
 */
import { z } from 'zod';
import { patchSchema } from './merge-patch.ts';
import { operation } from './operation.ts';
import {
  closedDates,
  closedWeekdays,
  code,
  country,
  currency,
  localDate,
  localDateTime,
  name,
  page,
  pageOf,
  plain,
  sku,
  sortByName,
  timeZone,
  total,
  typed,
  unitsOrNone,
} from './values.ts';

const limit = unitsOrNone.nullable().default(null).describe('Units that may wait; null = unlimited');
const limits = z.strictObject({
  perOrder: limit,
  perCustomer: limit,
  perChannel: limit,
  perProduct: limit,
  upToIncoming: z.boolean().default(false).describe('No more may wait than purchase orders are to bring'),
});

export const policy = z
  .strictObject({
    backorder: z
      .strictObject({
        allowed: z.boolean(),
        until: localDate
          .nullable()
          .default(null)
          .describe("Last day, in the channel's time zone, on which backorders are accepted"),
        limits: limits.prefault({}),
      })
      .prefault({ allowed: false }),
    preorder: z
      .strictObject({ allowed: z.boolean(), limits: limits.prefault({}) })
      .prefault({ allowed: false }),
    release: z
      .strictObject({ at: z.union([localDate, localDateTime]), timeZone })
      .nullable()
      .default(null)
      .describe('From when the product may ship; a date means the first instant of that day there'),
  })
  .refine((value) => !value.preorder.allowed || value.release !== null, {
    error: 'a release is needed where pre-orders are allowed',
    path: ['release'],
  });

const salesChannelBody = z.strictObject({
  name,
  currency,
  timeZone,
  acceptance: z
    .enum(['strict', 'accept_always'])
    .default('strict')
    .describe('accept_always: what the policy would refuse is accepted as unfillable'),
  shipping: z.enum(['partial', 'complete']).default('partial'),
  whenIncomplete: z
    .enum(['hold', 'give_back'])
    .default('hold')
    .describe(
      'For orders that ship complete: keep the units of the items that are ready, or leave them to others',
    ),
  warehouses: z
    .array(code)
    .max(100)
    .refine((codes) => new Set(codes).size === codes.length, { error: 'each warehouse once' })
    .describe('The warehouses that serve this channel, the preferred one first'),
  enabled: z.boolean().default(true),
});
const salesChannel = salesChannelBody.extend({ code });

const warehouseBody = z
  .strictObject({
    name,
    kind: z.enum(['own', 'external']),
    stock: z
      .enum(['managed', 'unmanaged'])
      .default('managed')
      .describe('unmanaged: an external warehouse that always delivers; no stock is kept for it'),
    timeZone,
    country: country.nullable().default(null),
    latitude: z.number().min(-90).max(90).nullable().default(null),
    longitude: z.number().min(-180).max(180).nullable().default(null),
    handlingDays: z.int().min(0).max(365).default(0).describe('Open days between arrival and shipping'),
    closedWeekdays,
    closedDates,
    enabled: z.boolean().default(true),
  })
  .refine((value) => value.kind === 'external' || value.stock === 'managed', {
    error: 'only an external warehouse may have unmanaged stock',
    path: ['stock'],
  })
  .refine((value) => (value.latitude === null) === (value.longitude === null), {
    error: 'latitude and longitude together, or neither',
    path: ['longitude'],
  });
const warehouse = z.object({ ...warehouseBody.shape, code });

/** Most tags of one product. */
const MAX_TAGS = 20;
const MAX_GRAMS = 1_000_000_000;
const tags = z
  .array(code)
  .max(MAX_TAGS)
  .refine((values) => new Set(values).size === values.length, { error: 'each tag once' })
  .default([])
  .describe('Words that sourcing rules may look at, such as fragile');
const weightGrams = z.int().min(1).max(MAX_GRAMS).nullable().default(null).describe('Weight of one unit');

const productBody = z.strictObject({ name, tags, weightGrams, policy: policy.prefault({}) });
const level = z.object({
  warehouse: code,
  onHand: unitsOrNone,
  allocated: unitsOrNone,
  available: unitsOrNone,
});
const product = z.object({
  sku,
  name,
  tags: z.array(plain),
  weightGrams: z.int().nullable(),
  policy,
  channelPolicies: z.array(z.object({ channel: code, policy })),
  waiting: z.object({ backordered: total, preordered: total, unfillable: total }),
  incoming: total.describe('On its way by purchase orders'),
  levels: z.array(level),
});
const productRow = z.object({
  sku,
  name,
  onHand: total,
  available: total,
  backordered: total,
  preordered: total,
  unfillable: total,
});

const channelPath = z.strictObject({ channel: code });
const warehousePath = z.strictObject({ warehouse: code });
const productPath = z.strictObject({ sku });
const policyPath = z.strictObject({ sku, channel: code });

export const catalogOperations = {
  listSalesChannels: operation({
    method: 'GET',
    path: '/v1/sales-channels',
    tag: 'Catalog',
    summary: 'List the sales channels',
    query: sortByName,
    answer: z.object({ rows: z.array(salesChannel) }),
  }),
  getSalesChannel: operation({
    method: 'GET',
    path: '/v1/sales-channels/{channel}',
    tag: 'Catalog',
    summary: 'Read a sales channel',
    params: channelPath,
    answer: salesChannel,
    refusals: ['not_found'],
  }),
  putSalesChannel: operation({
    method: 'PUT',
    path: '/v1/sales-channels/{channel}',
    tag: 'Catalog',
    summary: 'Create or replace a sales channel',
    params: channelPath,
    body: salesChannelBody,
    answer: salesChannel,
    refusals: ['unknown_warehouse'],
  }),
  patchSalesChannel: operation({
    method: 'PATCH',
    path: '/v1/sales-channels/{channel}',
    tag: 'Catalog',
    summary: 'Change part of a sales channel',
    params: channelPath,
    body: patchSchema(salesChannelBody),
    answer: salesChannel,
    refusals: ['not_found', 'unknown_warehouse'],
  }),
  listWarehouses: operation({
    method: 'GET',
    path: '/v1/warehouses',
    tag: 'Catalog',
    summary: 'List the warehouses',
    query: sortByName,
    answer: z.object({ rows: z.array(warehouse) }),
  }),
  getWarehouse: operation({
    method: 'GET',
    path: '/v1/warehouses/{warehouse}',
    tag: 'Catalog',
    summary: 'Read a warehouse',
    params: warehousePath,
    answer: warehouse,
    refusals: ['not_found'],
  }),
  putWarehouse: operation({
    method: 'PUT',
    path: '/v1/warehouses/{warehouse}',
    tag: 'Catalog',
    summary: 'Create or replace a warehouse',
    params: warehousePath,
    body: warehouseBody,
    answer: warehouse,
    refusals: ['warehouse_in_use'],
  }),
  patchWarehouse: operation({
    method: 'PATCH',
    path: '/v1/warehouses/{warehouse}',
    tag: 'Catalog',
    summary: 'Change part of a warehouse',
    params: warehousePath,
    body: patchSchema(warehouseBody),
    answer: warehouse,
    refusals: ['not_found', 'warehouse_in_use'],
  }),
  listProducts: operation({
    method: 'GET',
    path: '/v1/products',
    tag: 'Catalog',
    summary: 'List the products with stock and waiting units',
    query: z.strictObject({
      ...page,
      search: typed(100).optional(),
      waiting: z.enum(['true']).optional().describe('Only those that someone waits for'),
      supplier: code.optional().describe('Only those that this supplier sells us'),
      sort: z
        .enum(['sku', 'name', 'waiting', 'available', 'least_available'])
        .default('sku')
        .describe('waiting and available: most first'),
    }),
    answer: pageOf(productRow),
  }),
  getProduct: operation({
    method: 'GET',
    path: '/v1/products/{sku}',
    tag: 'Catalog',
    summary: 'Read a product: policies, stock, waiting units',
    params: productPath,
    answer: product,
    refusals: ['not_found'],
  }),
  putProduct: operation({
    method: 'PUT',
    path: '/v1/products/{sku}',
    tag: 'Catalog',
    summary: 'Create or replace a product and its policy; what already waits keeps waiting',
    params: productPath,
    body: productBody,
    answer: product,
  }),
  patchProduct: operation({
    method: 'PATCH',
    path: '/v1/products/{sku}',
    tag: 'Catalog',
    summary: 'Change part of a product or of its policy; what already waits keeps waiting',
    params: productPath,
    body: patchSchema(productBody),
    answer: product,
    refusals: ['not_found'],
  }),
  putChannelPolicy: operation({
    method: 'PUT',
    path: '/v1/products/{sku}/channel-policies/{channel}',
    tag: 'Catalog',
    summary: "Replace the product's policy on one sales channel",
    params: policyPath,
    body: policy,
    answer: product,
    refusals: ['not_found', 'unknown_channel'],
  }),
  patchChannelPolicy: operation({
    method: 'PATCH',
    path: '/v1/products/{sku}/channel-policies/{channel}',
    tag: 'Catalog',
    summary: "Change part of the policy on one sales channel; where it has none yet, of the product's own",
    params: policyPath,
    body: patchSchema(policy),
    answer: product,
    refusals: ['not_found', 'unknown_channel'],
  }),
  deleteChannelPolicy: operation({
    method: 'DELETE',
    path: '/v1/products/{sku}/channel-policies/{channel}',
    tag: 'Catalog',
    summary: "Return to the product's own policy on one sales channel",
    params: policyPath,
    answer: product,
    refusals: ['not_found', 'unknown_channel'],
  }),
};

export type Policy = z.output<typeof policy>;
export type SalesChannelView = z.output<typeof salesChannel>;
export type WarehouseView = z.output<typeof warehouse>;
export type ProductView = z.output<typeof product>;
