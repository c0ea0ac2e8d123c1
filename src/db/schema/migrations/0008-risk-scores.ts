/** How likely each product was said to run short, day by day, and whether it did: so that the saying can be judged. */
export const riskScores = `
create table risk_scores (
  product_id integer not null,
  -- the day on which it was said, and for how many days
  day date not null,
  days smallint not null check (days > 0),
  permille smallint not null check (permille between 0 and 1000),
  -- somebody had to wait within those days; null: they are not over
  was_short boolean,
  primary key (product_id, day)
);
create index risk_scores_open on risk_scores (day) where was_short is null;
`;
