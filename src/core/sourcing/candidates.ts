/**
 * The warehouses that may serve an item, in the channel's order of preference, and why the others may not. Filters only
 * take away: a warehouse that one of them excludes is not brought back by another. Units kept back and a day's capacity
 * leave the warehouse among the candidates with less to give, since that passes with the next receipt or the next day.
 */
import type { Warehouse } from '../inventory/warehouse.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import { type Limit, quantity, tighter } from '../kernel/quantity.ts';
import { kilometresBetween } from './distance.ts';
import type { RuledFilter } from './plan.ts';
import type { Filter, WarehouseChoice } from './rule.ts';
import type { Candidate, DayLoad, Destination } from './scoring.ts';

export type ExcludedBy = 'rejected' | 'only' | 'exclude' | 'within_distance' | 'in_stock_in_full';

/** A warehouse that may not serve the item. */
export interface Exclusion {
  readonly warehouse: string;
  readonly by: ExcludedBy;
  /** The rule's code; absent when no rule did it. */
  readonly rule?: string;
}

/** A candidate with everything that its explanation needs. */
export interface JudgedCandidate extends Candidate {
  /** Free units before safety stock and capacity. */
  readonly had: Limit;
  /** Units that safety stock keeps in the warehouse. */
  readonly keeps: number;
  /** Units that its capacity of today leaves, over all items of the order. */
  readonly room: Limit;
}

export interface Judged {
  readonly candidates: readonly JudgedCandidate[];
  readonly excluded: readonly Exclusion[];
}

/** What judging an item's warehouses looks at. */
export interface Surroundings {
  readonly warehouses: readonly Warehouse[];
  readonly rejectedBy: readonly WarehouseId[];
  readonly destination: Destination;
  readonly free: (warehouse: Warehouse) => Limit;
  readonly load: (warehouse: WarehouseId) => DayLoad;
  /** Units of the product shipped from the warehouse in one day, on average. */
  readonly dailyDemand: (warehouse: WarehouseId) => number;
  /** The order has units there today already, so that it takes no further place of an order. */
  readonly opened: (warehouse: WarehouseId) => boolean;
}

export function judgeWarehouses(
  units: number,
  filters: readonly RuledFilter[],
  around: Surroundings,
): Judged {
  const candidates: JudgedCandidate[] = [];
  const excluded: Exclusion[] = [];
  for (const warehouse of around.warehouses) {
    const excluding = exclusionOf(warehouse, filters, around);
    if (excluding !== undefined) {
      excluded.push(excluding);
      continue;
    }
    const candidate = candidateOf(warehouse, filters, around);
    const inFull = filters.find(({ filter }) => filter.kind === 'in_stock_in_full');
    if (inFull !== undefined && candidate.free !== 'unlimited' && candidate.free < units) {
      excluded.push({ warehouse: warehouse.code, by: 'in_stock_in_full', rule: inFull.rule });
    } else candidates.push(candidate);
  }
  return { candidates, excluded };
}

/** Why the warehouse may not serve the item whatever it has; undefined when it may. */
export function exclusionOf(
  warehouse: Warehouse,
  filters: readonly RuledFilter[],
  { rejectedBy, destination }: Pick<Surroundings, 'rejectedBy' | 'destination'>,
): Exclusion | undefined {
  if (rejectedBy.includes(warehouse.id)) return { warehouse: warehouse.code, by: 'rejected' };
  for (const { rule, filter } of filters) {
    const by = excludes(filter, warehouse, destination);
    if (by !== undefined) return { warehouse: warehouse.code, by, rule };
  }
  return undefined;
}

function excludes(filter: Filter, warehouse: Warehouse, destination: Destination): ExcludedBy | undefined {
  switch (filter.kind) {
    case 'only':
      return isMeant(filter, warehouse) ? undefined : 'only';
    case 'exclude':
      return isMeant(filter, warehouse) ? 'exclude' : undefined;
    case 'within_distance': {
      const kilometres = kilometresBetween(warehouse, destination);
      return kilometres !== null && kilometres <= filter.kilometres ? undefined : 'within_distance';
    }
    default:
      return undefined;
  }
}

function isMeant({ warehouses, kinds, countries }: WarehouseChoice, warehouse: Warehouse): boolean {
  return (
    warehouses.includes(warehouse.code) ||
    kinds.includes(warehouse.kind) ||
    (warehouse.country !== null && countries.includes(warehouse.country))
  );
}

function candidateOf(
  warehouse: Warehouse,
  filters: readonly RuledFilter[],
  around: Surroundings,
): JudgedCandidate {
  const had = around.free(warehouse);
  let keeps = 0;
  let room: Limit = 'unlimited';
  for (const { filter } of filters) {
    if (filter.kind === 'safety_stock' && isNamed(filter.warehouses, warehouse)) {
      keeps = Math.max(keeps, kept(filter, around.dailyDemand(warehouse.id)));
    }
    if (filter.kind === 'capacity_per_day' && isNamed(filter.warehouses, warehouse)) {
      room = tighter(room, roomToday(filter, warehouse.id, around));
    }
  }
  const beyond = had === 'unlimited' ? had : quantity(Math.max(0, had - keeps));
  return { warehouse, free: tighter(beyond, room), had, keeps, room };
}

/** An empty list means every warehouse. */
function isNamed(warehouses: readonly string[], { code }: Warehouse): boolean {
  return warehouses.length === 0 || warehouses.includes(code);
}

function kept({ units, days }: Extract<Filter, { kind: 'safety_stock' }>, dailyDemand: number): number {
  return Math.max(units ?? 0, Math.ceil((days ?? 0) * dailyDemand));
}

function roomToday(
  { orders, units }: Extract<Filter, { kind: 'capacity_per_day' }>,
  warehouse: WarehouseId,
  { load, opened }: Surroundings,
): Limit {
  const given = load(warehouse);
  if (orders !== null && given.orders >= orders && !opened(warehouse)) return quantity(0);
  return units === null ? 'unlimited' : quantity(Math.max(0, units - given.units));
}
