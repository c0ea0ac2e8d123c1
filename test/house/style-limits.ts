/**
 * The limits a style sheet keeps. A page's styles stand in a module beside the part that wears them, so that whoever changes
 * a part sees all that it looks like, and nothing else changes with it. Colours and sizes are the tokens' alone. Every class
 * of a module is worn, and every class that is worn is there: nothing else would notice, since an unknown class is no error.
 */
import { basename, dirname, join } from 'node:path/posix';
import { MAX_FILE_LINES } from './code-limits.ts';
import { type Breach, childOf, lineAt, type SourceFile, syntaxOf, textOf, walk } from './source-files.ts';

const TOKENS = 'tokens.css';
/** Sheets that hold for the whole page: the tokens, and how elements look wherever they stand. */
const GLOBAL = new Set([TOKENS, 'reset.css']);
const COMMENT = /\/\*[\s\S]*?\*\//g;
const CLASS = /\.(-?[A-Za-z_][\w-]*)(?=[^{}]*\{)/g;
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(/gi;

interface Found {
  readonly at: number;
  readonly rule: string;
  readonly instead: string;
}

function isModule({ path }: SourceFile): boolean {
  return path.endsWith('.module.css');
}

/** The same text with its comments blank, so that what is found stands where it stood. */
function withoutComments(text: string): string {
  return text.replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '));
}

function classesOf(sheet: SourceFile): Map<string, number> {
  const found = new Map<string, number>();
  for (const { 1: name = '', index } of withoutComments(sheet.text).matchAll(CLASS)) {
    if (!found.has(name)) found.set(name, index);
  }
  return found;
}

function length({ text }: SourceFile): Found[] {
  const lines = text.trimEnd().split('\n').length;
  if (lines <= MAX_FILE_LINES) return [];
  return [
    { at: 0, rule: `${lines} lines (at most ${MAX_FILE_LINES})`, instead: 'part it by what it dresses' },
  ];
}

function globalClasses(sheet: SourceFile): Found[] {
  const instead = 'put it into a module (x.module.css) beside the part that wears it';
  if (isModule(sheet)) {
    return [...withoutComments(sheet.text).matchAll(/:global\b/g)].map(({ index }) => ({
      at: index,
      rule: 'a global class (:global)',
      instead,
    }));
  }
  if (!GLOBAL.has(basename(sheet.path))) return [{ at: 0, rule: 'a style sheet for all pages', instead }];
  return [...classesOf(sheet)].map(([name, at]) => ({ at, rule: `a global class (.${name})`, instead }));
}

function colours(sheet: SourceFile): Found[] {
  if (basename(sheet.path) === TOKENS) return [];
  return [...withoutComments(sheet.text).matchAll(COLOUR)].map(({ 0: colour, index }) => ({
    at: index,
    rule: `a colour of its own (${colour})`,
    instead: `name it in ${TOKENS}, for both themes`,
  }));
}

/** Which classes of which module a source file wears. */
interface Worn {
  readonly module: string;
  readonly name: string;
  readonly at: number;
}

/** Names of imported modules in a file, with their paths. */
function modulesOf(file: SourceFile): Map<string, string> {
  const modules = new Map<string, string>();
  walk(syntaxOf(file), (node) => {
    const from = node.type === 'ImportDeclaration' ? textOf(childOf(node, 'source'), 'value') : undefined;
    if (from?.endsWith('.module.css') !== true || !Array.isArray(node['specifiers'])) return;
    for (const specifier of node['specifiers']) {
      modules.set(textOf(childOf(specifier, 'local'), 'name') ?? '', join(dirname(file.path), from));
    }
  });
  return modules;
}

function wornIn(file: SourceFile): { readonly worn: readonly Worn[]; readonly found: readonly Found[] } {
  const modules = modulesOf(file);
  const worn: Worn[] = [];
  const found: Found[] = [];
  if (modules.size === 0) return { worn, found };
  walk(syntaxOf(file), (node, parent) => {
    const module = node.type === 'Identifier' ? modules.get(textOf(node, 'name') ?? '') : undefined;
    if (module === undefined || parent?.type === 'ImportDefaultSpecifier') return;
    // a member may have the name of a module
    if (parent?.type === 'Property' && parent['shorthand'] !== true && childOf(parent, 'key') === node)
      return;
    if (parent?.type === 'MemberExpression' && childOf(parent, 'object') !== node) return;
    const isNamed = parent?.type === 'MemberExpression' && parent['computed'] === false;
    const name = isNamed ? textOf(childOf(parent, 'property'), 'name') : undefined;
    if (name !== undefined) worn.push({ module, name, at: node.start });
    else {
      const instead = 'name each class (styles.name), so that it can be seen which are worn';
      found.push({ at: node.start, rule: 'a module of styles worn without a name', instead });
    }
  });
  return { worn, found };
}

const GLOBAL_NAME = /\bclassName="[^"]*"/g;

/** Names of classes that stand in a page as a text belong to no module. */
function namesAsText({ text }: SourceFile): Found[] {
  return [...text.matchAll(GLOBAL_NAME)].map(({ 0: name, index }) => ({
    at: index,
    rule: `a class that is only a text (${name})`,
    instead: 'take it from a module',
  }));
}

/** @param sheets all style sheets @param sources all files that may wear them */
export function brokenStyles(sheets: readonly SourceFile[], sources: readonly SourceFile[]): Breach[] {
  const breaches: Breach[] = [];
  const report = (file: SourceFile, found: readonly Found[]) =>
    breaches.push(
      ...found.map(({ at, rule, instead }) => ({
        file: file.path,
        line: lineAt(file.text, at),
        rule,
        instead,
      })),
    );
  const known = new Map(sheets.filter(isModule).map((sheet) => [sheet.path, classesOf(sheet)]));
  const used = new Set<string>();
  for (const file of sources) {
    const { worn, found } = wornIn(file);
    report(file, [...found, ...namesAsText(file)]);
    for (const { module, name, at } of worn) {
      used.add(`${module} ${name}`);
      if (known.get(module)?.has(name) === true) continue;
      report(file, [
        { at, rule: `no class .${name} in ${module}`, instead: 'write it there, or take it away' },
      ]);
    }
  }
  for (const sheet of sheets) {
    report(sheet, [...length(sheet), ...globalClasses(sheet), ...colours(sheet)]);
    for (const [name, at] of known.get(sheet.path) ?? []) {
      if (used.has(`${sheet.path} ${name}`)) continue;
      report(sheet, [{ at, rule: `nobody wears .${name}`, instead: 'take it away' }]);
    }
  }
  return breaches;
}
