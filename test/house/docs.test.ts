/**
 * Documents hold together: every link in them leads to a file and a heading that are there, every page of
 * docs/ can be reached from the README, which stays short, and every decision has a date, a status and a row
 * in the index.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { expect, test } from 'vitest';
import { ROOT } from './source-files.ts';

const README_LINES = 120;

interface Link {
  readonly from: string;
  readonly to: string;
  /** Of a heading; empty for the page itself. */
  readonly heading: string;
}

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function pages(): string[] {
  const above = readdirSync(ROOT).filter((name) => name.endsWith('.md'));
  const below = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'));
  return [...above, ...below].sort();
}

/** What is written as code leads nowhere. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

function linksOf(from: string, text: string): Link[] {
  const targets = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)];
  return targets.flatMap(([, link, image]) => {
    const [path = '', heading = ''] = (link ?? image ?? '').split('#');
    if (/^[a-z]+:/.test(path)) return [];
    return [{ from, to: path === '' ? from : normalize(join(dirname(from), path)), heading }];
  });
}

/** As hosts of repositories make them: small letters, no signs, hyphens for spaces. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function whyBroken({ from, to, heading }: Link): string[] {
  if (!existsSync(join(ROOT, to))) return [`${from}: ${to} is not there`];
  if (heading === '' || headingsOf(textOf(to)).includes(heading)) return [];
  return [`${from}: ${to} has no heading #${heading}`];
}

/** A folder with a language of its own explains it beside its files. */
function readmesOfFolders(): string[] {
  return ['src', 'web'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => name.endsWith('.md')),
  );
}

const LINKS = [...pages(), ...readmesOfFolders()].flatMap((page) => linksOf(page, textOf(page)));

test('every link leads somewhere', () => {
  expect(LINKS.length).toBeGreaterThan(40);
  expect(LINKS.flatMap(whyBroken)).toEqual([]);
});

test('a link to nowhere is found', () => {
  const text = '[a](docs/no.md) [b](README.md#no-such) [c](#allot) `[d](no.md)` [e](https://example.com)';
  expect(linksOf('README.md', text).flatMap(whyBroken)).toEqual([
    'README.md: docs/no.md is not there',
    'README.md: README.md has no heading #no-such',
  ]);
});

test('every document can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const { to } of LINKS.filter(({ from }) => from === page)) reached.add(to);
  }
  expect(pages().filter((page) => !reached.has(page))).toEqual([]);
});

test('the README stays short', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(README_LINES);
});

test('every decision has a date, a status and its row in the index', () => {
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
  const rows = files.sort().map((name) => {
    const head = /^# (\d+)\. (.+)\n\n(\d{4}-\d\d-\d\d) · (accepted|replaced by \d+)\n\n/;
    const [, number, title, date, status] = head.exec(textOf(`docs/decisions/${name}`)) ?? [];
    expect(number, `${name} begins with "# number. title", then "date · status"`).toBe(
      String(Number(name.slice(0, 4))),
    );
    return `| ${number} | [${title}](${name}) | ${date} | ${status} |`;
  });
  const index = textOf('docs/decisions/README.md').split('\n');
  expect(index.filter((line) => line.startsWith('| ') && !line.startsWith('| |'))).toEqual(rows);
});
