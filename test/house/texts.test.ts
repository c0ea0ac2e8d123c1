/**
 * No text comes in that is not one of contract/values.ts: no other file of the edge makes a text by itself, and each place of
 * a request that takes a text refuses what could not be stored.
 */
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { seededRandom } from '../../bench/support/seeded-random.ts';
import { validValue } from '../../bench/support/valid-values.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { OPERATIONS } from '../../src/contract/operations.ts';
import { reportText } from '../../src/contract/reports/report-definition.ts';
import { isTest, sourceFiles } from './source-files.ts';

const MAKES_TEXT =
  /\bz\s*\.\s*(?:string|iso|email|url|templateLiteral|stringFormat|coerce\s*\.\s*(?:string|date))\b/;
const EDGE = ['src/contract/', 'src/http/', 'src/imports/'];

test('only contract/values.ts makes texts and instants', () => {
  const files = sourceFiles('src').filter(
    ({ path }) => EDGE.some((place) => path.startsWith(place)) && !isTest(path),
  );
  const making = files.filter(({ text }) => MAKES_TEXT.test(text)).map(({ path }) => path);
  expect(making).toEqual(['src/contract/values.ts']);
  expect(
    ['z.string()', 'z\n  .string()', 'z.iso.date()', 'z.email()'].every((each) => MAKES_TEXT.test(each)),
  ).toBe(true);
});

const UNSTORABLE = ['a\0b', 'a\ud800', '\udc00b', 'a\u0007b', 'a\u0085b'];

type Holder = Record<string, unknown> | unknown[];

/** Every place of a value that holds a text, by its path. */
function textsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    textsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function put(value: unknown, path: readonly (string | number)[], text: string): unknown {
  const copy: unknown = structuredClone(value);
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(at as Holder, key), copy);
  Reflect.set(holder as Holder, path.at(-1) ?? '', text);
  return copy;
}

/** That the text is named as wrong, or what it is a part of. */
function isNamed(schema: z.ZodType, value: unknown, path: readonly (string | number)[]): boolean {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).some(
    (issue) => issue.path.length > 0 && issue.path.every((key, index) => key === path[index]),
  );
}

const MADE_OF_EACH = 12;

test('each text of each request is refused when it could not be stored', () => {
  const random = seededRandom(17);
  const accepted: string[] = [];
  let tried = 0;
  for (const [id, operation] of Object.entries<Operation>(OPERATIONS)) {
    for (const part of ['params', 'query', 'body'] as const) {
      for (let made = 0; made < MADE_OF_EACH; made++) {
        const value = validValue(operation[part], random, {});
        for (const path of textsOf(value)) {
          tried += 1;
          const text = random.pick(UNSTORABLE);
          if (!isNamed(operation[part], put(value, path, text), path)) {
            accepted.push(`${id} ${part} ${path.join('.')} took ${JSON.stringify(text)}`);
          }
        }
      }
    }
  }
  expect([...new Set(accepted)]).toEqual([]);
  expect(tried).toBeGreaterThan(1_000);
});

test('nor can one hide behind an escape in a report of an address', () => {
  for (const written of ['\\u0000', '\\ud800', '\\u0007']) {
    const given = `{"measures":["items"],"filters":[[{"dimension":"product","is":["a${written}"]}]]}`;
    expect(reportText.safeParse(given.replace(written, 'b')).success).toBe(true);
    expect(reportText.safeParse(given).success).toBe(false);
  }
});
