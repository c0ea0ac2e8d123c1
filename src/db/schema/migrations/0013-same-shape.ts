/**
 * Brings databases to one shape that were made between releases, while earlier steps were still written: each statement
 * does nothing where its step had run as it stands today.
 *
 * From here on the configuration names the oldest schema whose programs may decide (`least_schema`), read at each gate.
 * Older programs do not know that, so the column they read at each gate has another name: a node of an older version
 * that runs on fails, instead of deciding by rules it has never heard of.
 */
export const sameShape = `
create index if not exists waiting_whole on order_items (product_id)
  where whole and backordered + preordered + unfillable > 0;
drop index if exists order_items_by_status;
create index if not exists unserved_by_status on order_items (status, order_id desc, line)
  where pending + backordered + preordered + unfillable > 0;
create index if not exists receipts_to_learn_from on purchase_order_events (recorded_at) where cause = 'received';
create index if not exists item_events_by_transaction on item_events (transaction_id);

alter table sell_policies add column if not exists backorder_up_to_incoming boolean not null default false;
alter table sell_policies add column if not exists preorder_up_to_incoming boolean not null default false;
alter table purchase_order_lines
  add column if not exists withdrawn integer not null default 0 check (withdrawn >= 0 and withdrawn <= closed);
alter table fact_folds drop column if exists events_from;
alter table promises set (fillfactor = 50);

alter table product_positions add column if not exists has_blocks boolean not null default false;
alter table product_positions add column if not exists promise_urgent boolean not null default false;
create table if not exists queue_blocks (
  product_id integer not null,
  last_priority smallint not null,
  last_since timestamptz not null,
  last_order bigint not null,
  last_line smallint not null,
  channel_id integer not null,
  units bigint not null,
  primary key (product_id, last_priority, last_since, last_order, last_line, channel_id)
) with (fillfactor = 70);

alter table configuration rename column version to revision;
alter table configuration add column least_schema text not null default '0013-same-shape';
`;
