/** What shadow rules would have decided about new orders, beside what was decided. */
import { sql } from 'kysely';
import type { ShadowDecision } from '../../core/allocation/decide-in-shadow.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import { booleans, ints, intsOrNone, jsons } from '../arrays.ts';
import type { Tx } from '../database.ts';

export async function insertShadowDecisions(
  tx: Tx,
  decisions: readonly (ShadowDecision & { readonly order: OrderId })[],
  now: Instant,
): Promise<void> {
  if (decisions.length === 0) return;
  await sql`
    insert into shadow_decisions (order_id, version, live_version, differs, refused, before, after, decided_at)
    select d.*, ${new Date(now)}::timestamptz from unnest(
      ${ints(decisions.map((each) => each.order))}::bigint[],
      ${ints(decisions.map((each) => each.version))}::int[],
      ${intsOrNone(decisions.map((each) => each.liveVersion))}::int[],
      ${booleans(decisions.map((each) => each.differs))}::boolean[],
      ${booleans(decisions.map((each) => each.refused))}::boolean[],
      ${jsons(decisions.map((each) => each.before))}::jsonb[],
      ${jsons(decisions.map((each) => each.after))}::jsonb[]
    ) as d(order_id, version, live_version, differs, refused, before, after)`.execute(tx);
}

/** Computes this rule set beside the one in force from now on; null: none. The caller raises the configuration's version. */
export async function placeShadowRuleSet(tx: Tx, version: number | null): Promise<void> {
  await sql`update configuration set shadow_rule_set = ${version}`.execute(tx);
}
