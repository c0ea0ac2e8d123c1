/** One text for one meaning: spellings that mean the same are written the same, and nothing else is. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalJson, writerOf } from './canonical.ts';
import { order } from './orders.ts';

const usual = { channel: 'G', number: 'A-1', items: [{ sku: 'P', quantity: 2 }] };
const spelledOut = {
  items: [{ unitPrice: 0, quantity: 2, sku: 'P' }],
  shipTo: null,
  hold: null,
  priority: 0,
  customerGroup: null,
  customer: null,
  number: 'A-1',
  channel: 'G',
};

test('members in another order are the same text, texts and lists are as they came', () => {
  const text = '{"a":[{"c":null,"d":"x"},2,1],"b":true}';
  expect(canonicalJson({ b: true, a: [{ d: 'x', c: null }, 2, 1] })).toBe(text);
  expect(canonicalJson(JSON.parse(text))).toBe(text);
  expect(canonicalJson({ a: undefined })).toBe('{}');
  expect(canonicalJson(undefined)).toBe('null');
  expect(canonicalJson({ '2': 'b', '10': 'a' })).toBe('{"10":"a","2":"b"}');
});

test('a default written out is the same as one left out', () => {
  const write = writerOf(order);
  expect(write(order.parse(spelledOut))).toBe(write(order.parse(usual)));
  expect(write(order.parse(usual))).toBe('{"channel":"G","items":[{"quantity":2,"sku":"P"}],"number":"A-1"}');
});

test.each([
  { number: 'A-2' },
  { customer: 'c' },
  { customerGroup: 'trade' },
  { priority: 1 },
  { hold: 'payment' },
  { shipping: 'partial' },
  { placedAt: '2026-03-01T10:00:00Z' },
  { shipTo: {} },
  { items: [{ sku: 'P', quantity: 3 }] },
  { items: [{ sku: 'P', quantity: 2, unitPrice: 1 }] },
  {
    items: [
      { sku: 'P', quantity: 1 },
      { sku: 'P', quantity: 1 },
    ],
  },
])('an order with %j is another one', (difference) => {
  const write = writerOf(order);
  expect(write(order.parse({ ...usual, ...difference }))).not.toBe(write(order.parse(usual)));
});

test('a member with a default that is added later changes no text, at any depth', () => {
  const lines = { sku: z.string() };
  const now = z.strictObject({ lines: z.array(z.strictObject(lines)), note: z.string().nullable() });
  const later = now.extend({
    lines: z.array(z.strictObject({ ...lines, gift: z.boolean().default(false) })),
    terms: z.strictObject({ days: z.int().default(14) }).default({ days: 14 }),
    tags: z.array(z.string()).default([]),
  });
  const sent = { lines: [{ sku: 'P' }], note: null };
  expect(writerOf(later)(later.parse(sent))).toBe(writerOf(now)(now.parse(sent)));
  const more = later.parse({ ...sent, lines: [{ sku: 'P', gift: true }], terms: { days: 30 } });
  expect(writerOf(later)(more)).toBe('{"lines":[{"gift":true,"sku":"P"}],"note":null,"terms":{"days":30}}');
});
