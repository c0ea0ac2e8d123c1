/** Rule sets: written once, read with their conditions compiled, put in force. */
import { sql } from 'kysely';
import { invariant } from '../../core/kernel/assert.ts';
import { type Instant, instantFromIso, isoInstant } from '../../core/kernel/time.ts';
import { compileCondition } from '../../core/sourcing/condition.ts';
import type { SourcingRule } from '../../core/sourcing/rule.ts';
import { type ConditionedRule, RuleSet } from '../../core/sourcing/rule-set.ts';
import type { Tx } from '../database.ts';

/** A rule as it is stored: its instants are texts. */
interface StoredRule extends Omit<SourcingRule, 'validFrom' | 'validUntil'> {
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

export async function insertRuleSet(
  tx: Tx,
  { note, rules }: { readonly note: string; readonly rules: readonly SourcingRule[] },
): Promise<number> {
  const stored = rules.map(
    (rule): StoredRule => ({
      ...rule,
      validFrom: rule.validFrom && isoInstant(rule.validFrom),
      validUntil: rule.validUntil && isoInstant(rule.validUntil),
    }),
  );
  const { rows } = await sql<{ version: number }>`
    insert into rule_sets (note, rules) values (${note}, ${JSON.stringify(stored)}::jsonb)
    returning version`.execute(tx);
  return rows[0]?.version ?? 0;
}

/** undefined when there is no such version. */
export async function readRuleSet(tx: Tx, version: number): Promise<RuleSet | undefined> {
  const { rows } = await sql<{ rules: StoredRule[] }>`
    select rules from rule_sets where version = ${version}`.execute(tx);
  return rows[0] && new RuleSet(version, rows[0].rules.map(conditioned));
}

function conditioned(stored: StoredRule): ConditionedRule {
  const instantOf = (text: string | null): Instant | null => (text === null ? null : instantFromIso(text));
  const rule = {
    ...stored,
    validFrom: instantOf(stored.validFrom),
    validUntil: instantOf(stored.validUntil),
  };
  return { rule, condition: rule.condition === null ? null : compiled(rule.condition) };
}

function compiled(text: string) {
  const result = compileCondition(text);
  invariant(result.ok, `a stored condition does not compile any more: ${text}`);
  return result.condition;
}

/** Puts it in force; null: none. The caller raises the version of the configuration. */
export async function placeRuleSet(tx: Tx, version: number | null): Promise<void> {
  await sql`update configuration set live_rule_set = ${version}`.execute(tx);
  await sql`insert into rule_set_changes (version) values (${version})`.execute(tx);
}
