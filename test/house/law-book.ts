/**
 * The book of laws (docs/laws.md) held to the code: every check of verify stands under its law with its name,
 * file and words, and nothing else does; every law was seen to be broken, by rows that a test spoils or by a
 * planted bug that tests catch. The code is the truth here: a breach says which line the book should have.
 */
import { childOf, lineAt, type SourceFile, type SyntaxNode, syntaxOf, textOf, walk } from './source-files.ts';

const BOOK = 'docs/laws.md';

export interface Law {
  /** L1 … L20, or 'references'. */
  readonly id: string;
  readonly line: number;
  /** In one sentence. */
  readonly says: string;
  /** As the book writes them: `name` in `file`: words */
  readonly checks: readonly string[];
  /** Test files in which rows are spoilt. */
  readonly rows: readonly string[];
  readonly bugs: readonly { readonly bug: string; readonly tests: readonly string[] }[];
}

/** The laws of the book, in its order. */
export function lawsIn(markdown: string): Law[] {
  return [...markdown.matchAll(/^## (\w+): .*$/gm)].map((heading) => {
    const [{ length }, id = ''] = heading;
    const [text = ''] = markdown.slice(heading.index + length).split(/^## /m);
    const [says = '', ...parts] = text.trim().split(/\n\n/).map(unwrapped);
    const lists = parts.flatMap((part) => part.split('\n').filter((line) => line.startsWith('- ')));
    const entries = lists.map((line) => line.slice(2));
    return {
      id,
      line: lineAt(markdown, heading.index),
      says,
      checks: entries.filter((entry) => entry.startsWith('`')),
      rows: entries.filter((entry) => entry.startsWith('by rows, in ')).flatMap(quoted),
      bugs: entries.flatMap((entry) => {
        const [, bug, tests] = /^by `([\w-]+)`, in (.*)$/.exec(entry) ?? [];
        return bug === undefined ? [] : [{ bug, tests: quoted(tests ?? '') }];
      }),
    };
  });
}

/** Lines that go on are one. */
function unwrapped(text: string): string {
  return text.replaceAll(/\n(?!- )\s*/g, ' ');
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

interface Check {
  readonly law: string;
  /** As the book is to write it. */
  readonly entry: string;
}

/** Checks that a file declares, by `check(law, words, …)` or as an object with `law` and `what`. */
function checksOf(file: SourceFile): Check[] {
  const found: Check[] = [];
  walk(syntaxOf(file), (node) => {
    if (node.type !== 'VariableDeclarator') return;
    const name = textOf(childOf(node, 'id'), 'name');
    const made = childOf(node, 'init');
    const [law, what] = isCallOf(made, 'check')
      ? texts(made, 'arguments')
      : [member(made, 'law'), member(made, 'what')];
    if (name === undefined || law === undefined || what === undefined) return;
    found.push({ law, entry: `\`${name}\` in \`${file.path}\`: ${what}` });
  });
  return found;
}

/** Laws that a test breaks by rows: the first word of each of its BREAKS. */
function lawsBrokenIn(file: SourceFile): Set<string> {
  const laws = new Set<string>();
  walk(syntaxOf(file), (node) => {
    if (node.type !== 'VariableDeclarator' || textOf(childOf(node, 'id'), 'name') !== 'BREAKS') return;
    for (const each of children(childOf(node, 'init'), 'elements')) {
      const [law] = texts(each, 'elements');
      if (law !== undefined) laws.add(law);
    }
  });
  return laws;
}

function isCallOf(node: SyntaxNode | undefined, name: string): boolean {
  return node?.type === 'CallExpression' && textOf(childOf(node, 'callee'), 'name') === name;
}

function children(node: SyntaxNode | undefined, key: string): SyntaxNode[] {
  const list = node?.[key];
  return Array.isArray(list) ? list : [];
}

function texts(node: SyntaxNode | undefined, key: string): (string | undefined)[] {
  return children(node, key).map((each) => textOf(each, 'value'));
}

function member(node: SyntaxNode | undefined, key: string): string | undefined {
  const property = children(node, 'properties').find((each) => textOf(childOf(each, 'key'), 'name') === key);
  return textOf(childOf(property, 'value'), 'value');
}

/** What there is in the code. */
export interface Known {
  /** Files that declare checks. */
  readonly checks: readonly SourceFile[];
  /** Test files that spoil rows. */
  readonly spoiling: readonly SourceFile[];
  /** The tests that each planted bug names. */
  readonly bugs: ReadonlyMap<string, readonly string[]>;
  readonly exists: (path: string) => boolean;
}

/** Sentences that say what is wrong; none when book and code agree. */
export function gapsIn(laws: readonly Law[], { checks, spoiling, bugs, exists }: Known): string[] {
  const declared = checks.flatMap(checksOf);
  const broken = new Map(spoiling.map((file) => [file.path, lawsBrokenIn(file)]));
  const known = new Set(laws.map(({ id }) => id));
  const strangers = declared.filter(({ law }) => !known.has(law));
  return [
    ...strangers.map(({ law, entry }) => `${BOOK} has no law ${law}, which is watched by: ${entry}`),
    ...laws.flatMap((law) => {
      const at = `${BOOK}:${law.line} ${law.id}`;
      const own = declared.filter((each) => each.law === law.id).map(({ entry }) => entry);
      const tests = [...law.rows, ...law.bugs.flatMap((each) => each.tests)];
      return [
        ...(/^[A-Z][^.]*\.$/.test(law.says) ? [] : [`${at} is not said in one sentence`]),
        ...missing(own, law.checks).map((entry) => `${at} lacks the check: ${entry}`),
        ...missing(law.checks, own).map((entry) => `${at} has a check that is not in the code: ${entry}`),
        ...(tests.length === 0 ? [`${at} was never seen to be broken: name a test that breaks it`] : []),
        ...tests.filter((path) => !exists(path)).map((path) => `${at} names ${path}, which does not exist`),
        ...[...broken].flatMap(([path, ids]) =>
          ids.has(law.id) === law.rows.includes(path)
            ? []
            : [`${at} ${law.rows.includes(path) ? 'is not broken' : 'is broken'} by rows in ${path}`],
        ),
        ...law.bugs.flatMap(({ bug, tests: named }) => {
          const catching = bugs.get(bug);
          if (catching === undefined) return [`${at} names the bug ${bug}, which nobody plants`];
          return missing(named, catching).map((path) => `${at}: ${bug} does not name ${path}`);
        }),
      ];
    }),
  ];
}

function missing(wanted: readonly string[], there: readonly string[]): string[] {
  return wanted.filter((each) => !there.includes(each));
}
