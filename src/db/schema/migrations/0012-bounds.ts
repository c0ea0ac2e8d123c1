/**
 * Bounds in the schema, and the releases that were ever in force. A bound stands here as every version has let values in, so that
 * no row that is there keeps itself from being changed; rows are not looked at when it is added. What waits for a product is
 * bounded where it stays an exact number, far above what is let in now.
 *
 * A release is kept with the moment from which it was in force, so that `allot verify` need not believe what a shipment says of
 * itself. Policies change seldom; most products never have a release and no row here.
 */
export const bounds = `
alter table order_items add constraint exact_value
  check (ordered <= 1000000000 and unit_price <= 1000000000000) not valid;
alter table purchase_order_lines add constraint exact_value
  check (ordered <= 1000000000 and unit_price <= 1000000000000) not valid;
alter table supplier_products add constraint exact_price check (unit_price <= 1000000000000) not valid;
alter table product_positions add constraint exact_units
  check (backordered + preordered + unfillable <= 9007199254740991) not valid;
alter table limit_counters add constraint exact_units
  check (backordered <= 9007199254740991 and preordered <= 9007199254740991) not valid;

create table releases_in_force (
  product_id integer not null,
  -- null: of the product's own policy
  channel_id integer,
  -- by the clock under which things ship
  since timestamptz not null,
  -- false: the channel has no policy of its own from here on, and the product's applies
  own boolean not null,
  -- null: nothing has to be waited for
  release_at timestamptz,
  unique nulls not distinct (product_id, channel_id, since)
);
insert into releases_in_force (product_id, channel_id, since, own, release_at)
select product_id, channel_id, clock_timestamp(), true, release_instant(release_local, release_is_date, release_zone)
from sell_policies where channel_id is not null or release_local is not null;
`;
