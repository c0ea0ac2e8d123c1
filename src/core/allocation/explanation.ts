/**
 * The explanation kept with a decision: which warehouses were asked, what each had and gave, and what the rest does
 * and why. Codes instead of ids, so that it can be read years later; small, since one is stored per decision.
 */
import type { WaitingBar, WaitingKind } from '../catalog/sell-policy.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import type { Limit } from '../kernel/quantity.ts';
import { isoInstant } from '../kernel/time.ts';
import type { Exclusion } from '../sourcing/candidates.ts';
import type { Choice } from '../sourcing/choice.ts';
import type { Offer } from '../sourcing/offer.ts';
import type { Ranked } from '../sourcing/ranking.ts';
import type { RuleSet } from '../sourcing/rule-set.ts';
import type { Filling } from './fill.ts';

export interface AskedWarehouse {
  readonly warehouse: string;
  readonly had: Limit;
  readonly gave: number;
  /** Units that safety stock kept there. */
  readonly keeps?: number;
  /** Units that its capacity of the day left. */
  readonly room?: number;
  /** What the strategies said, in their order; null: not known. */
  readonly scores?: readonly (number | null)[];
}

/** The rules that applied, by their codes; those a missing value kept from applying. */
export interface RulesApplied {
  readonly version: number;
  readonly applied: readonly string[];
  readonly missed?: readonly string[];
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

/** What the rules decided: every warehouse that was looked at, with what each had and why it gave or did not. */
export function explainChoice(
  { matched, ranked, excluded, search, waitsFor, tooFew }: Choice,
  filling: Filling,
  {
    ruleSet,
    warehouses,
  }: {
    readonly ruleSet: RuleSet;
    readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  },
): Explanation {
  const gave = new Map(filling.fills.map((each) => [each.warehouse, each.units as number]));
  const codes = (ids: readonly WarehouseId[]) => ids.flatMap((id) => warehouses.get(id)?.code ?? []);
  return {
    rules: {
      version: ruleSet.version,
      applied: matched.plan.rules,
      ...(matched.missed.length > 0 && { missed: matched.missed }),
    },
    asked: ranked.map((each) => askedByRules(each, gave.get(each.warehouse.id) ?? 0)),
    ...(excluded.length > 0 && { excluded }),
    ...(search !== null && { search }),
    ...(waitsFor !== null && {
      waitsFor: { warehouses: codes(waitsFor.warehouses), until: isoInstant(waitsFor.until) },
    }),
    ...(tooFew.length > 0 && { tooFew: codes(tooFew) }),
  };
}

function askedByRules({ warehouse, had, keeps, room, scores }: Ranked, gave: number): AskedWarehouse {
  return {
    warehouse: warehouse.code,
    had,
    gave,
    ...(keeps > 0 && { keeps }),
    ...(room !== 'unlimited' && { room }),
    ...(scores.length > 0 && { scores: scores.map(rounded) }),
  };
}

/** One decimal is enough to be read; what was compared was exact. */
function rounded(score: number | null): number | null {
  return score === null ? null : Math.round(score * 10) / 10;
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
  readonly rules?: RulesApplied;
  readonly excluded?: readonly Exclusion[];
  /** How the set of warehouses with the fewest shipments or the lowest cost was found. */
  readonly search?: 'exact' | 'greedy';
  /** It waits for one of these although others have it. */
  readonly waitsFor?: { readonly warehouses: readonly string[]; readonly until: string };
  /** Warehouses left out since the order would have got too few units there. */
  readonly tooFew?: readonly string[];
  readonly waiting?: WaitingReason;
  readonly reason?: string;
  readonly warehouse?: string;
  /** The order is served as a whole: nothing is kept until all of it can be. */
  readonly whole?: true;
  readonly onHold?: true;
  /** The number of the purchase order that was made for the item. */
  readonly boughtWith?: string;
}
