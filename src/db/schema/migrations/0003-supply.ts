/**
 * Incoming supply: suppliers, purchase orders, what customers were promised.
 *
 * A promise is computed from a queue position and dated supply whenever it is asked for; stored is only what a
 * customer was told, since that must not change by itself (`promises`). `incoming` of a purchase order line is what
 * is on its way: open units of an order that was sent. It stands in its own column for its index.
 */
export const supply = `
-- The instant a release means. A local time that never comes means the moment it would have come without the change of
-- the clock; one that comes twice means the later one, so that nothing ships early; but a date means the first instant
-- of that day, also where midnight comes twice (Havana in autumn).
create function release_instant(at timestamp, is_date boolean, zone text) returns timestamptz
language sql stable parallel safe as $$
  select case when is_date and (later - interval '1 microsecond') at time zone zone >= at
    then later - interval '1 microsecond' - ((later - interval '1 microsecond') at time zone zone - at)
    else later end
  from (select at at time zone zone as later) as reading $$;

-- A zone that this server does not know is refused when it is written, not found out by every later read.
alter table warehouses add check ((timestamp '2000-01-01' at time zone time_zone) is not null);
alter table sales_channels add check ((timestamp '2000-01-01' at time zone time_zone) is not null);
alter table sell_policies add check (release_zone is null or (timestamp '2000-01-01' at time zone release_zone) is not null);

alter table configuration
  -- the share of promises that should be kept, in percent
  add column promise_confidence smallint not null default 80 check (promise_confidence between 50 and 99),
  -- a customer is not told of a change by at most so many days
  add column quiet_days smallint not null default 1 check (quiet_days between 0 and 30),
  -- what was learned from receipts about how late and how short suppliers are; see core/supply/slip
  add column slip_model jsonb not null default '{}',
  add column slip_learned_at timestamptz;

alter table warehouses
  -- open days between arrival and shipping
  add column handling_days smallint not null default 0 check (handling_days between 0 and 365),
  -- ISO weekdays (1 Monday) and days on which nothing is received or shipped
  add column closed_weekdays smallint[] not null default '{}',
  add column closed_dates date[] not null default '{}';

alter table sell_policies
  -- no more may wait than is incoming
  add column backorder_up_to_incoming boolean not null default false,
  add column preorder_up_to_incoming boolean not null default false;

create table suppliers (
  id integer primary key generated always as identity,
  code text not null unique,
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null check ((timestamp '2000-01-01' at time zone time_zone) is not null),
  -- open days of the supplier from sending an order to its arrival
  lead_days smallint not null check (lead_days between 0 and 1000),
  closed_weekdays smallint[] not null,
  closed_dates date[] not null,
  -- least value of an order, in minor units; null: any
  minimum_order bigint check (minimum_order >= 0),
  over_receipt_percent smallint not null check (over_receipt_percent between 0 and 100),
  enabled boolean not null
);

create table supplier_products (
  product_id integer not null references products,
  supplier_id integer not null references suppliers,
  -- the supplier's own name for the product
  supplier_sku text,
  -- 1 is asked first
  preference smallint not null check (preference between 1 and 100),
  unit_price bigint not null check (unit_price >= 0),
  pack_size integer not null check (pack_size > 0),
  minimum_units integer not null check (minimum_units >= 0),
  -- null: the supplier's
  lead_days smallint check (lead_days between 0 and 1000),
  -- what no purchase order covers is promised for when an order of today would arrive
  promise_by_lead_time boolean not null,
  -- units that wait get a purchase order line of their own
  buy_to_order boolean not null,
  primary key (product_id, supplier_id)
);
create index products_of_supplier on supplier_products (supplier_id, product_id);

create table purchase_orders (
  id bigint primary key generated always as identity,
  number text not null unique,
  supplier_id integer not null references suppliers,
  stage text not null check (stage in ('draft', 'sent', 'confirmed', 'cancelled')),
  note text,
  created_at timestamptz not null,
  sent_at timestamptz,
  -- events written: the number of the last one
  events integer not null default 0
);
create sequence purchase_order_numbers as bigint;
create index purchase_orders_of_supplier on purchase_orders (supplier_id, id);

create table purchase_order_lines (
  purchase_order_id bigint not null references purchase_orders,
  line smallint not null check (line > 0),
  product_id integer not null references products,
  warehouse_id integer not null references warehouses,
  ordered integer not null check (ordered > 0),
  received integer not null default 0 check (received >= 0),
  -- units that will not come
  closed integer not null default 0 check (closed >= 0),
  -- of them, those that we did not want any more: they say nothing about the supplier
  withdrawn integer not null default 0 check (withdrawn >= 0),
  incoming integer not null default 0 check (incoming >= 0),
  unit_price bigint not null check (unit_price >= 0),
  -- the day quoted last; null: none yet
  expected_on date,
  -- the day by which it arrives at the chosen confidence, and how much of it does
  likely_on date,
  likely_percent smallint not null default 100 check (likely_percent between 1 and 100),
  -- receipts that stand behind likely_on; 0: nothing is known of this supplier
  likely_records integer not null default 0,
  -- bought for this item alone
  for_order bigint,
  for_line smallint,
  primary key (purchase_order_id, line),
  check (closed = 0 or received + closed <= ordered),
  check (withdrawn <= closed),
  check (incoming <= ordered),
  check ((for_order is null) = (for_line is null))
);
create index incoming_lines on purchase_order_lines (product_id, likely_on) where incoming > 0;
create index lines_bought_for on purchase_order_lines (for_order, for_line) where for_order is not null;
create index purchase_order_lines_by_product on purchase_order_lines (product_id, purchase_order_id, line);

-- every day a supplier ever quoted for a line, with when it was quoted
create table expected_dates (
  purchase_order_id bigint not null,
  line smallint not null,
  number smallint not null check (number > 0),
  expected_on date not null,
  quoted_at timestamptz not null,
  reason text,
  primary key (purchase_order_id, line, number)
);

create table purchase_order_receipts (
  document_id bigint not null references stock_documents,
  purchase_order_id bigint not null,
  line smallint not null,
  units integer not null check (units > 0),
  received_on date not null,
  primary key (purchase_order_id, line, document_id)
);

create table purchase_order_events (
  purchase_order_id bigint not null,
  number integer not null check (number > 0),
  recorded_at timestamptz not null,
  cause text not null,
  details jsonb not null,
  primary key (purchase_order_id, number)
);
create index receipts_to_learn_from on purchase_order_events (recorded_at) where cause = 'received';

-- what the customer of an item was told: at first, and last
create table promises (
  order_id bigint not null,
  line smallint not null,
  product_id integer not null,
  -- null: the first thing told was that no day is known
  first_on date,
  first_told_at timestamptz not null,
  -- slices of the units that still wait, as told last: [{units, on, source, purchaseOrder, line, confidence}]
  told jsonb not null,
  -- the last day of told; null: not known for some of them
  told_on date,
  told_at timestamptz not null,
  waiting boolean not null,
  events integer not null,
  primary key (order_id, line)
) with (fillfactor = 50);
create index waiting_promises on promises (product_id) where waiting;

create table promise_events (
  order_id bigint not null,
  line smallint not null,
  number integer not null check (number > 0),
  recorded_at timestamptz not null,
  -- why: 'purchase_order/PO-7', 'queue', 'policy/KETTLE' …
  cause text not null,
  old jsonb,
  new jsonb not null,
  primary key (order_id, line, number)
);
create index promise_events_by_time on promise_events using brin (recorded_at);

alter table product_positions
  -- the supplier asked first sells it to order: units that wait get a purchase order line of their own
  add column buy_to_order boolean not null default false,
  -- its queue is long and kept in blocks
  add column has_blocks boolean not null default false,
  -- promises depend on something dated: incoming units, a lead time, or a promise that was told
  add column dated boolean not null default false,
  -- since when customers may have to be told something new, and why; null: not at all
  add column promise_due_at timestamptz,
  add column promise_cause text,
  -- supply moved: customers are told at once, also of a queue that is long to look at
  add column promise_urgent boolean not null default false,
  -- raised with each mark, so that one made while promises are published is not lost
  add column promise_marks integer not null default 0;
create index promises_due on product_positions (promise_due_at) where promise_due_at is not null;

update product_positions set promise_due_at = clock_timestamp(), promise_cause = 'upgrade' where preordered > 0;

-- A long queue in blocks of about a thousand items: how many units of each channel stand in it. A block reaches from
-- after the block before it to its own last rank. What stands behind the last block is counted when it is asked for.
create table queue_blocks (
  product_id integer not null,
  -- the last rank of the block; priority is negated, as in the index of the queue
  last_priority smallint not null,
  last_since timestamptz not null,
  last_order bigint not null,
  last_line smallint not null,
  channel_id integer not null,
  -- never negative; no check, since an upsert proposes a difference (allot verify looks)
  units bigint not null,
  primary key (product_id, last_priority, last_since, last_order, last_line, channel_id)
) with (fillfactor = 70);

alter table order_items
  -- waits for a purchase order line of its own, outside the queue
  add column bought boolean not null default false;
drop index waiting_queue;
create index waiting_queue on order_items
  (product_id, (-priority), waiting_since, order_id, line, channel_id)
  where backordered + preordered + unfillable > 0 and not bought;
create index waiting_bought on order_items (product_id)
  where bought and backordered + preordered + unfillable > 0;

alter table allocations
  -- units an external warehouse said it will ship, and the day it named
  add column acknowledged integer not null default 0 check (acknowledged >= 0),
  add column expected_on date,
  add constraint acknowledged_is_open check (acknowledged <= open);
`;
