/**
 * The first schema. Its constraints say the laws again, so that no path around the code can break them:
 * 0 <= allocated <= on hand, an item's buckets add up to what was ordered, picked units are allocated units.
 *
 * Measured shape (two cores, orders of three items): one row per product (`product_positions`) is locked before
 * anything about that product is decided; no foreign keys on the tables an order writes (they cost half of the
 * rate; `allot verify` checks what they would); items are keyed by (order, line), since keys of 16 bytes cost a
 * quarter of the fill rate. Migrations are immutable: a change is a new file.
 */
export const core = `
create table configuration (
  only_row boolean primary key default true check (only_row),
  -- raised by each change to channels or warehouses, in the same transaction
  version bigint not null default 1
);
insert into configuration default values;

create table warehouses (
  id integer primary key generated always as identity,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('own', 'external')),
  stock text not null check (stock in ('managed', 'unmanaged')),
  enabled boolean not null,
  country text,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  time_zone text not null,
  check (kind = 'external' or stock = 'managed'),
  check ((latitude is null) = (longitude is null))
);

create table sales_channels (
  id integer primary key generated always as identity,
  code text not null unique,
  name text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  acceptance text not null check (acceptance in ('strict', 'accept_always')),
  shipping text not null check (shipping in ('partial', 'complete')),
  when_incomplete text not null check (when_incomplete in ('hold', 'give_back')),
  enabled boolean not null
);

create table channel_warehouses (
  channel_id integer not null references sales_channels,
  warehouse_id integer not null references warehouses,
  preference integer not null check (preference > 0),
  primary key (channel_id, warehouse_id),
  unique (channel_id, preference)
);

create table products (
  id integer primary key generated always as identity,
  sku text not null unique,
  name text not null
);

-- what may wait; channel_id null is the product's own policy, a row with a channel replaces it there as a whole
create table sell_policies (
  product_id integer not null references products,
  channel_id integer references sales_channels,
  backorder_allowed boolean not null,
  backorder_until date,
  backorder_per_order integer check (backorder_per_order >= 0),
  backorder_per_customer integer check (backorder_per_customer >= 0),
  backorder_per_channel integer check (backorder_per_channel >= 0),
  backorder_per_product integer check (backorder_per_product >= 0),
  preorder_allowed boolean not null,
  preorder_per_order integer check (preorder_per_order >= 0),
  preorder_per_customer integer check (preorder_per_customer >= 0),
  preorder_per_channel integer check (preorder_per_channel >= 0),
  preorder_per_product integer check (preorder_per_product >= 0),
  release_local timestamp,
  release_is_date boolean not null default false,
  release_zone text,
  unique nulls not distinct (product_id, channel_id),
  check ((release_local is null) = (release_zone is null)),
  check (not preorder_allowed or release_local is not null)
);

-- the gate: whoever decides about a product locks its row here first, in product order
create table product_positions (
  product_id integer primary key,
  backordered bigint not null default 0 check (backordered >= 0),
  preordered bigint not null default 0 check (preordered >= 0),
  unfillable bigint not null default 0 check (unfillable >= 0),
  -- since when a fill is owed, and to what; null when none is
  fill_due_at timestamptz,
  fill_cause text
) with (fillfactor = 70);
create index fills_due on product_positions (fill_due_at) where fill_due_at is not null;

create table limit_counters (
  product_id integer not null,
  scope text not null check (scope in ('channel', 'customer')),
  scope_key text not null,
  backordered bigint not null check (backordered >= 0),
  preordered bigint not null check (preordered >= 0),
  primary key (product_id, scope, scope_key)
) with (fillfactor = 70);

create table inventory_levels (
  product_id integer not null,
  warehouse_id integer not null,
  on_hand integer not null default 0 check (on_hand <= 1000000000),
  allocated integer not null default 0 check (allocated >= 0),
  -- how many movements made this level: the number of the last one
  movements integer not null default 0,
  primary key (product_id, warehouse_id),
  check (allocated <= on_hand)
) with (fillfactor = 70);

create table stock_documents (
  id bigint primary key generated always as identity,
  kind text not null,
  reference text not null,
  contents_hash text not null,
  answer jsonb not null,
  recorded_at timestamptz not null,
  unique (kind, reference)
);

create table movements (
  product_id integer not null,
  warehouse_id integer not null,
  number integer not null check (number > 0),
  kind text not null check (kind in
    ('receive', 'return', 'adjust', 'count', 'damage', 'transfer_out', 'transfer_in', 'ship', 'short_pick')),
  units integer not null,
  balance integer not null check (balance >= 0),
  reason text,
  -- 'receive/DN-1', 'ship/S-7': the document that caused it
  cause text,
  recorded_at timestamptz not null,
  primary key (product_id, warehouse_id, number)
);
create index movements_by_time on movements (recorded_at);

create sequence order_ids as bigint;

create table orders (
  id bigint primary key,
  channel_id integer not null,
  number text not null,
  customer text,
  priority smallint not null,
  placed_at timestamptz not null,
  accepted_at timestamptz not null,
  hold text,
  shipping text not null check (shipping in ('partial', 'complete')),
  when_incomplete text not null check (when_incomplete in ('hold', 'give_back')),
  ship_to jsonb,
  contents_hash text not null,
  unique (channel_id, number)
);

create table order_items (
  order_id bigint not null,
  line smallint not null,
  product_id integer not null,
  channel_id integer not null,
  customer text,
  unit_price bigint not null check (unit_price >= 0),
  kind text not null check (kind in ('backorder', 'preorder')),
  -- served only together with its whole order
  whole boolean not null,
  priority smallint not null,
  waiting_since timestamptz not null,
  ordered integer not null check (ordered > 0),
  pending integer not null check (pending >= 0),
  allocated integer not null check (allocated >= 0),
  backordered integer not null check (backordered >= 0),
  preordered integer not null check (preordered >= 0),
  unfillable integer not null check (unfillable >= 0),
  shipped integer not null check (shipped >= 0),
  cancelled integer not null check (cancelled >= 0),
  -- events written for this item: the number of the last one
  events integer not null,
  -- warehouses that rejected this item and are not asked again for it
  rejected_by integer[] not null default '{}',
  status text not null generated always as (
    case
      when cancelled = ordered then 'cancelled'
      when pending > 0 then 'pending'
      when unfillable > 0 then 'unfillable'
      when preordered > 0 and allocated = 0 then 'preordered'
      when backordered > 0 and allocated = 0 then 'backordered'
      when preordered + backordered > 0 then 'partially_allocated'
      when allocated > 0 and shipped = 0 then 'allocated'
      when allocated > 0 then 'partially_shipped'
      else 'shipped'
    end) stored,
  primary key (order_id, line),
  constraint buckets_add_up check
    (ordered = pending + allocated + backordered + preordered + unfillable + shipped + cancelled)
) with (fillfactor = 80);
-- the waiting queue in rank order; priority is negated there so that all columns ascend
create index waiting_queue on order_items
  (product_id, (-priority), waiting_since, order_id, line, channel_id)
  where backordered + preordered + unfillable > 0;
-- waiting items that are served only with their whole order: few, and looked for from another product
create index waiting_whole on order_items (product_id)
  where whole and backordered + preordered + unfillable > 0;
create index order_items_by_product on order_items (product_id, order_id, line);
create index order_items_by_status on order_items (status, order_id, line);

create table allocations (
  order_id bigint not null,
  line smallint not null,
  warehouse_id integer not null,
  product_id integer not null,
  open integer not null check (open >= 0),
  picked integer not null default 0 check (picked >= 0),
  shipped integer not null default 0 check (shipped >= 0),
  primary key (order_id, line, warehouse_id),
  check (picked <= open)
) with (fillfactor = 80);
create index open_allocations on allocations (warehouse_id, product_id) where open > 0;

create table item_events (
  order_id bigint not null,
  line smallint not null,
  number integer not null check (number > 0),
  recorded_at timestamptz not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  product_id integer not null,
  channel_id integer not null,
  cause text not null,
  -- the document, key or act behind the cause
  reference text,
  ordered integer not null,
  pending integer not null,
  allocated integer not null,
  backordered integer not null,
  preordered integer not null,
  unfillable integer not null,
  shipped integer not null,
  cancelled integer not null,
  -- buckets that went from nothing to something, and the other way round
  entered text[] not null,
  left_buckets text[] not null,
  -- warehouses asked and what they gave, limits looked at, reason given
  explanation jsonb not null,
  primary key (order_id, line, number),
  check (ordered = pending + allocated + backordered + preordered + unfillable + shipped + cancelled)
);
create index item_events_by_time on item_events using brin (recorded_at);

create table order_refusals (
  id bigint primary key generated always as identity,
  recorded_at timestamptz not null,
  channel_id integer not null,
  number text not null,
  product_id integer not null,
  code text not null,
  wanted integer not null,
  available integer not null,
  may_wait integer
);

create table shipments (
  id bigint primary key generated always as identity,
  order_id bigint not null,
  warehouse_id integer not null,
  reference text not null unique,
  tracking text,
  contents_hash text not null,
  answer jsonb not null,
  shipped_at timestamptz not null
);
create index shipments_by_order on shipments (order_id);

create table shipment_lines (
  shipment_id bigint not null references shipments,
  line smallint not null,
  product_id integer not null,
  units integer not null check (units > 0),
  -- the release that had to have passed; null when none did
  released_at timestamptz,
  primary key (shipment_id, line)
);

create table idempotency_keys (
  key text primary key,
  operation text not null,
  contents_hash text not null,
  outcome jsonb not null,
  recorded_at timestamptz not null
);
create index idempotency_keys_by_time on idempotency_keys using brin (recorded_at);
`;
