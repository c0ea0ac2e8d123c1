/** Placeholder. */
import type { BodyOf } from '../contract/operations.ts';
import type { RuleSetComparison } from '../contract/rule-sets.ts';
import { type Outcome, refuse } from '../core/kernel/refusal.ts';
import type { App } from './app.ts';

export async function dryRunRuleSet(
  _app: App,
  version: number,
  _body: BodyOf<'dryRunRuleSet'>,
): Promise<Outcome<RuleSetComparison>> {
  return refuse('not_found', `There is no rule set ${version}`);
}
