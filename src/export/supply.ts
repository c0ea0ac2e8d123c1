/**
 * Exported records of supply: suppliers and their terms, purchase orders with every quoted day and receipt,
 * and what customers were told. An order that something was bought for stands there by its channel and
 * number, also in the note and the event that say so with our id of it.
 */
import { type RawBuilder, sql } from 'kysely';
import { causeByName, orderNamedBy } from './cause.ts';
import type { RecordKind } from './record.ts';

const suppliers: RecordKind = {
  record: 'supplier',
  instants: [],
  rows: sql`
    select s.code, s.name, s.currency, s.time_zone as "timeZone", s.lead_days as "leadDays",
      s.closed_weekdays as "closedWeekdays", s.closed_dates::text[] as "closedDates",
      s.minimum_order as "minimumOrder", s.over_receipt_percent as "overReceiptPercent", s.enabled
    from suppliers s`,
};

const supplierTerms: RecordKind = {
  record: 'supplier_product',
  instants: [],
  rows: sql`
    select s.code as supplier, p.sku, t.supplier_sku as "supplierSku", t.preference, t.unit_price as "unitPrice",
      t.pack_size as "packSize", t.minimum_units as "minimumUnits", t.lead_days as "leadDays",
      t.promise_by_lead_time as "promiseByLeadTime", t.buy_to_order as "buyToOrder"
    from supplier_products t
    join suppliers s on s.id = t.supplier_id
    join products p on p.id = t.product_id`,
};

/** Joins the order with the id in `id`, if there is one, as `bought` on the channel `bought_on`. */
function boughtFor(id: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    left join orders bought on bought.id = ${id}
    left join sales_channels bought_on on bought_on.id = bought.channel_id`;
}

const purchaseOrders: RecordKind = {
  record: 'purchase_order',
  instants: ['createdAt', 'sentAt'],
  rows: sql`
    select p.number, s.code as supplier, p.stage, p.note, p.created_at as "createdAt", p.sent_at as "sentAt", p.events
    from purchase_orders p
    join suppliers s on s.id = p.supplier_id`,
};

const purchaseOrderLines: RecordKind = {
  record: 'purchase_order_line',
  instants: [],
  rows: sql`
    select o.number as "purchaseOrder", l.line, p.sku, w.code as warehouse, l.ordered, l.received, l.closed,
      l.withdrawn, l.incoming,
      l.unit_price as "unitPrice", l.expected_on as "expectedOn", l.likely_on as "likelyOn",
      l.likely_percent as "likelyPercent", l.likely_records as "likelyRecords",
      bought_on.code as "forChannel", bought.number as "forOrder", l.for_line as "forLine"
    from purchase_order_lines l
    join purchase_orders o on o.id = l.purchase_order_id
    join products p on p.id = l.product_id
    join warehouses w on w.id = l.warehouse_id
    ${boughtFor(sql`l.for_order`)}`,
};

const expectedDates: RecordKind = {
  record: 'expected_date',
  instants: ['quotedAt'],
  rows: sql`
    select o.number as "purchaseOrder", e.line, e.number, e.expected_on as "expectedOn", e.quoted_at as "quotedAt",
      e.reason
    from expected_dates e
    join purchase_orders o on o.id = e.purchase_order_id`,
};

const purchaseOrderReceipts: RecordKind = {
  record: 'purchase_order_receipt',
  instants: [],
  rows: sql`
    select o.number as "purchaseOrder", r.line, d.reference, r.units, r.received_on as "receivedOn"
    from purchase_order_receipts r
    join purchase_orders o on o.id = r.purchase_order_id
    join stock_documents d on d.id = r.document_id`,
};

const purchaseOrderEvents: RecordKind = {
  record: 'purchase_order_event',
  instants: ['recordedAt'],
  rows: sql`
    select o.number as "purchaseOrder", e.number, e.recorded_at as "recordedAt", e.cause,
      case when bought.id is null then e.details
        else e.details - 'orderId' || jsonb_build_object('channel', bought_on.code, 'order', bought.number)
      end as details
    from purchase_order_events e
    join purchase_orders o on o.id = e.purchase_order_id
    ${boughtFor(sql`(e.details ->> 'orderId')::bigint`)}`,
};

const promises: RecordKind = {
  record: 'promise',
  instants: ['firstToldAt', 'toldAt'],
  rows: sql`
    select c.code as channel, o.number as "order", t.line, p.sku, t.first_on as "firstOn",
      t.first_told_at as "firstToldAt", t.told, t.told_on as "toldOn", t.told_at as "toldAt", t.waiting, t.events
    from promises t
    join orders o on o.id = t.order_id
    join sales_channels c on c.id = o.channel_id
    join products p on p.id = t.product_id`,
};

const promiseEvents: RecordKind = {
  record: 'promise_event',
  instants: ['recordedAt'],
  rows: sql`
    select c.code as channel, o.number as "order", e.line, e.number, e.recorded_at as "recordedAt",
      ${causeByName('e.cause')} as cause, e.old, e.new
    from promise_events e
    join orders o on o.id = e.order_id
    join sales_channels c on c.id = o.channel_id
    ${orderNamedBy('e.cause')}`,
};

export const SUPPLY_RECORDS = [
  suppliers,
  supplierTerms,
  purchaseOrders,
  purchaseOrderLines,
  expectedDates,
  purchaseOrderReceipts,
  purchaseOrderEvents,
  promises,
  promiseEvents,
];
