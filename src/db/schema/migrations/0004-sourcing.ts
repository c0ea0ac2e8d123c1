/**
 * Sourcing rules: which warehouse serves what.
 *
 * A rule set is written once and never changes; the configuration names the one in force, so that going back is naming an
 * older one. What a warehouse was given to do on a day is
 * counted only while a rule looks at it. `fill_again_at` is a fill that will be owed when time alone may serve someone.
 */
export const sourcing = `
create table rule_sets (
  version integer primary key generated always as identity,
  note text not null,
  rules jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);

alter table configuration add column live_rule_set integer references rule_sets;

-- which rule set was put in force, and when; version null: none from then on
create table rule_set_changes (
  id bigint primary key generated always as identity,
  version integer references rule_sets,
  changed_at timestamptz not null default clock_timestamp()
);

alter table products
  add column tags text[] not null default '{}',
  add column weight_grams integer check (weight_grams > 0);

alter table orders
  add column customer_group text,
  -- nothing of an item, or of the order, leaves before so many percent of its units have stock
  add column item_gate_percent smallint check (item_gate_percent between 1 and 100),
  add column order_gate_percent smallint check (order_gate_percent between 1 and 100);

alter table product_positions add column fill_again_at timestamptz;
create index fills_again on product_positions (fill_again_at) where fill_again_at is not null;

-- what a warehouse was given to do on one of its days
create table warehouse_days (
  warehouse_id integer not null references warehouses,
  day date not null,
  orders integer not null check (orders >= 0),
  units bigint not null check (units >= 0),
  primary key (warehouse_id, day)
) with (fillfactor = 70);

-- units shipped in the last days, learned from the ledger while a rule looks at what is shipped in one
create table daily_demands (
  product_id integer not null,
  warehouse_id integer not null,
  units bigint not null check (units > 0),
  days smallint not null check (days > 0),
  primary key (product_id, warehouse_id)
);
`;
