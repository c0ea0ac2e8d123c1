/**
 * Each measure as an aggregate over the columns of its facts `f`. Divisions are by `nullif`, so that a share of nothing is
 * not known rather than 0; sums of nothing are 0.
 */
import { type RawBuilder, sql } from 'kysely';
import type { MeasureId } from '../../contract/report-measures.ts';

type Sql = RawBuilder<unknown>;

export interface Aggregate {
  /** Columns of the facts that it reads. */
  readonly columns: readonly string[];
  /** Rows that count for orders: orders with such a row are counted, each once. */
  readonly orders: readonly Sql[];
  /** @param counts of those orders */
  readonly is: (counts: readonly Sql[]) => Sql;
  /** The rows that it is made of. */
  readonly rows: Sql;
}

const EVERY = sql`true`;

function plain(columns: readonly string[], is: Sql, rows: Sql): Aggregate {
  return { columns, orders: [], is: () => is, rows };
}

function f(name: string): Sql {
  return sql`f.${sql.ref(name)}`;
}

function sum(name: string, where?: Sql): Aggregate {
  const only = where === undefined ? sql`` : sql` filter (where ${where})`;
  const rows = where === undefined ? sql`${f(name)} <> 0` : sql`(${where}) and ${f(name)} <> 0`;
  return plain([name], sql`coalesce(sum(${f(name)})${only}, 0)::bigint`, rows);
}

function count(where: Sql, ...columns: string[]): Aggregate {
  return plain(columns, sql`count(*) filter (where ${where})`, where);
}

/** Orders with such an item. */
function orders(where: Sql, ...columns: string[]): Aggregate {
  return {
    columns: ['order_id', ...columns],
    orders: [where],
    is: ([count = sql`0`]) => count,
    rows: where,
  };
}

/** Not known over several currencies, which are no sum. */
function money(units: string, where: Sql = EVERY): Aggregate {
  return plain(
    [units, 'unit_price', 'currency'],
    sql`(case when min(f.currency) is not distinct from max(f.currency)
      then coalesce(sum(${f(units)} * f.unit_price) filter (where ${where}), 0) end)::numeric(38, 0)`,
    sql`${where} and ${f(units)} <> 0`,
  );
}

function share(part: Aggregate, whole: Aggregate): Aggregate {
  return {
    columns: [...part.columns, ...whole.columns],
    orders: [...part.orders, ...whole.orders],
    is: (counts) => {
      const ofWhole = whole.is(counts.slice(part.orders.length));
      return sql`(${part.is(counts)})::float8 / nullif(${ofWhole}, 0)`;
    },
    rows: whole.rows,
  };
}

function mean(name: string): Aggregate {
  return plain([name], sql`avg(${f(name)})::float8`, sql`${f(name)} is not null`);
}

function percentile(at: number, name: string): Aggregate {
  const is = sql`percentile_cont(${sql.lit(at)}) within group (order by ${f(name)})`;
  return plain([name], is, sql`${f(name)} is not null`);
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
  return { ...shortOfAll, is: (counts) => sql`1 - ${shortOfAll.is(counts)}` };
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
  items: plain([], sql`count(*)`, EVERY),
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
  days_waiting_mean: mean('days_waiting'),
  days_waiting_median: percentile(0.5, 'days_waiting'),
  days_waiting_p90: percentile(0.9, 'days_waiting'),

  waited_items: count(sql`f.waited`, 'waited'),
  backorder_rate: share(count(sql`f.waited`, 'waited'), count(EVERY)),
  filled_items: count(sql`f.filled is not null`, 'filled'),
  days_to_fill_mean: mean('days_to_fill'),
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
  promise_bias: plain(
    ['filled', 'first_promised'],
    sql`avg(f.filled::date - f.first_promised)::float8`,
    sql`f.filled is not null and f.first_promised is not null`,
  ),
  split_rate: share(
    orders(sql`f.warehouses >= 2`, 'warehouses'),
    orders(sql`f.warehouses >= 1`, 'warehouses'),
  ),

  units_given: sum('given'),
  items_given: plain(
    ['given', 'order_id', 'line'],
    sql`count(distinct f.order_id * 1000 + f.line) filter (where f.given > 0)`,
    sql`f.given > 0`,
  ),
  units_lost: sum('lost'),
  units_dropped: sum('dropped'),
  units_out: sum('out'),

  units_held: sum('held'),
  units_sent: sum('sent'),
  orders_served: orders(EVERY),

  promise_changes: plain([], sql`count(*)`, EVERY),
  promises_later: count(sql`f.later`, 'later'),
  promises_earlier: count(sql`f.earlier`, 'earlier'),
  promises_unknown: count(sql`f.unknown`, 'unknown'),

  refused_orders: plain(['order'], sql`count(distinct f.order)`, EVERY),
  refused_units: sum('wanted'),
  lost_units: sum('lost'),

  purchased_units: sum('ordered'),
  received_units: sum('received'),
  incoming_units: sum('incoming'),
  slip_mean: mean('slip'),
  slip_p90: percentile(0.9, 'slip'),
  late_share: share(count(sql`f.slip > 0`, 'slip'), count(sql`f.slip is not null`, 'slip')),
};
