/**
 * What an order writes and reads becomes less. Policies are kept by each node and read again when the product's
 * `policy_version` differs; waiting units are counted by channel and customer only for products with such a limit
 * (a counter row for each customer of each product was a tenth of the database's time, and never used again). Items
 * are indexed by status only while something of them is unserved or on hold: what is served is found newest first.
 */
export const leanOrders = `
alter table product_positions
  -- raised by each change of the product's policies, in the same transaction
  add column policy_version integer not null default 1,
  -- whether a policy limits by channel or customer, so that limit_counters are kept
  add column counts_waiting boolean not null default false;

update product_positions p set counts_waiting = true
where exists (
  select from sell_policies s where s.product_id = p.product_id and (
    s.backorder_per_customer is not null or s.backorder_per_channel is not null
    or s.preorder_per_customer is not null or s.preorder_per_channel is not null));

delete from limit_counters c using product_positions p
where p.product_id = c.product_id and not p.counts_waiting;

drop index order_items_by_status;
create index unserved_by_status on order_items (status, order_id desc, line)
  where pending + backordered + preordered + unfillable > 0;
`;
