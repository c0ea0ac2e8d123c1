/**
 * Facts of order items: one row for each, in the state it is in, or was in at a past moment; with what happened to it on
 * the way (`life`, from its events) and what its customer was told.
 */
import { type RawBuilder, sql } from 'kysely';
import { SPLIT } from '../../core/orders/buckets.ts';
import { STATUS_OF_BUCKETS } from '../../db/day-facts.ts';
import { CODES, column, type Moment, ORDER, type Sources, utc } from './fact-sources.ts';

type Sql = RawBuilder<unknown>;

const BUCKETS = ['ordered', ...SPLIT] as const;
const WAITING = sql`(t.backordered + t.preordered + t.unfillable)`;
const DAYS = sql`86400.0`;

/** Items as they are; as they were is the sum of their events until then, of those that had any. */
function stateOf({ at, isPast }: Moment): Sql {
  if (!isPast) return sql`order_items t`;
  const sums = BUCKETS.map((bucket) => sql`sum(e.${sql.ref(bucket)})::bigint as ${sql.ref(bucket)}`);
  const kept = sql`i.product_id, i.channel_id, i.unit_price, i.kind, i.priority, i.waiting_since`;
  return sql`(
    select past.*, ${kept}
    from (
      select s.*, ${STATUS_OF_BUCKETS} as status
      from (
        select e.order_id, e.line, ${sql.join(sums)} from item_events e where e.recorded_at <= ${at}
        group by e.order_id, e.line
      ) as s
    ) as past
    join order_items i on i.order_id = past.order_id and i.line = past.line
  ) as t`;
}

/** Units that had stock so many days after the order was placed; null while those days are not over. */
function stockAfter(days: number, at: Sql): Sql {
  const end = sql`o.placed_at + ${sql.lit(`${days} days`)}::interval`;
  return sql`case when min(${end}) <= ${at} then
    coalesce(sum(e.allocated + e.shipped) filter (where e.recorded_at <= ${end}), 0)::bigint end`;
}

/**
 * What happened to each item: how its waiting ended, what was given at once, and what stock it had after some days. `dw` is
 * the change of what waits, `w` what waited after it.
 */
function lifeOf({ at }: Moment): Sql {
  const ends = sql`e.w = 0 and e.dw < 0`;
  const lost = sql`greatest(e.cancelled, 0) + greatest(-e.ordered, 0)`;
  return sql`
    left join (
      select e.order_id, e.line, max(e.w) > 0 as waited,
        max(e.recorded_at) filter (where ${ends}) as ended_at,
        (array_agg(e.allocated + e.shipped > 0 order by e.number desc) filter (where ${ends}))[1] as ended_with_stock,
        sum(least(${lost}, greatest(-e.dw, 0)))::bigint as given_up,
        sum(least(greatest(-e.allocated, 0), greatest(e.dw + e.pending, 0)))::bigint as taken_back,
        max(e.ordered) filter (where e.number = 1 and e.pending = 0 and e.preordered = 0) as accepted,
        max(e.allocated) filter (where e.number = 1 and e.pending = 0 and e.preordered = 0) as at_once,
        ${stockAfter(1, at)} as stock_1, ${stockAfter(7, at)} as stock_7, ${stockAfter(30, at)} as stock_30
      from (
        select e.*, e.backordered + e.preordered + e.unfillable as dw,
          sum(e.backordered + e.preordered + e.unfillable)
            over (partition by e.order_id, e.line order by e.number) as w
        from item_events e where e.recorded_at <= ${at}
      ) as e
      join orders o on o.id = e.order_id
      group by e.order_id, e.line
    ) as life on life.order_id = t.order_id and life.line = t.line`;
}

const PROMISE = sql`left join promises promise on promise.order_id = t.order_id and promise.line = t.line`;
const SPREAD = sql`
  left join (
    select order_id, count(distinct warehouse_id) as warehouses from allocations
    where open + shipped > 0 group by order_id
  ) as spread on spread.order_id = t.order_id`;

/** When a wait ended with stock; null while something waits, and when it was cancelled. */
const FILLED_AT = sql`case when ${WAITING} = 0 and life.ended_with_stock then life.ended_at end`;

export function items(moment: Moment): Sources {
  const { at } = moment;
  const daysSince = (from: Sql, until: Sql) =>
    sql`(extract(epoch from ${until} - ${from}) / ${DAYS})::float8`;
  return {
    from: stateOf(moment),
    joins: {
      ...CODES.joins,
      ...ORDER.joins,
      life: lifeOf(moment),
      promise: PROMISE,
      spread: SPREAD,
    },
    columns: {
      ...CODES.columns,
      ...ORDER.columns,
      order_id: column(sql`t.order_id`),
      line: column(sql`t.line`),
      status: column(sql`t.status`),
      kind: column(sql`t.kind`),
      priority: column(sql`t.priority`),
      unit_price: column(sql`t.unit_price::numeric(38, 0)`),
      ...Object.fromEntries(
        BUCKETS.map((bucket) => [bucket, column(sql`t.${sql.ref(bucket)}::bigint`)] as const),
      ),
      waiting: column(sql`${WAITING}::bigint`),
      days_waiting: column(sql`case when ${WAITING} > 0 then ${daysSince(sql`t.waiting_since`, at)} end`),
      waited: column(sql`coalesce(life.waited, false)`, 'life'),
      filled: column(utc(FILLED_AT), 'life'),
      days_to_fill: column(daysSince(sql`t.waiting_since`, FILLED_AT), 'life'),
      days_to_give_up: column(
        sql`case when ${WAITING} = 0 and not life.ended_with_stock then ${daysSince(sql`t.waiting_since`, sql`life.ended_at`)} end`,
        'life',
      ),
      accepted: column(sql`life.accepted::bigint`, 'life'),
      at_once: column(sql`life.at_once::bigint`, 'life'),
      ...Object.fromEntries(
        [1, 7, 30].map((days) => [`stock_${days}`, column(sql`life.${sql.ref(`stock_${days}`)}`, 'life')]),
      ),
      given_up: column(sql`coalesce(life.given_up, 0)`, 'life'),
      taken_back: column(sql`coalesce(life.taken_back, 0)`, 'life'),
      first_promised: column(sql`promise.first_on`, 'promise'),
      last_promised: column(sql`promise.told_on`, 'promise'),
      today: column(utc(at)),
      warehouses: column(sql`coalesce(spread.warehouses, 0)`, 'spread'),
    },
  };
}
