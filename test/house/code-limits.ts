/**
 * The limits a file keeps: its size, the size of its functions, the words of TypeScript that switch the compiler off,
 * and the calls that only the platform and the command line may make. A rule that decides must not ask the clock,
 * the dice or the process: then the same data gives the same answer on any node, and a test needs no tricks.
 */
import { dirname } from 'node:path/posix';
import {
  type Breach,
  childOf,
  isTest,
  lineAt,
  type SourceFile,
  type SyntaxNode,
  syntaxOf,
  textOf,
  walk,
} from './source-files.ts';

export const MAX_FILE_LINES = 400;
export const MAX_FUNCTION_LINES = 70;
/** Lines that nine of ten functions of the dashboard keep: those with a name, since an arrow in a page is most often a line. */
export const MOST_PAGE_FUNCTION_LINES = 40;
/** Files beside each other in a folder of src or web: as many as can be overlooked. */
export const MAX_FOLDER_FILES = 20;
const MAX_PARAMETERS = 3;

interface Found {
  readonly at: number;
  readonly rule: string;
  readonly instead: string;
}
type Rule = (node: SyntaxNode, parent: SyntaxNode | undefined, file: SourceFile) => Found | undefined;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A group of tests is a function to the parser only. */
function isTestGroup(parent: SyntaxNode | undefined): boolean {
  const called = childOf(parent, 'callee');
  const name = textOf(called, 'name') ?? textOf(childOf(called, 'object'), 'name');
  return parent?.type === 'CallExpression' && name === 'describe';
}

const functionLength: Rule = (node, parent, file) => {
  if (!FUNCTIONS.has(node.type) || isTestGroup(parent)) return undefined;
  const lines = file.text.slice(node.start, node.end).split('\n').length;
  if (lines <= MAX_FUNCTION_LINES) return undefined;
  return {
    at: node.start,
    rule: `a function of ${lines} lines (at most ${MAX_FUNCTION_LINES})`,
    instead: 'name its parts and let them be functions',
  };
};

const parameters: Rule = (node) => {
  const { params } = node;
  if (!FUNCTIONS.has(node.type) || !Array.isArray(params) || params.length <= MAX_PARAMETERS)
    return undefined;
  return {
    at: node.start,
    rule: `${params.length} positional parameters (at most ${MAX_PARAMETERS})`,
    instead: 'pass one object with named members',
  };
};

/** Kinds of syntax that are not used, and what is used in their place. */
const UNUSED_SYNTAX: Readonly<Record<string, readonly [string, string]>> = {
  TSAnyKeyword: ['any', 'use unknown and narrow it'],
  TSNonNullExpression: ['a non-null assertion', 'use present() or handle the missing value'],
  TSEnumDeclaration: ['an enum', "use a tuple 'as const' and the union of its members"],
};

const unusedSyntax: Rule = (node) => {
  const entry = UNUSED_SYNTAX[node.type];
  if (entry !== undefined) return { at: node.start, rule: `${entry[0]} is not used`, instead: entry[1] };
  if (node['definite'] !== true) return undefined;
  return {
    at: node.start,
    rule: 'a definite assignment (!:) is not used',
    instead: 'give it a value where it is made',
  };
};

const defaultExport: Rule = (node, _, file) => {
  if (node.type !== 'ExportDefaultDeclaration' || file.path.endsWith('.config.ts')) return undefined;
  return { at: node.start, rule: 'a default export', instead: 'export it by its name' };
};

function isMember(node: SyntaxNode, object: string, property?: string): boolean {
  return (
    node.type === 'MemberExpression' &&
    textOf(childOf(node, 'object'), 'name') === object &&
    (property === undefined || textOf(childOf(node, 'property'), 'name') === property)
  );
}

function isNewDate(node: SyntaxNode): boolean {
  const { arguments: given } = node;
  return (
    node.type === 'NewExpression' &&
    textOf(childOf(node, 'callee'), 'name') === 'Date' &&
    Array.isArray(given) &&
    given.length === 0
  );
}

/** What asks the world outside instead of being told. */
function outsideCall(node: SyntaxNode): string | undefined {
  if (isMember(node, 'Date', 'now')) return 'Date.now';
  if (isNewDate(node)) return 'new Date()';
  if (isMember(node, 'Math', 'random')) return 'Math.random';
  if (isMember(node, 'process')) return 'process';
  return undefined;
}

const MAY_CALL_OUTSIDE = /^src\/(platform|cli)\//;

const outsideCalls: Rule = (node, _, { path }) => {
  if (!path.startsWith('src/') || MAY_CALL_OUTSIDE.test(path) || isTest(path)) return undefined;
  const call = outsideCall(node);
  if (call === undefined) return undefined;
  const instead = path.startsWith('src/core/') ? 'take it as an argument' : 'use what src/platform offers';
  return { at: node.start, rule: `${call} outside platform and cli`, instead };
};

const pureCore: Rule = (node, _, { path }) => {
  if (!path.startsWith('src/core/') || isTest(path)) return undefined;
  const instead = 'return data; let the story load and record';
  if (node.type === 'AwaitExpression' || (FUNCTIONS.has(node.type) && node['async'] === true)) {
    return { at: node.start, rule: 'waiting (async, await) in the core', instead };
  }
  return isMember(node, 'console') ? { at: node.start, rule: 'console in the core', instead } : undefined;
};

const RULES: readonly Rule[] = [
  functionLength,
  parameters,
  unusedSyntax,
  defaultExport,
  outsideCalls,
  pureCore,
];

const SUPPRESSION =
  /(?:\/\/|\/\*)[^\n]*?(@ts-(?:ignore|expect-error|nocheck)|biome-ignore|(?:oxlint|eslint)-disable)/g;

function suppressions({ text }: SourceFile): Found[] {
  return [...text.matchAll(SUPPRESSION)].map((match) => ({
    at: match.index,
    rule: `a suppression (${match[1]})`,
    instead: 'write what the checker accepts, or change its settings for all files',
  }));
}

/** The comment a file opens with says which decision lives in it; a shebang may stand before. */
function opening({ text }: SourceFile): Found[] {
  if (/^(#![^\n]*\n)?\/\*\*\s*\S/.test(text)) return [];
  return [{ at: 0, rule: 'no opening comment', instead: 'say which decision lives here, and why this way' }];
}

function length({ text }: SourceFile): Found[] {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= MAX_FILE_LINES) return [];
  return [
    { at: 0, rule: `${lines} lines (at most ${MAX_FILE_LINES})`, instead: 'part it by what it decides' },
  ];
}

export function brokenLimits(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) => {
    const found = [...length(file), ...opening(file), ...suppressions(file)];
    walk(syntaxOf(file), (node, parent) => {
      for (const rule of RULES) found.push(...[rule(node, parent, file) ?? []].flat());
    });
    return found.map(({ at, rule, instead }) => ({
      file: file.path,
      line: lineAt(file.text, at),
      rule,
      instead,
    }));
  });
}

/** Folders in which nothing is found by names alone any more. */
export function crowdedFolders(paths: readonly string[]): Breach[] {
  const files = new Map<string, number>();
  for (const path of paths) files.set(dirname(path), (files.get(dirname(path)) ?? 0) + 1);
  return [...files]
    .filter(([, count]) => count > MAX_FOLDER_FILES)
    .map(([file, count]) => ({
      file,
      line: 1,
      rule: `${count} files beside each other (at most ${MAX_FOLDER_FILES})`,
      instead: 'give each subject among them a folder',
    }));
}

/** How long the longest of the shortest nine of ten named functions is. */
export function usualFunctionLines(files: readonly SourceFile[]): number {
  const lengths: number[] = [];
  for (const file of files) {
    walk(syntaxOf(file), ({ type, start, end }) => {
      if (type === 'FunctionDeclaration') lengths.push(file.text.slice(start, end).split('\n').length);
    });
  }
  return lengths.toSorted((a, b) => a - b)[Math.ceil(lengths.length * 0.9) - 1] ?? 0;
}
