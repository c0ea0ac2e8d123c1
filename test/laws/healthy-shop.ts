/**
 * A small shop in good health, written row by row: what `allot verify` must find nothing wrong with, and what the
 * tests then break one law at a time. It knows each state that a check looks at: shipped, waiting, pre-ordered, on
 * hold, cancelled, rejected by a warehouse, allocated where no stock is kept, and an order that is served whole; bought
 * for itself, promised from a purchase order, by lead time, after a release, and promised no more.
 */
const catalog = `
insert into warehouses (code, name, kind, stock, enabled, time_zone) values
  ('W1', 'One', 'own', 'managed', true, 'UTC'),
  ('W2', 'Two', 'own', 'managed', true, 'UTC'),
  ('X', 'Elsewhere', 'external', 'unmanaged', true, 'UTC');
insert into sales_channels (code, name, currency, time_zone, acceptance, shipping, when_incomplete, enabled) values
  ('WEB', 'Web', 'EUR', 'UTC', 'strict', 'partial', 'hold', true),
  ('MARKET', 'Market', 'EUR', 'UTC', 'accept_always', 'partial', 'hold', true);
insert into channel_warehouses values (1, 1, 1), (1, 2, 2), (2, 1, 1), (2, 3, 2);
insert into products (sku, name) values ('KETTLE', 'Kettle'), ('LAMP', 'Lamp'), ('VASE', 'Vase'), ('TABLE', 'Table'),
  ('MUG', 'Mug'), ('BOWL', 'Bowl'), ('GAME', 'Game');`;

// product, warehouse: 1 KETTLE, 2 LAMP, 3 VASE, 4 TABLE, 5 MUG, 6 BOWL, 7 GAME; 1 W1, 2 W2, 3 X
const stock = `
insert into stock_documents (kind, reference, contents_hash, answer, recorded_at) values
  ('receive', 'DN-1', 'a', '{}', now()), ('transfer', 'T-1', 'b', '{}', now()),
  ('receive', 'DN-2', 'c', '{}', now());
insert into movements (product_id, warehouse_id, number, kind, units, balance, cause, recorded_at) values
  (1, 1, 1, 'receive', 7, 7, 'receive/DN-1', now()),
  (1, 1, 2, 'ship', -3, 4, 'ship/S-1', now()),
  (2, 1, 1, 'receive', 1, 1, 'receive/DN-1', now()),
  (2, 1, 2, 'transfer_out', -1, 0, 'transfer/T-1', now()),
  (2, 2, 1, 'receive', 3, 3, 'receive/DN-1', now()),
  (2, 2, 2, 'transfer_in', 1, 4, 'transfer/T-1', now()),
  (2, 2, 3, 'ship', -1, 3, 'ship/S-2', now()),
  (3, 1, 1, 'receive', 5, 5, 'receive/DN-1', now()),
  (4, 2, 1, 'receive', 2, 2, 'receive/DN-1', now()),
  (5, 1, 1, 'receive', 4, 4, 'receive/DN-2', now()),
  (6, 1, 1, 'receive', 1, 1, 'receive/DN-1', now());
insert into inventory_levels (product_id, warehouse_id, on_hand, allocated, movements) values
  (1, 1, 4, 4, 2), (2, 1, 0, 0, 2), (2, 2, 3, 3, 3), (3, 1, 5, 0, 1), (4, 2, 2, 0, 1), (5, 1, 4, 4, 1), (6, 1, 1, 0, 1);`;

const policies = `
insert into sell_policies (product_id, backorder_allowed, backorder_per_channel, preorder_allowed)
values (1, true, 100, false), (2, true, 100, false), (3, true, 100, false);
insert into sell_policies (product_id, backorder_allowed, preorder_allowed, release_local, release_is_date, release_zone)
values (7, false, true, current_date + 20, true, 'UTC');`;

// the whole order 1005 could be served from stock, but a fill of TABLE is still owed
const waiting = `
insert into product_positions (product_id, backordered, preordered, unfillable, fill_due_at, counts_waiting) values
  (1, 6, 0, 0, null, true), (2, 0, 2, 0, null, true), (3, 4, 0, 0, null, true), (4, 1, 0, 0, now(), false),
  (5, 2, 0, 0, null, false), (6, 3, 0, 0, null, false), (7, 0, 5, 0, null, false);
-- KETTLE's queue is kept in blocks
update product_positions set has_blocks = true where product_id = 1;
insert into queue_blocks (product_id, last_priority, last_since, last_order, last_line, channel_id, units)
values (1, 0, '2199-01-01', 1, 1, 1, 6);
insert into limit_counters values
  (1, 'channel', '1', 6, 0), (1, 'customer', '1/anna', 6, 0),
  (2, 'channel', '1', 0, 2), (2, 'customer', '1/anna', 0, 2),
  (3, 'channel', '1', 4, 0), (3, 'customer', '1/carl', 1, 0);`;

const orders = `
insert into orders (id, channel_id, number, customer, priority, placed_at, accepted_at, hold, shipping,
  when_incomplete, contents_hash)
select id, channel, number, customer, 0, now(), now(), hold, shipping, incomplete, number
from (values
  (1, 1, '1001', 'anna', null, 'partial', 'hold'),
  (2, 1, '1002', 'bert', null, 'partial', 'hold'),
  (3, 1, '1003', 'bert', 'fraud check', 'partial', 'hold'),
  (4, 1, '1004', 'anna', null, 'partial', 'hold'),
  (5, 2, 'M-1', null, null, 'partial', 'hold'),
  (6, 1, '1005', 'carl', null, 'complete', 'give_back'),
  (7, 1, '1006', null, null, 'partial', 'hold'),
  (8, 1, '1007', 'dora', null, 'partial', 'hold'),
  (9, 1, '1008', null, null, 'partial', 'hold')
) as o (id, channel, number, customer, hold, shipping, incomplete);
insert into order_items (order_id, line, product_id, channel_id, customer, unit_price, kind, whole, priority,
  waiting_since, ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled, events, rejected_by)
select i.order_id, i.line, i.product, o.channel_id, o.customer, 1000, i.kind, o.shipping = 'complete', 0, o.placed_at,
  i.ordered, i.pending, i.allocated, i.backordered, i.preordered, 0, i.shipped, i.cancelled, i.events, i.rejected_by::int[]
from (values
  (1, 1, 1, 'backorder', 10, 0, 4, 6, 0, 0, 0, 1, '{}'),
  (2, 1, 1, 'backorder', 3, 0, 0, 0, 0, 3, 0, 2, '{}'),
  (3, 1, 3, 'backorder', 2, 2, 0, 0, 0, 0, 0, 1, '{}'),
  (4, 1, 2, 'preorder', 5, 0, 3, 0, 2, 0, 0, 1, '{}'),
  (4, 2, 3, 'backorder', 1, 0, 0, 0, 0, 0, 1, 2, '{}'),
  (5, 1, 3, 'backorder', 3, 0, 2, 0, 0, 1, 0, 2, '{}'),
  (5, 2, 2, 'preorder', 1, 0, 0, 0, 0, 1, 0, 2, '{}'),
  (6, 1, 4, 'backorder', 1, 0, 0, 1, 0, 0, 0, 1, '{}'),
  (6, 2, 3, 'backorder', 1, 0, 0, 1, 0, 0, 0, 1, '{}'),
  (7, 1, 3, 'backorder', 3, 0, 0, 3, 0, 0, 0, 1, '{1}'),
  (8, 1, 5, 'backorder', 6, 0, 4, 2, 0, 0, 0, 2, '{}'),
  (8, 2, 7, 'preorder', 5, 0, 0, 0, 5, 0, 0, 1, '{}'),
  (9, 1, 6, 'backorder', 3, 0, 0, 3, 0, 0, 0, 1, '{}'),
  (9, 2, 5, 'backorder', 1, 0, 0, 0, 0, 0, 1, 2, '{}')
) as i (order_id, line, product, kind, ordered, pending, allocated, backordered, preordered, shipped, cancelled, events,
  rejected_by)
join orders o on o.id = i.order_id;
insert into allocations (order_id, line, warehouse_id, product_id, open, picked, shipped) values
  (1, 1, 1, 1, 4, 1, 0), (2, 1, 1, 1, 0, 0, 3), (4, 1, 2, 2, 3, 0, 0), (5, 1, 3, 3, 2, 0, 1), (5, 2, 2, 2, 0, 0, 1),
  (8, 1, 1, 5, 4, 0, 0);`;

const shipments = `
insert into shipments (id, order_id, warehouse_id, reference, contents_hash, answer, shipped_at)
overriding system value values
  (1, 2, 1, 'S-1', 'a', '{}', now()), (2, 5, 2, 'S-2', 'b', '{}', now()), (3, 5, 3, 'S-3', 'c', '{}', now());
insert into shipment_lines (shipment_id, line, product_id, units, released_at) values
  (1, 1, 1, 3, null), (2, 2, 2, 1, now() - interval '1 day'), (3, 1, 3, 1, null);
insert into idempotency_keys values ('key-1', 'placeOrder', 'a', '{}', now());
insert into order_refusals (recorded_at, channel_id, number, product_id, code, wanted, available, may_wait) values
  (now(), 1, '1099', 3, 'not_allowed', 9, 5, 0);`;

/** Each event: what the item's buckets changed by; who waits was allowed to, up to `may_wait` units. */
const events = `
insert into item_events (order_id, line, number, recorded_at, product_id, channel_id, cause, ordered, pending, allocated,
  backordered, preordered, unfillable, shipped, cancelled, entered, left_buckets, explanation)
select e.order_id, e.line, e.number, now(), i.product_id, i.channel_id, e.cause, e.ordered, e.pending, e.allocated,
  e.backordered, e.preordered, 0, e.shipped, e.cancelled, e.entered::text[], e.left_buckets::text[],
  case when e.backordered + e.preordered > 0
    then jsonb_build_object('waiting', jsonb_build_object('waits', e.backordered + e.preordered, 'mayWait', 6))
    else '{}' end
from (values
  (1, 1, 1, 'placed', 10, 0, 4, 6, 0, 0, 0, '{allocated,backordered}', '{}'),
  (2, 1, 1, 'placed', 3, 0, 3, 0, 0, 0, 0, '{allocated}', '{}'),
  (2, 1, 2, 'shipped', 0, 0, -3, 0, 0, 3, 0, '{shipped}', '{allocated}'),
  (3, 1, 1, 'placed', 2, 2, 0, 0, 0, 0, 0, '{pending}', '{}'),
  (4, 1, 1, 'placed', 5, 0, 3, 0, 2, 0, 0, '{allocated,preordered}', '{}'),
  (4, 2, 1, 'placed', 1, 0, 1, 0, 0, 0, 0, '{allocated}', '{}'),
  (4, 2, 2, 'cancelled', 0, 0, -1, 0, 0, 0, 1, '{cancelled}', '{allocated}'),
  (5, 1, 1, 'placed', 3, 0, 3, 0, 0, 0, 0, '{allocated}', '{}'),
  (5, 1, 2, 'shipped', 0, 0, -1, 0, 0, 1, 0, '{shipped}', '{}'),
  (5, 2, 1, 'placed', 1, 0, 1, 0, 0, 0, 0, '{allocated}', '{}'),
  (5, 2, 2, 'shipped', 0, 0, -1, 0, 0, 1, 0, '{shipped}', '{allocated}'),
  (6, 1, 1, 'placed', 1, 0, 0, 1, 0, 0, 0, '{backordered}', '{}'),
  (6, 2, 1, 'placed', 1, 0, 0, 1, 0, 0, 0, '{backordered}', '{}'),
  (7, 1, 1, 'placed', 3, 0, 0, 3, 0, 0, 0, '{backordered}', '{}'),
  (8, 1, 1, 'placed', 6, 0, 0, 6, 0, 0, 0, '{backordered}', '{}'),
  (8, 1, 2, 'filled', 0, 0, 4, -4, 0, 0, 0, '{allocated}', '{}'),
  (8, 2, 1, 'placed', 5, 0, 0, 0, 5, 0, 0, '{preordered}', '{}'),
  (9, 1, 1, 'placed', 3, 0, 0, 3, 0, 0, 0, '{backordered}', '{}'),
  (9, 2, 1, 'placed', 1, 0, 0, 1, 0, 0, 0, '{backordered}', '{}'),
  (9, 2, 2, 'cancelled', 0, 0, 0, -1, 0, 0, 1, '{cancelled}', '{backordered}')
) as e (order_id, line, number, cause, ordered, pending, allocated, backordered, preordered, shipped, cancelled,
  entered, left_buckets)
join order_items i on i.order_id = e.order_id and i.line = e.line;`;

// BOWL is bought for order 1008 beside a free one that came back; the supplier asked first for MUG is switched off
const supply = `
insert into suppliers (code, name, currency, time_zone, lead_days, closed_weekdays, closed_dates, over_receipt_percent,
  enabled)
values ('ACME', 'Acme', 'EUR', 'UTC', 14, '{}', '{}', 0, true), ('OLD', 'Old', 'EUR', 'UTC', 3, '{}', '{}', 0, false);
insert into supplier_products (product_id, supplier_id, preference, unit_price, pack_size, minimum_units,
  promise_by_lead_time, buy_to_order)
values (5, 1, 2, 100, 1, 0, false, false), (5, 2, 1, 100, 1, 0, true, true), (6, 1, 1, 100, 1, 0, false, true);
update product_positions set dated = true, buy_to_order = product_id = 6 where product_id > 4;
update order_items set bought = true where order_id = 9 and line = 1;
insert into purchase_orders (id, number, supplier_id, stage, created_at, sent_at, events)
overriding system value values
  (1, 'PO-1', 1, 'confirmed', now(), now(), 3), (2, 'PO-2', 1, 'draft', now(), null, 1),
  (3, 'PO-3', 1, 'cancelled', now(), null, 2);
insert into purchase_order_lines (purchase_order_id, line, product_id, warehouse_id, ordered, received, incoming,
  unit_price, expected_on, likely_on, for_order, for_line)
values
  (1, 1, 5, 1, 10, 4, 6, 100, current_date + 10, current_date + 10, null, null),
  (1, 2, 7, 1, 5, 0, 5, 100, current_date + 30, current_date + 30, null, null),
  (2, 1, 6, 1, 3, 0, 0, 100, null, null, 9, 1),
  (3, 1, 5, 1, 9, 0, 0, 100, current_date + 2, null, null, null);
insert into expected_dates values
  (1, 1, 1, current_date + 8, now(), null), (1, 1, 2, current_date + 10, now(), 'confirmed'),
  (1, 2, 1, current_date + 30, now(), null);
insert into purchase_order_receipts values (3, 1, 1, 4, current_date);
insert into purchase_order_events
select o.id, e.number, now(), 'an act', '{}' from purchase_orders o, generate_series(1, o.events) e (number);`;

/** Each time a customer was told: so many units for so many days from today, and what that follows from. */
const promises = `
insert into promise_events
select order_id, line, number, now() - interval '1 hour' * (2 - number), 'queue', null,
  jsonb_build_array(jsonb_build_object('units', units, 'on', current_date + days, 'source', source,
    'purchaseOrder', purchase, 'line', purchase_line, 'confidence', null))
from (values
  (8, 1, 1, 6, 8, 'purchase_order', 'PO-1', 1),
  (8, 1, 2, 6, 10, 'purchase_order', 'PO-1', 1),
  (8, 2, 1, 5, 30, 'purchase_order', 'PO-1', 2),
  (9, 1, 1, 3, 14, 'lead_time', null, null),
  (9, 2, 1, 1, 10, 'purchase_order', 'PO-1', 1)
) as e (order_id, line, number, units, days, source, purchase, purchase_line);
insert into promises
select p.order_id, p.line, i.product_id, current_date + p.first, oldest.recorded_at,
  case when p.units = 0 then '[]' else jsonb_set(newest.new, '{0,units}', to_jsonb(p.units)) end,
  current_date + p.last, newest.recorded_at, p.units > 0, newest.number
from (values (8, 1, 8, 10, 2), (8, 2, 30, 30, 5), (9, 1, 14, 14, 3), (9, 2, 10, 10, 0)) as p (order_id, line, first, last, units)
join order_items i on i.order_id = p.order_id and i.line = p.line
join promise_events oldest on oldest.order_id = p.order_id and oldest.line = p.line and oldest.number = 1
join promise_events newest on newest.order_id = p.order_id and newest.line = p.line
  and newest.number = case when (p.order_id, p.line) = (8, 1) then 2 else 1 end;`;

/** Rules that were computed beside none: the first order would have come from elsewhere. */
const shadows = `
insert into rule_sets (note, rules) values ('', '[]');
insert into shadow_decisions
select order_id, 1, null, now(), true, false,
  jsonb_build_object('servedUnits', sum(ordered), 'waitingUnits', 0),
  jsonb_build_object('servedUnits', 0, 'waitingUnits', sum(ordered))
from item_events where order_id = 4 and number = 1 group by order_id;`;

export const HEALTHY_SHOP = [
  catalog,
  policies,
  stock,
  waiting,
  orders,
  shipments,
  events,
  supply,
  promises,
  shadows,
].join('\n');
