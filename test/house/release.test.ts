/**
 * One version in every place that names it: the package, its lock file, the API's description and the
 * changelog.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../src/http/documentation/openapi.ts';
import { ROOT } from './source-files.ts';

const named = z.object({ version: z.string() });
const described = z.object({ info: named });

function versionIn(file: string): string {
  return named.parse(JSON.parse(readFileSync(join(ROOT, file), 'utf8'))).version;
}

const HEADINGS = [...readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').matchAll(/^#{2,3} (.+)$/gm)].map(
  ([, heading = '']) => heading,
);

test('the package, its lock file, the API and the changelog name one version', () => {
  const version = versionIn('package.json');
  expect(versionIn('package-lock.json')).toBe(version);
  expect(described.parse(openApiDocument()).info.version).toBe(version);
  const released = HEADINGS.find((heading) => /^\d/.test(heading));
  expect(released).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`));
});

test('the changelog has versions with dates, and Added, Changed and Fixed in them', () => {
  expect(HEADINGS[0]).toBe('Unreleased');
  const form = /^(Unreleased|\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)|Added|Changed|Fixed)$/;
  expect(HEADINGS.filter((heading) => !form.test(heading))).toEqual([]);
});
