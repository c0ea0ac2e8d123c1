/**
 * Each code that can be refused has its sentences in each language of the pages: that none is left out is
 * asked by the compiler (RefusalWords); here, that languages take the same values for a code and say no
 * English.
 */
import { expect, test } from 'vitest';
import { STATUS_OF } from '../../src/http/problem.ts';
import { type RefusalWords, refusalSentence, Values } from '../../src/words/refusal-sentence.ts';
import { PLAIN_WRITING } from '../../src/words/said.ts';
import { DE } from '../../web/words/de/de.ts';
import { ES } from '../../web/words/es/es.ts';
import { NL } from '../../web/words/nl/nl.ts';

const LANGUAGES: Readonly<Record<string, RefusalWords | null>> = {
  de: DE.refusals,
  es: ES.refusals,
  nl: NL.refusals,
};
const CODES = Object.keys(STATUS_OF) as (keyof typeof STATUS_OF)[];

/** The values that each sentence of a code takes. */
function valuesTaken(words: RefusalWords, code: keyof RefusalWords): string[][] {
  return words[code].map((wording) => {
    const values = new Values({}, PLAIN_WRITING);
    wording(values);
    return [...values.missing].sort();
  });
}

test.each(Object.keys(LANGUAGES))('%s has sentences for each code', (language) => {
  const words = LANGUAGES[language];
  expect(CODES.filter((code) => (words?.[code].length ?? 0) === 0)).toEqual([]);
});

test('languages take the same values for the same code', () => {
  const taken = Object.values(LANGUAGES).map((words) =>
    Object.fromEntries(CODES.map((code) => [code, words === null ? [] : valuesTaken(words, code)])),
  );
  for (const other of taken) expect(other).toEqual(taken[0]);
});

const refused = {
  status: 404,
  code: 'not_found',
  title: 'Not found',
  detail: 'There is no product A',
  sku: 'A',
};

test('what lacks its values, or is not known, is said as the server said it', () => {
  expect(refusalSentence(refused, DE.refusals, PLAIN_WRITING)).toBe('Ein Produkt A gibt es nicht.');
  expect(refusalSentence(refused, null, PLAIN_WRITING)).toBe(refused.detail);
  const { sku: _, ...bare } = { ...refused, code: 'unknown_sku' };
  expect(refusalSentence(bare, DE.refusals, PLAIN_WRITING)).toBe(refused.detail);
  expect(refusalSentence({ ...refused, code: 'new_code' }, DE.refusals, PLAIN_WRITING)).toBe(refused.detail);
});
