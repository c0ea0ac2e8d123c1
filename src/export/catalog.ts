/** Exported records of the catalog: sales channels, warehouses, products and what of them may wait. */
import { sql } from 'kysely';
import type { RecordKind } from './record.ts';

const salesChannels: RecordKind = {
  record: 'sales_channel',
  instants: [],
  rows: sql`
    select c.code, c.name, c.currency, c.time_zone as "timeZone", c.acceptance, c.shipping,
      c.when_incomplete as "whenIncomplete", c.enabled,
      array(
        select w.code from channel_warehouses cw join warehouses w on w.id = cw.warehouse_id
        where cw.channel_id = c.id order by cw.preference
      ) as warehouses
    from sales_channels c`,
};

const warehouses: RecordKind = {
  record: 'warehouse',
  instants: [],
  rows: sql`
    select w.code, w.name, w.kind, w.stock, w.enabled, w.country, w.latitude, w.longitude, w.time_zone as "timeZone",
      w.handling_days as "handlingDays", w.closed_weekdays as "closedWeekdays",
      w.closed_dates::text[] as "closedDates"
    from warehouses w`,
};

const products: RecordKind = {
  record: 'product',
  instants: [],
  rows: sql`select p.sku, p.name, p.tags, p.weight_grams as "weightGrams" from products p`,
};

const policies: RecordKind = {
  record: 'policy',
  instants: [],
  rows: sql`
    select p.sku, c.code as channel,
      s.backorder_allowed as "backorderAllowed", s.backorder_until as "backorderUntil",
      s.backorder_per_order as "backorderPerOrder", s.backorder_per_customer as "backorderPerCustomer",
      s.backorder_per_channel as "backorderPerChannel", s.backorder_per_product as "backorderPerProduct",
      s.backorder_up_to_incoming as "backorderUpToIncoming", s.preorder_up_to_incoming as "preorderUpToIncoming",
      s.preorder_allowed as "preorderAllowed",
      s.preorder_per_order as "preorderPerOrder", s.preorder_per_customer as "preorderPerCustomer",
      s.preorder_per_channel as "preorderPerChannel", s.preorder_per_product as "preorderPerProduct",
      s.release_local as "releaseLocal", s.release_is_date as "releaseIsDate", s.release_zone as "releaseZone"
    from sell_policies s
    join products p on p.id = s.product_id
    left join sales_channels c on c.id = s.channel_id`,
};

const positions: RecordKind = {
  record: 'position',
  instants: ['fillDueAt'],
  rows: sql`
    select p.sku, g.backordered, g.preordered, g.unfillable, g.fill_due_at as "fillDueAt"
    from product_positions g
    join products p on p.id = g.product_id`,
};

const limitCounters: RecordKind = {
  record: 'limit_counter',
  instants: [],
  rows: sql`
    select p.sku, l.scope, c.code as channel,
      case l.scope when 'customer' then substr(l.scope_key, strpos(l.scope_key, '/') + 1) end as customer,
      l.backordered, l.preordered
    from limit_counters l
    join products p on p.id = l.product_id
    left join sales_channels c on c.id::text = split_part(l.scope_key, '/', 1)
    where l.backordered + l.preordered > 0`,
};

const ruleSets: RecordKind = {
  record: 'rule_set',
  instants: ['createdAt'],
  rows: sql`
    select r.version, r.note, r.created_at as "createdAt", r.rules,
      r.version is not distinct from c.live_rule_set as live,
      r.version is not distinct from c.shadow_rule_set as shadow
    from rule_sets r cross join configuration c`,
};

const savedReports: RecordKind = {
  record: 'saved_report',
  instants: ['changedAt'],
  rows: sql`
    select r.code, r.name, r.definition as report, r.changed_at as "changedAt", s.terms as schedule, a.terms as alarm
    from saved_reports r
    left join report_schedules s on s.report = r.code
    left join report_alarms a on a.report = r.code`,
};

export const CATALOG_RECORDS = [
  salesChannels,
  warehouses,
  products,
  policies,
  positions,
  limitCounters,
  ruleSets,
  savedReports,
];
