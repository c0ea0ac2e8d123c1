/** The book of laws says what the code checks. Each kind of gap is planted once and seen. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gapsIn, type Known, type Law, lawsIn } from './law-book.ts';
import { ROOT, sourceFiles } from './source-files.ts';

const MUTANTS = join(ROOT, 'bench/mutants');

/** The tests that each planted bug names in its second line. */
function plantedBugs(): Map<string, string[]> {
  const names = readdirSync(MUTANTS).filter((name) => name.endsWith('.patch'));
  return new Map(
    names.map((name) => {
      const [, tests = ''] = readFileSync(join(MUTANTS, name), 'utf8').split('\n');
      return [name.replace('.patch', ''), tests.replace('tests: ', '').split(' ')];
    }),
  );
}

const KNOWN: Known = {
  checks: sourceFiles('src/laws', 'src/app/verify'),
  spoiling: sourceFiles('test/laws').filter(({ path }) => /\/verify[\w-]*\.test\.ts$/.test(path)),
  bugs: plantedBugs(),
  exists: (path) => existsSync(join(ROOT, path)),
};
const book = lawsIn(readFileSync(join(ROOT, 'docs/laws.md'), 'utf8'));

test('every law has its checks, and was seen to be broken', () => {
  expect(gapsIn(book, KNOWN)).toEqual([]);
  const numbered = Array.from({ length: 20 }, (_, index) => `L${index + 1}`);
  expect(book.map(({ id }) => id)).toEqual([...numbered, 'references']);
});

/** The book with one law changed. */
function withLaw(id: string, change: Partial<Law>): Law[] {
  return book.map((law) => (law.id === id ? { ...law, ...change } : law));
}

test.each<[string, readonly Law[], RegExp]>([
  ['a law that is left out', book.filter(({ id }) => id !== 'L8'), /has no law L8, .*`waitsByPermission` in/],
  ['a check that is left out', withLaw('L8', { checks: [] }), /L8 lacks the check: `waitsByPermission` in/],
  [
    'a check that is no more',
    withLaw('L3', { checks: ['`old` in `x.ts`: y'] }),
    /L3 has a check that is not/,
  ],
  ['a law that nothing breaks', withLaw('L17', { bugs: [] }), /L17 was never seen to be broken/],
  ['rows that are left out', withLaw('L1', { rows: [] }), /L1 is broken by rows in test\/laws\/verify/],
  [
    'rows that nobody spoils',
    withLaw('L3', { rows: ['test/laws/verify-supply.test.ts'] }),
    /L3 is not broken by rows/,
  ],
  [
    'a test that is gone',
    withLaw('L2', { rows: ['test/laws/gone.test.ts'] }),
    /L2 names test\/laws\/gone.test.ts/,
  ],
  ['a bug of nobody', withLaw('L2', { bugs: [{ bug: 'gone', tests: [] }] }), /L2 names the bug gone/],
  [
    'a bug that other tests catch',
    withLaw('L2', { bugs: [{ bug: 'ledger-balance-before', tests: ['test/cli/export.test.ts'] }] }),
    /ledger-balance-before does not name test\/cli\/export/,
  ],
  ['a law of two sentences', withLaw('L2', { says: 'One. Two.' }), /L2 is not said in one sentence/],
])('%s is seen', (_, laws, gap) => {
  expect(gapsIn(laws, KNOWN).join('\n')).toMatch(gap);
});

test('the book is read whole, however its lines are broken', () => {
  const markdown =
    '# Laws\n\n## L1: One\n\nIt holds\nalways.\n\nChecks:\n\n- `a` in `b.ts`: what\n  it says\n\nBroken:\n\n' +
    '- by rows, in `t.test.ts`\n- by `bug`, in `x.test.ts`,\n  `y.test.ts`\n\n## L2: Two\n\nNext.\n';
  expect(lawsIn(markdown)).toMatchObject([
    {
      id: 'L1',
      line: 3,
      says: 'It holds always.',
      checks: ['`a` in `b.ts`: what it says'],
      rows: ['t.test.ts'],
      bugs: [{ bug: 'bug', tests: ['x.test.ts', 'y.test.ts'] }],
    },
    { id: 'L2', says: 'Next.' },
  ]);
});
