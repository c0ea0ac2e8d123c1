/**
 * The laws of stock that a snapshot can show: a level is the sum of its movements (L1), the ledger has no gap
 * and each row carries its balance (L2), 0 <= allocated <= on hand (L3), and what is allocated is what items
 * hold (L4). Everything is recomputed from the rows below; no stored sum is trusted to check another one.
 */
import { sql } from 'kysely';
import { DIRECTION, MOVEMENT_KINDS } from '../core/inventory/movement.ts';
import { check, itemOf, placeOf, skuOf } from './check.ts';

const onHandIsTheSum = check(
  'L1',
  'on hand is the sum of its movements, never below zero',
  sql`
    select level.on_hand is distinct from coalesce(level.moved, 0) or level.on_hand < 0 as broken,
           ${placeOf('level')} || ': on hand ' || coalesce(level.on_hand::text, '(no level)')
             || ', its movements add up to ' || coalesce(level.moved, 0) as example
    from (
      select product_id, warehouse_id, l.on_hand, m.moved
      from inventory_levels l
      full join (
        select product_id, warehouse_id, sum(units) as moved from movements group by product_id, warehouse_id
      ) m using (product_id, warehouse_id)
    ) level`,
);

const shippedLeftTheBooks = check(
  'L1',
  'what shipped from a managed warehouse left its books, and nothing else did as shipped',
  sql`
    select coalesce(place.moved, 0) + coalesce(place.shipped, 0) <> 0 as broken,
           ${placeOf('place')} || ': ' || coalesce(place.shipped, 0) || ' shipped, '
             || -coalesce(place.moved, 0) || ' taken from the books' as example
    from (
      select product_id, warehouse_id, m.moved, s.shipped
      from (
        select product_id, warehouse_id, sum(units) as moved
        from movements where kind = 'ship' group by product_id, warehouse_id
      ) m
      full join (
        select sl.product_id, s.warehouse_id, sum(sl.units) as shipped
        from shipment_lines sl
        join shipments s on s.id = sl.shipment_id
        join warehouses w on w.id = s.warehouse_id and w.stock = 'managed'
        group by sl.product_id, s.warehouse_id
      ) s using (product_id, warehouse_id)
    ) place`,
);

const transfersAddUp = check(
  'L1',
  'transfers neither make nor lose units',
  sql`
    select transfer.moved <> 0 as broken,
           ${skuOf('transfer.product_id')} || ': transfers add up to ' || transfer.moved as example
    from (
      select product_id, sum(units) as moved
      from movements where kind in ('transfer_out', 'transfer_in') group by product_id
    ) transfer`,
);

const numberedWithoutGaps = check(
  'L2',
  'movements are numbered 1, 2, 3 … and the level knows the last number',
  sql`
    select ledger.movements is distinct from coalesce(ledger.rows, 0)
             or ledger.movements is distinct from coalesce(ledger.last, 0) as broken,
           ${placeOf('ledger')} || ': ' || coalesce(ledger.rows, 0) || ' movements, the last is number '
             || coalesce(ledger.last, 0) || ', the level says ' || coalesce(ledger.movements::text, '(no level)') as example
    from (
      select product_id, warehouse_id, l.movements, m.rows, m.last
      from inventory_levels l
      full join (
        select product_id, warehouse_id, count(distinct number) as rows, max(number) as last
        from movements group by product_id, warehouse_id
      ) m using (product_id, warehouse_id)
    ) ledger`,
);

const balancesChain = check(
  'L2',
  'each movement carries the balance before it plus its units',
  sql`
    select ledger.balance <> ledger.before + ledger.units as broken,
           ${placeOf('ledger')} || ' movement ' || ledger.number || ': ' || ledger.before || ' and '
             || ledger.units || ' gives ' || ledger.balance as example
    from (
      select product_id, warehouse_id, number, units, balance,
             lag(balance, 1, 0) over (partition by product_id, warehouse_id order by number) as before
      from movements
    ) ledger`,
);

const kindsGoTheirWay = check(
  'L2',
  'each kind of movement goes its way: a receipt in, a shipment out',
  sql`
    select case way.direction when 'in' then m.units <= 0 when 'out' then m.units >= 0
                              else m.units = 0 and m.kind <> 'count' end as broken,
           ${placeOf('m')} || ' movement ' || m.number || ': ' || m.kind || ' of ' || m.units as example
    from movements m
    join unnest(${sql.val([...MOVEMENT_KINDS])}::text[], ${sql.val(MOVEMENT_KINDS.map((kind) => DIRECTION[kind]))}::text[])
      as way (kind, direction) using (kind)`,
);

const allocatedIsOnHand = check(
  'L3',
  'allocated is never below zero and never above on hand',
  sql`
    select l.allocated < 0 or l.allocated > l.on_hand as broken,
           ${placeOf('l')} || ': allocated ' || l.allocated || ' of ' || l.on_hand || ' on hand' as example
    from inventory_levels l`,
);

const allocatedIsTheSum = check(
  'L4',
  'allocated in a managed warehouse is the sum of its open allocations',
  sql`
    select coalesce(place.allocated, 0) <> coalesce(place.open, 0) as broken,
           ${placeOf('place')} || ': allocated ' || coalesce(place.allocated::text, '(no level)')
             || ', open allocations add up to ' || coalesce(place.open, 0) as example
    from (
      select product_id, warehouse_id, l.allocated, a.open
      from inventory_levels l
      full join (
        select a.product_id, a.warehouse_id, sum(a.open) as open
        from allocations a
        join warehouses w on w.id = a.warehouse_id and w.stock = 'managed'
        where a.open > 0
        group by a.product_id, a.warehouse_id
      ) a using (product_id, warehouse_id)
    ) place`,
);

const levelsWhereManaged = check(
  'L4',
  'only managed warehouses have levels',
  sql`
    select w.stock <> 'managed' as broken, ${placeOf('l')} || ': a level where stock is not managed' as example
    from inventory_levels l
    join warehouses w on w.id = l.warehouse_id`,
);

const itemHoldsItsAllocations = check(
  'L4',
  "an item's allocated units are the sum of its open allocations",
  sql`
    select coalesce(item.allocated, 0) <> coalesce(item.open, 0) as broken,
           ${itemOf('item')} || ': allocated ' || coalesce(item.allocated::text, '(no item)')
             || ', open allocations add up to ' || coalesce(item.open, 0) as example
    from (
      select order_id, line, i.allocated, a.open
      from order_items i
      full join (
        select order_id, line, sum(open) as open from allocations group by order_id, line
      ) a using (order_id, line)
    ) item`,
);

const pickedIsAllocated = check(
  'L4',
  'picked units are allocated units',
  sql`
    select a.open < 0 or a.picked < 0 or a.shipped < 0 or a.picked > a.open as broken,
           ${itemOf('a')} || ' in ' || (select code from warehouses where id = a.warehouse_id)
             || ': ' || a.picked || ' picked of ' || a.open || ' open' as example
    from allocations a`,
);

export const STOCK_CHECKS = [
  onHandIsTheSum,
  shippedLeftTheBooks,
  transfersAddUp,
  numberedWithoutGaps,
  balancesChain,
  kindsGoTheirWay,
  allocatedIsOnHand,
  allocatedIsTheSum,
  levelsWhereManaged,
  itemHoldsItsAllocations,
  pickedIsAllocated,
];
