/**
 * Facts of order items: one row for each, in the state it is in, or was in at a past moment; with what
 * happened to it on the way, and what its customer was told.
 */
import { type RawBuilder, sql } from 'kysely';
import { BUCKETS } from '../../core/orders/buckets.ts';
import {
  CODES,
  type Column,
  type Columns,
  column,
  columnNamed,
  columnsFrom,
  type Moment,
  ORDER,
  ROWS_COUNTED,
  ROWS_NOT_KNOWN,
  ROWS_OF_ORDER,
  type Sources,
  utc,
} from './fact-sources.ts';
import { FILL_DAYS, itemStates, LIFE, type OrdersWanted, waitingOf } from './item-states.ts';

type Sql = RawBuilder<unknown>;

const DAYS = sql`86400.0`;

/** The last state of each item until a moment; of those that had any. */
function lastStates({ instant }: Moment): Sql {
  return sql`(
    select * from ${itemStates(sql`e.recorded_at <= ${instant}`)} as state where state.until is null
  )`;
}

/** Items as they are, or as they were with what does not change of them. */
function stateOf(moment: Moment): Sql {
  if (!moment.isPast) return sql`order_items t`;
  return sql`(
    select past.*, i.product_id, i.channel_id, i.unit_price, i.kind, i.priority, i.waiting_since
    from ${lastStates(moment)} as past
    join order_items i on i.order_id = past.order_id and i.line = past.line
  ) as t`;
}

/** In how many warehouses each order has something. */
function spreadOf(wanted: OrdersWanted = () => sql`true`): Sql {
  return sql`
    left join (
      select order_id, count(distinct warehouse_id) as warehouses from allocations
      where open + shipped > 0 and ${wanted(sql`order_id`)} group by order_id
    ) as spread on spread.order_id = t.order_id`;
}

const PROMISE = sql`left join promises promise on promise.order_id = t.order_id and promise.line = t.line`;

/**
 * What is known of an item in PostgreSQL, and stored of it in the report store. @param life the alias that
 * has LIFE
 */
function storedOfItems(life: string): Columns {
  return {
    ...ORDER.columns,
    ...columnsFrom('t', ['order_id', 'line', 'status', 'kind', 'priority', 'unit_price', ...BUCKETS]),
    waiting_since: column(utc(sql`t.waiting_since`)),
    ...columnsFrom(life, LIFE, 'life'),
    first_promised: column(sql`promise.first_on`, 'promise'),
    last_promised: column(sql`promise.told_on`, 'promise'),
    // units that wait, as their customer was told, with a day
    covered: column(
      sql`coalesce((
        select sum((slice ->> 'units')::int) from jsonb_array_elements(promise.told) as slice
        where slice ->> 'on' is not null), 0)`,
      'promise',
    ),
    warehouses: column(sql`coalesce(spread.warehouses, 0)`, 'spread'),
  };
}

/** Columns that are worked out of others. */
function from(known: Columns, names: readonly string[], write: (...columns: Sql[]) => Sql): Column {
  const sources = names.map((name) => columnNamed(known, name));
  return { is: write(...sources.map(({ is }) => is)), needs: sources.flatMap(({ needs }) => needs) };
}

/**
 * The facts, over what is known of an item at a moment; the same in PostgreSQL and in the report store.
 * @param wide a type of whole numbers beyond bigint, since a price times its units can be
 */
export function itemFacts(known: Columns, { at }: Moment, wide: Sql): Columns {
  const daysSince = (start: Sql, end: Sql) => sql`(extract(epoch from ${end} - ${start}) / ${DAYS})::float8`;
  const waiting = waitingOf('t');
  const isFilled = (withStock: Sql) => sql`${waiting} = 0 and ${withStock}`;
  return {
    ...known,
    unit_price: from(known, ['unit_price'], (price) => sql`${price}::${wide}`),
    ...Object.fromEntries(
      BUCKETS.map((bucket) => [bucket, from(known, [bucket], (units) => sql`${units}::bigint`)] as const),
    ),
    waiting: column(sql`${waiting}::bigint`),
    days_waiting: from(
      known,
      ['waiting_since'],
      (since) => sql`case when ${waiting} > 0 then ${daysSince(since, at)} end`,
    ),
    waited: from(known, ['waited'], (waited) => sql`coalesce(${waited}, false)`),
    filled: from(
      known,
      ['ended_with_stock', 'ended_at'],
      (withStock, ended) => sql`case when ${isFilled(withStock)} then ${ended} end`,
    ),
    days_to_fill: from(
      known,
      ['ended_with_stock', 'waiting_since', 'ended_at'],
      (withStock, since, ended) => sql`case when ${isFilled(withStock)} then ${daysSince(since, ended)} end`,
    ),
    days_to_give_up: from(
      known,
      ['ended_with_stock', 'waiting_since', 'ended_at'],
      (withStock, since, ended) =>
        sql`case when ${waiting} = 0 and not ${withStock} then ${daysSince(since, ended)} end`,
    ),
    accepted: from(known, ['accepted'], (units) => sql`${units}::bigint`),
    at_once: from(known, ['at_once'], (units) => sql`${units}::bigint`),
    // not known while those days are not over
    ...Object.fromEntries(
      FILL_DAYS.map((days) => {
        const over = sql`${sql.lit(`${days * 24} hours`)}::interval`;
        const stock = from(
          known,
          ['placed', `stock_${days}`],
          (placed, units) => sql`case when ${placed} <= ${at} - ${over} then ${units} end`,
        );
        return [`stock_${days}`, stock] as const;
      }),
    ),
    // stock may have come since
    covered: from(known, ['covered'], (units) => sql`least(${units}, ${waiting})::bigint`),
    given_up: from(known, ['given_up'], (units) => sql`coalesce(${units}, 0)`),
    taken_back: from(known, ['taken_back'], (units) => sql`coalesce(${units}, 0)`),
    today: column(at),
  };
}

export function items(moment: Moment): Sources {
  const life = moment.isPast
    ? sql`cross join lateral (select t.*) as life`
    : sql`left join ${lastStates(moment)} as life on life.order_id = t.order_id and life.line = t.line`;
  return {
    from: stateOf(moment),
    joins: { ...CODES.joins, ...ORDER.joins, life, promise: PROMISE, spread: spreadOf() },
    columns: {
      ...CODES.columns,
      ...ROWS_NOT_KNOWN,
      number: ORDER.number,
      ...itemFacts(storedOfItems('life'), moment, sql`numeric(38, 0)`),
    },
  };
}

/**
 * Every state of the items of these orders, for the report store: as they are after each event, and what it
 * changed.
 */
export function itemStatesToStore(wanted: OrdersWanted): Sources {
  return {
    from: sql`(
      select state.*, i.product_id, i.channel_id, i.unit_price, i.kind, i.priority, i.waiting_since,
        i.${sql.ref(ROWS_OF_ORDER.all)}, i.${sql.ref(ROWS_OF_ORDER.ofProduct)}
      from ${itemStates(sql`true`, wanted)} as state
      join (
        select i.*, ${ROWS_COUNTED} from order_items i where ${wanted(sql`i.order_id`)}
      ) as i on i.order_id = state.order_id and i.line = state.line
    ) as t`,
    joins: {
      ...ORDER.joins,
      life: sql`cross join lateral (select t.*) as life`,
      promise: PROMISE,
      spread: spreadOf(wanted),
    },
    columns: {
      ...columnsFrom('t', ['product_id', 'channel_id', 'since', 'until', 'cause', 'document', 'rule']),
      ...columnsFrom('t', ['given', 'lost', 'dropped', 'out', ...Object.values(ROWS_OF_ORDER)]),
      ...storedOfItems('life'),
    },
  };
}
