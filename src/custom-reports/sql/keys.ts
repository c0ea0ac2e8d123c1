/**
 * Keys: what the rows and columns of a report are grouped by. They are numbers and days where there are any,
 * which take half of the time that texts do, and become texts only where they are shown.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Group, ReportDefinition } from '../../contract/reports/report-definition.ts';
import {
  AGE_NAMES,
  type DimensionId,
  everyOf,
  type Period,
} from '../../contract/reports/report-dimensions.ts';
import { WAITING_KINDS } from '../../core/catalog/sell-policy.ts';
import { ITEM_STATUSES } from '../../core/orders/item-status.ts';
import { ageOf, columnOf, valueOfDimension } from './dimensions.ts';

type Sql = RawBuilder<unknown>;

export interface Key {
  /** The column of the facts that it reads. */
  readonly column: string;
  /** Over the facts `f`; never null, so that keys can be compared. */
  readonly is: Sql;
  /** What no key is: it stands for all of them. */
  readonly all: Sql;
  /** What keys follow each other by; null when there is none. */
  readonly order: (key: Sql) => Sql;
  /** As it is answered: null when there is none. */
  readonly text: (key: Sql) => Sql;
  /** Whether its text is looked up: then rows that are shown follow each other by it. */
  readonly isCode: boolean;
  /** The other way round. */
  readonly ofText: (text: Sql) => Sql;
  /** Whether all rows of an order have the same one. */
  readonly isOfOrder: boolean;
  /** Roughly how many there may be. */
  readonly about: number;
  /** No more than that; not known when absent. */
  readonly most?: number;
}

type AnyKey = Omit<Key, 'isOfOrder' | 'about'>;

/** The keys of a report: of its rows, one after another, and of its columns. */
export interface ReportKeys {
  readonly rows: readonly Key[];
  readonly across: Key | undefined;
  /** All of them by the names of their columns: k0, k1 … of rows, k of columns. */
  readonly all: ReadonlyMap<string, Key>;
  /** Whether there may be nearly as many cells, or rows, as there are facts. */
  readonly hasManyCells: boolean;
  readonly hasManyRows: boolean;
}

export function keysOf({ by, across: group }: ReportDefinition): ReportKeys {
  const rows = by.map(keyOf);
  const across = group === undefined ? undefined : keyOf(group);
  const named = rows.map((key, index) => [`k${index}`, key] as const);
  const all = new Map(across === undefined ? named : [...named, ['k', across] as const]);
  return { rows, across, all, hasManyCells: areMany([...all.values()]), hasManyRows: areMany(rows) };
}

function areMany(keys: readonly Key[]): boolean {
  return keys.reduce((all, { about }) => all * about, 1) > MANY;
}

/** Beyond it totals are taken of the facts in less time than of cells. */
const MANY = 10_000_000;

const FEW = 5;
const ABOUT: Readonly<Partial<Record<DimensionId, number>>> = { product: 100_000, document: 20_000_000 };
const PERIODS_ABOUT: Readonly<Record<Period, number>> = {
  day: 1_000,
  week: 150,
  month: 36,
  quarter: 12,
  year: 3,
};
const OF_ORDER: readonly DimensionId[] = ['channel', 'currency', 'customer_group', 'country', 'placed'];

/**
 * Stands for a value that is missing; texts of the wire have no control characters, and no day is so early.
 */
const MISSING = sql.lit('\u0001');
const NO_DAY = sql`cast('0001-01-01' as date)`;
const ALL = sql.lit('\u0002');
const ALL_DAYS = sql`cast('0001-01-02' as date)`;
/** Ids and places are not below 0, and no priority is as far below it as what stands for all. */
const NO_NUMBER = sql`-1`;
const ALL_NUMBERS = sql`-1000`;

function asText(key: Sql): Sql {
  return sql`cast(${key} as text)`;
}

/** @param code a column of a table that has ids; several ids may have one, and the least stands for it */
function coded(column: string, code: `${string}.${string}`): AnyKey {
  const [table = '', name = ''] = code.split('.');
  const [from, is] = [sql`${sql.table(table)} coded`, sql`coded.${sql.ref(name)}`];
  return {
    column,
    is: sql`coalesce(f.${sql.ref(column)}, ${NO_NUMBER})`,
    all: ALL_NUMBERS,
    order: (key) => sql`nullif(${key}, ${NO_NUMBER})`,
    text: (key) => sql`(select ${is} from ${from} where coded.id = ${key})`,
    isCode: true,
    ofText: (text) =>
      sql`case when ${text} is null then ${NO_NUMBER} else (select min(coded.id) from ${from} where ${is} = ${text}) end`,
  };
}

/** One of few texts, and always there. */
function listed(column: string, { length }: readonly string[]): AnyKey {
  return {
    most: length,
    column,
    is: sql`f.${sql.ref(column)}`,
    all: ALL,
    order: asText,
    text: asText,
    isCode: false,
    ofText: (text) => text,
  };
}

function ofPriority(): AnyKey {
  return {
    column: 'priority',
    is: sql`f.priority`,
    all: ALL_NUMBERS,
    order: (key) => key,
    text: asText,
    isCode: false,
    ofText: (text) => sql`cast(${text} as integer)`,
  };
}

/** The places of the buckets. */
function ofAge(): AnyKey {
  const names = AGE_NAMES.map((name, place) => ({ name: sql.lit(name), place: sql.lit(place) }));
  const named = names.map(({ name, place }) => sql`when ${place} then ${name}`);
  const placed = names.map(({ name, place }) => sql`when ${name} then ${place}`);
  return {
    column: columnOf('age'),
    is: sql`coalesce(${ageOf((_, place) => sql.lit(place))}, ${NO_NUMBER})`,
    all: ALL_NUMBERS,
    order: (key) => sql`nullif(${key}, ${NO_NUMBER})`,
    text: (key) => sql`case ${key} ${sql.join(named, sql` `)} end`,
    isCode: false,
    most: names.length + 1,
    ofText: (text) => sql`case ${text} ${sql.join(placed, sql` `)} else ${NO_NUMBER} end`,
  };
}

function ofText(dimension: DimensionId): AnyKey {
  const orNone = (key: Sql) => sql`nullif(${key}, ${MISSING})`;
  return {
    column: columnOf(dimension),
    is: sql`coalesce(${asText(valueOfDimension(dimension))}, ${MISSING})`,
    all: ALL,
    order: orNone,
    text: orNone,
    isCode: false,
    ofText: (text) => sql`coalesce(${text}, ${MISSING})`,
  };
}

/** The first days of periods. */
function ofDays(dimension: DimensionId, every: Period): AnyKey {
  const value = valueOfDimension(dimension);
  const start = every === 'day' ? value : sql`date_trunc(${sql.lit(every)}, ${value})`;
  const orNone = (key: Sql) => sql`nullif(${key}, ${NO_DAY})`;
  return {
    column: columnOf(dimension),
    is: sql`coalesce(cast(${start} as date), ${NO_DAY})`,
    all: ALL_DAYS,
    order: orNone,
    text: (key) => asText(orNone(key)),
    isCode: false,
    ofText: (text) => sql`coalesce(cast(${text} as date), ${NO_DAY})`,
  };
}

/** Dimensions that have another key than the text they are answered as, or always have one. */
const KEYS: Readonly<Partial<Record<DimensionId, AnyKey>>> = {
  product: coded('product_id', 'products.sku'),
  channel: coded('channel_id', 'sales_channels.code'),
  currency: coded('currency_id', 'sales_channels.currency'),
  supplier: coded('supplier_id', 'suppliers.code'),
  status: listed('status', ITEM_STATUSES),
  kind: listed('kind', WAITING_KINDS),
  priority: ofPriority(),
  age: ofAge(),
};

function keyOf(group: Group): Key {
  const { dimension } = group;
  const every = everyOf(group);
  const key = every === undefined ? (KEYS[dimension] ?? ofText(dimension)) : ofDays(dimension, every);
  const about = every === undefined ? (ABOUT[dimension] ?? FEW) : PERIODS_ABOUT[every];
  return { ...key, isOfOrder: OF_ORDER.includes(dimension), about };
}
