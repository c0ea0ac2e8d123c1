/**
 * Odd values where one is expected: in each text of each operation, in each parameter of each list, and in cursors of the right
 * shape. Each is taken or refused by name; none is a fault of the server.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shopToAbuse } from '../../bench/support/bad-input.ts';
import { seededRandom } from '../../bench/support/seeded-random.ts';
import { type KnownValues, validValue } from '../../bench/support/valid-values.ts';
import { addressOf } from '../../src/contract/call.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { OPERATIONS } from '../../src/contract/operations.ts';
import { startTestServer, type TestServer } from '../support/server.ts';
import { settled } from '../support/settled.ts';

let server: TestServer;
let known: KnownValues;

beforeAll(async () => {
  server = await startTestServer();
  known = { ...(await shopToAbuse(server.client)), line: [1], report: ['{"measures":["items"]}'] };
  await settled(server.address);
});
afterAll(async () => {
  await server?.stop();
});

/** Texts that are stored, and such that cannot be. */
const TEXTS = [
  ...['a\0b', '\ud800', 'a\udc00', 'a\u0007b', '\u0085'],
  ...['\ufffe', '\u202e', '💥', '%', '_', '\\', "'", '"', '{}', '[', 'null', '$1', ' ', ''],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
  ...['-0', '1e400', '9007199254740993', '2147483648', '9223372036854775808', 'NaN', '0x10', '1.5'],
  ...['2026-01-01T00:00:00+23:59', '2199-12-31T23:59:59-15:59', '1970-01-01T00:00:00+15:59', '0000-01-01'],
  ...['infinity', 'now', '2026-02-30', '+275760-09-13T00:00:00Z'],
];

interface Sent {
  readonly operation: Operation;
  readonly params: object;
  readonly query: object;
  readonly body: unknown;
}

async function send({ operation, params, query, body }: Sent): Promise<{ status: number; text: string }> {
  const sent = Object.entries(params).map(([name, value]) => [name, String(value).toWellFormed()]);
  const address = addressOf(server.address, operation.path, { params: Object.fromEntries(sent), query });
  const hasBody = operation.method !== 'GET' && body !== null && body !== undefined;
  const answer = await fetch(address, {
    method: operation.method,
    ...(hasBody && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Copies of a value with one of its texts, numbers or absent members replaced. */
function bentWith(value: unknown, text: string): unknown[] {
  if (typeof value === 'string' || typeof value === 'number') return [text];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    bentWith(each, text).map((bent) => {
      const copy: Record<string, unknown> | unknown[] = structuredClone(value) as Record<string, unknown>;
      Reflect.set(copy, key, bent);
      return copy;
    }),
  );
}

function shapesOf({ query }: Operation): string[] {
  return query instanceof z.ZodObject ? Object.keys(query.shape) : [];
}

describe('odd values', () => {
  it('in any text of any operation are taken or refused', async () => {
    const random = seededRandom(7);
    const faults: string[] = [];
    let sent = 0;
    for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) {
      const make = (part: 'params' | 'query' | 'body') => validValue(operation[part], random, known);
      const ground = {
        operation,
        params: Object(make('params')),
        query: Object(make('query')),
        body: make('body'),
      };
      const bent = (['params', 'query', 'body'] as const).flatMap((part) =>
        bentWith(ground[part], random.pick(TEXTS)).map((value) => ({ ...ground, [part]: value })),
      );
      const asked = shapesOf(operation).flatMap((name) =>
        TEXTS.map((text) => ({ ...ground, query: { ...ground.query, [name]: text } })),
      );
      for (const each of [...bent, ...asked]) {
        sent += 1;
        const { status, text } = await send(each);
        const { params, query, body } = each;
        if (status >= 500) faults.push(`${id} ${JSON.stringify({ params, query, body })}: ${status} ${text}`);
      }
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(2_000);
  });
});

const NUMBERS = [
  0,
  -1,
  1.5,
  2 ** 15,
  2 ** 31,
  -(2 ** 31),
  2 ** 53 - 1,
  -(2 ** 53),
  8.64e15,
  253402300800000,
  1e15,
  1e308,
];
const WORDS = ['', 'x', '\0', '\ud800', 'a'.repeat(201), '__proto__'];
const ODD = [...NUMBERS, ...WORDS, null, true, [], {}];
const MOST_PLACES = 5;

function cursorOf(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Keys of any shape, and a real one with one place replaced. */
function oddKeys(real: readonly unknown[] | undefined): unknown[] {
  const shapes = Array.from({ length: MOST_PLACES }, (_, places) => Array<unknown>(places + 1));
  return [
    ...['x', 1, null, {}, [], [[[]]], 'null'],
    ...shapes.flatMap((shape) => ODD.map((odd) => shape.fill(odd).slice())),
    ...(real ?? []).flatMap((_, place) => ODD.map((odd) => real?.with(place, odd))),
  ];
}

describe('a cursor that no page gave', () => {
  const lists = Object.entries<Operation>(OPERATIONS).filter(([, each]) => shapesOf(each).includes('cursor'));

  it.each(lists)('is none of %s', async (_, operation) => {
    const params = Object(validValue(operation.params, seededRandom(1), known));
    const sorts = z.object({ sort: z.object({ enum: z.array(z.string()) }).optional() });
    const { sort } = sorts.parse(
      (z.toJSONSchema(operation.query, { io: 'input' }) as { properties: unknown }).properties,
    );
    const wrong: string[] = [];
    for (const order of sort?.enum ?? [undefined]) {
      const names = shapesOf(operation).filter((name) => ['sku', 'warehouse'].includes(name));
      const query = {
        ...Object.fromEntries(names.map((name) => [name, known[name]?.[0]])),
        sort: order,
        limit: 1,
      };
      const first = await send({ operation, params, query, body: undefined });
      const cursor = /"nextCursor":"([\w-]+)"/.exec(first.text)?.[1];
      const real: unknown =
        cursor === undefined ? undefined : JSON.parse(Buffer.from(cursor, 'base64url').toString());
      for (const key of oddKeys(real as readonly unknown[] | undefined)) {
        const { status, text } = await send({
          operation,
          params,
          query: { ...query, cursor: cursorOf(key) },
          body: undefined,
        });
        const isNamed = status === 400 && text.includes('cursor');
        if (!isNamed && status !== 200 && status !== 404)
          wrong.push(`${order} ${JSON.stringify(key)}: ${status} ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
