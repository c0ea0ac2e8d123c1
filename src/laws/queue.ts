/**
 * The laws of waiting: the counts that limits are checked against are the sums of what waits (L7, L16), and
 * at rest nothing waits beside stock that could serve it (L11). What is bought for its item waits outside the
 * queue for a purchase order line of its own (see supply.ts), beside stock or not.
 *
 * At rest is decided product by product: one with a fill due is owed work and not looked at, unless its fill
 * fails and is set aside, or is done by nobody. An item that is served only with its whole order is stranded
 * only when all of its order could be served; where lines of one product differ in the warehouses that
 * rejected them, only warehouses open to all of these lines are counted, so that a violation is always real.
 */
import { sql } from 'kysely';
import { check, itemOf, orderOf, skuOf } from './check.ts';

const positionsAreSums = check(
  'L16',
  'the waiting units of a product are the sums over its items',
  sql`
    select (coalesce(p.backordered, 0), coalesce(p.preordered, 0), coalesce(p.unfillable, 0))
             is distinct from (coalesce(i.backordered, 0), coalesce(i.preordered, 0), coalesce(i.unfillable, 0)) as broken,
           ${skuOf('product_id')} || ': '
             || coalesce(p.backordered || '/' || p.preordered || '/' || p.unfillable, '(no position)')
             || ' backordered/preordered/unfillable, its items say ' || coalesce(i.backordered, 0)
             || '/' || coalesce(i.preordered, 0) || '/' || coalesce(i.unfillable, 0) as example
    from product_positions p
    full join (
      select product_id, sum(backordered) as backordered, sum(preordered) as preordered, sum(unfillable) as unfillable
      from order_items
      group by product_id
    ) i using (product_id)`,
);

const channelCountersAreSums = check(
  'L7',
  'the counters of limits per channel are the sums over its items',
  sql`
    select (coalesce(c.backordered, 0), coalesce(c.preordered, 0))
             is distinct from (coalesce(i.backordered, 0), coalesce(i.preordered, 0)) as broken,
           ${skuOf('product_id')} || ' on ' || scope_key || ': counted ' || coalesce(c.backordered, 0) || '/'
             || coalesce(c.preordered, 0) || ' backordered/preordered, its items say '
             || coalesce(i.backordered, 0) || '/' || coalesce(i.preordered, 0) as example
    from (select * from limit_counters where scope = 'channel') c
    full join (
      select product_id, channel_id::text as scope_key, sum(order_items.backordered) as backordered, sum(order_items.preordered) as preordered
      from order_items join product_positions p using (product_id)
      where order_items.backordered + order_items.preordered > 0 and p.counts_waiting
      group by product_id, channel_id
    ) i using (product_id, scope_key)`,
);

const customerCountersAreSums = check(
  'L7',
  'the counters of limits per customer are the sums over their items',
  sql`
    select (coalesce(c.backordered, 0), coalesce(c.preordered, 0))
             is distinct from (coalesce(i.backordered, 0), coalesce(i.preordered, 0)) as broken,
           ${skuOf('product_id')} || ' for ' || scope_key || ': counted ' || coalesce(c.backordered, 0) || '/'
             || coalesce(c.preordered, 0) || ' backordered/preordered, the items say '
             || coalesce(i.backordered, 0) || '/' || coalesce(i.preordered, 0) as example
    from (select * from limit_counters where scope = 'customer') c
    full join (
      select product_id, channel_id || '/' || customer as scope_key,
             sum(order_items.backordered) as backordered, sum(order_items.preordered) as preordered
      from order_items join product_positions p using (product_id)
      where order_items.backordered + order_items.preordered > 0 and customer is not null and p.counts_waiting
      group by product_id, channel_id, customer
    ) i using (product_id, scope_key)`,
);

const countedWhereLimited = check(
  'L7',
  'units are counted by channel and customer for products that are limited by them, and only there',
  sql`
    select p.counts_waiting <> exists (
             select from sell_policies s where s.product_id = p.product_id and (
               s.backorder_per_customer is not null or s.backorder_per_channel is not null
               or s.preorder_per_customer is not null or s.preorder_per_channel is not null))
             or (not p.counts_waiting and exists (select from limit_counters c where c.product_id = p.product_id))
             as broken,
           ${skuOf('p.product_id')} as example
    from product_positions p`,
);

/** A block reaches from after the block before it to its own last rank. */
const blocksAreSums = check(
  'L16',
  'the blocks of long queues are the sums over their items',
  sql`
    select b.units is distinct from i.units and coalesce(b.units, 0) <> coalesce(i.units, 0) as broken,
           ${skuOf('product_id')} || ': a block says ' || coalesce(b.units, 0) || ' units, its items '
             || coalesce(i.units, 0) as example
    from queue_blocks b
    full join (
      select i.product_id, block.last_priority, block.last_since, block.last_order, block.last_line, i.channel_id,
        sum(i.backordered + i.preordered + i.unfillable)::bigint as units
      from order_items i
      join product_positions p on p.product_id = i.product_id and p.has_blocks
      cross join lateral (
        select k.last_priority, k.last_since, k.last_order, k.last_line from queue_blocks k
        where k.product_id = i.product_id and (k.last_priority, k.last_since, k.last_order, k.last_line)
          >= ((-i.priority), i.waiting_since, i.order_id, i.line)
        order by k.last_priority, k.last_since, k.last_order, k.last_line limit 1) as block
      where i.backordered + i.preordered + i.unfillable > 0 and not i.bought
      group by 1, 2, 3, 4, 5, 6
    ) i using (product_id, last_priority, last_since, last_order, last_line, channel_id)`,
);

/** No sourcing rules are in force; under rules app/verify/walk-queues looks instead. */
const withoutRules = sql`not exists (select from configuration where live_rule_set is not null)`;

/**
 * No fill is owed to the product, or one is in vain: it is set aside, or nobody has done it for ten minutes
 * on a database that was up all the time.
 */
const atRest = sql`(
  (p.fill_due_at is null and (p.fill_again_at is null or p.fill_again_at > statement_timestamp()))
  or exists (select from products_set_aside aside where aside.product_id = p.product_id and aside.work = 'fill')
  or greatest(p.fill_due_at, pg_postmaster_start_time()) < clock_timestamp() - interval '10 minutes')`;

/** (product, channel, warehouse, free): what could serve now, for products at rest. */
const servers = sql`
  select l.product_id, cw.channel_id, l.warehouse_id, (l.on_hand - l.allocated)::bigint as free
  from inventory_levels l
  join warehouses w on w.id = l.warehouse_id and w.enabled
  join channel_warehouses cw on cw.warehouse_id = l.warehouse_id
  left join product_positions p on p.product_id = l.product_id
  where l.on_hand > l.allocated and ${atRest} and ${withoutRules}
  union all
  select p.product_id, cw.channel_id, w.id, 1000000000000
  from product_positions p
  cross join warehouses w
  join channel_warehouses cw on cw.warehouse_id = w.id
  where w.enabled and w.stock = 'unmanaged' and ${atRest} and ${withoutRules}
    and p.backordered + p.preordered + p.unfillable > 0`;

const stranded = sql`
  select distinct i.order_id, i.line
  from order_items i
  join (${servers}) server using (product_id, channel_id)
  join orders o on o.id = i.order_id and o.hold is null
  where i.backordered + i.preordered + i.unfillable > 0 and not i.whole and not i.bought
    and server.warehouse_id <> all (i.rejected_by)`;

const nothingWaitsBesideStock = check(
  'L11',
  'at rest nothing waits beside free stock that may serve it',
  sql`
    select s.order_id is not null as broken,
           ${itemOf('i')} || ': ' || i.backordered + i.preordered + i.unfillable || ' of ' || ${skuOf('i.product_id')}
             || ' wait beside free stock' as example
    from order_items i
    left join (${stranded}) s using (order_id, line)
    where i.backordered + i.preordered + i.unfillable > 0 and not i.whole and not i.bought`,
);

/**
 * (order, product, units, free): what a whole order lacks, and what warehouses open to all of its lines have.
 */
const wantedWhole = sql`
  select wanted.order_id, wanted.product_id, wanted.units, coalesce(sum(server.free), 0) as free
  from (
    select order_id, product_id, channel_id, sum(backordered + preordered + unfillable) as units
    from order_items
    where backordered + preordered + unfillable > 0 and whole
    group by order_id, product_id, channel_id
  ) wanted
  left join (${servers}) server
    on (server.product_id, server.channel_id) = (wanted.product_id, wanted.channel_id)
    and not exists (
      select from order_items refused
      where refused.order_id = wanted.order_id and refused.product_id = wanted.product_id
        and server.warehouse_id = any (refused.rejected_by))
  group by wanted.order_id, wanted.product_id, wanted.units`;

const noWholeOrderWaitsBesideStock = check(
  'L11',
  'at rest no order that is served whole waits while all of it could be served',
  sql`
    select waiting.servable and o.hold is null as broken,
           ${orderOf('waiting.order_id')} || ': all that it lacks is free' as example
    from (
      select lack.order_id, bool_and(lack.free >= lack.units) as servable from (${wantedWhole}) lack group by lack.order_id
    ) waiting
    join orders o on o.id = waiting.order_id`,
);

const everyCounterHasAChannel = check(
  'references',
  'limit counters per channel name a channel',
  sql`
    select not exists (select from sales_channels s where s.id::text = c.scope_key) as broken,
           ${skuOf('c.product_id')} || ': ' || c.scope_key as example
    from limit_counters c
    where c.scope = 'channel'`,
);

export const QUEUE_CHECKS = [
  positionsAreSums,
  channelCountersAreSums,
  customerCountersAreSums,
  countedWhereLimited,
  blocksAreSums,
  nothingWaitsBesideStock,
  noWholeOrderWaitsBesideStock,
  everyCounterHasAChannel,
];
