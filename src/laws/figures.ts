/**
 * The law of figures: what is kept by day, with what is not counted yet, is what the events say (L16). A fold
 * that lost an event, or counted one twice, shows here.
 */
import { sql } from 'kysely';
import { STATUS_OF_BUCKETS, sumsOfEvents, uncountedFacts, uncountedFills } from '../db/orders/day-facts.ts';
import { check } from './check.ts';

const COUNTED = [
  'items',
  'ordered',
  'allocated',
  'backordered',
  'preordered',
  'unfillable',
  'shipped',
  'value',
];

const sums = sql.join(COUNTED.map((name) => sql`coalesce(sum(${sql.ref(name)}), 0) as ${sql.ref(name)}`));
const row = (table: string) =>
  sql.join(COUNTED.map((name) => sql`coalesce(${sql.ref(`${table}.${name}`)}, 0)`));

const factsAreSums = check(
  'L16',
  'figures by day, channel and status are the sums over the events of the items',
  sql`
    select (${row('k')}) is distinct from (${row('i')}) as broken,
           day || ', ' || status || ': counted ' || coalesce(k.items, 0) || ' items and ' || coalesce(k.ordered, 0)
             || ' units, there are ' || coalesce(i.items, 0) || ' and ' || coalesce(i.ordered, 0) as example
    from (
      select day, channel_id, status, ${sums}
      from (select * from day_facts union all select * from (${uncountedFacts()}) as u) as facts
      group by day, channel_id, status
    ) k
    full join (
      select (o.placed_at at time zone 'UTC')::date as day, o.channel_id, e.status,
        count(*) as items, sum(e.ordered) as ordered, sum(e.allocated) as allocated,
        sum(e.backordered) as backordered, sum(e.preordered) as preordered, sum(e.unfillable) as unfillable,
        sum(e.shipped) as shipped, sum(e.ordered::numeric * i.unit_price) as value
      from (select *, ${STATUS_OF_BUCKETS} as status from (${sumsOfEvents(sql`true`)}) sums) e
      join orders o on o.id = e.order_id
      join order_items i on i.order_id = e.order_id and i.line = e.line
      group by 1, 2, 3
    ) i using (day, channel_id, status)`,
);

const fillsAreSums = check(
  'L16',
  'what was filled at once by day is the sum over the first events of the items',
  sql`
    select (coalesce(k.items, 0), coalesce(k.at_once, 0), coalesce(k.units, 0))
             is distinct from (coalesce(e.items, 0), coalesce(e.at_once, 0), coalesce(e.units, 0)) as broken,
           day || ': counted ' || coalesce(k.at_once, 0) || ' of ' || coalesce(k.items, 0) || ' items, there were '
             || coalesce(e.at_once, 0) || ' of ' || coalesce(e.items, 0) as example
    from (
      select day, channel_id, sum(items) as items, sum(items_at_once) as at_once, sum(units) as units
      from (select * from fill_facts union all select * from (${uncountedFills()}) as u) as facts
      group by day, channel_id
    ) k
    full join (
      select (o.placed_at at time zone 'UTC')::date as day, o.channel_id, count(*) as items,
        count(*) filter (where e.allocated = e.ordered) as at_once, sum(e.ordered) as units
      from item_events e join orders o on o.id = e.order_id
      where e.number = 1 and e.pending = 0 and e.preordered = 0
      group by 1, 2
    ) e using (day, channel_id)`,
);

export const FIGURE_CHECKS = [factsAreSums, fillsAreSums];
