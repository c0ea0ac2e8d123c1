/**
 * Answers are kept as the text that was sent: jsonb puts members in another order, so that a repeat was the same answer in
 * other bytes. What was kept before stays where it is and is read from there. An answer without text belongs to a
 * request of several transactions that is under way. Forgetting walks by time: a brin index reads the whole
 * table for that once its old places are used again.
 */
export const answersAsText = `
alter table idempotency_keys alter column outcome drop not null;
alter table idempotency_keys add column answer text;
create index idempotency_keys_in_time on idempotency_keys (recorded_at);
drop index idempotency_keys_by_time;
alter table stock_documents alter column answer drop not null;
alter table stock_documents add column answer_text text;
alter table shipments alter column answer drop not null;
alter table shipments add column answer_text text;
`;
