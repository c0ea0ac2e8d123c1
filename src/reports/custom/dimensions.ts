/** Each dimension over the columns of facts `f`, as the text it is answered as, and conditions on it. */
import { type RawBuilder, sql } from 'kysely';
import type { Condition, Group, ReportDefinition } from '../../contract/report-definition.ts';
import { type DimensionId, everyOf, kindOf, type Period } from '../../contract/report-dimensions.ts';

type Sql = RawBuilder<unknown>;

/** Buckets of age, each with the days below which it is. */
const AGES: readonly (readonly [name: string, below: number])[] = [
  ['0–3', 4],
  ['4–7', 8],
  ['8–14', 15],
  ['15–21', 22],
  ['22–30', 31],
  ['31–45', 46],
];
const OLDEST = '46+';

export function ageOrder(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10);
}

/** Over `f.days_waiting`: of each bucket what stands for it, null for what does not wait. */
function ofAge(each: (name: string, place: number) => Sql): Sql {
  const buckets = AGES.map(
    ([name, below], place) => sql`when f.days_waiting < ${sql.lit(below)} then ${each(name, place)}`,
  );
  return sql`case when f.days_waiting is null then null ${sql.join(buckets, sql` `)} else ${each(OLDEST, AGES.length)} end`;
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
  /** Whether all rows of an order have the same one. */
  readonly isOfOrder: boolean;
}

const OF_ORDER: readonly DimensionId[] = ['channel', 'currency', 'customer_group', 'country', 'placed'];

const NO_NUMBER = sql`-1`;
const ALL_NUMBERS = sql`-1000`;

/** A whole number: ids and places are not below 0, and no priority is as far below it as what stands for all. */
function numbered(column: string, is: Sql, text: Key['text']): Omit<Key, 'isOfOrder'> {
  return { column, is: sql`coalesce(${is}, ${NO_NUMBER})`, all: ALL_NUMBERS, text };
}

/** @param code a column of a table that has ids */
function coded(column: string, code: `${string}.${string}`): Omit<Key, 'isOfOrder'> {
  const [table = '', name = ''] = code.split('.');
  return numbered(
    column,
    sql`f.${sql.ref(column)}`,
    (key) => sql`(select coded.${sql.ref(name)} from ${sql.table(table)} coded where coded.id = ${key})`,
  );
}

/** One of few texts, and always there. */
function listed(column: string): Omit<Key, 'isOfOrder'> {
  return {
    column,
    is: sql`f.${sql.ref(column)}`,
    all: sql.lit(ALL),
    text: (key) => sql`cast(${key} as text)`,
  };
}

function ofAgeKey(): Omit<Key, 'isOfOrder'> {
  const names = [...AGES.map(([name]) => name), OLDEST];
  const named = names.map((name, place) => sql`when ${sql.lit(place)} then ${sql.lit(name)}`);
  return numbered(
    'days_waiting',
    ofAge((_, place) => sql.lit(place)),
    (key) => sql`case ${key} ${sql.join(named, sql` `)} end`,
  );
}

/** Dimensions that have another key than the text they are answered as. */
const KEYS: Readonly<Partial<Record<DimensionId, Omit<Key, 'isOfOrder'>>>> = {
  product: coded('product_id', 'products.sku'),
  channel: coded('channel_id', 'sales_channels.code'),
  currency: coded('currency_id', 'sales_channels.currency'),
  supplier: coded('supplier_id', 'suppliers.code'),
  status: listed('status'),
  kind: listed('kind'),
  priority: {
    column: 'priority',
    is: sql`f.priority`,
    all: ALL_NUMBERS,
    text: (key) => sql`cast(${key} as text)`,
  },
  age: ofAgeKey(),
};

export function keyOf(group: Group): Key {
  const { dimension } = group;
  const isOfOrder = OF_ORDER.includes(dimension);
  const every = everyOf(group);
  if (every !== undefined) return { ...dayKey(dimension, every), isOfOrder };
  const key = KEYS[dimension];
  if (key !== undefined) return { ...key, isOfOrder };
  return {
    column: columnOf(dimension),
    is: sql`coalesce(cast(${shown(dimension)} as text), ${sql.lit(MISSING)})`,
    all: sql.lit(ALL),
    text: (each) => sql`nullif(${each}, ${sql.lit(MISSING)})`,
    isOfOrder,
  };
}

function dayKey(dimension: DimensionId, every: Period): Omit<Key, 'isOfOrder'> {
  const value = shown(dimension);
  const start = every === 'day' ? value : sql`date_trunc(${sql.lit(every)}, ${value})`;
  return {
    column: columnOf(dimension),
    is: sql`coalesce(cast(${start} as date), ${NO_DAY})`,
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
  return dimension === 'age' ? ofAge((name) => sql.lit(name)) : sql`f.${sql.ref(dimension)}`;
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
