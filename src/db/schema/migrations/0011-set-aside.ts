/**
 * Products whose work in the background failed by itself: they are left out of everybody's work and tried again alone,
 * with growing pauses. A row is there only while it fails. No foreign key: the table is written while products are broken.
 */
export const setAside = `
create table products_set_aside (
  product_id integer not null,
  work text not null check (work in ('fill', 'promise')),
  attempts integer not null default 1,
  since timestamptz not null default clock_timestamp(),
  next_attempt_at timestamptz not null,
  error text not null,
  primary key (product_id, work)
);
`;
