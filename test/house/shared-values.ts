/**
 * What of the core is shared for the life of the process: constants at the top of its files. A decision that can write to
 * one of them decides something about all later ones, so each is frozen, or is made anew by a function. Caches that change
 * no answer are named here, with what they keep.
 */
import {
  type Breach,
  childOf,
  isTest,
  lineAt,
  type SourceFile,
  type SyntaxNode,
  syntaxOf,
  textOf,
} from './source-files.ts';

const INSTEAD = 'freeze it (core/kernel/frozen), or let a function make it';

/** Kept for speed alone: what is found there is what would be worked out again. */
const CACHES = new Set(['src/core/kernel/time.ts formatters', 'src/core/sourcing/condition.ts PRODUCTS']);

const CONTAINERS = new Set(['Set', 'Map', 'WeakSet', 'WeakMap', 'Array']);

/** Where within a value something can be changed; undefined when nothing can. */
export function changeableIn(value: unknown, path: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain || !Object.isFrozen(value)) return path;
  for (const [key, each] of Object.entries(value)) {
    const found = changeableIn(each, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isReadOnly(file: SourceFile, declared: SyntaxNode): boolean {
  const type = childOf(childOf(declared, 'id'), 'typeAnnotation');
  return (
    type !== undefined && /^:\s*(Readonly|readonly\b|Record<)/.test(file.text.slice(type.start, type.end))
  );
}

function isChangeable(file: SourceFile, declared: SyntaxNode): boolean {
  const value = childOf(declared, 'init');
  if (value === undefined || isReadOnly(file, declared)) return false;
  if (value.type === 'NewExpression') return CONTAINERS.has(textOf(childOf(value, 'callee'), 'name') ?? '');
  return value.type === 'ArrayExpression' || value.type === 'ObjectExpression';
}

/** Variables at the top of files of the core that can be changed. */
export function changeableConstants(files: readonly SourceFile[]): Breach[] {
  return files
    .filter(({ path }) => path.startsWith('src/core/') && !isTest(path))
    .flatMap((file) => {
      const body = syntaxOf(file)['body'] as readonly SyntaxNode[];
      const statements = body.map((each) => childOf(each, 'declaration') ?? each);
      return statements
        .filter(({ type }) => type === 'VariableDeclaration')
        .flatMap((each) => {
          const declared = each['declarations'] as readonly SyntaxNode[];
          return declared.filter((one) => each['kind'] !== 'const' || isChangeable(file, one));
        })
        .map((declared) => ({ declared, name: textOf(childOf(declared, 'id'), 'name') ?? '' }))
        .filter(({ name }) => !CACHES.has(`${file.path} ${name}`))
        .map(({ declared, name }) => ({
          file: file.path,
          line: lineAt(file.text, declared.start),
          rule: `${name} can be changed by whoever reads it`,
          instead: INSTEAD,
        }));
    });
}
