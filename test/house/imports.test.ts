/**
 * The import table holds, and there are no circles. Each rule is also seen to fail on a file written to break it, so
 * that a green run means that the checker looked.
 */
import { expect, test } from 'vitest';
import { brokenImports, circles } from './import-table.ts';
import { type Breach, describeBreaches, sourceFiles } from './source-files.ts';

function rules(breaches: readonly Breach[]): string[] {
  return breaches.map(({ rule }) => rule);
}

test('every import follows the table', () => {
  expect(describeBreaches(brokenImports(sourceFiles('src', 'web', 'test', 'bench')))).toEqual([]);
});

test('no file imports itself by way of others', () => {
  expect(describeBreaches(circles(sourceFiles('src', 'web', 'test', 'bench')))).toEqual([]);
});

test.each([
  ['src/core/kernel/x.ts', `import { fill } from '../allocation/fill.ts';`, 'src/core/allocation/fill.ts'],
  ['src/core/inventory/x.ts', `import type { A } from '../orders/accept.ts';`, 'src/core/orders/accept.ts'],
  ['src/core/orders/x.ts', `import { sql } from 'kysely';`, 'kysely'],
  ['src/core/orders/x.ts', `import { readFileSync } from 'node:fs';`, 'node:fs'],
  ['src/core/orders/x.ts', `type A = import('../../db/database.ts').Database;`, 'src/db/database.ts'],
  [
    'src/db/x.ts',
    `import { place } from '../app/placing/place-orders.ts';`,
    'src/app/placing/place-orders.ts',
  ],
  ['src/app/orders/x.ts', `import { server } from '../../http/server.ts';`, 'src/http/server.ts'],
  ['src/app/orders/x.ts', `import { quote } from '../promises/quote.ts';`, 'src/app/promises/quote.ts'],
  [
    'src/app/stock/x.ts',
    `import { a } from '../orders/order-at-gate.ts';`,
    'src/app/orders/order-at-gate.ts',
  ],
  ['src/app/placing/x.ts', `import { a } from '../purchasing/x.ts';`, 'src/app/purchasing/x.ts'],
  ['src/app/frame/x.ts', `import { pick } from '../orders/pick.ts';`, 'src/app/orders/pick.ts'],
  ['src/laws/x.ts', `import { readOrder } from '../reads/order.ts';`, 'src/reads/order.ts'],
  ['src/reads/x.ts', `import { levels } from '../db/inventory.ts';`, 'src/db/inventory.ts'],
  ['src/contract/x.ts', `export { sql } from 'kysely';`, 'kysely'],
  ['src/http/x.ts', `const a = await import('../db/inventory.ts');`, 'src/db/inventory.ts'],
  ['src/platform/x.ts', `import { order } from '../contract/orders.ts';`, 'src/contract/orders.ts'],
  ['src/main.ts', `import { startNode } from './node.ts';`, 'src/node.ts'],
  ['src/app/stock/x.ts', `import { x } from '../../../test/support/shop.ts';`, 'test/support/shop.ts'],
])('%s: %s is refused', (path, text, target) => {
  const [breach, ...more] = brokenImports([{ path, text: `// a file\n${text}\n` }]);
  expect(more).toEqual([]);
  expect(breach?.rule).toContain(`may not import ${target}`);
  expect(breach).toMatchObject({ file: path, line: 2, instead: expect.stringMatching(/\w/) });
});

test('a file outside the table, a barrel and a missing .ts are refused', () => {
  const text = `import { a } from '../core/kernel/time.ts';`;
  expect(rules(brokenImports([{ path: 'src/misc/x.ts', text }]))).toEqual([
    'a file outside the import table',
  ]);
  const barrel = { path: 'src/core/kernel/all.ts', text: `export * from './time.ts';` };
  expect(rules(brokenImports([barrel]))).toEqual(['export * hides where a name lives']);
  const bare = { path: 'test/x.ts', text: `import { a } from './y';` };
  expect(rules(brokenImports([bare]))).toEqual(['import of ./y without .ts']);
});

test('what the table allows is allowed', () => {
  const text = `import { z } from 'zod';\nimport { a } from '../core/kernel/time.ts';\nimport './orders.ts';`;
  expect(brokenImports([{ path: 'src/contract/x.ts', text }])).toEqual([]);
});

test('a circle is named by its files, also one of types', () => {
  const files = [
    { path: 'src/db/a.ts', text: `import type { B } from './b.ts';` },
    { path: 'src/db/b.ts', text: `import { c } from './c.ts';` },
    { path: 'src/db/c.ts', text: `export { a } from './a.ts';` },
  ];
  expect(rules(circles(files))).toEqual(['circle src/db/a.ts -> src/db/b.ts -> src/db/c.ts -> src/db/a.ts']);
});
