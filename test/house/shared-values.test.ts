/** Nothing that the core shares between decisions can be changed by one of them; planted breaches are found. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeableConstants, changeableIn } from './shared-values.ts';
import { describeBreaches, isTest, ROOT, sourceFiles } from './source-files.ts';

const PATHS = sourceFiles('src/core')
  .map(({ path }) => path)
  .filter((path) => !isTest(path));
const MODULES = await Promise.all(
  PATHS.map(async (path) => (await import(join(ROOT, path))) as Readonly<Record<string, unknown>>),
);

test('no value that a file of the core exports can be changed', () => {
  const exported = MODULES.flatMap((module) => Object.entries(module));
  expect(exported.length).toBeGreaterThan(100);
  expect(exported.flatMap(([name, value]) => changeableIn(value, name) ?? [])).toEqual([]);
});

test('no variable at the top of a file of the core can be changed', () => {
  expect(describeBreaches(changeableConstants(sourceFiles('src/core')))).toEqual([]);
});

test.each([
  ['a set', { opened: new Set() }, 'VALUE'],
  ['a frozen object with a set', Object.freeze({ opened: new Set() }), 'VALUE.opened'],
  ['a frozen list of objects', Object.freeze([{ units: 1 }]), 'VALUE.0'],
  ['an object', {}, 'VALUE'],
])('%s can be changed', (_, value, where) => {
  expect(changeableIn(value, 'VALUE')).toBe(where);
});

test.each([
  ['const SEEN = new Set<string>();', 1],
  ['export const NOTHING = { opened: [] };', 1],
  ['const KINDS = [];', 1],
  ['let last = 0;', 1],
  ["const KINDS = ['a', 'b'] as const;", 0],
  ['const KINDS: ReadonlySet<string> = new Set();', 0],
  ['const NOTHING = frozen({ units: 0 });', 0],
  ['function f() { const seen = new Set(); let last = 0; }', 0],
])('planted %s', (text, breaches) => {
  expect(changeableConstants([{ path: 'src/core/orders/planted.ts', text }])).toHaveLength(breaches);
});
