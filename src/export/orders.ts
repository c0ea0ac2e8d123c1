/**
 * Exported records of orders. `accepted` numbers the orders 1, 2, 3 … in the order they were accepted, which
 * is the last word of every rank in the waiting queue; it stands for our order ids, which are not exported.
 */
import { sql } from 'kysely';
import type { RecordKind } from './record.ts';

const orders: RecordKind = {
  record: 'order',
  instants: ['placedAt', 'acceptedAt'],
  rows: sql`
    select c.code as channel, o.number as "order", row_number() over (order by o.id) as accepted, o.customer,
      o.priority, o.placed_at as "placedAt", o.accepted_at as "acceptedAt", o.hold, o.shipping,
      o.when_incomplete as "whenIncomplete", o.ship_to as "shipTo", o.customer_group as "customerGroup",
      o.item_gate_percent as "itemGatePercent", o.order_gate_percent as "orderGatePercent"
    from orders o
    join sales_channels c on c.id = o.channel_id`,
};

const items: RecordKind = {
  record: 'order_item',
  instants: ['waitingSince'],
  rows: sql`
    select c.code as channel, o.number as "order", i.line, p.sku, i.unit_price as "unitPrice", i.kind, i.bought, i.status,
      i.waiting_since as "waitingSince", i.ordered, i.pending, i.allocated, i.backordered, i.preordered, i.unfillable,
      i.shipped, i.cancelled, i.events,
      array(select w.code from warehouses w where w.id = any (i.rejected_by) order by w.code) as "rejectedBy"
    from order_items i
    join orders o on o.id = i.order_id
    join sales_channels c on c.id = o.channel_id
    join products p on p.id = i.product_id`,
};

const allocations: RecordKind = {
  record: 'allocation',
  instants: [],
  rows: sql`
    select c.code as channel, o.number as "order", a.line, p.sku, w.code as warehouse, a.open, a.picked, a.shipped,
      a.acknowledged, a.expected_on as "expectedOn"
    from allocations a
    join orders o on o.id = a.order_id
    join sales_channels c on c.id = o.channel_id
    join products p on p.id = a.product_id
    join warehouses w on w.id = a.warehouse_id`,
};

const shipments: RecordKind = {
  record: 'shipment',
  instants: ['shippedAt'],
  rows: sql`
    select s.reference, c.code as channel, o.number as "order", w.code as warehouse, s.tracking,
      s.shipped_at as "shippedAt"
    from shipments s
    join orders o on o.id = s.order_id
    join sales_channels c on c.id = o.channel_id
    join warehouses w on w.id = s.warehouse_id`,
};

const shipmentLines: RecordKind = {
  record: 'shipment_line',
  instants: ['releasedAt'],
  rows: sql`
    select s.reference, l.line, p.sku, l.units, l.released_at as "releasedAt"
    from shipment_lines l
    join shipments s on s.id = l.shipment_id
    join products p on p.id = l.product_id`,
};

export const ORDER_RECORDS = [orders, items, allocations, shipments, shipmentLines];
