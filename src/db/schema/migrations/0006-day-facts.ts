/**
 * Figures by day, kept by a fold of item events in the background, since summing them up in an order's own transaction
 * would cost it half of its rate. The boundary is a transaction, not a time: everything below it is counted, the rest
 * is added by who reads.
 */
export const dayFacts = `
create table fact_folds (
  only_row boolean primary key default true check (only_row),
  -- events of transactions below this one are counted
  folded_below xid8 not null
);

-- items by the day on which their order was placed (UTC) and the status they are in now
create table day_facts (
  day date not null,
  channel_id integer not null,
  status text not null,
  items bigint not null,
  ordered bigint not null,
  pending bigint not null,
  allocated bigint not null,
  backordered bigint not null,
  preordered bigint not null,
  unfillable bigint not null,
  shipped bigint not null,
  cancelled bigint not null,
  -- minor units of the channel's currency: ordered units times unit price, exact
  value numeric(60, 0) not null,
  primary key (day, channel_id, status)
) with (fillfactor = 70);

-- what items got in the moment they were accepted, pre-orders and orders on hold aside
create table fill_facts (
  day date not null,
  channel_id integer not null,
  items bigint not null,
  items_at_once bigint not null,
  units bigint not null,
  units_at_once bigint not null,
  primary key (day, channel_id)
) with (fillfactor = 70);

-- days at the edge of a range are summed up from the items themselves
create index orders_by_placed_at on orders using brin (placed_at) with (pages_per_range = 32);

insert into fact_folds values (true, '0');
create index item_events_by_transaction on item_events (transaction_id);
`;
