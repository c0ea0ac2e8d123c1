/**
 * Conditions of sourcing rules, in CEL (cel.dev). A condition is checked when it is saved, with the place of the error; at
 * order time it is total: a value that is missing, an overflow, a division by zero make it not hold, and are told apart from
 * "false" so that they can be counted.
 *
 * What may be written is a list, so that nothing can be slow: no regular expressions, no maps, no loop inside a loop, at
 * most 4 KB and 200 nodes. `npm run proof:conditions` tries a million of them.
 */

import { type ASTNode, Environment, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import { frozen } from '../kernel/frozen.ts';
import { differsByItem, FACTS, type ItemFacts, type OrderFacts } from './condition-facts.ts';

/** Where and what is wrong. */
export interface ConditionProblem {
  /** A sentence that says what would be accepted. */
  readonly message: string;
  /** From 0, in UTF-16 units. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly problem: ConditionProblem };

/** missing: it needs a value that there is not; the rule does not apply. */
export type ConditionAnswer = 'true' | 'false' | 'missing';

export interface Condition {
  readonly text: string;
  /** It looks at the item or its product, so that it has to be asked item by item. */
  readonly perItem: boolean;
  /** It looks at whether, or as what, the item waits. */
  readonly looksAtWaiting: boolean;
  evaluate(facts: CelFacts): ConditionAnswer;
}

/** Facts in the form the language computes with: whole numbers as bigint. */
export type CelFacts = Readonly<Record<string, object>>;

const MAX_BYTES = 4_096;
const MAX_NODES = 200;
const MAX_DEPTH = 32;

const LOOPS: readonly string[] = frozen(['all', 'exists', 'exists_one']);
// Without lowerAscii, upperAscii and int: the library changes letters beyond ASCII, and takes any double as an int.
const METHODS: readonly string[] = frozen([...LOOPS, 'contains', 'endsWith', 'startsWith', 'trim', 'size']);
const FUNCTIONS: readonly string[] = frozen(['has', 'size', 'double', 'string']);

/** One class for each variable: the language looks members up by the class of a value. */
class Order {}
class Item {}
class Product {}
class Channel {}
class Customer {}
class ShipTo {}
const CLASSES = frozen({
  order: Order,
  item: Item,
  product: Product,
  channel: Channel,
  customer: Customer,
  shipTo: ShipTo,
});

type VariableName = keyof typeof CLASSES;
const VARIABLES: readonly VariableName[] = frozen(Object.keys(CLASSES) as VariableName[]);

const ENVIRONMENT = createEnvironment();

function createEnvironment(): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: MAX_NODES, maxDepth: MAX_DEPTH, maxListElements: MAX_NODES, maxCallArguments: 4 },
  });
  for (const name of VARIABLES) {
    const ctor = CLASSES[name];
    const fields = Object.fromEntries(
      Object.entries(FACTS[name]).map(([member, { type }]) => [member, type]),
    );
    environment.registerType(ctor.name, { ctor, fields });
    environment.registerVariable(name, ctor.name);
  }
  return environment;
}

/** The facts that are the same for all items of an order. */
export interface CelOrderFacts extends CelFacts {
  readonly order: object;
  readonly channel: object;
  readonly customer: object;
  readonly shipTo: object;
}

export function celOrderFacts(facts: OrderFacts): CelOrderFacts {
  const { order, channel, customer, shipTo } = facts;
  return {
    order: celValue('order', order),
    channel: celValue('channel', channel),
    customer: celValue('customer', customer),
    shipTo: celValue('shipTo', shipTo),
  };
}

/** Those of one item, beside those of its order. */
export function celItemFacts(ofOrder: CelOrderFacts, { item, product }: ItemFacts): CelFacts {
  const { order, channel, customer, shipTo } = ofOrder;
  return { order, channel, customer, shipTo, item: celValue('item', item), product: celProduct(product) };
}

/** Products are few and asked about often: each is brought into form once. */
const PRODUCTS = new WeakMap<object, object>();

function celProduct(product: ItemFacts['product']): object {
  const known = PRODUCTS.get(product);
  if (known !== undefined) return known;
  const value = celValue('product', product);
  PRODUCTS.set(product, value);
  return value;
}

function celValue(name: VariableName, members: object): object {
  const types: Readonly<Record<string, { readonly type: string }>> = FACTS[name];
  const value: Record<string, unknown> = Object.create(CLASSES[name].prototype);
  const given: Readonly<Record<string, unknown>> = { ...members };
  for (const member of Object.keys(given)) {
    const known = given[member];
    if (known === undefined || known === null) continue;
    value[member] = types[member]?.type === 'int' && typeof known === 'number' ? BigInt(known) : known;
  }
  return value;
}

export function compileCondition(text: string): Compiled {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES) {
    return wrong(text, 0, `A condition has at most ${MAX_BYTES} bytes; this one has ${bytes}`);
  }
  try {
    const parsed = ENVIRONMENT.parse(text);
    const refused = refusalOf(parsed.ast, { depth: 0, inLoop: false });
    if (refused !== undefined) return wrong(text, refused.start, refused.message);
    const checked = parsed.check();
    if (!checked.valid) return wrongAt(text, checked.error);
    if (checked.type !== 'bool') {
      return wrong(
        text,
        0,
        `A condition is true or false; this one is a value of type ${checked.type ?? '?'}`,
      );
    }
    return { ok: true, condition: conditionOf(text, parsed) };
  } catch (error) {
    return wrongAt(text, error);
  }
}

/** Beyond it not every whole number is a number with a decimal point: 9007199254740993.0 is read as one less. */
const LAST_EXACT = 2 ** 53;

/** As whoever saves a condition is told: also that it compares with a number which is not the one that was written. */
export function checkCondition(text: string): Compiled {
  const compiled = compileCondition(text);
  if (!compiled.ok) return compiled;
  const inexact = firstInexact(ENVIRONMENT.parse(text).ast);
  if (inexact === undefined) return compiled;
  const message = `A number with a decimal point lies between -${LAST_EXACT} and ${LAST_EXACT}; write larger ones as whole numbers`;
  return wrong(text, inexact.range.start, message);
}

function firstInexact(node: ASTNode): ASTNode | undefined {
  if (node.op === 'value' && typeof node.args === 'number' && Math.abs(node.args) >= LAST_EXACT) return node;
  for (const child of childrenOf(node)) {
    const inexact = firstInexact(child);
    if (inexact !== undefined) return inexact;
  }
  return undefined;
}

type Parsed = ReturnType<Environment['parse']>;

/** One of the tests that "&&" joins at the top. */
interface Conjunct {
  readonly parsed: Parsed;
  /** Members it cannot do without, as variable and member; none where only evaluating it can tell. */
  readonly needs: readonly (readonly [string, string])[];
}

function conditionOf(text: string, parsed: Parsed): Condition {
  const parts = conjunctsOf(parsed.ast).map((node) => conjunctOf(text, node));
  const complete = parts.filter((each) => each !== undefined);
  const whole = { parsed, needs: isPlainTest(parsed.ast) ? membersOf(parsed.ast) : [] };
  const conjuncts = complete.length === parts.length ? complete : [whole];
  return {
    text,
    perItem: looksAtItem(parsed.ast),
    looksAtWaiting: looksAtWaiting(parsed.ast),
    evaluate: (facts) => conjunction(conjuncts, facts),
  };
}

/** The test by itself; undefined where its text cannot be told apart, as around some brackets. */
function conjunctOf(text: string, node: ASTNode): Conjunct | undefined {
  try {
    const parsed = ENVIRONMENT.parse(text.slice(node.range.start, node.range.end));
    if (shapeOf(parsed.ast) !== shapeOf(node)) return undefined;
    return { parsed, needs: isPlainTest(node) ? membersOf(node) : [] };
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Equal for expressions that say the same. */
function shapeOf(node: ASTNode): string {
  return `${node.op}:${ownWord(node)}(${childrenOf(node).map(shapeOf).join()})`;
}

function ownWord(node: ASTNode): string {
  switch (node.op) {
    case 'value':
      return `${typeof node.args} ${String(node.args)}`;
    case 'id':
      return node.args;
    case '.':
      return node.args[1];
    case 'call':
    case 'rcall':
      return node.args[0];
    default:
      return '';
  }
}

/** False as soon as one test is false, also where another one lacks a value: the order of tests decides nothing. */
function conjunction(conjuncts: readonly Conjunct[], facts: CelFacts): ConditionAnswer {
  let missing = false;
  for (const each of conjuncts) {
    const answer = testOf(each, facts);
    if (answer === 'false') return 'false';
    if (answer === 'missing') missing = true;
  }
  return missing ? 'missing' : 'true';
}

function testOf({ parsed, needs }: Conjunct, facts: CelFacts): ConditionAnswer {
  // An error costs the language fifteen microseconds; that a value is missing is usual, so it is seen before.
  for (const [variable, member] of needs) {
    const value = facts[variable];
    if (value === undefined || !Object.hasOwn(value, member)) return 'missing';
  }
  try {
    return parsed(facts) === true ? 'true' : 'false';
  } catch (error) {
    if (error instanceof EvaluationError) return 'missing';
    throw error;
  }
}

function conjunctsOf(node: ASTNode): ASTNode[] {
  return node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node];
}

/** Nothing in it can make up for a value that is missing. */
function isPlainTest(node: ASTNode): boolean {
  if (node.op === '||' || node.op === '&&' || node.op === '?:') return false;
  if (node.op === 'call' && node.args[0] === 'has') return false;
  if (node.op === 'rcall' && LOOPS.includes(node.args[0])) return false;
  return childrenOf(node).every(isPlainTest);
}

function membersOf(node: ASTNode): (readonly [string, string])[] {
  if (node.op === '.' && node.args[0].op === 'id') return [[node.args[0].args, node.args[1]]];
  return childrenOf(node).flatMap(membersOf);
}

interface RefusedNode {
  readonly start: number;
  readonly message: string;
}

/** The first node that a condition may not have. */
function refusalOf(
  node: ASTNode,
  { depth, inLoop }: { readonly depth: number; readonly inLoop: boolean },
): RefusedNode | undefined {
  const start = node.range.start;
  if (depth > MAX_DEPTH) return { start, message: `A condition is nested at most ${MAX_DEPTH} deep` };
  const loops = node.op === 'rcall' && LOOPS.includes(node.args[0]);
  const own = refusedItself(node) ?? (loops && inLoop ? 'A loop inside a loop is not accepted' : undefined);
  if (own !== undefined) return { start, message: own };
  for (const child of childrenOf(node)) {
    const refused = refusalOf(child, { depth: depth + 1, inLoop: inLoop || loops });
    if (refused !== undefined) return refused;
  }
  return undefined;
}

function refusedItself(node: ASTNode): string | undefined {
  switch (node.op) {
    case 'call':
      return FUNCTIONS.includes(node.args[0])
        ? undefined
        : `There is no function ${node.args[0]}; accepted: ${FUNCTIONS.join(', ')}`;
    case 'rcall':
      return METHODS.includes(node.args[0])
        ? undefined
        : `There is no ${node.args[0]}() in conditions; accepted: ${METHODS.join(', ')}`;
    case 'value':
      if (typeof node.args === 'bigint' && BigInt.asIntN(64, node.args) !== node.args) {
        return 'A whole number lies between -9223372036854775808 and 9223372036854775807';
      }
      return isPlain(node.args) ? undefined : 'Only texts, numbers, true and false can be compared with';
    case '-_':
      // the library does not see that the least whole number has no opposite
      return node.args.op === 'value' ? undefined : 'A minus stands before a number; elsewhere write 0 - …';
    case 'map':
    case '.?':
    case '[?]':
      return 'Maps and optional values are not accepted; compare single values';
    default:
      return undefined;
  }
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

function looksAtItem(node: ASTNode): boolean {
  if (node.op === 'id') return differsByItem(node.args);
  return childrenOf(node).some(looksAtItem);
}

function looksAtWaiting(node: ASTNode): boolean {
  const member = node.op === '.' ? node.args[1] : undefined;
  return member === 'waiting' || member === 'kind' || childrenOf(node).some(looksAtWaiting);
}

function wrongAt(text: string, error: unknown): Compiled {
  const { start, summary, code } = errorParts(error);
  return wrong(text, start, wordsFor(text, { start, summary, code }));
}

function errorParts(error: unknown): { start: number; summary: string; code: string } {
  if (error instanceof ParseError || (error instanceof Error && 'summary' in error)) {
    const { range, summary, code } = error as ParseError;
    return { start: range?.start ?? 0, summary, code };
  }
  throw error;
}

/** The library's own words, or better ones where it is known what was meant. */
function wordsFor(
  text: string,
  { start, summary, code }: { readonly start: number; readonly summary: string; readonly code: string },
): string {
  if (code === 'unknown_variable') return `${summary}; there are ${VARIABLES.join(', ')}`;
  if (code === 'no_such_key') {
    const before = /([A-Za-z]+)\s*\.\s*$/.exec(text.slice(0, start))?.[1];
    const name = VARIABLES.find((each) => each === before);
    const member = /^\w+/.exec(text.slice(start))?.[0] ?? '';
    if (name !== undefined) {
      return `There is no ${name}.${member}; ${name} has ${Object.keys(FACTS[name]).toSorted().join(', ')}`;
    }
  }
  if (summary.includes('EOF')) return 'The condition ends too early; something is expected here';
  return summary;
}

function wrong(text: string, offset: number, message: string): Compiled {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { ok: false, problem: { message, offset, line, column: offset - before.lastIndexOf('\n') } };
}
