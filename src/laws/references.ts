/**
 * What foreign keys would say. The tables an order writes have none (they cost half of the rate), so these
 * checks do their work after the fact: every row points at rows that exist and agree with it about product
 * and channel.
 */
import { sql } from 'kysely';
import { check, itemOf, orderOf, placeOf, skuOf } from './check.ts';
import { purchaseLineOf } from './supply.ts';

const itemsHaveOrders = check(
  'references',
  'every item belongs to an order, a product and a sales channel',
  sql`
    select o.id is null or p.id is null or c.id is null as broken,
           ${itemOf('i')} || ' of ' || ${skuOf('i.product_id')} || ': points at nothing' as example
    from order_items i
    left join orders o on o.id = i.order_id
    left join products p on p.id = i.product_id
    left join sales_channels c on c.id = i.channel_id`,
);

const ordersHaveItems = check(
  'references',
  'every order has a sales channel and items numbered 1, 2, 3 …',
  sql`
    select c.id is null or i.last is null or i.last <> i.items as broken,
           ${orderOf('o.id')} || ': ' || coalesce(i.items, 0) || ' items, the last is line ' || coalesce(i.last, 0) as example
    from orders o
    left join sales_channels c on c.id = o.channel_id
    left join (select order_id, count(*) as items, max(line) as last from order_items group by order_id) i
      on i.order_id = o.id`,
);

const allocationsHaveItems = check(
  'references',
  'every allocation belongs to a warehouse and to an item of its product',
  sql`
    select i.product_id is distinct from a.product_id or w.id is null as broken,
           ${itemOf('a')} || ': allocation of ' || ${placeOf('a')} || ' fits no item' as example
    from allocations a
    left join order_items i using (order_id, line)
    left join warehouses w on w.id = a.warehouse_id`,
);

const eventsHaveItems = check(
  'references',
  'every event belongs to an item of its product and channel',
  sql`
    select i.order_id is null or (i.product_id, i.channel_id) <> (e.product_id, e.channel_id) as broken,
           ${itemOf('e')} || ' event ' || e.number || ': fits no item' as example
    from item_events e
    left join order_items i using (order_id, line)`,
);

const shipmentsHaveOrders = check(
  'references',
  'every shipment has an order, a warehouse and lines',
  sql`
    select o.id is null or w.id is null or not exists (select from shipment_lines l where l.shipment_id = s.id) as broken,
           'shipment ' || s.reference || ': lacks its order, warehouse or lines' as example
    from shipments s
    left join orders o on o.id = s.order_id
    left join warehouses w on w.id = s.warehouse_id`,
);

const shipmentLinesHaveItems = check(
  'references',
  'every shipment line ships an item of its order and product',
  sql`
    select i.product_id is distinct from l.product_id as broken,
           'shipment ' || coalesce(s.reference, l.shipment_id::text) || ' line ' || l.line || ': fits no item' as example
    from shipment_lines l
    left join shipments s on s.id = l.shipment_id
    left join order_items i on i.order_id = s.order_id and i.line = l.line`,
);

const levelsHavePlaces = check(
  'references',
  'every inventory level has a product and a warehouse',
  sql`
    select p.id is null or w.id is null as broken, ${placeOf('l')} || ': points at nothing' as example
    from inventory_levels l
    left join products p on p.id = l.product_id
    left join warehouses w on w.id = l.warehouse_id`,
);

const productsHaveGates = check(
  'references',
  'every product has its position, every position and counter its product',
  sql`
    select p.id is null or g.product_id is null as broken,
           ${skuOf('gate.product_id')} || case when p.id is null then ': no such product' else ': no position' end as example
    from (
      select id as product_id from products
      union select product_id from product_positions
      union select product_id from limit_counters
    ) gate
    left join products p on p.id = gate.product_id
    left join product_positions g using (product_id)`,
);

const refusalsHaveProducts = check(
  'references',
  'every refusal names a sales channel and a product',
  sql`
    select c.id is null or p.id is null as broken, 'refusal of order ' || r.number || ': points at nothing' as example
    from order_refusals r
    left join sales_channels c on c.id = r.channel_id
    left join products p on p.id = r.product_id`,
);

const shadowsHaveOrders = check(
  'references',
  'every shadow decision belongs to an order, and parts all of its units into served and waiting ones, on both sides',
  sql`
    select placed.units is null or ${unitsOf('before')} <> placed.units or ${unitsOf('after')} <> placed.units as broken,
           ${orderOf('d.order_id')} || ': placed ' || coalesce(placed.units, 0) || ' units, the shadow decided about '
             || ${unitsOf('after')} as example
    from shadow_decisions d
    left join lateral (
      select sum(e.ordered) as units from item_events e where e.order_id = d.order_id and e.number = 1
    ) placed on true`,
);

function unitsOf(side: 'before' | 'after') {
  const column = sql.ref(`d.${side}`);
  return sql`((${column} ->> 'servedUnits')::bigint + (${column} ->> 'waitingUnits')::bigint)`;
}

const purchaseOrdersHaveLines = check(
  'references',
  'every purchase order has a supplier and lines numbered 1, 2, 3 …',
  sql`
    select s.id is null or l.last is null or l.last <> l.lines as broken,
           p.number || ': ' || coalesce(l.lines, 0) || ' lines, the last is line ' || coalesce(l.last, 0) as example
    from purchase_orders p
    left join suppliers s on s.id = p.supplier_id
    left join (
      select purchase_order_id, count(*) as lines, max(line) as last from purchase_order_lines group by purchase_order_id
    ) l on l.purchase_order_id = p.id`,
);

const purchaseLinesHavePlaces = check(
  'references',
  'every purchase order line has a product, a warehouse with levels and, when bought for an item, one of its product',
  sql`
    select p.id is null or w.stock is distinct from 'managed'
             or (l.for_order is not null and i.product_id is distinct from l.product_id) as broken,
           ${purchaseLineOf('l')} || ' of ' || ${placeOf('l')} || ': fits no item or no place' as example
    from purchase_order_lines l
    left join products p on p.id = l.product_id
    left join warehouses w on w.id = l.warehouse_id
    left join order_items i on i.order_id = l.for_order and i.line = l.for_line`,
);

const supplyHasPurchaseOrders = check(
  'references',
  'every quoted day and receipt belongs to a purchase order line, every event to a purchase order',
  sql`
    select p.id is null or (kept.line is not null and l.line is null) as broken,
           kept.what || ' of ' || coalesce(p.number, 'purchase order ' || kept.purchase_order_id)
             || coalesce(' line ' || kept.line, '') || ': points at nothing' as example
    from (
      select 'quoted day' as what, purchase_order_id, line from expected_dates
      union all select 'receipt', purchase_order_id, line from purchase_order_receipts
      union all select 'event', purchase_order_id, null from purchase_order_events
    ) kept
    left join purchase_orders p on p.id = kept.purchase_order_id
    left join purchase_order_lines l on l.purchase_order_id = kept.purchase_order_id and l.line = kept.line`,
);

const promisesHaveItems = check(
  'references',
  'every promise belongs to an item of its product',
  sql`
    select i.product_id is distinct from p.product_id as broken,
           ${itemOf('p')} || ': a promise of ' || ${skuOf('p.product_id')} || ' fits no item' as example
    from promises p
    left join order_items i using (order_id, line)`,
);

const termsHaveSuppliers = check(
  'references',
  'every term of a supplier names a supplier and a product',
  sql`
    select s.id is null or p.id is null as broken,
           coalesce(s.code, 'supplier ' || t.supplier_id) || ' sells ' || ${skuOf('t.product_id')} || ': points at nothing' as example
    from supplier_products t
    left join suppliers s on s.id = t.supplier_id
    left join products p on p.id = t.product_id`,
);

export const REFERENCE_CHECKS = [
  itemsHaveOrders,
  ordersHaveItems,
  allocationsHaveItems,
  eventsHaveItems,
  shipmentsHaveOrders,
  shipmentLinesHaveItems,
  levelsHavePlaces,
  productsHaveGates,
  refusalsHaveProducts,
  shadowsHaveOrders,
  purchaseOrdersHaveLines,
  purchaseLinesHavePlaces,
  supplyHasPurchaseOrders,
  promisesHaveItems,
  termsHaveSuppliers,
];
