/**
 * What the contract allows fits into the body that the door takes: for each operation the largest body its schema allows,
 * in letters of three bytes, is no larger than its limit.
 */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Operation } from '../../../src/contract/operation.ts';
import { OPERATIONS } from '../../../src/contract/operations.ts';
import { MAX_BULK, MAX_BULK_ITEMS, MAX_ITEMS, order } from '../../../src/contract/orders.ts';
import { useTestServer } from '../../support/server.ts';

const server = useTestServer();
const BODY_LIMIT = 1_048_576;
const BYTES_A_LETTER = 3;
/** Of a number, a date, a code without a stated length. */
const SHORT = 70;

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Bytes of the largest JSON that a schema allows. */
function largest(schema: Schema): number {
  const { anyOf = schema.oneOf, allOf, enum: words, items, properties = {} } = schema;
  if (anyOf !== undefined) return Math.max(...anyOf.map(largest));
  if (allOf !== undefined) return allOf.map(largest).reduce((sum, size) => sum + size, 0);
  if (words !== undefined) return Math.max(...words.map((word) => JSON.stringify(word).length));
  if (schema.type === 'string') return (schema.maxLength ?? SHORT / BYTES_A_LETTER) * BYTES_A_LETTER + 2;
  if (schema.type === 'array')
    return (schema.maxItems ?? Number.POSITIVE_INFINITY) * (largest(items ?? {}) + 1) + 2;
  const members = Object.entries(properties).map(([name, member]) => name.length + 4 + largest(member));
  return schema.type === 'object' ? members.reduce((sum, size) => sum + size, 2) : SHORT;
}

function bodyOf(schema: z.ZodType): number {
  return largest(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
}

/** What a person writes: its parts are bounded one by one, and all of it by the body. */
const WRITTEN = new Set(['createRuleSet', 'putSavedReport']);
/** Below, by the items that their orders have together. */
const OF_ORDERS = new Set(['placeOrders', 'dryRunRuleSet']);
const WITH_BODY = Object.entries<Operation>(OPERATIONS).filter(
  ([id, { method }]) => method !== 'GET' && !OF_ORDERS.has(id) && !WRITTEN.has(id),
);

describe('the largest body', () => {
  it.each(WITH_BODY)('of %s fits', (_, { body, bodyLimit = BODY_LIMIT }) => {
    expect(bodyOf(body)).toBeLessThanOrEqual(bodyLimit);
  });

  it.each([...OF_ORDERS])('of %s fits: its orders, and all the items they may have together', (id) => {
    const oneItem = bodyOf(order.shape.items) / MAX_ITEMS;
    const head = bodyOf(order) - oneItem * MAX_ITEMS;
    const whole = MAX_BULK * head + MAX_BULK_ITEMS * oneItem;
    expect(whole).toBeLessThanOrEqual(
      Object.entries<Operation>(OPERATIONS).find(([each]) => each === id)?.[1].bodyLimit ?? 0,
    );
  });
});

it('a bulk request of too many items is refused by what it is, not by its size', async () => {
  const items = Array.from({ length: MAX_ITEMS }, () => ({ sku: 'A'.repeat(64), quantity: 1 }));
  const orders = Array.from({ length: MAX_BULK_ITEMS / MAX_ITEMS + 1 }, (_, index) => ({
    channel: 'C',
    number: `N-${index}`,
    items,
  }));
  const answer = await server().client.call('placeOrders', { body: { orders } });
  expect(answer).toMatchObject({ ok: false, status: 400, problem: { code: 'invalid_request' } });
  expect(JSON.stringify(answer)).toContain(`at most ${MAX_BULK_ITEMS} items in all`);
  const fits = await server().client.call('placeOrders', { body: { orders: orders.slice(1) } });
  expect(fits).toMatchObject({ ok: true });
});
