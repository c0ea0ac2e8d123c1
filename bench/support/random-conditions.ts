/**
 * Conditions made up at random: well-typed ones over every fact there is, hostile ones that are broken, deep, long or
 * forbidden, and facts to try them on. The same seed makes the same conditions.
 */
import {
  differsByItem,
  FACTS,
  type FactType,
  type ItemFacts,
  type OrderFacts,
} from '../../src/core/sourcing/condition-facts.ts';
import type { Random } from './seeded-random.ts';

export interface RandomFacts {
  readonly order: OrderFacts;
  readonly item: ItemFacts;
}

interface Member {
  readonly path: string;
  readonly type: FactType;
}

const MEMBERS: readonly Member[] = Object.entries(FACTS).flatMap(([variable, members]) =>
  Object.entries(members).map(([member, { type }]) => ({ path: `${variable}.${member}`, type })),
);
const WORDS = [
  '',
  'NL',
  'DE',
  'trade',
  'fragile',
  'heavy',
  'web',
  'LAMP-1',
  'complete',
  'Grüße',
  '漢字',
  'a b',
];
const EDGES = ['0', '1', '-1', '2', '7', '100', '12000', '9223372036854775807', '-9223372036854775807'];
const DOUBLES = ['0.0', '1.5', '-52.25', '1e3', '0.1', '180.0', '1e308'];

/** Well-typed text of type bool; it may still lack a value, overflow, or divide by zero. */
export function randomCondition(from: Random): string {
  return boolOf(from, from.between(1, 4));
}

type Maker = (from: Random, depth: number) => string;

function memberOf(from: Random, type: FactType): string {
  return from.pick(MEMBERS.filter((member) => member.type === type)).path;
}

function oneOf(from: Random, makers: readonly Maker[], depth: number): string {
  return from.pick(makers)(from, depth - 1);
}

function quoted(from: Random): string {
  const word = from.pick(WORDS);
  return from.chance(0.8) ? `"${word}"` : `'${word}'`;
}

const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];

function comparing(of: Maker): Maker {
  return (from, depth) => `${of(from, depth)} ${from.pick(COMPARISONS)} ${of(from, depth)}`;
}

function joined(operator: string, of: Maker): Maker {
  return (from, depth) => `(${of(from, depth)} ${operator} ${of(from, depth)})`;
}

function choosing(of: Maker): Maker {
  return (from, depth) => `(${boolOf(from, depth)} ? ${of(from, depth)} : ${of(from, depth)})`;
}

/** A test of a loop's own variable. */
function testOfTag(from: Random): string {
  const tests = [
    () => `tag == ${quoted(from)}`,
    () => `tag.startsWith(${quoted(from)})`,
    () => `size(tag) > ${from.between(0, 8)}`,
    () => `tag < ${memberOf(from, 'string')}`,
  ];
  return from.pick(tests)();
}

const BOOL_LEAVES: readonly Maker[] = [
  (from) => memberOf(from, 'bool'),
  (from) => `has(${from.pick(MEMBERS).path})`,
  (from) => `${memberOf(from, 'string')} == ${quoted(from)}`,
  (from) => `${memberOf(from, 'int')} ${from.pick(COMPARISONS)} ${from.pick(EDGES)}`,
  (from) => `${quoted(from)} in product.tags`,
  (from) => `${memberOf(from, 'string')} in [${quoted(from)}, ${quoted(from)}]`,
];
const BOOLS: readonly Maker[] = [
  ...BOOL_LEAVES,
  (from, depth) => `${boolOf(from, depth)} && ${boolOf(from, depth)}`,
  (from, depth) => `(${boolOf(from, depth)} || ${boolOf(from, depth)})`,
  (from, depth) => `!(${boolOf(from, depth)})`,
  (from, depth) => choosing(boolOf)(from, depth),
  comparing((from, depth) => intOf(from, depth)),
  comparing((from, depth) => doubleOf(from, depth)),
  comparing((from, depth) => stringOf(from, depth)),
  (from, depth) =>
    `${stringOf(from, depth)}.${from.pick(['contains', 'startsWith', 'endsWith'])}(${quoted(from)})`,
  (from, depth) =>
    `${listOf(from, depth)}.${from.pick(['exists', 'all', 'exists_one'])}(tag, ${testOfTag(from)})`,
  (from, depth) => `${stringOf(from, depth)} in ${listOf(from, depth)}`,
];

function boolOf(from: Random, depth: number): string {
  return oneOf(from, depth <= 0 ? BOOL_LEAVES : BOOLS, depth);
}

const INT_LEAVES: readonly Maker[] = [(from) => memberOf(from, 'int'), (from) => from.pick(EDGES)];
const INTS: readonly Maker[] = [
  ...INT_LEAVES,
  ...['+', '-', '*', '/', '%'].map((operator) => joined(operator, (from, depth) => intOf(from, depth))),
  (from, depth) => `(0 - ${intOf(from, depth)})`,
  (from, depth) => `size(${stringOf(from, depth)})`,
  (from, depth) => `${listOf(from, depth)}.size()`,
  choosing((from, depth) => intOf(from, depth)),
];

function intOf(from: Random, depth: number): string {
  return oneOf(from, depth <= 0 ? INT_LEAVES : INTS, depth);
}

const DOUBLE_LEAVES: readonly Maker[] = [(from) => memberOf(from, 'double'), (from) => from.pick(DOUBLES)];
const DOUBLES_OF: readonly Maker[] = [
  ...DOUBLE_LEAVES,
  ...['+', '-', '*', '/'].map((operator) => joined(operator, (from, depth) => doubleOf(from, depth))),
  // of texts only those that are numbers: of others the second implementation makes NaN, where CEL has an error
  (from, depth) => `double(${from.chance(0.7) ? intOf(from, depth) : `"${from.pick(DOUBLES)}"`})`,
];

function doubleOf(from: Random, depth: number): string {
  return oneOf(from, depth <= 0 ? DOUBLE_LEAVES : DOUBLES_OF, depth);
}

const STRING_LEAVES: readonly Maker[] = [(from) => memberOf(from, 'string'), quoted];
const STRINGS: readonly Maker[] = [
  ...STRING_LEAVES,
  joined('+', (from, depth) => stringOf(from, depth)),
  (from, depth) => `${stringOf(from, depth)}.trim()`,
  (from, depth) => `string(${from.chance(0.7) ? intOf(from, depth) : boolOf(from, depth)})`,
  choosing((from, depth) => stringOf(from, depth)),
];

function stringOf(from: Random, depth: number): string {
  return oneOf(from, depth <= 0 ? STRING_LEAVES : STRINGS, depth);
}

function listOf(from: Random, depth: number): string {
  if (from.chance(0.6)) return 'product.tags';
  return `[${Array.from({ length: from.between(1, 4) }, () => stringOf(from, depth)).join(', ')}]`;
}

const PIECES = [
  '(',
  ')',
  '[',
  ']',
  '"',
  '\\',
  '&&',
  '?',
  ':',
  '.',
  '{',
  '}',
  '1e999',
  '\0',
  '𝔘',
  '//',
  '.?',
  '!',
  '%',
  'in',
];

const HOSTILE: readonly ((from: Random) => string)[] = [
  (from) => mutated(from, randomCondition(from)),
  (from) => Array.from({ length: from.between(1, 60) }, () => from.pick(PIECES)).join(''),
  (from) => `${'('.repeat(from.between(1, 2_000))}true${')'.repeat(from.between(1, 2_000))}`,
  (from) => `${'!'.repeat(from.between(1, 4_000))}true`,
  (from) => `${'-'.repeat(from.between(1, 4_000))}1 == 1`,
  (from) =>
    Array.from({ length: from.between(2, 400) }, () => randomCondition(from)).join(
      from.pick([' && ', ' || ']),
    ),
  (from) => `"${'x'.repeat(from.between(1, 5_000))}" == order.number`,
  (from) => `order${'.number'.repeat(from.between(1, 500))} == ""`,
  (from) => `[${'1,'.repeat(from.between(1, 2_000))}1].exists(n, n == 2)`,
  (from) => `${'['.repeat(from.between(1, 1_000))}${']'.repeat(from.between(1, 1_000))} == []`,
  (from) => `product.tags.all(a, product.tags.all(b, ${testOfTag(from)}))`,
  (from) => `order.number.matches("(${'a+'.repeat(from.between(1, 20))})+$")`,
  (from) => `${'true ? true : '.repeat(from.between(1, 300))}true`,
  (from) =>
    `${['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((name) => `order.${name}`).join(' == ')} ${from.next()}`,
  (from) =>
    String.fromCodePoint(...Array.from({ length: from.between(1, 80) }, () => from.between(1, 0x2fff))),
];

/** Text that nobody means well with. */
export function hostileCondition(from: Random): string {
  return from.pick(HOSTILE)(from);
}

function mutated(from: Random, text: string): string {
  let changed = text;
  for (let count = from.between(1, 4); count > 0; count--) {
    const at = from.between(0, changed.length);
    const until = at + from.between(0, 3);
    const piece = from.pick(['', from.pick(PIECES), changed.slice(at, at + 6)]);
    changed = changed.slice(0, at) + piece + changed.slice(until);
  }
  return changed;
}

const NUMBERS = [0, 1, 2, 7, 100, 12_000, 9_000_000];

/** What may be missing is missing in a third of the cases. */
export function randomFacts(from: Random): RandomFacts {
  const values: Record<string, Record<string, unknown>> = {};
  for (const [variable, members] of Object.entries(FACTS)) {
    const kept = Object.entries(members).filter(([, { mayBeMissing }]) => !mayBeMissing || from.chance(0.67));
    values[variable] = Object.fromEntries(kept.map(([member, { type }]) => [member, factOf(from, type)]));
  }
  const part = (inItem: boolean) =>
    Object.fromEntries(Object.entries(values).filter(([variable]) => differsByItem(variable) === inItem));
  return { order: part(false) as unknown as OrderFacts, item: part(true) as unknown as ItemFacts };
}

function factOf(from: Random, type: FactType): unknown {
  switch (type) {
    case 'bool':
      return from.chance(0.5);
    case 'int':
      return from.pick(NUMBERS);
    case 'double':
      return from.between(-9_000, 9_000) / 100;
    case 'string':
      return from.pick(WORDS);
    case 'list<string>':
      return Array.from({ length: from.between(0, 3) }, () => from.pick(WORDS));
  }
}
