/**
 * A sourcing rule: which warehouses may serve an item, in which preference, within which limits. The words are those of
 * a merchant's form; everything here is plain data, checked at the edge and kept as it was written.
 *
 * A rule set is a list of rules under one version number and never changes: whoever edits a rule makes a new version,
 * so that a decision of last year can still be read with the rules it was made by.
 */
import { frozen } from '../kernel/frozen.ts';
import type { Instant } from '../kernel/time.ts';

/** Warehouses by code, kind or country; a warehouse is meant when any of the lists names it. */
export interface WarehouseChoice {
  readonly warehouses: readonly string[];
  readonly kinds: readonly ('own' | 'external')[];
  readonly countries: readonly string[];
}

export type Filter =
  | ({ readonly kind: 'only' } & WarehouseChoice)
  | ({ readonly kind: 'exclude' } & WarehouseChoice)
  /** Leaves units in the warehouse: a number, or what is shipped there in so many days. */
  | {
      readonly kind: 'safety_stock';
      readonly warehouses: readonly string[];
      readonly units: number | null;
      readonly days: number | null;
    }
  /** No more than so many orders or units a day, by the warehouse's own days. */
  | {
      readonly kind: 'capacity_per_day';
      readonly warehouses: readonly string[];
      readonly orders: number | null;
      readonly units: number | null;
    }
  | { readonly kind: 'within_distance'; readonly kilometres: number }
  /** Only warehouses that have all units of the item. */
  | { readonly kind: 'in_stock_in_full' };

/** What one shipment costs; the first row that fits counts. An empty list or null fits everything. */
export interface ShippingRate {
  readonly warehouses: readonly string[];
  readonly countries: readonly string[];
  readonly upToGrams: number | null;
  /** Minor units of the currency, handling not included. */
  readonly price: number;
}

/** Days on the way; the first row that fits counts. */
export interface TransitTime {
  readonly warehouses: readonly string[];
  readonly countries: readonly string[];
  readonly days: number;
}

export type Strategy =
  | { readonly kind: 'fewest_shipments' }
  | { readonly kind: 'nearest' }
  | {
      readonly kind: 'lowest_cost';
      /** Minor units for each shipment, by warehouse code; 0 where none is given. */
      readonly handling: Readonly<Record<string, number>>;
      readonly rates: readonly ShippingRate[];
    }
  | { readonly kind: 'fastest'; readonly transit: readonly TransitTime[] }
  | { readonly kind: 'priority_list'; readonly warehouses: readonly string[] }
  | { readonly kind: 'most_stock' }
  | { readonly kind: 'balance' }
  /** Warehouses that would be left with fewer units come last. */
  | { readonly kind: 'avoid_last_units'; readonly units: number }
  /** Waits up to so many days for the warehouses that the strategies before it put first. */
  | { readonly kind: 'wait_for_better'; readonly days: number };

export type StrategyKind = Strategy['kind'];

export interface SourcingLimits {
  /** Most warehouses one order ships from. */
  readonly mostShipments: number | null;
  /** All units of an item from one warehouse, or it waits. */
  readonly doNotSplit: boolean;
  /** A warehouse that would give the order fewer units than these is left out. */
  readonly leastUnitsPerShipment: number | null;
  readonly shipComplete: boolean;
  /** Nothing of an item leaves before so many percent of it have stock. */
  readonly itemGatePercent: number | null;
  /** Nothing of the order leaves before so many percent of its units have stock. */
  readonly orderGatePercent: number | null;
}

export interface SourcingRule {
  /** Unique in its set, and the same from version to version. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Lower is looked at first; equal ones by code. */
  readonly sortOrder: number;
  /** Rules after this one are not looked at when it applies. */
  readonly stop: boolean;
  readonly validFrom: Instant | null;
  /** The rule applies before this instant. */
  readonly validUntil: Instant | null;
  /** Codes; empty: all. */
  readonly channels: readonly string[];
  /** CEL; null: every item. */
  readonly condition: string | null;
  readonly filters: readonly Filter[];
  readonly strategies: readonly Strategy[];
  readonly limits: SourcingLimits;
}

export const NO_LIMITS: SourcingLimits = frozen({
  mostShipments: null,
  doNotSplit: false,
  leastUnitsPerShipment: null,
  shipComplete: false,
  itemGatePercent: null,
  orderGatePercent: null,
});
