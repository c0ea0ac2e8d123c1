/**
 * Every file keeps the limits of code-limits.ts, and each limit is seen to fail on a planted breach.
 */
import { expect, test } from 'vitest';
import {
  brokenLimits,
  crowdedFolders,
  MAX_FILE_LINES,
  MAX_FOLDER_FILES,
  MAX_FUNCTION_LINES,
  MOST_PAGE_FUNCTION_LINES,
  usualFunctionLines,
} from './code-limits.ts';
import { describeBreaches, sourceFiles, styleSheets } from './source-files.ts';

test('every file keeps the limits', () => {
  expect(describeBreaches(brokenLimits(sourceFiles('src', 'web', 'test', 'bench', 'scripts')))).toEqual([]);
});

test('no folder of the product is crowded', () => {
  const files = [...sourceFiles('src', 'web'), ...styleSheets('web')];
  const paths = files.map(({ path }) => path);
  expect(describeBreaches(crowdedFolders(paths))).toEqual([]);
  const crowd = Array.from({ length: MAX_FOLDER_FILES + 1 }, (_, index) => `src/app/${index}.ts`);
  expect(crowdedFolders(crowd)).toMatchObject([
    { file: 'src/app', rule: expect.stringContaining('21 files') },
  ]);
  expect(crowdedFolders(crowd.slice(1))).toEqual([]);
});

test('nine of ten functions of the dashboard are read without scrolling', () => {
  expect(usualFunctionLines(sourceFiles('web'))).toBeLessThanOrEqual(MOST_PAGE_FUNCTION_LINES);
  const long = `function long() {\n${'  f();\n'.repeat(MOST_PAGE_FUNCTION_LINES)}}\n`;
  const short = 'function short() {}\n'.repeat(8);
  expect(usualFunctionLines([{ path: 'web/a.ts', text: `${short}function ninth() {}\n${long}` }])).toBe(1);
  expect(usualFunctionLines([{ path: 'web/a.ts', text: `${short}${long}${long}` }])).toBeGreaterThan(
    MOST_PAGE_FUNCTION_LINES,
  );
});

function rulesBrokenBy(path: string, code: string): string[] {
  return brokenLimits([{ path, text: `/** A planted file. */\n${code}\n` }]).map(
    ({ line, rule }) => `${line}: ${rule}`,
  );
}

const LONG = Array.from({ length: MAX_FUNCTION_LINES }, (_, index) => `  f(${index});`).join('\n');

test.each([
  ['const a = (b: any) => b;', 'any is not used'],
  ['const a = b as any[];', 'any is not used'],
  ['const a = b!.c;', 'a non-null assertion is not used'],
  ['class A { b!: string }', 'a definite assignment (!:) is not used'],
  ['let a!: string;', 'a definite assignment (!:) is not used'],
  ['enum A { B }', 'an enum is not used'],
  ['export default {};', 'a default export'],
  ['function a(b: A, c: B, d: C, e: D) {}', '4 positional parameters (at most 3)'],
  ['const a = { b(c: A, d: B, e: C, f: D) {} };', '4 positional parameters (at most 3)'],
  [
    `const a = () => {\n${LONG}\n};`,
    `a function of ${MAX_FUNCTION_LINES + 2} lines (at most ${MAX_FUNCTION_LINES})`,
  ],
  [['/', '/ @ts-ignore: later'].join(''), 'a suppression (@ts-ignore)'],
  [['/', '* biome-ignore lint: x */'].join(''), 'a suppression (biome-ignore)'],
  [['const a = 1; /', '/ oxlint-disable-line'].join(''), 'a suppression (oxlint-disable)'],
  ['const a = Date.now();', 'Date.now outside platform and cli'],
  ['const a = new Date();', 'new Date() outside platform and cli'],
  ['const a = Math.random() * 2;', 'Math.random outside platform and cli'],
  ['const a = process.env.HOME;', 'process outside platform and cli'],
])('planted breach %#', (code, rule) => {
  expect(rulesBrokenBy('src/app/planted.ts', code)).toEqual([`2: ${rule}`]);
});

test.each([
  ['const a = b.then(async () => 1);', 'waiting (async, await) in the core'],
  ['console.warn(a);', 'console in the core'],
  ['const a = Date.now();', 'Date.now outside platform and cli'],
])('in the core %s is refused', (code, rule) => {
  expect(rulesBrokenBy('src/core/orders/planted.ts', code)).toEqual([`2: ${rule}`]);
});

test('a long file and a file without opening comment are refused', () => {
  const text = `/** Long. */\n${'f();\n'.repeat(MAX_FILE_LINES)}`;
  expect(brokenLimits([{ path: 'test/a.ts', text }])).toMatchObject([
    { line: 1, rule: `${MAX_FILE_LINES + 1} lines (at most ${MAX_FILE_LINES})` },
  ]);
  expect(brokenLimits([{ path: 'test/a.ts', text: 'f();' }])).toMatchObject([{ rule: 'no opening comment' }]);
});

test('what only resembles a breach is none', () => {
  const code = `const any = 'x as any; Date.now()'; const a = new Date(b); const c = !d; // any!\nif (a !== c) f(any);`;
  expect(rulesBrokenBy('src/core/orders/planted.ts', code)).toEqual([]);
  expect(
    rulesBrokenBy('src/platform/clock.ts', 'export const now = () => Date.now() + process.pid;'),
  ).toEqual([]);
  expect(rulesBrokenBy('vitest.config.ts', 'export default {};')).toEqual([]);
  expect(rulesBrokenBy('src/app/a.test.ts', `describe('x', () => {\n${LONG}\n});`)).toEqual([]);
});
