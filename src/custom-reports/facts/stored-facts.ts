/**
 * What the report store keeps: facts that PostgreSQL has worked out, as tables of columns. What depends on
 * the clock, and codes that may change, are left to who reads; ids of products and channels stand for them.
 */
import { type RawBuilder, sql } from 'kysely';
import { WAITING_KINDS } from '../../core/catalog/sell-policy.ts';
import { BUCKETS } from '../../core/orders/buckets.ts';
import { ITEM_STATUSES } from '../../core/orders/item-status.ts';
import { CODES, column, ROWS_OF_ORDER, type Sources, selectFrom } from './fact-sources.ts';
import { allocationsToStore } from './facts-of-allocations.ts';
import { promiseChanges } from './facts-of-changes.ts';
import { itemStatesToStore } from './facts-of-items.ts';
import { purchases } from './facts-of-purchases.ts';
import { refusals } from './facts-of-refusals.ts';
import { CHANGED_UNITS, FILL_DAYS, type OrdersWanted } from './item-states.ts';

type Sql = RawBuilder<unknown>;

/** Types of the columns of a table of the store, in their order. */
type Types = Readonly<Record<string, string>>;

function typed(type: string, ...names: string[]): Types {
  return Object.fromEntries(names.map((name) => [name, type]));
}

/** One of few texts takes a byte, and is grouped by as a number is. */
function oneOf(texts: readonly string[]): string {
  return `enum(${texts.map((text) => `'${text}'`).join(', ')})`;
}

const PLACE: Types = { order_id: 'bigint', line: 'smallint', product_id: 'integer', channel_id: 'integer' };
const ORDER_TYPES: Types = { placed: 'timestamp', customer_group: 'varchar', country: 'varchar' };

/** The states of items, those they are in and those they were in. */
const STATE: Types = {
  ...PLACE,
  ...ORDER_TYPES,
  status: oneOf(ITEM_STATUSES),
  kind: oneOf(WAITING_KINDS),
  ...typed('smallint', 'priority', 'warehouses'),
  ...typed('integer', ...Object.values(ROWS_OF_ORDER)),
  ...typed('bigint', 'unit_price'),
  ...typed('timestamp', 'since', 'until', 'waiting_since', 'ended_at'),
  ...typed('varchar', 'cause', 'document', 'rule'),
  ...typed('integer', ...BUCKETS, ...Object.keys(CHANGED_UNITS)),
  ...typed('boolean', 'waited', 'ended_with_stock'),
  ...typed('integer', 'given_up', 'taken_back', 'accepted', 'at_once', 'covered'),
  ...typed('integer', ...FILL_DAYS.map((days) => `stock_${days}`)),
  ...typed('date', 'first_promised', 'last_promised'),
};

const OF_ALLOCATION: Types = {
  ...PLACE,
  ...ORDER_TYPES,
  kind: oneOf(WAITING_KINDS),
  warehouse: 'varchar',
  ...typed('integer', ...Object.values(ROWS_OF_ORDER)),
  ...typed('smallint', 'priority'),
  ...typed('integer', 'held', 'sent'),
};

const OF_PROMISE_CHANGE: Types = {
  ...PLACE,
  ...typed('varchar', 'kind', 'cause', 'old_on', 'new_on'),
  ...typed('timestamp', 'changed'),
  ...typed('boolean', 'later', 'earlier', 'unknown'),
};

const OF_REFUSAL: Types = {
  ...typed('integer', 'product_id', 'channel_id'),
  ...typed('varchar', 'number', 'order', 'refusal_code'),
  ...typed('timestamp', 'placed', 'changed'),
  ...typed('integer', 'wanted', 'lost'),
};

const OF_PURCHASE: Types = {
  ...typed('integer', 'product_id', 'supplier_id'),
  ...typed('varchar', 'supplier', 'warehouse', 'purchase_order'),
  ...typed('smallint', 'line'),
  ...typed('timestamp', 'sent', 'expected'),
  ...typed('integer', 'ordered', 'received', 'incoming'),
  ...typed('double', 'slip'),
};

/** A table of the store: what it has, and how PostgreSQL selects what belongs to the records that changed. */
export interface StoredTable {
  readonly table: string;
  readonly types: Types;
  /** The column by which the rows of a record are found. */
  readonly key: string;
  readonly select: (wanted: OrdersWanted) => Sql;
}

/** Of facts the columns that are stored: ids instead of codes, which may change. */
function storedColumns(sources: Sources, types: Types, wanted: Sql): Sql {
  const where = sql`${sources.where ?? sql`true`} and ${wanted}`;
  return selectFrom({ ...sources, where }, Object.keys(types));
}

const NOW = { at: sql`(now() at time zone 'UTC')`, instant: sql`'infinity'::timestamptz`, isPast: false };

/** Of orders: those that had an event, or whose customers were told something. */
export const STORED_OF_ORDERS: readonly StoredTable[] = [
  {
    table: 'states',
    types: STATE,
    key: 'order_id',
    select: (wanted) => storedColumns(itemStatesToStore(wanted), STATE, sql`true`),
  },
  {
    table: 'allocations',
    types: OF_ALLOCATION,
    key: 'order_id',
    select: (wanted) => storedColumns(allocationsToStore(), OF_ALLOCATION, wanted(sql`t.order_id`)),
  },
  {
    table: 'promise_changes',
    types: OF_PROMISE_CHANGE,
    key: 'order_id',
    select: (wanted) => storedColumns(promiseChanges(NOW), OF_PROMISE_CHANGE, wanted(sql`t.order_id`)),
  },
  {
    table: 'orders',
    types: { id: 'bigint', number: 'varchar' },
    key: 'id',
    select: (wanted) => sql`select id, number from orders where ${wanted(sql`id`)}`,
  },
];

export const STORED_REFUSALS: StoredTable = {
  table: 'refusals',
  types: { id: 'bigint', ...OF_REFUSAL },
  key: 'id',
  select: (wanted) => {
    const sources = refusals(NOW);
    const columns = { ...sources.columns, id: column(sql`t.id`) };
    return storedColumns({ ...sources, columns }, { id: 'bigint', ...OF_REFUSAL }, wanted(sql`t.id`));
  },
};

export const STORED_PURCHASES: StoredTable = {
  table: 'purchases',
  types: { id: 'bigint', ...OF_PURCHASE },
  key: 'id',
  select: (wanted) => {
    const sources = purchases();
    const columns = { ...sources.columns, id: column(sql`t.purchase_order_id`) };
    return storedColumns(
      { ...sources, columns },
      { id: 'bigint', ...OF_PURCHASE },
      wanted(sql`t.purchase_order_id`),
    );
  },
};

/** Codes: few, and read as a whole. */
export const STORED_CODES: readonly Omit<StoredTable, 'key'>[] = [
  {
    table: 'sales_channels',
    types: { id: 'integer', code: 'varchar', currency: 'varchar' },
    select: () => sql`select id, code, currency from sales_channels`,
  },
  {
    table: 'products',
    types: { id: 'integer', sku: 'varchar', supplier_id: 'integer' },
    select: () => sql`
      select t.product_id, t.sku, first.id from (select id as product_id, sku from products) as t ${CODES.joins.supplier}`,
  },
  {
    table: 'suppliers',
    types: { id: 'integer', code: 'varchar' },
    select: () => sql`select id, code from suppliers`,
  },
];

const OF_STATES = ['product_id', 'channel_id', 'since', 'until', 'cause', 'document', 'rule'];
const OF_CHANGES = Object.keys(CHANGED_UNITS);

/** What is stored of the items themselves, whatever state they are in. */
export const STORED_OF_ITEMS = Object.keys(STATE).filter(
  (name) => !OF_STATES.includes(name) && !OF_CHANGES.includes(name),
);

export const STORED_COLUMNS = {
  allocations: Object.keys(OF_ALLOCATION),
  promise_changes: Object.keys(OF_PROMISE_CHANGE),
  refusals: Object.keys(OF_REFUSAL),
  purchases: Object.keys(OF_PURCHASE),
};
