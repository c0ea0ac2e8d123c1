/**
 * There is one kind of refusal and one place for the sentences that stories share: the type is declared in the kernel, a
 * function that may refuse answers with an Outcome, and "There is no <thing>" is worded in src/app/frame/refusals.ts. Each
 * rule is also seen to fail on a planted breach.
 */
import { expect, test } from 'vitest';
import {
  type Breach,
  childOf,
  describeBreaches,
  isTest,
  lineAt,
  type SourceFile,
  type SyntaxNode,
  sourceFiles,
  syntaxOf,
  textOf,
  walk,
} from './source-files.ts';

const TYPE = 'src/core/kernel/refusal.ts';
const SENTENCES = 'src/app/frame/refusals.ts';
const THINGS =
  /There is no (?:sales channel|channel|warehouse|product|supplier|order|item|line|purchase order|rule set|saved report)\b/g;

interface Rule {
  readonly found: RegExp;
  readonly rule: string;
  readonly instead: string;
  /** The one file that may. */
  readonly but: string;
  readonly within?: RegExp;
}

const ANSWER = 'answer with Outcome<T> and ask its ok; DONE is the yes that has no value';

const RULES: readonly Rule[] = [
  {
    found: /\b(?:type Refused =|interface Refused \{)|\bok: false[;,]\s*(?:readonly )?refusal: Refusal\b/g,
    rule: 'a second declaration of the refusal type',
    instead: `import Refused from ${TYPE}`,
    but: TYPE,
  },
  {
    found: /Extract<\s*Outcome<|ReturnType<\s*typeof refuse\b/g,
    rule: 'a refusal type taken from another type',
    instead: `import Refused from ${TYPE}`,
    but: TYPE,
  },
  {
    found: /\|\s*Refused\b|(?:\)\s*:|Promise<)\s*Refused\s*\|/g,
    rule: 'a value or a refusal in a union',
    instead: ANSWER,
    but: TYPE,
  },
  { found: /'ok' in \w/g, rule: 'a refusal told by its member', instead: ANSWER, but: TYPE },
  {
    found: THINGS,
    rule: 'a second wording of what is not there',
    instead: `take it from ${SENTENCES}`,
    but: SENTENCES,
  },
  {
    found: /There is no \$\{/g,
    rule: 'a second wording of what is not there',
    instead: `take it from ${SENTENCES}`,
    but: SENTENCES,
    within: /^src\/(?:app|http\/acts)\//,
  },
];

function brokenRules({ path, text }: SourceFile): Breach[] {
  return RULES.filter(
    ({ but, within }) => path !== but && (within === undefined || within.test(path)),
  ).flatMap(({ found, rule, instead }) =>
    [...text.matchAll(found)].map((match) => ({
      file: path,
      line: lineAt(text, match.index),
      rule,
      instead,
    })),
  );
}

/** The sentence of a call of refuse(), with its values left out; undefined when it is not written there. */
function sentenceOf(node: SyntaxNode, text: string): string | undefined {
  if (node.type !== 'CallExpression' || textOf(childOf(node, 'callee'), 'name') !== 'refuse')
    return undefined;
  const { arguments: given } = node;
  const message: unknown = Array.isArray(given) ? given[1] : undefined;
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, start, end } = message as SyntaxNode;
  if (type !== 'TemplateLiteral' && type !== 'Literal') return undefined;
  return text.slice(start, end).replace(/\$\{[^}]*\}/g, '…');
}

/** A sentence that two refusals of the stories word alike. */
function sentencesTwice(files: readonly SourceFile[]): Breach[] {
  const first = new Map<string, string>();
  const found: Breach[] = [];
  for (const file of files) {
    walk(syntaxOf(file), (node) => {
      const sentence = sentenceOf(node, file.text);
      if (sentence === undefined) return;
      const line = lineAt(file.text, node.start);
      const before = first.get(sentence);
      if (before === undefined) first.set(sentence, `${file.path}:${line}`);
      else {
        found.push({
          file: file.path,
          line,
          rule: `a sentence that ${before} words already`,
          instead: `word it once, in ${SENTENCES} when two rooms need it`,
        });
      }
    });
  }
  return found;
}

const files = sourceFiles('src').filter(({ path }) => !isTest(path));

test('there is one kind of refusal, and what is not there is worded once', () => {
  expect(describeBreaches(files.flatMap(brokenRules))).toEqual([]);
  const worded = files.find(({ path }) => path === SENTENCES)?.text ?? '';
  expect(worded.match(/There is no/g)).toHaveLength(1);
  expect(files.find(({ path }) => path === TYPE)?.text.match(/interface Refused\b/g)).toHaveLength(1);
});

test('no two refusals of the stories say the same', () => {
  const stories = files.filter(({ path }) => /^src\/(?:app|http\/acts)\//.test(path));
  expect(describeBreaches(sentencesTwice(stories))).toEqual([]);
});

test.each([
  ['type Refused = { readonly ok: false };', 'a second declaration of the refusal type'],
  [
    'interface Answer { readonly ok: false; readonly refusal: Refusal }',
    'a second declaration of the refusal type',
  ],
  ['type No = Extract<Outcome<never>, { ok: false }>;', 'a refusal type taken from another type'],
  ['type No = ReturnType<typeof refuse>;', 'a refusal type taken from another type'],
  ['function a(): number | Refused {}', 'a value or a refusal in a union'],
  ['function a(): Promise<Refused | undefined> {}', 'a value or a refusal in a union'],
  [`if ('ok' in moves) return moves;`, 'a refusal told by its member'],
  ['const a = `There is no product NONE`;', 'a second wording of what is not there'],
  [`const a = 'There is no purchase order NONE';`, 'a second wording of what is not there'],
  [`const a = \`There is no \${what}\`;`, 'a second wording of what is not there'],
])('planted: %s', (text, rule) => {
  expect(brokenRules({ path: 'src/app/orders/x.ts', text: `// a file\n${text}` })).toMatchObject([
    { file: 'src/app/orders/x.ts', line: 2, rule },
  ]);
});

test('a sentence worded twice is found, whatever its values are called', () => {
  const planted = ['sku', 'product.sku'].map((value, index) => ({
    path: `src/app/orders/${index}.ts`,
    text: `export const a = refuse('not_found', \`Nothing of \${${value}} is left\`);`,
  }));
  expect(sentencesTwice(planted)).toMatchObject([
    { file: 'src/app/orders/1.ts', rule: expect.stringContaining('src/app/orders/0.ts:1') },
  ]);
});

test('what only resembles a breach is none', () => {
  const text = `readonly barred?: Refused | undefined; // RefusedProduct\nconst a = \`There is no function \${name}\`;`;
  expect(brokenRules({ path: 'src/core/sourcing/x.ts', text })).toEqual([]);
});
