/**
 * Each measure as a formula over ingredients: sums and counts over the columns of its facts `f`, which are
 * additive (cells add up to totals), counts of orders, and what is not additive. Divisions are by `nullif`,
 * so that a share of nothing is not known rather than 0; sums of nothing are 0.
 */
import { type RawBuilder, sql } from 'kysely';
import type { MeasureId } from '../../contract/reports/report-measures.ts';

type Sql = RawBuilder<unknown>;

/** How an ingredient is taken of rows, and how those of cells become one of a total. */
export const MERGED_BY = { count: 'sum', sum: 'sum', min: 'min', max: 'max' } as const;

/** What adds up, from facts to cells and from cells to totals. */
export type Additive =
  | { readonly kind: 'count'; readonly where: Sql }
  | { readonly kind: 'sum'; readonly of: Sql; readonly where: Sql }
  /** The first and the last of what it is grouped by. */
  | { readonly kind: 'min' | 'max'; readonly column: string };

export type Ingredient =
  | Additive
  /** Orders with a row that counts, each once. */
  | { readonly kind: 'orders'; readonly where: Sql }
  /** An aggregate that is taken of the rows anew for each total; other rows change nothing of it. */
  | { readonly kind: 'non_additive'; readonly is: Sql; readonly where: Sql };

export interface Aggregate {
  /** Columns of the facts that it reads. */
  readonly columns: readonly string[];
  readonly ingredients: readonly Ingredient[];
  /** @param values of those ingredients, in their order; null when there is no row */
  readonly is: (values: readonly Sql[]) => Sql;
  /** The rows that it is made of. */
  readonly rows: Sql;
}

/** Every row. */
export const EVERY = sql`true`;

function f(name: string): Sql {
  return sql`f.${sql.ref(name)}`;
}

function orNone([value = sql`null`]: readonly Sql[]): Sql {
  return sql`coalesce(${value}, 0)::bigint`;
}

function sum(name: string, where: Sql = EVERY): Aggregate {
  return {
    columns: [name],
    ingredients: [{ kind: 'sum', of: f(name), where }],
    is: orNone,
    rows: sql`(${where}) and ${f(name)} <> 0`,
  };
}

function count(where: Sql, ...columns: string[]): Aggregate {
  return { columns, ingredients: [{ kind: 'count', where }], is: orNone, rows: where };
}

/** Orders with such an item. */
function orders(where: Sql, ...columns: string[]): Aggregate {
  return {
    columns: ['order_id', ...columns],
    ingredients: [{ kind: 'orders', where }],
    is: orNone,
    rows: where,
  };
}

/** What is counted once, whatever rows it has. */
function distinct(of: Sql, where: Sql, ...columns: string[]): Aggregate {
  const is = sql`count(distinct ${of}) filter (where ${where})`;
  return { columns, ingredients: [{ kind: 'non_additive', is, where }], is: orNone, rows: where };
}

/** Not known over several currencies, which are no sum. */
function money(units: string, where: Sql = EVERY): Aggregate {
  return {
    columns: [units, 'unit_price', 'currency_id'],
    ingredients: [
      { kind: 'sum', of: sql`${f(units)} * f.unit_price`, where },
      { kind: 'min', column: 'currency_id' },
      { kind: 'max', column: 'currency_id' },
    ],
    is: ([value = sql`null`, first, last]) =>
      sql`(case when ${first} is not distinct from ${last} then coalesce(${value}, 0) end)::numeric(38, 0)`,
    rows: sql`${where} and ${f(units)} <> 0`,
  };
}

function ratio(part: Sql, whole: Sql): Sql {
  return sql`(${part})::float8 / nullif(${whole}, 0)`;
}

function share(part: Aggregate, whole: Aggregate): Aggregate {
  const { length } = part.ingredients;
  return {
    columns: [...part.columns, ...whole.columns],
    ingredients: [...part.ingredients, ...whole.ingredients],
    is: (values) => ratio(part.is(values.slice(0, length)), whole.is(values.slice(length))),
    rows: whole.rows,
  };
}

function mean(of: Sql, where: Sql, ...columns: string[]): Aggregate {
  return {
    columns,
    ingredients: [
      { kind: 'sum', of: sql`${of}::float8`, where },
      { kind: 'count', where },
    ],
    is: ([total = sql`null`, rows = sql`null`]) => ratio(total, rows),
    rows: where,
  };
}

function meanOf(name: string): Aggregate {
  return mean(f(name), sql`${f(name)} is not null`, name);
}

function percentile(at: number, name: string): Aggregate {
  const is = sql`percentile_cont(${sql.lit(at)}) within group (order by ${f(name)})`;
  const where = sql`${f(name)} is not null`;
  return {
    columns: [name],
    ingredients: [{ kind: 'non_additive', is, where }],
    is: ([value = sql`null`]) => value,
    rows: where,
  };
}

const ACCEPTED = sql`f.accepted is not null`;

/** What had stock after so many days, of what was accepted as long ago. */
function fillWithin<Days extends number>(days: Days) {
  const stock = `stock_${days}`;
  const known = sql`${ACCEPTED} and ${f(stock)} is not null`;
  const columns = [stock, 'accepted'];
  const rates = {
    [`unit_fill_rate_${days}`]: share(sum(stock, known), sum('accepted', known)),
    [`item_fill_rate_${days}`]: share(
      count(sql`${f(stock)} >= f.accepted`, ...columns),
      count(known, ...columns),
    ),
    [`order_fill_rate_${days}`]: ordersWhole(sql`${known} and ${f(stock)} < f.accepted`, known, ...columns),
    [`value_fill_rate_${days}`]: share(money(stock, known), money('accepted', known)),
  };
  return rates as Record<`${'unit' | 'item' | 'order' | 'value'}_fill_rate_${Days}`, Aggregate>;
}

/** The share of orders without an item that is short. */
function ordersWhole(short: Sql, all: Sql, ...columns: string[]): Aggregate {
  const shortOfAll = share(orders(short, ...columns), orders(all, ...columns));
  return { ...shortOfAll, is: (values) => sql`1 - ${shortOfAll.is(values)}` };
}

/** A promised day that has come to its end: filled, or overdue while something waits. */
function kept(promised: string): Aggregate {
  const day = f(promised);
  const isFilled = sql`f.filled is not null and ${day} is not null`;
  const isOverdue = sql`f.filled is null and f.waiting > 0 and f.today::date > ${day}`;
  const columns = [promised, 'filled', 'waiting', 'today'];
  return share(
    count(sql`${isFilled} and f.filled::date <= ${day}`, ...columns),
    count(sql`(${isFilled}) or (${isOverdue})`, ...columns),
  );
}

export const AGGREGATES: Readonly<Record<MeasureId, Aggregate>> = {
  items: count(EVERY),
  orders: orders(EVERY),
  ordered_units: sum('ordered'),
  waiting_units: sum('waiting'),
  backordered_units: sum('backordered'),
  preordered_units: sum('preordered'),
  unfillable_units: sum('unfillable'),
  pending_units: sum('pending'),
  allocated_units: sum('allocated'),
  shipped_units: sum('shipped'),
  cancelled_units: sum('cancelled'),
  waiting_items: count(sql`f.waiting > 0`, 'waiting'),
  value: money('ordered'),
  waiting_value: money('waiting'),
  days_waiting_mean: meanOf('days_waiting'),
  days_waiting_median: percentile(0.5, 'days_waiting'),
  days_waiting_p90: percentile(0.9, 'days_waiting'),

  waited_items: count(sql`f.waited`, 'waited'),
  backorder_rate: share(count(sql`f.waited`, 'waited'), count(EVERY)),
  filled_items: count(sql`f.filled is not null`, 'filled'),
  days_to_fill_mean: meanOf('days_to_fill'),
  days_to_fill_median: percentile(0.5, 'days_to_fill'),
  days_to_fill_p90: percentile(0.9, 'days_to_fill'),
  unit_fill_rate: share(sum('at_once'), sum('accepted')),
  item_fill_rate: share(
    count(sql`f.at_once = f.accepted`, 'at_once', 'accepted'),
    count(ACCEPTED, 'accepted'),
  ),
  order_fill_rate: ordersWhole(sql`f.at_once < f.accepted`, ACCEPTED, 'at_once', 'accepted'),
  value_fill_rate: share(money('at_once'), money('accepted')),
  ...fillWithin(1),
  ...fillWithin(7),
  ...fillWithin(30),
  given_up_units: sum('given_up'),
  taken_back_units: sum('taken_back'),

  covered_units: sum('covered'),
  cover_rate: share(sum('covered'), sum('waiting')),
  first_promise_kept: kept('first_promised'),
  last_promise_kept: kept('last_promised'),
  promise_bias: mean(
    sql`(f.filled::date - f.first_promised)`,
    sql`f.filled is not null and f.first_promised is not null`,
    'filled',
    'first_promised',
  ),
  split_rate: share(
    orders(sql`f.warehouses >= 2`, 'warehouses'),
    orders(sql`f.warehouses >= 1`, 'warehouses'),
  ),

  units_given: sum('given'),
  items_given: distinct(sql`f.order_id * 1000 + f.line`, sql`f.given > 0`, 'given', 'order_id', 'line'),
  units_lost: sum('lost'),
  units_dropped: sum('dropped'),
  units_out: sum('out'),

  units_held: sum('held'),
  units_sent: sum('sent'),
  orders_served: orders(EVERY),

  promise_changes: count(EVERY),
  promises_later: count(sql`f.later`, 'later'),
  promises_earlier: count(sql`f.earlier`, 'earlier'),
  promises_unknown: count(sql`f.unknown`, 'unknown'),

  refused_orders: distinct(sql`f.order`, EVERY, 'order'),
  refused_units: sum('wanted'),
  lost_units: sum('lost'),

  purchased_units: sum('ordered'),
  received_units: sum('received'),
  incoming_units: sum('incoming'),
  slip_mean: meanOf('slip'),
  slip_p90: percentile(0.9, 'slip'),
  late_share: share(count(sql`f.slip > 0`, 'slip'), count(sql`f.slip is not null`, 'slip')),
};

/** Whether totals have to be computed of the facts and not of cells, such as a percentile. */
export function isNonAdditive(id: MeasureId): boolean {
  return AGGREGATES[id].ingredients.some(({ kind }) => kind === 'non_additive');
}
