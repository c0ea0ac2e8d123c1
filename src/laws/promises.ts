/**
 * The laws of what customers were told: no more than comes, no earlier than it may ship, for exactly what
 * waits (L13), and with every change of it as an event (L15).
 *
 * At rest is decided product by product: one with a fill or a look at promises due is owed work and not
 * looked at. What is told may differ from what is true by the quiet days, unit by unit, and with it the
 * supply it names: when the purchase order behind a promise is cancelled and another brings the units a day
 * later, the customer is not told and the promise goes on naming the first. So units are compared with all
 * supply of a product, never line by line.
 */
import { sql } from 'kysely';
import { check, itemOf, skuOf } from './check.ts';

const promiseEventsNumbered = check(
  'L15',
  'what an item was told is numbered 1, 2, 3 … and the item knows the last number',
  sql`
    select told.events is distinct from coalesce(told.rows, 0) or told.events is distinct from coalesce(told.last, 0)
             or told.events = 0 as broken,
           ${itemOf('told')} || ': ' || coalesce(told.rows, 0) || ' times told, the last is number '
             || coalesce(told.last, 0) || ', the promise says ' || coalesce(told.events::text, '(no promise)') as example
    from (
      select order_id, line, p.events, e.rows, e.last
      from promises p
      full join (
        select order_id, line, count(*) as rows, max(number) as last from promise_events group by order_id, line
      ) e using (order_id, line)
    ) told`,
);

/** The last day of the slices in `column`; null when one of them is not known. */
function lastDayOf(column: string) {
  return sql`(
    select case when bool_and(slice ->> 'on' is not null) then max((slice ->> 'on')::date) end
    from jsonb_array_elements(${sql.ref(column)}) slice)`;
}

const toldWhenItSays = check(
  'L15',
  'an item knows when it was told first and last, and the day it was told first',
  sql`
    select p.told_at is distinct from newest.recorded_at or p.first_told_at is distinct from oldest.recorded_at
             or p.first_on is distinct from ${lastDayOf('oldest.new')} as broken,
           ${itemOf('p')} || ': told first at ' || p.first_told_at || ' for ' || coalesce(p.first_on::text, 'no day')
             || ' and last at ' || p.told_at || ', its events say ' || oldest.recorded_at || ' for '
             || coalesce(${lastDayOf('oldest.new')}::text, 'no day') || ' and ' || newest.recorded_at as example
    from promises p
    join promise_events oldest on (oldest.order_id, oldest.line, oldest.number) = (p.order_id, p.line, 1)
    join promise_events newest on (newest.order_id, newest.line, newest.number) = (p.order_id, p.line, p.events)`,
);

/** Units told for each day in `column`: (day, units). */
function daysOf(column: string) {
  return sql`(
    select slice ->> 'on' as day, sum((slice ->> 'units')::bigint) as units
    from jsonb_array_elements(${sql.ref(column)}) slice group by 1)`;
}

/** Units that were served since are gone from the front; what is left was told for these days. */
const toldIsTheLastEvent = check(
  'L15',
  'what is told of an item that waits is what its last event told, without what was served since',
  sql`
    select p.told_on is distinct from ${lastDayOf('p.told')}
             or p.told <> e.new and exists (
               select from ${daysOf('p.told')} holds
               left join ${daysOf('e.new')} told on told.day is not distinct from holds.day
               where holds.units > coalesce(told.units, 0)) as broken,
           ${itemOf('p')} || ': told for ' || coalesce(p.told_on::text, 'no day') || ' with '
             || (select count(*) from ${daysOf('p.told')} d) || ' days, its last event for '
             || coalesce(${lastDayOf('e.new')}::text, 'no day') || ' with '
             || (select count(*) from ${daysOf('e.new')} d) as example
    from promises p
    join promise_events e on (e.order_id, e.line, e.number) = (p.order_id, p.line, p.events)
    where p.waiting`,
);

/** Items that wait with what they were told, of products to which nothing is owed. */
const toldAtRest = sql`
  promises p
  join order_items i on i.order_id = p.order_id and i.line = p.line
  join product_positions g on g.product_id = i.product_id and g.fill_due_at is null and g.promise_due_at is null
  join sales_channels c on c.id = i.channel_id`;

/**
 * The day of the release in force for item `i`, on the calendar of its channel `c`; none when nothing has to
 * pass.
 */
const releaseOfItem = sql`
  left join lateral (
    select s.release_local at time zone s.release_zone as at,
           (s.release_local at time zone s.release_zone at time zone c.time_zone)::date as day
    from sell_policies s
    where s.product_id = i.product_id and (s.channel_id = i.channel_id or s.channel_id is null)
    order by s.channel_id is null limit 1
  ) release on i.kind = 'preorder'`;

/**
 * Units told for a day that only supply can explain. What nothing covers is told as well, but only for the
 * release or, where that is promised, for when an order of that day would arrive: never before the lead time
 * is over, since open days only add to it. A unit told for a day further than the quiet days from all of
 * these is covered.
 */
const toldFromSupply = sql`
  select i.product_id, (slice ->> 'on')::date as day, (slice ->> 'units')::bigint as units
  from ${toldAtRest}
  ${releaseOfItem}
  left join lateral (
    select (p.told_at at time zone 'Etc/GMT+12')::date + asked_first.lead_days as day
    from (
      select t.promise_by_lead_time, coalesce(t.lead_days, s.lead_days) as lead_days
      from supplier_products t
      join suppliers s on s.id = t.supplier_id and s.enabled
      where t.product_id = i.product_id order by t.preference, s.code limit 1
    ) asked_first
    where asked_first.promise_by_lead_time or i.bought
  ) lead on true
  cross join configuration settings
  cross join jsonb_array_elements(p.told) slice
  where p.waiting and slice ->> 'on' is not null
    and coalesce(abs((slice ->> 'on')::date - release.day) > settings.quiet_days, true)
    and coalesce((slice ->> 'on')::date + settings.quiet_days < lead.day, true)`;

/**
 * For each day: units told by then, against free stock and what is incoming by the quiet days after it. A
 * unit told for a day is truly pegged to supply at most the quiet days later, and no supply is pegged twice.
 * Days of supply are the likely arrivals as they stand: overdue lines count from their day on, and handling
 * is left out, since both can only make the told day later. Supply is moved to the front by the quiet days,
 * so that one running sum decides.
 */
const noMoreToldThanComes = check(
  'L13',
  'at rest no more is told by any day than stock and purchase orders bring by the quiet days after it',
  sql`
    select so_far.balance < 0 as broken,
           ${skuOf('so_far.product_id')} || ': by ' || so_far.day || ' ' || -so_far.balance
             || ' units more are told than come' as example
    from (
      select product_id, day, sum(told) as told,
             sum(sum(comes - told)) over (partition by product_id order by day) as balance
      from (
        select product_id, day, 0 as comes, units as told from (${toldFromSupply}) told
        union all
        select l.product_id, l.likely_on - settings.quiet_days, l.incoming, 0
        from purchase_order_lines l cross join configuration settings
        where l.incoming > 0 and l.likely_on is not null
        union all
        select product_id, '-infinity', on_hand - allocated, 0 from inventory_levels where on_hand > allocated
      ) by_day
      group by product_id, day
    ) so_far
    where so_far.told > 0`,
);

const toldIsWhatWaits = check(
  'L13',
  'at rest what is told of an item adds up to its units that wait',
  sql`
    select told.units <> told.waits or told.waits = 0 as broken,
           ${itemOf('told')} || ': told ' || told.units || ' units, ' || told.waits || ' wait' as example
    from (
      select p.order_id, p.line, i.backordered + i.preordered + i.unfillable as waits,
             (select coalesce(sum((slice ->> 'units')::bigint), 0) from jsonb_array_elements(p.told) slice) as units
      from ${toldAtRest}
      where p.waiting
    ) told`,
);

const endedPromisesNothing = check(
  'L13',
  'a promise that ended promises nothing',
  sql`
    select not p.waiting and p.told <> '[]' as broken,
           ${itemOf('p')} || ': ended, yet ' || jsonb_array_length(p.told) || ' days are told' as example
    from promises p`,
);

/** Released ones are left out: on the day of the release it can still be the day before elsewhere. */
const notBeforeRelease = check(
  'L13',
  'at rest no pre-order is told a day more than the quiet days before its release',
  sql`
    select (slice ->> 'on')::date + settings.quiet_days < release.day as broken,
           ${itemOf('p')} || ': told ' || (slice ->> 'on') || ', released on ' || release.day as example
    from ${toldAtRest}
    ${releaseOfItem}
    cross join configuration settings
    cross join jsonb_array_elements(p.told) slice
    where p.waiting and release.at > clock_timestamp() and slice ->> 'on' is not null`,
);

/** In the zone where days begin last a day that is over is over everywhere. */
const neverToldThePast = check(
  'L13',
  'nobody was ever told a day that was over',
  sql`
    select (slice ->> 'on')::date < (e.recorded_at at time zone 'Etc/GMT+12')::date as broken,
           ${itemOf('e')} || ': told ' || (slice ->> 'on') || ' at ' || e.recorded_at as example
    from promise_events e
    cross join jsonb_array_elements(e.new) slice
    where slice ->> 'on' is not null`,
);

export const PROMISE_CHECKS = [
  promiseEventsNumbered,
  toldWhenItSays,
  toldIsTheLastEvent,
  noMoreToldThanComes,
  toldIsWhatWaits,
  endedPromisesNothing,
  notBeforeRelease,
  neverToldThePast,
];
