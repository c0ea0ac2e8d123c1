/** Every style sheet keeps the limits of style-limits.ts, and each limit is seen to fail on a planted breach. */
import { expect, test } from 'vitest';
import { MAX_FILE_LINES } from './code-limits.ts';
import { describeBreaches, sourceFiles, styleSheets } from './source-files.ts';
import { brokenStyles } from './style-limits.ts';

test('every style sheet keeps the limits', () => {
  const sheets = styleSheets('web');
  expect(sheets.length).toBeGreaterThan(20);
  expect(describeBreaches(brokenStyles(sheets, sourceFiles('web')))).toEqual([]);
});

const PART = {
  path: 'web/part.tsx',
  text: `import styles from './part.module.css';\nexport const part = <p className={styles.part} />;`,
};

function rulesBrokenBy(css: string, path = 'web/part.module.css', sources = [PART]): string[] {
  return brokenStyles([{ path, text: css }], sources).map(
    ({ file, line, rule }) => `${file}:${line} ${rule}`,
  );
}

test('a module whose classes are worn is in order', () => {
  expect(
    rulesBrokenBy('/* .other #fff */\n.part:not(:first-child) > a { color: var(--soft); top: 1.5px; }'),
  ).toEqual([]);
});

test.each([
  ['.part {}\n.other a {}', 'web/part.module.css:2 nobody wears .other'],
  ['.part {}\n@media (max-width: 1px) {\n  .late {}\n}', 'web/part.module.css:3 nobody wears .late'],
  ['.part {\n  color: #fff;\n}', 'web/part.module.css:2 a colour of its own (#fff)'],
  ['.part {\n  color: rgb(0 0 0);\n}', 'web/part.module.css:2 a colour of its own (rgb()'],
  ['.part {}\n:global(body) {}', 'web/part.module.css:2 a global class (:global)'],
  ['.other_part {}', 'web/part.tsx:2 no class .part in web/part.module.css'],
  [
    `.part {}${'\n'.repeat(MAX_FILE_LINES)}a {}`,
    `web/part.module.css:1 ${MAX_FILE_LINES + 1} lines (at most ${MAX_FILE_LINES})`,
  ],
])('planted breach %#', (css, breach) => {
  expect(rulesBrokenBy(css)).toContain(breach);
});

test('no class is global, in whatever sheet', () => {
  expect(rulesBrokenBy('.own {}', 'web/styles/reset.css', [])).toEqual([
    'web/styles/reset.css:1 a global class (.own)',
  ]);
  expect(rulesBrokenBy('p {}', 'web/styles/more.css', [])).toEqual([
    'web/styles/more.css:1 a style sheet for all pages',
  ]);
  expect(rulesBrokenBy('p { margin: 0; }', 'web/styles/reset.css', [])).toEqual([]);
});

test('a class that is worn is named, and comes from a module', () => {
  const wearing = (text: string) =>
    rulesBrokenBy('.part {}', 'web/part.module.css', [PART, { path: 'web/b.tsx', text }]);
  const begin = `import styles from './part.module.css';\n`;
  expect(wearing(`${begin}export const b = (name: string) => styles[name];`)).toEqual([
    'web/b.tsx:2 a module of styles worn without a name',
  ]);
  expect(wearing(`export const b = <p className="part" />;`)).toEqual([
    'web/b.tsx:1 a class that is only a text (className="part")',
  ]);
  expect(wearing(`${begin}export const b = { styles: styles.part, c: d.styles };`)).toEqual([]);
});
