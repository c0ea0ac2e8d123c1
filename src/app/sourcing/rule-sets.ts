/**
 * Makes rule sets and puts them in force. Making one changes nothing. Putting one in force is a change of configuration:
 * what is owed is filled by the old rules first, and whoever waits is looked at again by the new ones.
 */
import type { AnswerOf, BodyOf } from '../../contract/operations.ts';
import type { RuleSetView } from '../../contract/sourcing/rule-sets.ts';
import type { SourcingRuleView } from '../../contract/sourcing/sourcing-rules.ts';
import { checkAll, DONE, type Outcome, refuse } from '../../core/kernel/refusal.ts';
import { instantFromIso } from '../../core/kernel/time.ts';
import { checkCondition } from '../../core/sourcing/condition.ts';
import type { SourcingRule } from '../../core/sourcing/rule.ts';
import { type Configuration, raiseConfigurationVersion } from '../../db/catalog/configuration.ts';
import { insertRuleSet, placeRuleSet, readRuleSet } from '../../db/catalog/rule-sets.ts';
import type { Tx } from '../../db/database.ts';
import { readClock } from '../../db/gate/clock.ts';
import { ownConfiguration } from '../../db/gate/configuration-lock.ts';
import { placeShadowRuleSet } from '../../db/orders/shadow-decisions.ts';
import { learnDailyDemands, readChangedDemands } from '../../db/supply/daily-demands.ts';
import { readRuleSetView } from '../../reads/sourcing/rule-sets.ts';
import type { App } from '../frame/app.ts';
import { changeConfiguration } from '../frame/change-configuration.ts';
import { type Answered, type ChangeRequest, fresh, once } from '../frame/once.ts';
import { ruleSetNotFound, unknownRuleSet } from '../frame/refusals.ts';

export async function createRuleSet(
  app: App,
  request: ChangeRequest,
  { note, rules }: BodyOf<'createRuleSet'>,
): Promise<Answered<RuleSetView>> {
  return await once<RuleSetView>(app, request, async (tx) => {
    const { version: known } = await readClock(tx);
    const checked = checkRules(rules, await app.configuration.at(tx, known));
    if (!checked.ok) return fresh(checked);
    const version = await insertRuleSet(tx, { note, rules: rules.map(ruleFrom) });
    const view = await readRuleSetView(tx, version);
    return fresh(view === undefined ? ruleSetNotFound(version) : { ok: true, value: view });
  });
}

function ruleFrom({ validFrom, validUntil, ...rule }: SourcingRuleView): SourcingRule {
  return {
    ...rule,
    validFrom: validFrom === null ? null : instantFromIso(validFrom),
    validUntil: validUntil === null ? null : instantFromIso(validUntil),
  };
}

/** Refuses the first condition that is wrong, or name that does not exist. */
function checkRules(rules: readonly SourcingRuleView[], configuration: Configuration): Outcome<undefined> {
  for (const [index, rule] of rules.entries()) {
    const checked = checkAll([refuseCondition(rule, index), refuseNames(rule, configuration)]);
    if (!checked.ok) return checked;
  }
  return DONE;
}

function refuseCondition({ code, condition }: SourcingRuleView, index: number): Outcome<undefined> {
  if (condition === null) return DONE;
  const checked = checkCondition(condition);
  if (checked.ok) return DONE;
  const { message, line, column } = checked.problem;
  return refuse(
    'invalid_condition',
    `The condition of rule ${code} is wrong at line ${line}, column ${column}: ${message}`,
    { rule: code, path: ['rules', index, 'condition'], ...checked.problem },
  );
}

function refuseNames(rule: SourcingRuleView, configuration: Configuration): Outcome<undefined> {
  const channel = rule.channels.find((code) => !configuration.channelsByCode.has(code));
  if (channel !== undefined) {
    return refuse(
      'unknown_channel',
      `Rule ${rule.code} names sales channel ${channel}, which does not exist`,
      {
        rule: rule.code,
        channel,
      },
    );
  }
  const warehouse = warehousesOf(rule).find((code) => !configuration.warehousesByCode.has(code));
  if (warehouse === undefined) return DONE;
  return refuse('unknown_warehouse', `Rule ${rule.code} names warehouse ${warehouse}, which does not exist`, {
    rule: rule.code,
    warehouse,
  });
}

function warehousesOf({ filters, strategies }: SourcingRuleView): string[] {
  return [
    ...filters.flatMap((filter) => ('warehouses' in filter ? filter.warehouses : [])),
    ...strategies.flatMap((strategy) => {
      if (strategy.kind === 'priority_list') return strategy.warehouses;
      if (strategy.kind === 'fastest') return strategy.transit.flatMap((row) => row.warehouses);
      if (strategy.kind !== 'lowest_cost') return [];
      return [...Object.keys(strategy.handling), ...strategy.rates.flatMap((row) => row.warehouses)];
    }),
  ];
}

/** @param version null: no rules, and each channel's order of preference decides */
export function placeRules(
  app: App,
  request: ChangeRequest,
  version: number | null,
): Promise<Answered<AnswerOf<'placeLiveRuleSet'>>> {
  return changeConfiguration(app, request, async (tx) => {
    const prepared = await prepareRuleSet(tx, version);
    if (!prepared.ok) return prepared;
    await placeRuleSet(tx, version);
    return { ok: true, value: { live: version } };
  });
}

/**
 * From the next order on a rule set is computed beside the one in force. Nobody is looked at again: it decides nothing.
 *
 * @param version null: none any more
 */
export async function placeShadowRules(
  app: App,
  request: ChangeRequest,
  version: number | null,
): Promise<Answered<AnswerOf<'placeShadowRuleSet'>>> {
  return await once<AnswerOf<'placeShadowRuleSet'>>(app, request, async (tx) => {
    await ownConfiguration(tx);
    const prepared = await prepareRuleSet(tx, version);
    if (!prepared.ok) return fresh(prepared);
    await placeShadowRuleSet(tx, version);
    await raiseConfigurationVersion(tx);
    return fresh({ ok: true, value: { shadow: version } });
  });
}

async function prepareRuleSet(tx: Tx, version: number | null): Promise<Outcome<undefined>> {
  if (version === null) return DONE;
  const ruleSet = await readRuleSet(tx, version);
  if (ruleSet === undefined) return unknownRuleSet(version);
  if (ruleSet.usesDailyDemand) await learnDailyDemands(tx, await readChangedDemands(tx));
  return DONE;
}
