/**
 * Compares what orders get by two sets of rules, in shipments, kilometres, cost and waiting units. Costs of both sides are
 * those of the rates in the rule set that is asked about, so that they can be compared; without rates there is none.
 */
import type { Warehouse } from '../inventory/warehouse.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import { kilometresBetween } from '../sourcing/distance.ts';
import type { RuleSet } from '../sourcing/rule-set.ts';
import type { Score } from '../sourcing/scoring.ts';
import { scoreOf } from '../sourcing/strategies/scores.ts';
import type { Filling } from './fill.ts';
import { destinationOf, type OrderAttributes } from './order-attributes.ts';

export interface SourcingSums {
  /** Warehouses that ship. */
  readonly shipments: number;
  readonly kilometres: number;
  /** Shipments of which the distance is not known. */
  readonly unknownDistances: number;
  /** Minor units; null without rates. */
  readonly cost: number | null;
  /** Shipments for which none of the rates fits: the cost is that of the others. */
  readonly unknownCosts: number;
  readonly servedUnits: number;
  readonly waitingUnits: number;
}

export interface OrderSourcing extends SourcingSums {
  readonly warehouses: { readonly warehouse: string; readonly units: number }[];
}

/** What one order gets by the rules in force and by those asked about, item by item. */
export interface OrderOutcome {
  readonly id: number | null;
  readonly attributes: OrderAttributes;
  readonly before: readonly Filling[];
  readonly after: readonly Filling[];
}

export interface Comparing {
  readonly ruleSet: RuleSet;
  readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  /** Most examples, those that differ most first. */
  readonly examples: number;
}

export function compareOutcomes(
  outcomes: readonly OrderOutcome[],
  { ruleSet, warehouses, examples }: Comparing,
) {
  const cost = costOf(ruleSet);
  const pairs = outcomes.map((outcome) => comparedOrder(outcome, { ruleSet, warehouses }));
  const differing = pairs.filter((pair) => isDifferent(pair));
  const sorted = differing.toSorted((a, b) => compareSizes(sizeOf(b), sizeOf(a)));
  return {
    orders: pairs.length,
    differing: differing.length,
    before: sumsOf(
      pairs.map(({ before }) => before),
      cost !== undefined,
    ),
    after: sumsOf(
      pairs.map(({ after }) => after),
      cost !== undefined,
    ),
    examples: sorted.slice(0, examples),
  };
}

export interface ComparedOrder {
  readonly number: string;
  readonly orderId: number | null;
  readonly before: OrderSourcing;
  readonly after: OrderSourcing;
}

export function comparedOrder(
  { id, attributes, before, after }: OrderOutcome,
  { ruleSet, warehouses }: Pick<Comparing, 'ruleSet' | 'warehouses'>,
): ComparedOrder {
  const by = { warehouses, cost: costOf(ruleSet) };
  return {
    number: attributes.number,
    orderId: id,
    before: figuresOf(before, attributes, by),
    after: figuresOf(after, attributes, by),
  };
}

/** Whether other warehouses serve it, or others of its units wait. */
export function isDifferent({ before, after }: Pick<ComparedOrder, 'before' | 'after'>): boolean {
  return placesOf(before) !== placesOf(after);
}

/** The first rates among its rules. */
function costOf(ruleSet: RuleSet): Score | undefined {
  const strategies = ruleSet.rules.flatMap(({ rule }) => rule.strategies);
  const lowest = strategies.find(({ kind }) => kind === 'lowest_cost');
  return lowest && scoreOf(lowest);
}

function figuresOf(
  fillings: readonly Filling[],
  attributes: OrderAttributes,
  { warehouses, cost }: { readonly warehouses: Comparing['warehouses']; readonly cost: Score | undefined },
): OrderSourcing {
  const units = new Map<WarehouseId, number>();
  let waitingUnits = 0;
  for (const { fills, short } of fillings) {
    waitingUnits += short;
    for (const fill of fills) units.set(fill.warehouse, (units.get(fill.warehouse) ?? 0) + fill.units);
  }
  const destination = destinationOf(attributes);
  const used = [...units].flatMap(([id, given]) => {
    const warehouse = warehouses.get(id);
    return warehouse === undefined ? [] : [{ warehouse, given }];
  });
  const distances = used.map(({ warehouse }) => kilometresBetween(warehouse, destination));
  const scoring = {
    destination,
    weightGrams: attributes.weightGrams,
    load: () => ({ orders: 0, units: 0 }),
    now: instant(0),
  };
  const costs = used.map(({ warehouse, given }) => cost?.({ warehouse, free: 'unlimited' }, given, scoring));
  return {
    shipments: used.length,
    kilometres: distances.reduce((sum: number, each) => sum + (each ?? 0), 0),
    unknownDistances: distances.filter((each) => each === null).length,
    cost: cost === undefined ? null : costs.reduce((sum: number, each) => sum + (each ?? 0), 0),
    unknownCosts: costs.filter((each) => each === null).length,
    servedUnits: used.reduce((sum, { given }) => sum + given, 0),
    waitingUnits,
    warehouses: used.map(({ warehouse, given }) => ({ warehouse: warehouse.code, units: given })),
  };
}

function placesOf({ warehouses, waitingUnits }: OrderSourcing): string {
  const places = warehouses.map(({ warehouse, units }) => `${warehouse} ${units}`).sort();
  return `${places.join()} ${waitingUnits}`;
}

/** By how much two sides differ: first in what waits, then in shipments, then in kilometres. */
function sizeOf({ before, after }: Pick<ComparedOrder, 'before' | 'after'>): number[] {
  return (['waitingUnits', 'shipments', 'kilometres'] as const).map((figure) =>
    Math.abs(after[figure] - before[figure]),
  );
}

function compareSizes(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((size, index) => size !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function sumsOf(figures: readonly OrderSourcing[], hasCost: boolean): SourcingSums {
  const sum = (of: (each: OrderSourcing) => number) => figures.reduce((total, each) => total + of(each), 0);
  return {
    shipments: sum((each) => each.shipments),
    kilometres: sum((each) => each.kilometres),
    unknownDistances: sum((each) => each.unknownDistances),
    cost: hasCost ? sum((each) => each.cost ?? 0) : null,
    unknownCosts: sum((each) => each.unknownCosts),
    servedUnits: sum((each) => each.servedUnits),
    waitingUnits: sum((each) => each.waitingUnits),
  };
}
