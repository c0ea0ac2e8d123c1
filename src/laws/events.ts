/**
 * The laws of history: events of an item are numbered without gaps and add up to its buckets (L15), each says
 * which buckets it entered and left (L15), giving up waiting units freed no stock (L18), and nothing was done
 * twice (L14). The history is the only source here; items are compared with it, never the other way round.
 */
import { sql } from 'kysely';
import { SPLIT } from '../core/orders/buckets.ts';
import { check, itemOf, placeOf, skuOf } from './check.ts';

const numberedWithoutGaps = check(
  'L15',
  'events of an item are numbered 1, 2, 3 … and the item knows the last number',
  sql`
    select item.events is distinct from coalesce(item.rows, 0)
             or item.events is distinct from coalesce(item.last, 0) or item.events = 0 as broken,
           ${itemOf('item')} || ': ' || coalesce(item.rows, 0) || ' events, the last is number '
             || coalesce(item.last, 0) || ', the item says ' || coalesce(item.events::text, '(no item)') as example
    from (
      select order_id, line, i.events, e.rows, e.last
      from order_items i
      full join (
        select order_id, line, count(*) as rows, max(number) as last from item_events group by order_id, line
      ) e using (order_id, line)
    ) item`,
);

const eventsAddUp = check(
  'L15',
  "the changes in an item's events add up to its buckets",
  sql`
    select (i.ordered, i.pending, i.allocated, i.backordered, i.preordered, i.unfillable, i.shipped, i.cancelled)
             is distinct from (e.ordered, e.pending, e.allocated, e.backordered, e.preordered, e.unfillable,
                               e.shipped, e.cancelled) as broken,
           ${itemOf('i')} || ': ' || concat_ws('/', i.ordered, i.pending, i.allocated, i.backordered, i.preordered,
             i.unfillable, i.shipped, i.cancelled) || ', its events add up to ' || concat_ws('/', e.ordered, e.pending,
             e.allocated, e.backordered, e.preordered, e.unfillable, e.shipped, e.cancelled) as example
    from order_items i
    left join (
      select order_id, line, sum(ordered) as ordered, sum(pending) as pending, sum(allocated) as allocated,
             sum(backordered) as backordered, sum(preordered) as preordered, sum(unfillable) as unfillable,
             sum(shipped) as shipped, sum(cancelled) as cancelled
      from item_events
      group by order_id, line
    ) e using (order_id, line)`,
);

/** Each event with the units of every bucket after it. */
const history = sql`
  select order_id, line, number, cause, entered, left_buckets,
         ${sql.join(SPLIT.map((bucket) => sql.ref(bucket)))},
         ${sql.join(SPLIT.map((bucket) => sql`sum(${sql.ref(bucket)}) over so_far as ${sql.ref(`${bucket}_after`)}`))}
  from item_events
  window so_far as (partition by order_id, line order by number)`;

/** Buckets of an event `h` for which `condition` holds, as an array of their names. */
function bucketsWhere(condition: (change: string, after: string) => ReturnType<typeof sql>) {
  const named = SPLIT.map(
    (bucket) => sql`case when ${condition(`h.${bucket}`, `h.${bucket}_after`)} then ${sql.lit(bucket)} end`,
  );
  return sql`array_remove(array[${sql.join(named)}]::text[], null)`;
}

const wentIn = bucketsWhere(
  (change, after) => sql`${sql.ref(after)} > 0 and ${sql.ref(after)} = ${sql.ref(change)}`,
);
const wentOut = bucketsWhere((change, after) => sql`${sql.ref(after)} = 0 and ${sql.ref(change)} < 0`);
const belowZero = sql.join(SPLIT.map((bucket) => sql.ref(`h.${bucket}_after`)));

const eventsTellTheBuckets = check(
  'L15',
  'each event names the buckets it entered and left, and none was ever below zero',
  sql`
    select least(${belowZero}) < 0 or not (h.entered @> ${wentIn} and h.entered <@ ${wentIn})
             or not (h.left_buckets @> ${wentOut} and h.left_buckets <@ ${wentOut}) as broken,
           ${itemOf('h')} || ' event ' || h.number || ' (' || h.cause || '): says it entered {'
             || array_to_string(h.entered, ',') || '} and left {' || array_to_string(h.left_buckets, ',') || '}' as example
    from (${history}) h`,
);

const waitingGoesFirst = check(
  'L18',
  'no event that cancels frees allocated units while units still wait',
  sql`
    select h.cancelled > 0 and h.allocated < 0
             and h.pending_after + h.backordered_after + h.preordered_after + h.unfillable_after > 0 as broken,
           ${itemOf('h')} || ' event ' || h.number || ': ' || -h.allocated || ' allocated units given up, '
             || h.pending_after + h.backordered_after + h.preordered_after + h.unfillable_after || ' still waited' as example
    from (${history}) h`,
);

/**
 * What each decision let wait, as its explanation says, beside what the policy allowed then; null =
 * unlimited.
 */
const decisions = sql`
  select order_id, product_id, transaction_id, min(line) as line, max(cause) as cause,
         sum((explanation -> 'waiting' ->> 'waits')::bigint) as waits,
         min(nullif(explanation -> 'waiting' ->> 'mayWait', 'unlimited')::bigint) as allowed,
         sum(case cause when 'placed' then backordered + preordered end) as placed
  from item_events
  where cause = 'placed' or explanation ? 'waiting'
  group by order_id, product_id, transaction_id`;

const waitsByPermission = check(
  'L8',
  'no more waits than the policy allowed when it was decided, summed over the order',
  sql`
    select coalesce(d.waits > d.allowed, false) or d.placed > coalesce(d.waits, 0) as broken,
           ${itemOf('d')} || ' (' || d.cause || '): ' || coalesce(d.placed, d.waits) || ' units of '
             || ${skuOf('d.product_id')} || ' wait, ' || coalesce(d.allowed, 0) || ' were allowed' as example
    from (${decisions}) d`,
);

const ordersOnce = check(
  'L14',
  "a channel's order number exists once",
  sql`
    select count(*) > 1 as broken,
           (select code from sales_channels where id = channel_id) || '/' || number || ': ' || count(*) || ' orders' as example
    from orders
    group by channel_id, number`,
);

const documentsOnce = check(
  'L14',
  'a stock document exists once',
  sql`
    select count(*) > 1 as broken, kind || ' ' || reference || ': ' || count(*) || ' documents' as example
    from stock_documents
    group by kind, reference`,
);

const shipmentsOnce = check(
  'L14',
  'a shipment exists once',
  sql`
    select count(*) > 1 as broken, 'shipment ' || reference || ': ' || count(*) || ' times' as example
    from shipments
    group by reference`,
);

const keysOnce = check(
  'L14',
  'an idempotency key exists once',
  sql`
    select count(*) > 1 as broken, 'key ' || key || ': ' || count(*) || ' outcomes' as example
    from idempotency_keys
    group by key`,
);

const effectsOnce = check(
  'L14',
  'a stock document or shipment moved each of its places once',
  sql`
    select moved.times > 1 as broken,
           ${placeOf('moved')} || ': ' || moved.cause || ' moved it ' || moved.times || ' times' as example
    from (
      select product_id, warehouse_id, cause, count(*) as times
      from movements
      where cause is not null and kind <> 'short_pick'
      group by product_id, warehouse_id, cause
    ) moved`,
);

export const EVENT_CHECKS = [
  waitsByPermission,
  ordersOnce,
  documentsOnce,
  shipmentsOnce,
  keysOnce,
  effectsOnce,
  numberedWithoutGaps,
  eventsAddUp,
  eventsTellTheBuckets,
  waitingGoesFirst,
];
