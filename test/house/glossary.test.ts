/**
 * The glossary and the code speak the same words. Each check is seen to fail on planted breaches.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { glossaryWords, strayWords, unusedWords } from './glossary-words.ts';
import { describeBreaches, ROOT, sourceFiles } from './source-files.ts';

const GLOSSARY = join(ROOT, 'GLOSSARY.md');

test('no synonym and no empty name in the code', () => {
  expect(describeBreaches(strayWords(sourceFiles('src')))).toEqual([]);
});

test('every word of the glossary is used in the code', () => {
  expect(existsSync(GLOSSARY)).toBe(true);
  const words = glossaryWords(readFileSync(GLOSSARY, 'utf8'));
  expect(words.length).toBeGreaterThan(10);
  expect(unusedWords(words, sourceFiles('src', 'web'))).toEqual([]);
});

test.each([
  ['src/app/a.ts', 'const qty = 1;', "'qty' in the name qty"],
  ['src/app/a.ts', 'function f(stockLocation: string) {}', "'location' in the name stockLocation"],
  ['src/app/a.ts', 'interface A { readonly reservedUnits: number }', "'reserved' in the name reservedUnits"],
  ['src/app/a.ts', 'class OrderManager {}', "'manager' in the name OrderManager"],
  ['src/app/a.ts', 'type OrderService = string;', "'service' in the name OrderService"],
  ['src/app/a.ts', 'function handleOrder() {}', "'handle' in the name handleOrder"],
  ['src/app/a.ts', 'const processOrders = () => 1;', "'process' in the name processOrders"],
  ['src/db/a.ts', 'const a = `create table levels (qty_on_hand integer)`;', "'qty' in a text"],
  ['src/http/a.ts', "const a = 'The reservation was not found';", "'reservation' in a text"],
  ['src/http/a.ts', 'const a = `the stock item`;', "'stock item' in a text"],
  ['src/app/order-utils.ts', 'const a = 1;', "'utils' in the path"],
])('%s: %s is refused', (path, code, rule) => {
  expect(strayWords([{ path, text: code }])).toMatchObject([{ file: path, line: 1, rule }]);
});

test('words of libraries and ordinary prose are let be', () => {
  const text = `app.setErrorHandler(() => process.exit()); const a = 'a self-hosted service'; reply.header('location', b);`;
  expect(strayWords([{ path: 'src/http/a.ts', text }])).toEqual([]);
});

test('the words of a glossary are the first column of its tables', () => {
  const markdown =
    '# Words\n\n| word | meaning |\n|---|---|\n| **On hand** | there |\n| `short pick` (of n units) | not there |\n';
  expect(glossaryWords(markdown)).toEqual(['On hand', 'short pick']);
});

test('a word that no code uses is named', () => {
  const files = [{ path: 'src/app/a.ts', text: 'const onHand = 1; const shortPicks = 2; // backorder' }];
  expect(unusedWords(['on hand', 'short pick', 'backorder', 'gift card'], files)).toEqual(['gift card']);
});

test('words that a comma keeps apart do not make a synonym', () => {
  const text = 'const a = `select line, item.units`; const b = `select stock, location_free`;';
  const found = strayWords([{ path: 'src/db/a.ts', text }]);
  expect(found.map(({ rule }) => rule)).toEqual(["'location' in a text"]);
});
