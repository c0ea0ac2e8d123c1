/**
 * The explanation kept with a decision: which warehouses were asked, what each had and gave, and what the rest does
 * and why. Codes instead of ids, so that it can be read years later; small, since one is stored per decision.
 */
import type { WaitingBar, WaitingKind } from '../catalog/sell-policy.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import type { Limit } from '../kernel/quantity.ts';
import type { Filling, Offer } from './fill.ts';

export interface AskedWarehouse {
  readonly warehouse: string;
  readonly had: Limit;
  readonly gave: number;
}

/** A warehouse asked, as far as the filling got; those after the last needed one were not asked. */
export function asked(
  warehouses: readonly Warehouse[],
  offers: readonly Offer[],
  filling: Filling,
): AskedWarehouse[] {
  const gave = new Map(filling.fills.map((each) => [each.warehouse, each.units as number]));
  const last =
    filling.short > 0 ? offers.length : offers.findLastIndex((each) => gave.has(each.warehouse)) + 1;
  return warehouses.slice(0, last).map((warehouse, index) => ({
    warehouse: warehouse.code,
    had: offers[index]?.free ?? 'unlimited',
    gave: gave.get(warehouse.id) ?? 0,
  }));
}

/** Why units of a new demand wait or cannot be filled. */
export interface WaitingReason {
  readonly kind: WaitingKind;
  readonly waits: number;
  readonly unfillable: number;
  /** How many more might have waited, and what kept it from being more. */
  readonly mayWait: Limit;
  readonly bar: WaitingBar | null;
  /** Units of this product that waited ahead of it. */
  readonly ahead: number;
}

/** Everything an event may explain; each cause uses the members that belong to it. */
export interface Explanation {
  readonly asked?: readonly AskedWarehouse[];
  readonly waiting?: WaitingReason;
  readonly reason?: string;
  readonly warehouse?: string;
  /** The order is served as a whole: nothing is kept until all of it can be. */
  readonly whole?: true;
  readonly onHold?: true;
  /** The number of the purchase order that was made for the item. */
  readonly boughtWith?: string;
}
