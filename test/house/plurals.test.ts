/**
 * How a language counts is asked of Intl.PluralRules (src/words/grammar.ts); no text decides for itself what
 * one and many are.
 */
import { expect, test } from 'vitest';
import { type Breach, lineAt, sourceFiles } from './source-files.ts';

const DECIDES = /(?:===?|!==?|<|>)\s*1\b\s*\?/g;

function decidingTexts(files: ReturnType<typeof sourceFiles>): Breach[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(DECIDES)].map(({ index }) => ({
      file: path,
      line: lineAt(text, index),
      rule: 'decides what one and many are',
      instead: "write counted(units, 'unit', 'units') or plural(units, 'is', 'are') of the language",
    })),
  );
}

test('no text decides for itself between one and many', () => {
  expect(decidingTexts(sourceFiles('src/words', 'web/words'))).toEqual([]);
});

test('one that did would be found', () => {
  const text = "days: (days: number) => (days === 1 ? 'day' : 'days'),";
  expect(decidingTexts([{ path: 'web/words/en/home.ts', text }])).toMatchObject([{ line: 1 }]);
});
