/**
 * The laws of one order item: its buckets add up (L5), what shipped is what shipments say (L5), its status is
 * the function of its buckets (L6), a hold keeps it out of the queue (L6), no pre-order left before its
 * release (L9), and numbers are exact (L20).
 */
import { type RawBuilder, sql } from 'kysely';
import { MAX_QUANTITY } from '../core/kernel/quantity.ts';
import { itemStatus } from '../core/orders/item-status.ts';
import type { Tx } from '../db/database.ts';
import { type Check, type CheckResult, check, itemOf, MAX_EXAMPLES, orderOf } from './check.ts';

const bucketsAddUp = check(
  'L5',
  'ordered is the sum of its buckets, none below zero',
  sql`
    select i.ordered <> i.pending + i.allocated + i.backordered + i.preordered + i.unfillable + i.shipped + i.cancelled
             or least(i.pending, i.allocated, i.backordered, i.preordered, i.unfillable, i.shipped, i.cancelled) < 0
             as broken,
           ${itemOf('i')} || ': ordered ' || i.ordered || ', pending ' || i.pending || ', allocated ' || i.allocated
             || ', backordered ' || i.backordered || ', preordered ' || i.preordered || ', unfillable ' || i.unfillable
             || ', shipped ' || i.shipped || ', cancelled ' || i.cancelled as example
    from order_items i`,
);

const shippedIsAllocationsShipped = check(
  'L5',
  "an item's shipped units are the sum of what its allocations shipped",
  sql`
    select coalesce(item.shipped, 0) <> coalesce(item.sent, 0) as broken,
           ${itemOf('item')} || ': shipped ' || coalesce(item.shipped::text, '(no item)')
             || ', its allocations shipped ' || coalesce(item.sent, 0) as example
    from (
      select order_id, line, i.shipped, a.sent
      from order_items i
      full join (
        select order_id, line, sum(shipped) as sent from allocations group by order_id, line
      ) a using (order_id, line)
    ) item`,
);

const shippedIsInShipments = check(
  'L5',
  'what an allocation shipped is the sum of its shipment lines',
  sql`
    select coalesce(sent.shipped, 0) <> coalesce(sent.units, 0) as broken,
           ${itemOf('sent')} || ' from ' || coalesce((select code from warehouses where id = sent.warehouse_id), '?')
             || ': shipped ' || coalesce(sent.shipped, 0) || ', shipments say ' || coalesce(sent.units, 0) as example
    from (
      select order_id, line, warehouse_id, a.shipped, s.units
      from allocations a
      full join (
        select s.order_id, sl.line, s.warehouse_id, sum(sl.units) as units
        from shipment_lines sl
        join shipments s on s.id = sl.shipment_id
        group by s.order_id, sl.line, s.warehouse_id
      ) s using (order_id, line, warehouse_id)
    ) sent`,
);

interface StatusShape {
  readonly status: string;
  readonly all_cancelled: boolean;
  readonly pending: number;
  readonly allocated: number;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
  readonly shipped: number;
  readonly items: number;
  readonly example: string;
}

/**
 * Status depends only on which buckets are empty. So the items are counted by that (a few dozen shapes for
 * any number of items) and the core's own function says what the status of each shape is.
 */
async function statusIsDerived(tx: Tx): Promise<Omit<CheckResult, 'law' | 'what'>> {
  const { rows } = await sql<StatusShape>`
    select shape.*, ${orderOf('shape.order_id')} as example
    from (
      select status, cancelled = ordered as all_cancelled,
             sign(pending)::int as pending, sign(allocated)::int as allocated, sign(backordered)::int as backordered,
             sign(preordered)::int as preordered, sign(unfillable)::int as unfillable, sign(shipped)::int as shipped,
             count(*) as items, min(order_id) as order_id
      from order_items
      group by 1, 2, 3, 4, 5, 6, 7, 8
    ) shape`.execute(tx);
  let checked = 0;
  let violations = 0;
  const examples: string[] = [];
  for (const shape of rows) {
    checked += shape.items;
    const expected = statusOf(shape);
    if (expected === shape.status) continue;
    violations += shape.items;
    examples.push(
      `${shape.example}: ${shape.items} such items are ${shape.status}, their buckets say ${expected}`,
    );
  }
  return { checked, violations, examples: examples.sort().slice(0, MAX_EXAMPLES) };
}

function statusOf(shape: StatusShape): string {
  const { pending, allocated, backordered, preordered, unfillable, shipped } = shape;
  const open = pending + allocated + backordered + preordered + unfillable + shipped;
  const cancelled = shape.all_cancelled ? open + 1 : 0;
  const ordered = shape.all_cancelled ? cancelled : open;
  return itemStatus({ ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled });
}

const holdsKeepOut = check(
  'L6',
  'units are pending exactly while their order is on hold: none of it waits then',
  sql`
    select case when o.hold is null then i.pending > 0
                else i.backordered + i.preordered + i.unfillable > 0 end as broken,
           ${itemOf('i')} || case when o.hold is null then ': ' || i.pending || ' pending without a hold'
             else ': on hold, yet ' || i.backordered + i.preordered + i.unfillable || ' in the queue' end as example
    from order_items i
    join orders o on o.id = i.order_id`,
);

const itemsRepeatTheirOrder = check(
  'L6',
  'an item has the channel, customer, priority and completeness of its order',
  sql`
    select i.channel_id <> o.channel_id or i.customer is distinct from o.customer or i.priority <> o.priority
             or i.whole <> (o.shipping = 'complete' and o.when_incomplete = 'give_back') as broken,
           ${itemOf('i')} || ': differs from its order' as example
    from order_items i
    join orders o on o.id = i.order_id`,
);

/**
 * The last release of `of` that was in force when the shipment `s` left; at the very moment of a change,
 * either may count.
 */
function lastRelease(of: RawBuilder<unknown>, at: '<' | '<=') {
  return sql`
    select r.own, r.release_at from releases_in_force r
    where r.product_id = i.product_id and ${of} and r.since ${sql.raw(at)} s.shipped_at
    order by r.since desc limit 1`;
}

/**
 * What a pre-order `i` on its channel had to wait for then; minus infinity where there was nothing, or
 * nothing is known.
 */
function releaseInForce(at: '<' | '<=') {
  return sql`(
    select coalesce(case when channel.own then channel.release_at else product.release_at end, '-infinity')
    from (select) as one
    left join lateral (${lastRelease(sql`r.channel_id = i.channel_id`, at)}) as channel on true
    left join lateral (${lastRelease(sql`r.channel_id is null`, at)}) as product on true)`;
}

/**
 * What a shipment keeps of its release is only what the node believed. The releases themselves are kept with
 * the moment from which they were in force, and kinds of items never change, so each shipment since then is
 * judged by them.
 */
const releasedBeforeShipped = check(
  'L9',
  'no pre-order shipped before its release, by what it says and by the releases that were in force',
  sql`
    select coalesce(sl.released_at > s.shipped_at, false)
             or i.kind = 'preorder' and least(${releaseInForce('<')}, ${releaseInForce('<=')}) > s.shipped_at as broken,
           'shipment ' || s.reference || ' line ' || sl.line || ': shipped ' || s.shipped_at || ', released '
             || coalesce(greatest(sl.released_at, ${releaseInForce('<=')})::text, '?') as example
    from shipment_lines sl
    join shipments s on s.id = sl.shipment_id
    left join order_items i on i.order_id = s.order_id and i.line = sl.line`,
);

const withinBounds = check(
  'L20',
  'quantities stay within what an item may hold',
  sql`
    select i.ordered <= 0 or i.ordered > ${sql.lit(MAX_QUANTITY)} or i.unit_price < 0 as broken,
           ${itemOf('i')} || ': ordered ' || i.ordered || ' at ' || i.unit_price as example
    from order_items i`,
);

const sumsStayExact = check(
  'L20',
  'units and value of an order are numbers that JSON can say',
  sql`
    select o.units > ${sql.lit(Number.MAX_SAFE_INTEGER)} or o.value > ${sql.lit(Number.MAX_SAFE_INTEGER)} as broken,
           ${orderOf('o.order_id')} || ': ' || o.units || ' units worth ' || o.value || ' minor units' as example
    from (
      select order_id, sum(ordered) as units, sum(ordered::numeric * unit_price) as value
      from order_items group by order_id
    ) o`,
);

const columnsAreWhole = check(
  'L20',
  'no column holds a number that is not whole (coordinates aside)',
  sql`
    select c.data_type in ('real', 'double precision', 'numeric', 'money')
             and c.numeric_scale is distinct from 0 as broken,
           c.table_name || '.' || c.column_name || ' is ' || c.data_type as example
    from information_schema.columns c
    where c.table_schema = current_schema() and c.column_name not in ('latitude', 'longitude')`,
);

const derivedStatus: Check = {
  law: 'L6',
  what: "an item's status is the function of its buckets",
  run: statusIsDerived,
};

export const ITEM_CHECKS = [
  bucketsAddUp,
  shippedIsAllocationsShipped,
  shippedIsInShipments,
  derivedStatus,
  holdsKeepOut,
  itemsRepeatTheirOrder,
  releasedBeforeShipped,
  withinBounds,
  sumsStayExact,
  columnsAreWhole,
];
