/**
 * One word for one thing. The glossary's words are those of the code, and their synonyms do not appear: not as names,
 * not as columns, not in messages. Names that say nothing (manager, helper, process) are not used either; what a
 * library calls its own things is its own affair, so only names that are made here are looked at.
 */
import {
  type Breach,
  childOf,
  lineAt,
  type SourceFile,
  type SyntaxNode,
  syntaxOf,
  textOf,
  walk,
} from './source-files.ts';

/** Synonym, in plain words, and the glossary's word for it. Refused as names and in strings alike. */
const SYNONYMS: Readonly<Record<string, string>> = {
  qty: 'quantity, or units',
  qtys: 'quantities, or units',
  location: 'warehouse',
  locations: 'warehouses',
  'stock location': 'warehouse',
  reservation: 'allocation',
  reservations: 'allocations',
  reserve: 'allocate',
  reserved: 'allocated',
  'stock item': 'inventory level',
  'stock level': 'inventory level',
  'stock count': 'inventory level, or count',
  'line item': 'order item',
  'order line': 'order item',
  'order lines': 'order items',
  variant: 'product',
  storefront: 'sales channel',
};

/** Names that say nothing about what a thing does. Refused as names; in prose they are ordinary words. */
const EMPTY_NAMES: Readonly<Record<string, string>> = {
  manager: 'what it decides or keeps',
  service: 'what it does, as a verb',
  util: 'what it computes',
  utils: 'what it computes',
  helper: 'what it helps with',
  helpers: 'what they help with',
  handler: 'the act or the story',
  handlers: 'the acts or the stories',
  handle: 'the act: answer, refuse, serve',
  process: 'the act: place, fill, ship',
  manage: 'the act: raise, lower, keep',
};

function parted(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();
}

/** 'stockItemQTY' and 'stock_item_qty' as 'stock item qty'. */
function plainWords(name: string): string {
  return parted(name)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** The same of running text; words on two sides of a comma or the like do not stand together. */
function plainText(text: string): string {
  return parted(text)
    .replace(/[^a-z0-9 _-]+/g, ' . ')
    .replace(/[ _-]+/g, ' ');
}

function hasWords(plain: string, words: string): boolean {
  return ` ${plain} `.includes(` ${words} `);
}

/** Terms of their own that contain a synonym of another: a purchase order has lines, an order has items. */
const TERMS = / purchase order(s?) line(s?) /g;

function offending(
  plain: string,
  ...lists: readonly Readonly<Record<string, string>>[]
): [string, string] | undefined {
  const own = ` ${plain} `.replace(TERMS, ' ');
  return lists.flatMap((list) => Object.entries(list)).find(([word]) => hasWords(own, word));
}

const DECLARING = new Set([
  'VariableDeclarator',
  'FunctionDeclaration',
  'ClassDeclaration',
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
]);
const MEMBERS = new Set([
  'TSPropertySignature',
  'TSMethodSignature',
  'PropertyDefinition',
  'MethodDefinition',
]);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** The names a node makes: what it declares, its parameters, or its own member. */
function namesMadeBy(node: SyntaxNode): string[] {
  const made: (string | undefined)[] = [];
  if (DECLARING.has(node.type)) made.push(textOf(childOf(node, 'id'), 'name'));
  if (MEMBERS.has(node.type)) made.push(textOf(childOf(node, 'key'), 'name'));
  const { params } = node;
  if (FUNCTIONS.has(node.type) && Array.isArray(params))
    made.push(...params.map((each) => textOf(each, 'name')));
  return made.filter((name) => name !== undefined);
}

/** The text of a string or of a part of a template. SQL and messages are found there. */
function writtenText(node: SyntaxNode): string | undefined {
  if (node.type === 'Literal') return textOf(node, 'value');
  const { value } = node;
  if (node.type !== 'TemplateElement' || typeof value !== 'object' || value === null) return undefined;
  return 'raw' in value && typeof value.raw === 'string' ? value.raw : undefined;
}

/** HTTP's own header is called Location. */
const FOREIGN_WORDS = /^location$/i;
/** The platform speaks of the operating system, where a process is a thing. */
const ABOUT_PROCESSES = /^src\/platform\/|-process\.ts$/;

function mayNotBeNamed(plain: string, path: string): [string, string] | undefined {
  const hit = offending(plain, SYNONYMS, EMPTY_NAMES);
  return hit?.[0] === 'process' && ABOUT_PROCESSES.test(path) ? undefined : hit;
}

interface Spoken {
  readonly at: number;
  readonly where: string;
  readonly hit: [string, string] | undefined;
}

/** Everything a file says that could be a stray word, with what was found in it. */
function spokenIn(file: SourceFile): Spoken[] {
  const path = plainWords(file.path);
  const spoken: Spoken[] = [{ at: 0, where: 'in the path', hit: mayNotBeNamed(path, file.path) }];
  walk(syntaxOf(file), (node) => {
    for (const name of namesMadeBy(node)) {
      const hit = mayNotBeNamed(plainWords(name), file.path);
      spoken.push({ at: node.start, where: `in the name ${name}`, hit });
    }
    const text = writtenText(node);
    if (text !== undefined && !FOREIGN_WORDS.test(text)) {
      spoken.push({ at: node.start, where: 'in a text', hit: offending(plainText(text), SYNONYMS) });
    }
  });
  return spoken;
}

export function strayWords(files: readonly SourceFile[]): Breach[] {
  return files.flatMap((file) =>
    spokenIn(file).flatMap(({ at, where, hit }) => {
      if (hit === undefined) return [];
      const [word, instead] = hit;
      return [
        {
          file: file.path,
          line: lineAt(file.text, at),
          rule: `'${word}' ${where}`,
          instead: `say ${instead}`,
        },
      ];
    }),
  );
}

/** The words of the first column of every table of a glossary: `| **waiting queue** | … |`. */
export function glossaryWords(markdown: string): string[] {
  const rows = markdown.split('\n').filter((line) => /^\|/.test(line.trim()));
  const cells = rows.map((row) => (row.split('|')[1] ?? '').replace(/[*`_]/g, '').trim());
  const body = cells.filter((_, index) => !/^\|[\s:|-]+$/.test(rows[index + 1]?.trim() ?? ''));
  return body
    .filter((cell) => cell !== '' && !/^:?-+:?$/.test(cell))
    .flatMap((cell) => cell.replace(/\(.*?\)/g, '').split(/[,/;]/))
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Words that no line of code uses, in singular or plural, written as one word or as several. */
export function unusedWords(words: readonly string[], files: readonly SourceFile[]): string[] {
  const code = files.map((file) => `${plainWords(file.path)} ${plainWords(file.text)}`).join(' ');
  return words.filter((word) => {
    const plain = plainWords(word);
    const forms = [plain, `${plain}s`, plain.replaceAll(' ', '')];
    return !forms.some((form) => hasWords(code, form));
  });
}
