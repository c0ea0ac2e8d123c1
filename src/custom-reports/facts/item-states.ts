/**
 * What each order item was after each of its events, and what had happened to it until then: how its waiting
 * ended, what it was given at once, what stock it had some days after its order was placed. One row for each
 * event; an item is in the last one, and was in the last one of any past moment.
 */
import { type RawBuilder, sql } from 'kysely';
import { BUCKETS } from '../../core/orders/buckets.ts';
import { STATUS_OF_BUCKETS } from '../../db/orders/day-facts.ts';
import { utc } from './fact-sources.ts';

type Sql = RawBuilder<unknown>;

/** Days after which the stock of an item is looked at. */
export const FILL_DAYS = [1, 7, 30] as const;

export const LIFE = [
  'waited',
  'ended_at',
  'ended_with_stock',
  'given_up',
  'taken_back',
  'accepted',
  'at_once',
  ...FILL_DAYS.map((days) => `stock_${days}`),
] as const;

/** Changes of units of one event, over its columns `e`: those of waiting units are `dw`. */
export const CHANGED_UNITS = {
  /** From waiting to stock: not what was given in the moment of acceptance. */
  given: (e: string, dw: Sql) =>
    sql`(case when ${at(e, 'number')} > 1
      then least(greatest(${at(e, 'allocated')} + ${at(e, 'shipped')}, 0), greatest(-${dw}, 0)) else 0 end)::bigint`,
  lost: (e: string, dw: Sql) =>
    sql`least(greatest(-${at(e, 'allocated')}, 0), greatest(${dw} + ${at(e, 'pending')}, 0))::bigint`,
  dropped: (e: string, dw: Sql) =>
    sql`least(greatest(${at(e, 'cancelled')}, 0) + greatest(-${at(e, 'ordered')}, 0), greatest(-${dw}, 0))::bigint`,
  out: (e: string) => sql`greatest(${at(e, 'shipped')}, 0)::bigint`,
} as const;

/**
 * Whether an event changed any of them; of others there is nothing to report. @param units all of the changed
 * units
 */
export function isChange(units: readonly Sql[]): Sql {
  return sql`(${sql.join(units, sql` + `)}) > 0`;
}

function at(alias: string, name: string): Sql {
  return sql`${sql.ref(alias)}.${sql.ref(name)}`;
}

/** Units that wait, of a table with buckets. */
export function waitingOf(alias: string): Sql {
  return sql`(${at(alias, 'backordered')} + ${at(alias, 'preordered')} + ${at(alias, 'unfillable')})`;
}

/** Codes of the rules that were applied, in their order. */
export function rulesOf(alias: string): Sql {
  return sql`(
    select string_agg(code, ', ' order by place)
    from jsonb_array_elements_text(${at(alias, 'explanation')} -> 'rules' -> 'applied') with ordinality as each(code, place))`;
}

const DW = waitingOf('e');
const ENDS = sql`e.w = 0 and ${DW} < 0`;
/** The first event, where the item was not a pre-order and not on hold. */
const FIRST = sql`e.number = 1 and e.pending = 0 and e.preordered = 0`;

/**
 * An order may come here days after it was placed, such as one of another system: what it is given at once
 * counts.
 */
function stockAfter(days: number): Sql {
  const end = sql`o.placed_at + ${sql.lit(`${days * 24} hours`)}::interval`;
  return sql`coalesce(sum(e.allocated + e.shipped) filter (where e.number = 1 or e.recorded_at <= ${end}) over item, 0)::bigint as ${sql.ref(`stock_${days}`)}`;
}

/** A condition on the id of an order: the orders that are wanted. */
export type OrdersWanted = (orderId: Sql) => Sql;

/**
 * @param condition on item_events e: what happened until a moment; all of it when it is true
 * @param wanted the orders of which items are wanted
 * @returns rows with order_id, line, number, since and until (UTC), cause, document, rule, the changes, the
 *   buckets and the status after it, and LIFE
 */
export function itemStates(condition: Sql, wanted: OrdersWanted = () => sql`true`): Sql {
  const changes = Object.entries(CHANGED_UNITS).map(([name, is]) => sql`${is('e', DW)} as ${sql.ref(name)}`);
  const sums = BUCKETS.map(
    (bucket) => sql`sum(${at('e', bucket)}) over item as ${sql.ref(`${bucket}_after`)}`,
  );
  const after = BUCKETS.map((bucket) => sql`s.${sql.ref(`${bucket}_after`)}::bigint as ${sql.ref(bucket)}`);
  const life = LIFE.map((name) => sql`s.${sql.ref(name)}`);
  return sql`(
    select d.*, ${STATUS_OF_BUCKETS} as status from (
      select s.order_id, s.line, s.number, s.since, s.until, s.cause, s.document, s.rule,
        s.given, s.lost, s.dropped, s.out, ${sql.join([...after, ...life])}
      from (
        select e.*, ${utc(sql`e.recorded_at`)} as since,
          ${utc(sql`lead(e.recorded_at) over item`)} as until, e.reference as document, ${rulesOf('e')} as rule,
          ${sql.join(changes)},
          bool_or(e.w > 0) over item as waited,
          ${utc(sql`max(e.recorded_at) filter (where ${ENDS}) over item`)} as ended_at,
          -- of the last event that ended a wait: its number, and in the last bit whether it brought stock
          coalesce((max(2 * e.number + (e.allocated + e.shipped > 0)::int) filter (where ${ENDS}) over item) % 2 = 1, false)
            as ended_with_stock,
          (sum(${CHANGED_UNITS.dropped('e', DW)}) over item)::bigint as given_up,
          (sum(${CHANGED_UNITS.lost('e', DW)}) over item)::bigint as taken_back,
          max(e.ordered) filter (where ${FIRST}) over item as accepted,
          max(e.allocated) filter (where ${FIRST}) over item as at_once,
          ${sql.join(FILL_DAYS.map(stockAfter))}
        from (
          select e.*, sum(${DW}) over item as w, ${sql.join(sums)}
          from item_events e where ${condition} and ${wanted(sql`e.order_id`)}
          window item as (partition by e.order_id, e.line order by e.number)
        ) as e
        join orders o on o.id = e.order_id and ${wanted(sql`o.id`)}
        window item as (partition by e.order_id, e.line order by e.number)
      ) as s
    ) as d
  )`;
}
