/**
 * A stored explanation as it goes over the wire: what was stored with the decision, with the names that
 * warehouses and rules have today, and each score beside the strategy that said it. Rules are named by the
 * version that decided.
 */
import type { Explained } from '../../contract/sourcing/explanations.ts';
import type { AskedWarehouse, Explanation } from '../../core/allocation/explanation.ts';
import { planOf } from '../../core/sourcing/plan.ts';
import { strategiesThatScore } from '../../core/sourcing/ranking.ts';
import type { RuleNames } from '../../reads/orders/item-decisions.ts';

export interface Naming {
  /** Names of warehouses by code. */
  readonly warehouses: ReadonlyMap<string, string>;
  readonly rules: RuleNames;
}

type Named = Explained['asked'][number]['warehouse'];

export function explainedFrom(explanation: Explanation, naming: Naming): Explained {
  const { rules, search, asked, excluded, tooFew, waitsFor, waiting, boughtWith, reason } = explanation;
  const named = naming.rules.get(rules?.version ?? 0);
  const rule = (code: string): Named => ({ code, name: named?.get(code)?.name ?? code });
  const warehouse = (code: string): Named => ({ code, name: naming.warehouses.get(code) ?? code });
  const applied = (rules?.applied ?? []).flatMap((code) => named?.get(code) ?? []);
  const strategies = strategiesThatScore(planOf(applied).strategies);
  return {
    rules: rules && {
      version: rules.version,
      applied: rules.applied.map(rule),
      missed: (rules.missed ?? []).map(rule),
    },
    search,
    asked: (asked ?? []).map((each) => ({
      ...each,
      warehouse: warehouse(each.warehouse),
      scores: scoresOf(each, strategies),
    })),
    excluded: (excluded ?? []).map(({ warehouse: code, by, rule: left }) => ({
      warehouse: warehouse(code),
      by,
      ...(left !== undefined && { rule: rule(left) }),
    })),
    tooFew: (tooFew ?? []).map(warehouse),
    waitsFor: waitsFor && { warehouses: waitsFor.warehouses.map(warehouse), until: waitsFor.until },
    waiting,
    whole: explanation.whole === true,
    onHold: explanation.onHold === true,
    boughtWith,
    warehouse: explanation.warehouse === undefined ? undefined : warehouse(explanation.warehouse),
    reason,
  };
}

type Scores = Explained['asked'][number]['scores'];

function scoresOf(
  { scores = [] }: AskedWarehouse,
  strategies: ReturnType<typeof strategiesThatScore>,
): Scores {
  return scores.flatMap((score, index) => {
    const strategy = strategies[index];
    return strategy === undefined ? [] : [{ strategy, score }];
  });
}
