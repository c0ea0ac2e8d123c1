/**
 * Which rules apply to an item: those that are enabled, valid at the moment, meant for the channel and whose condition
 * holds, in their sort order, up to the first of them that says stop. A rule that does not apply never stops anything.
 *
 * Conditions that look at the order alone are asked once for all its items. Items to which the same rules apply share one
 * plan, which is worked out once for the life of the rule set.
 */
import type { Instant } from '../kernel/time.ts';
import {
  type CelFacts,
  type CelOrderFacts,
  type Condition,
  celItemFacts,
  celOrderFacts,
} from './condition.ts';
import type { ItemFacts, OrderFacts } from './condition-facts.ts';
import { type Plan, planOf } from './plan.ts';
import type { Filter, SourcingRule } from './rule.ts';

export interface ConditionedRule {
  readonly rule: SourcingRule;
  /** null: it has none and applies to every item. */
  readonly condition: Condition | null;
}

/** The plan of an item and the codes of the rules that a missing value kept from applying. */
export interface Matched {
  readonly plan: Plan;
  readonly missed: readonly string[];
}

const RESTRICTING: ReadonlySet<Filter['kind']> = new Set(['only', 'exclude', 'within_distance']);

export class RuleSet {
  readonly version: number;
  /** In the order in which they are looked at. */
  readonly rules: readonly ConditionedRule[];
  /** Whether any rule looks at what warehouses were given to do today. */
  readonly usesLoads: boolean;
  /** Whether any rule keeps stock for days, which takes knowing what is shipped in one. */
  readonly usesDailyDemand: boolean;
  /** Whether any rule says how orders ship: complete, or from some share on. */
  readonly setsShipping: boolean;
  /** Whether any rule can keep a warehouse of the channel from an item. */
  readonly restricts: boolean;
  /** Whether what one item of an order takes decides about its others. */
  readonly tiesItems: boolean;
  /** Whether any condition holds for an item that waits and not for one that is new, or the other way round. */
  readonly looksAtWaiting: boolean;
  readonly #plans = new Map<string, Plan>();

  constructor(version: number, rules: readonly ConditionedRule[]) {
    this.version = version;
    this.rules = rules.toSorted(
      ({ rule: a }, { rule: b }) => a.sortOrder - b.sortOrder || (a.code < b.code ? -1 : 1),
    );
    const enabled = rules.map(({ rule }) => rule).filter((rule) => rule.enabled);
    const filters = enabled.flatMap((rule) => rule.filters);
    this.usesLoads =
      filters.some(({ kind }) => kind === 'capacity_per_day') ||
      enabled.some(({ strategies }) => strategies.some(({ kind }) => kind === 'balance'));
    this.usesDailyDemand = filters.some((filter) => filter.kind === 'safety_stock' && filter.days !== null);
    this.setsShipping = enabled.some(
      ({ limits }) =>
        limits.shipComplete || limits.itemGatePercent !== null || limits.orderGatePercent !== null,
    );
    this.tiesItems = enabled.some(
      ({ limits }) => limits.mostShipments !== null || limits.leastUnitsPerShipment !== null,
    );
    this.looksAtWaiting = this.rules.some(
      ({ rule, condition }) => rule.enabled && condition?.looksAtWaiting === true,
    );
    this.restricts = filters.some(({ kind }) => RESTRICTING.has(kind));
  }

  /** The rules as they look at one order; `facts` is asked for only when a condition is. */
  forOrder(channel: string, now: Instant, facts: () => OrderFacts): OrderRules {
    const rules = this.rules.filter(({ rule }) => isOpen(rule, channel, now));
    return new OrderRules(rules, facts, (applied) => this.#planOf(applied));
  }

  /** The next instant at which a rule begins or ends; null when none does. */
  nextChange(now: Instant): Instant | null {
    let next: Instant | null = null;
    for (const { rule } of this.rules) {
      for (const edge of [rule.validFrom, rule.validUntil]) {
        if (rule.enabled && edge !== null && edge > now && (next === null || edge < next)) next = edge;
      }
    }
    return next;
  }

  #planOf(applied: readonly SourcingRule[]): Plan {
    const name = applied.map((rule) => rule.code).join();
    const known = this.#plans.get(name);
    if (known !== undefined) return known;
    const plan = planOf(applied);
    this.#plans.set(name, plan);
    return plan;
  }
}

function isOpen(rule: SourcingRule, channel: string, now: Instant): boolean {
  return (
    rule.enabled &&
    (rule.channels.length === 0 || rule.channels.includes(channel)) &&
    (rule.validFrom === null || rule.validFrom <= now) &&
    (rule.validUntil === null || now < rule.validUntil)
  );
}

type Answer = ReturnType<Condition['evaluate']>;

/** The rules of one order, asked item by item. */
export class OrderRules {
  readonly #rules: readonly ConditionedRule[];
  readonly #facts: () => OrderFacts;
  readonly #planOf: (applied: readonly SourcingRule[]) => Plan;
  readonly #answers = new Map<ConditionedRule, Answer>();
  #orderFacts: CelOrderFacts | undefined;

  constructor(
    rules: readonly ConditionedRule[],
    facts: () => OrderFacts,
    planOfApplied: (applied: readonly SourcingRule[]) => Plan,
  ) {
    this.#rules = rules;
    this.#facts = facts;
    this.#planOf = planOfApplied;
  }

  planFor(item: () => ItemFacts): Matched {
    const applied: SourcingRule[] = [];
    const missed: string[] = [];
    let facts: CelFacts | undefined;
    for (const each of this.#rules) {
      const { rule, condition } = each;
      if (condition !== null) {
        if (condition.perItem) facts ??= celItemFacts(this.#ofOrder(), item());
        const answer =
          facts !== undefined && condition.perItem ? condition.evaluate(facts) : this.#ofAll(each, condition);
        if (answer === 'missing') missed.push(rule.code);
        if (answer !== 'true') continue;
      }
      applied.push(rule);
      if (rule.stop) break;
    }
    return { plan: this.#planOf(applied), missed };
  }

  #ofAll(rule: ConditionedRule, condition: Condition): Answer {
    const known = this.#answers.get(rule);
    if (known !== undefined) return known;
    const answer = condition.evaluate(this.#ofOrder());
    this.#answers.set(rule, answer);
    return answer;
  }

  #ofOrder(): CelOrderFacts {
    this.#orderFacts ??= celOrderFacts(this.#facts());
    return this.#orderFacts;
  }
}
