/**
 * The plan of an item: what the rules that apply to it say together. All filters hold; strategies follow each other in
 * the order of their rules, the first one deciding; of two limits the tighter one counts. Items with the same
 * strategies and limits are decided together, whatever their filters.
 */
import type { Filter, SourcingLimits, SourcingRule, Strategy } from './rule.ts';
import { NO_LIMITS } from './rule.ts';
import type { Score } from './scoring.ts';
import { scoreOf } from './strategies/scores.ts';

export interface RuledFilter {
  /** The rule's code. */
  readonly rule: string;
  readonly filter: Filter;
}

/** What a chosen warehouse costs: 1 where shipments count, else the index of its score. */
type SearchCost = 'shipment' | number;

/** How the set of warehouses is searched for. */
export interface PlannedSearch {
  /** A strategy looks at the set: fewest shipments or lowest cost. */
  readonly asked: boolean;
  /** Scores of strategies before that one: they make tiers. */
  readonly scoresBefore: number;
  /** Of that one and those after it. */
  readonly costs: readonly SearchCost[];
}

export interface Plan {
  /** Codes of the rules that apply, in the order they were looked at. */
  readonly rules: readonly string[];
  readonly filters: readonly RuledFilter[];
  readonly strategies: readonly Strategy[];
  /** Of the strategies that score, in their order. */
  readonly scores: readonly Score[];
  readonly search: PlannedSearch;
  readonly limits: SourcingLimits;
  /** Equal for plans with the same strategies and limits. */
  readonly group: string;
}

export function planOf(rules: readonly SourcingRule[]): Plan {
  const strategies = withoutRepeats(rules.flatMap((rule) => rule.strategies));
  const limits = rules.map((rule) => rule.limits).reduce(tighterLimits, NO_LIMITS);
  return {
    rules: rules.map((rule) => rule.code),
    filters: rules.flatMap((rule) => rule.filters.map((filter) => ({ rule: rule.code, filter }))),
    strategies,
    scores: strategies.flatMap((strategy) => scoreOf(strategy) ?? []),
    search: searchOf(strategies),
    limits,
    group: JSON.stringify([strategies, limits]),
  };
}

function searchOf(strategies: readonly Strategy[]): PlannedSearch {
  const from = strategies.findIndex(({ kind }) => kind === 'fewest_shipments' || kind === 'lowest_cost');
  const costs: SearchCost[] = [];
  let score = 0;
  let scoresBefore = 0;
  for (const [index, strategy] of strategies.entries()) {
    const scores = scoreOf(strategy) !== undefined;
    if (index >= from && strategy.kind === 'fewest_shipments') costs.push('shipment');
    if (index >= from && scores) costs.push(score);
    if (index < from && scores) scoresBefore += 1;
    if (scores) score += 1;
  }
  return { asked: from >= 0, scoresBefore, costs };
}

/** A strategy said again by a later rule decides nothing that the first one left open. */
function withoutRepeats(strategies: readonly Strategy[]): Strategy[] {
  const seen = new Set<string>();
  return strategies.filter((strategy) => {
    const name = JSON.stringify(strategy);
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** Of two limits of a kind the one that allows less. */
export function tighterLimits(a: SourcingLimits, b: SourcingLimits): SourcingLimits {
  return {
    mostShipments: smaller(a.mostShipments, b.mostShipments),
    doNotSplit: a.doNotSplit || b.doNotSplit,
    leastUnitsPerShipment: larger(a.leastUnitsPerShipment, b.leastUnitsPerShipment),
    shipComplete: a.shipComplete || b.shipComplete,
    itemGatePercent: larger(a.itemGatePercent, b.itemGatePercent),
    orderGatePercent: larger(a.orderGatePercent, b.orderGatePercent),
  };
}

function smaller(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function larger(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
