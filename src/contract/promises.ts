/**
 * The wire of "when?": quotes before an order, what can still be promised day by day, and what the customer of an order
 * was told. A day is a local date at the warehouse that ships, a release one on the channel's
 * calendar; null says that it is not known.
 */
import { z } from 'zod';
import { PROMISE_SOURCES } from '../core/promises/promise.ts';
import { operation } from './operation.ts';
import {
  code,
  instant,
  line,
  localDate,
  orderId,
  page,
  pageOf,
  plain,
  sku,
  total,
  units,
  unitsOrNone,
} from './values.ts';

export const promiseSlice = z.object({
  units,
  on: localDate.nullable().describe('The day these units can ship; null: not known'),
  source: z.enum(PROMISE_SOURCES),
  purchaseOrder: code.nullable(),
  line: z.int().nullable().describe('Of the purchase order'),
  confidence: z.int().nullable().describe('Percent of such days that are kept; null: no record yet'),
});

const toldOnce = z.object({ on: localDate.nullable(), toldAt: instant });
export const itemPromise = z.object({
  on: localDate.nullable().describe('By when all open units can ship; null: not known for some'),
  slices: z.array(promiseSlice),
  first: toldOnce.nullable().describe('What the customer was told at first'),
  told: toldOnce.nullable().describe('What the customer was told last'),
});

/** Most products one quote may ask about. */
const MAX_QUOTED = 50;

const quoted = z.object({
  sku,
  accepted: z.boolean().describe('The channel would take an order for this quantity'),
  now: unitsOrNone.describe('Units that would be allocated at once'),
  later: z.array(promiseSlice).describe('Units that would wait, with their days'),
  refused: unitsOrNone.describe('Units that may not wait'),
  bar: plain.nullable().describe('What keeps more from waiting'),
});

/** Days looked ahead at most. */
const MAX_DAYS = 366;

const period = z.object({
  on: localDate,
  supply: total,
  promised: total.describe('Units of it that are promised'),
  left: z.int().describe('What the day has left after later shortages took theirs'),
  available: z.int().describe('What can be promised for this day, all days before included'),
});

const settings = z.strictObject({
  promiseConfidence: z.int().min(50).max(99).describe('Percent of promises that should be kept'),
  quietDays: z.int().min(0).max(30).describe('Days a promise may move without the customer being told'),
});

export const promiseOperations = {
  quote: operation({
    method: 'POST',
    changes: false,
    path: '/v1/quotes',
    tag: 'Promises',
    summary: 'What an order would get now, what later and when; nothing is set aside',
    body: z.strictObject({
      channel: code,
      lines: z
        .array(z.strictObject({ sku, quantity: units }))
        .min(1)
        .max(MAX_QUOTED)
        .refine((rows) => new Set(rows.map((each) => each.sku)).size === rows.length, {
          error: 'each SKU once',
        }),
    }),
    answer: z.object({ channel: code, quotedAt: instant, lines: z.array(quoted) }),
    refusals: ['unknown_channel', 'channel_disabled', 'unknown_sku'],
  }),
  availableToPromise: operation({
    method: 'GET',
    path: '/v1/available-to-promise',
    tag: 'Promises',
    summary: 'What can still be promised of a product on a channel, by day',
    query: z.strictObject({
      sku,
      channel: code,
      days: z.coerce.number().int().min(1).max(MAX_DAYS).default(90),
    }),
    answer: z.object({ sku, channel: code, periods: z.array(period) }),
    refusals: ['unknown_channel', 'unknown_sku'],
  }),
  listPromises: operation({
    method: 'GET',
    path: '/v1/orders/{orderId}/promises',
    tag: 'Promises',
    summary: 'What the customer of an order was told, newest first, with the reasons',
    params: z.strictObject({ orderId }),
    query: z.strictObject(page),
    answer: pageOf(
      z.object({
        line,
        number: z.int(),
        recordedAt: instant,
        cause: plain,
        old: z.array(promiseSlice).nullable(),
        new: z.array(promiseSlice),
      }),
    ),
    refusals: ['not_found'],
  }),
  getPromiseSettings: operation({
    method: 'GET',
    path: '/v1/settings/promises',
    tag: 'Promises',
    summary: 'How sure promises are, and which changes customers are told',
    answer: settings,
  }),
  putPromiseSettings: operation({
    method: 'PUT',
    path: '/v1/settings/promises',
    tag: 'Promises',
    summary: 'Set how sure promises are; those given are looked at again',
    body: settings,
    answer: settings,
  }),
};
