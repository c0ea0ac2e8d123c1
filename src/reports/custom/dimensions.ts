/** Each dimension over the columns of facts `f`, as the text it is answered as, and conditions on it. */
import { type RawBuilder, sql } from 'kysely';
import type { Condition, Group, ReportDefinition } from '../../contract/report-definition.ts';
import { type DimensionId, everyOf, kindOf } from '../../contract/report-dimensions.ts';

type Sql = RawBuilder<unknown>;

/** Last day of each bucket of age. */
const AGES: readonly (readonly [name: string, below: number])[] = [
  ['0–3', 4],
  ['4–7', 8],
  ['8–14', 15],
  ['15–21', 22],
  ['22–30', 31],
  ['31–45', 46],
];

export function ageOrder(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}

/** The column of the facts that a dimension reads. */
export function columnOf(dimension: DimensionId): string {
  return dimension === 'age' ? 'days_waiting' : dimension;
}

/** Stands for a value that is missing; texts of the wire have no control characters, and no day is so early. */
const MISSING = '\u0001';
const NO_DAY = sql`cast('0001-01-01' as date)`;
const ALL = '\u0002';
const ALL_DAYS = sql`cast('0001-01-02' as date)`;

/** What rows are grouped by: a number or a day where there is one, which take half of the time that texts do. */
export interface Key {
  /** The column of the facts that it reads. */
  readonly column: string;
  /** Over the facts `f`; never null, so that keys can be compared. */
  readonly is: Sql;
  /** What no key is: it stands for all of them. */
  readonly all: Sql;
  /** As it is answered: null when there is none. */
  readonly text: (key: Sql) => Sql;
}

/** Dimensions that have ids: the column of the facts, and the code of one. */
const CODED: Readonly<Partial<Record<DimensionId, Omit<Key, 'is'>>>> = {
  product: {
    column: 'product_id',
    all: sql`-1`,
    text: (key) => sql`(select coded.sku from products coded where coded.id = ${key})`,
  },
  channel: {
    column: 'channel_id',
    all: sql`-1`,
    text: (key) => sql`(select coded.code from sales_channels coded where coded.id = ${key})`,
  },
};

export function keyOf(group: Group): Key {
  const { dimension } = group;
  const coded = CODED[dimension];
  if (coded !== undefined) return { ...coded, is: sql`f.${sql.ref(coded.column)}` };
  const column = columnOf(dimension);
  const every = everyOf(group);
  if (every === undefined) {
    const is = sql`coalesce(cast(${shown(dimension)} as text), ${sql.lit(MISSING)})`;
    return { column, is, all: sql.lit(ALL), text: (key) => sql`nullif(${key}, ${sql.lit(MISSING)})` };
  }
  const day = sql`cast(date_trunc(${sql.lit(every)}, ${shown(dimension)}) as date)`;
  return {
    column,
    is: sql`coalesce(${day}, ${NO_DAY})`,
    all: ALL_DAYS,
    text: (key) => sql`cast(nullif(${key}, ${NO_DAY}) as text)`,
  };
}

/** Whether the texts of keys are one of these. */
export function areOneOf(texts: readonly Sql[], rows: readonly (readonly (string | null)[])[]): Sql {
  if (rows.length === 0) return sql`false`;
  const here = sql.join(texts.map((text) => sql`coalesce(${text}, ${sql.lit(MISSING)})`));
  const there = rows.map((keys) => sql`(${sql.join(keys.map((key) => sql`${key ?? MISSING}`))})`);
  return sql`(${here}) in (${sql.join(there)})`;
}

function shown(dimension: DimensionId): Sql {
  if (dimension !== 'age') return sql`f.${sql.ref(dimension)}`;
  const bands = AGES.map(
    ([name, below]) => sql`when f.days_waiting < ${sql.lit(below)} then ${sql.lit(name)}`,
  );
  return sql`case when f.days_waiting is null then null ${sql.join(bands, sql` `)} else '46+' end`;
}

/** What rows are grouped by, as it is answered: a text, or the first day of a period. */
export function groupOf(group: Group): Sql {
  const every = everyOf(group);
  const value = shown(group.dimension);
  return every === undefined
    ? sql`cast(${value} as text)`
    : sql`cast(cast(date_trunc(${sql.lit(every)}, ${value}) as date) as text)`;
}

function conditionOf({ dimension, is, isNot, from, until }: Condition): Sql {
  const value = shown(dimension);
  if (is !== undefined) return isOneOf(dimension, is);
  if (isNot !== undefined) return sql`not (${isOneOf(dimension, isNot)})`;
  const type = kindOf(dimension) === 'date' ? sql`timestamp` : sql`bigint`;
  const above = from === undefined ? sql`true` : sql`${value} >= cast(${from} as ${type})`;
  if (until === undefined) return above;
  const end = sql`cast(${until} as ${type})`;
  return sql`(${above} and ${kindOf(dimension) === 'date' ? sql`${value} < ${end}` : sql`${value} <= ${end}`})`;
}

/** True or false, never unknown, so that its opposite is the rest. */
function isOneOf(dimension: DimensionId, values: readonly (string | null)[]): Sql {
  const value = shown(dimension);
  const text =
    kindOf(dimension) === 'date' ? sql`cast(cast(${value} as date) as text)` : sql`cast(${value} as text)`;
  const given = values.filter((each) => each !== null);
  const none = values.includes(null) ? sql`${value} is null` : sql`false`;
  if (given.length === 0) return none;
  return sql`(coalesce(${text} in (${sql.join(given)}), false) or ${none})`;
}

/** Days from and before, as instants of `timestamp`. */
export interface Range {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

function inRange(dimension: DimensionId, { from, until }: Range): Sql {
  const value = shown(dimension);
  const above = from === undefined ? sql`${value} is not null` : sql`${value} >= cast(${from} as timestamp)`;
  return until === undefined ? above : sql`${above} and ${value} < cast(${until} as timestamp)`;
}

/** Which rows of the facts a report is about, and the columns that say so. */
export function chosenBy(
  { filters, period }: Pick<ReportDefinition, 'filters' | 'period'>,
  range: Range,
): { readonly columns: readonly string[]; readonly conditions: readonly Sql[] } {
  const all = filters.map((any) => sql`(${sql.join(any.map(conditionOf), sql` or `)})`);
  const columns = filters.flat().map((each) => columnOf(each.dimension));
  if (period === undefined) return { columns, conditions: all };
  return {
    columns: [...columns, columnOf(period.dimension)],
    conditions: [...all, inRange(period.dimension, range)],
  };
}
