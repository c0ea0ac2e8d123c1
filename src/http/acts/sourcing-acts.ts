/** The acts of sourcing rules: make, put in force, try, explain. */

import { fresh } from '../../app/frame/once.ts';
import { explainItem } from '../../app/orders/explain-item.ts';
import { dryRunRuleSet } from '../../app/sourcing/dry-run.ts';
import { createRuleSet, placeRules, placeShadowRules } from '../../app/sourcing/rule-sets.ts';
import type { ruleSetOperations } from '../../contract/sourcing/rule-sets.ts';
import { orderId } from '../../core/kernel/ids.ts';
import { checkCondition } from '../../core/sourcing/condition.ts';
import { FACTS, type Fact } from '../../core/sourcing/condition-facts.ts';
import { listRuleSets, readRuleSetView, readRuleUses } from '../../reads/sourcing/rule-sets.ts';
import { readShadowReport } from '../../reads/sourcing/shadow.ts';
import { type Acts, found, foundOr } from './context.ts';

const CONDITION_FACTS = Object.entries(FACTS).flatMap(([variable, members]) =>
  Object.entries<Fact>(members).map(([member, fact]) => ({ path: `${variable}.${member}`, ...fact })),
);

export const sourcingActs: Acts<keyof typeof ruleSetOperations> = {
  listRuleSets: async ({ app }, { query }) => found(await listRuleSets(app.db, query)),
  getRuleSet: async ({ app }, { params }) =>
    foundOr(await readRuleSetView(app.db, params.version), 'rule set', params.version),
  createRuleSet: ({ app }, { body, change }) => createRuleSet(app, change, body),
  checkCondition: async (_, { body }) => {
    const checked = checkCondition(body.condition);
    return found({ ok: checked.ok, problem: checked.ok ? null : checked.problem });
  },
  listConditionFacts: async () => found({ rows: CONDITION_FACTS }),
  placeLiveRuleSet: ({ app }, { body, change }) => placeRules(app, change, body.version),
  placeShadowRuleSet: ({ app }, { body, change }) => placeShadowRules(app, change, body.version),
  getShadowReport: async ({ app }, { params, query }) =>
    foundOr(await readShadowReport(app.db, { ...params, ...query }), 'rule set', params.version),
  getRuleUses: async ({ app }, { params, query }) =>
    foundOr(await readRuleUses(app.db, { ...params, ...query }), 'rule set', params.version),
  dryRunRuleSet: async ({ app }, { params, body }) => fresh(await dryRunRuleSet(app, params.version, body)),
  explainItem: async ({ app }, { params }) =>
    foundOr(
      await explainItem(app, { order: orderId(params.orderId), line: params.line }),
      'item',
      `${params.orderId}/${params.line}`,
    ),
};
