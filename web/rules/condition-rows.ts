/**
 * A condition as rows that a person chooses: a fact, how it is compared, with what; all of them hold. Rows become CEL, and
 * CEL that has the shape of rows becomes rows again; any other condition is written by hand.
 */
export type Comparison =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'startsWith'
  | 'contains'
  | 'has'
  | 'has not'
  | 'is'
  | 'is not';

/** As the server tells them. */
export interface Fact {
  readonly path: string;
  readonly type: 'int' | 'double' | 'string' | 'bool' | 'list<string>';
}

export interface ConditionRow {
  /** shipTo.country */
  readonly fact: string;
  readonly comparison: Comparison;
  /** As typed: a text, a number, or texts parted by commas; nothing for "is". */
  readonly value: string;
}

const ORDERED = ['==', '!=', '<', '<=', '>', '>='] as const;

/** How facts of a type may be compared; the first is offered first. */
export const COMPARISONS: Readonly<Record<Fact['type'], readonly Comparison[]>> = {
  string: ['==', '!=', 'in', 'not in', 'startsWith', 'contains'],
  int: ['>=', '<=', '>', '<', '==', '!='],
  double: ['>=', '<=', '>', '<'],
  bool: ['is', 'is not'],
  'list<string>': ['has', 'has not'],
};

/** null: no row, so the rule applies to every item. */
export function conditionOf(rows: readonly ConditionRow[], facts: readonly Fact[]): string | null {
  if (rows.length === 0) return null;
  return rows.map((row) => testOf(row, facts)).join(' && ');
}

function testOf({ fact, comparison, value }: ConditionRow, facts: readonly Fact[]): string {
  const type = facts.find(({ path }) => path === fact)?.type ?? 'string';
  const list = value.split(',').map((each) => quoted(each.trim()));
  switch (comparison) {
    case 'in':
      return `${fact} in [${list.join(', ')}]`;
    case 'not in':
      return `!(${fact} in [${list.join(', ')}])`;
    case 'startsWith':
    case 'contains':
      return `${fact}.${comparison}(${quoted(value)})`;
    case 'has':
      return `${quoted(value)} in ${fact}`;
    case 'has not':
      return `!(${quoted(value)} in ${fact})`;
    case 'is':
      return fact;
    case 'is not':
      return `!${fact}`;
    default:
      return `${fact} ${comparison} ${literal(value, type)}`;
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A number without its point would be a whole one, which cannot be compared with a fraction. */
function literal(value: string, type: Fact['type']): string {
  if (type === 'int') return String(Math.trunc(Number(value) || 0));
  if (type !== 'double') return quoted(value);
  const number = String(Number(value) || 0);
  return /^-?\d+$/.test(number) ? `${number}.0` : number;
}

const PATH = '([A-Za-z]+\\.[A-Za-z]+)';
const TEXT = '("(?:[^"\\\\]|\\\\.)*")';
const SHAPES: readonly {
  readonly shape: RegExp;
  readonly row: (found: readonly string[]) => ConditionRow;
}[] = [
  {
    shape: new RegExp(`^${PATH} (==|!=|<=|>=|<|>) (?:${TEXT}|(-?\\d+(?:\\.\\d+)?))$`),
    row: ([fact = '', comparison, text, number = '']) => ({
      fact,
      comparison: ORDERED.find((each) => each === comparison) ?? '==',
      value: text === undefined ? number.replace(/\.0$/, '') : unquoted(text),
    }),
  },
  {
    shape: new RegExp(`^${PATH} in \\[(.*)\\]$`, 's'),
    row: ([fact = '', list = '']) => listRow(fact, 'in', list),
  },
  {
    shape: new RegExp(`^!\\(${PATH} in \\[(.*)\\]\\)$`, 's'),
    row: ([fact = '', list = '']) => listRow(fact, 'not in', list),
  },
  {
    shape: new RegExp(`^${PATH}\\.(startsWith|contains)\\(${TEXT}\\)$`),
    row: ([fact = '', how, text = '']) => ({
      fact,
      comparison: how === 'contains' ? 'contains' : 'startsWith',
      value: unquoted(text),
    }),
  },
  {
    shape: new RegExp(`^${TEXT} in ${PATH}$`),
    row: ([text = '', fact = '']) => ({ fact, comparison: 'has', value: unquoted(text) }),
  },
  {
    shape: new RegExp(`^!\\(${TEXT} in ${PATH}\\)$`),
    row: ([text = '', fact = '']) => ({ fact, comparison: 'has not', value: unquoted(text) }),
  },
  { shape: new RegExp(`^${PATH}$`), row: ([fact = '']) => ({ fact, comparison: 'is', value: '' }) },
  { shape: new RegExp(`^!${PATH}$`), row: ([fact = '']) => ({ fact, comparison: 'is not', value: '' }) },
];

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function listRow(fact: string, comparison: 'in' | 'not in', list: string): ConditionRow {
  const texts = list.match(new RegExp(TEXT, 'g')) ?? [];
  return { fact, comparison, value: texts.map(unquoted).join(', ') };
}

/** undefined: it does not have the shape of rows, or says something that rows of these facts would not say alike. */
export function rowsOf(condition: string | null, facts: readonly Fact[]): ConditionRow[] | undefined {
  if (condition === null) return [];
  const rows: ConditionRow[] = [];
  for (const test of testsIn(condition)) {
    const row = rowOf(test);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return conditionOf(rows, facts) === condition ? rows : undefined;
}

function rowOf(test: string): ConditionRow | undefined {
  for (const { shape, row } of SHAPES) {
    const found = shape.exec(test);
    if (found !== null) return row(found.slice(1));
  }
  return undefined;
}

/** The tests that "&&" joins, texts in quotes left whole. */
function testsIn(condition: string): string[] {
  const tests = [''];
  for (const part of condition.split(new RegExp(`(${TEXT.slice(1, -1)}| && )`))) {
    if (part === ' && ') tests.push('');
    else tests.push((tests.pop() ?? '') + part);
  }
  return tests;
}
