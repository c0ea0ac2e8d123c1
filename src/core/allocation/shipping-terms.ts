/**
 * How the rules in force want an order to ship: complete or not, and from which share of an item or of the order on. Asked
 * when the order is placed and kept with it, so that later rules do not change what was agreed.
 */
import { tighterLimits } from '../sourcing/plan.ts';
import { NO_LIMITS, type SourcingLimits } from '../sourcing/rule.ts';
import { rulesOf, type Wish, type WishingOrder, wishFacts } from './source-units.ts';
import type { World } from './world/world.ts';

export type ShippingTerms = Pick<SourcingLimits, 'shipComplete' | 'itemGatePercent' | 'orderGatePercent'>;

/** The tightest of what its items' rules say. */
export function shippingTerms(order: WishingOrder, wishes: readonly Wish[], world: World): ShippingTerms {
  if (world.ruleSet?.setsShipping !== true) return NO_LIMITS;
  const rules = rulesOf(order, { ruleSet: world.ruleSet, now: world.now });
  return wishes
    .map((wish) => rules.planFor(wishFacts(wish, world)).plan.limits)
    .reduce(tighterLimits, NO_LIMITS);
}
