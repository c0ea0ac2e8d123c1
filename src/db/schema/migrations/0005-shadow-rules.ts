/**
 * Rules beside those in force: a rule set that is computed for each new order and decides nothing, and what it would have
 * done. With it the moment at which shipments per day were learned last, since they are learned again every day.
 */
export const shadowRules = `
alter table configuration
  add column shadow_rule_set integer references rule_sets,
  add column demands_learned_at timestamptz;

-- one for each new order: what it got, and what it would have got
create table shadow_decisions (
  order_id bigint primary key,
  version integer not null references rule_sets,
  -- null: no rules were in force
  live_version integer references rule_sets,
  decided_at timestamptz not null,
  -- other warehouses would have served it, or others of its units would wait
  differs boolean not null,
  -- it was accepted, and would not have been
  refused boolean not null,
  -- {shipments, kilometres, unknownDistances, cost, servedUnits, waitingUnits, warehouses}
  before jsonb not null,
  after jsonb not null
);
create index shadow_decisions_by_version on shadow_decisions (version, decided_at);
`;
