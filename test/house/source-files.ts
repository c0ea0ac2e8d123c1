/**
 * The source as the house tests see it: files, their syntax trees, and breaches with file, line, rule and what to do
 * instead. The tree comes from the parser that already lives in the test runner, so that a check looks at code and
 * never at what merely resembles it inside a string or a comment.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

export interface SourceFile {
  /** From the project's root, with forward slashes: src/core/kernel/time.ts */
  readonly path: string;
  readonly text: string;
}

export interface Breach {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly instead: string;
}

export type SyntaxNode = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly start: number;
  readonly end: number;
};

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE = /(?<!\.d)\.(ts|tsx|mts|mjs)$/;

/** All source files below the given folders, in order of their paths. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return filesNamed(SOURCE, folders);
}

/** All style sheets below the given folders. */
export function styleSheets(...folders: readonly string[]): SourceFile[] {
  return filesNamed(/\.css$/, folders);
}

function filesNamed(name: RegExp, folders: readonly string[]): SourceFile[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && name.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );
  return paths.sort().map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function languageOf(path: string): 'js' | 'ts' | 'tsx' {
  if (path.endsWith('.mjs')) return 'js';
  return path.endsWith('.tsx') ? 'tsx' : 'ts';
}

const trees = new WeakMap<SourceFile, SyntaxNode>();

export function syntaxOf(file: SourceFile): SyntaxNode {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const tree: unknown = parseAst(file.text, { lang: languageOf(file.path) }, file.path);
  if (!isNode(tree)) throw new Error(`no syntax tree for ${file.path}`);
  trees.set(file, tree);
  return tree;
}

/** Calls `visit` for every node with its parent, parents first. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void,
  parent?: SyntaxNode,
): void {
  visit(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, node);
    }
  }
}

/** Member `key` of a node when it is a node itself. */
export function childOf(node: SyntaxNode | undefined, key: string): SyntaxNode | undefined {
  const child = node?.[key];
  return isNode(child) ? child : undefined;
}

export function textOf(node: SyntaxNode | undefined, key: string): string | undefined {
  const text = node?.[key];
  return typeof text === 'string' ? text : undefined;
}

/** One line per breach, for the message of a failing test. */
export function describeBreaches(breaches: readonly Breach[]): string[] {
  return breaches.map(({ file, line, rule, instead }) => `${file}:${line} ${rule}; ${instead}`);
}
