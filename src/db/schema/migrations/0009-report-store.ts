/**
 * What a report store beside the database needs to follow it: which transaction wrote a record, as item events say it
 * already, and which database this is. Records that are older have no transaction: they are read when a store is made.
 */
export const reportStore = `
alter table configuration add column installation uuid not null default gen_random_uuid();
alter table promise_events add column transaction_id xid8;
alter table promise_events alter column transaction_id set default pg_current_xact_id();
create index promise_events_by_transaction on promise_events (transaction_id);
alter table order_refusals add column transaction_id xid8;
alter table order_refusals alter column transaction_id set default pg_current_xact_id();
create index order_refusals_by_transaction on order_refusals (transaction_id);
alter table purchase_order_events add column transaction_id xid8;
alter table purchase_order_events alter column transaction_id set default pg_current_xact_id();
create index purchase_order_events_by_transaction on purchase_order_events (transaction_id);
`;
