/**
 * Sources units: asks which warehouses serve the wishes of one order, fills them, and takes what they give from the
 * supply. Without rules the channel's order of preference decides, wish by wish; with rules all wishes of the order are
 * chosen for together (sourcing/choose-warehouses). Whoever allocates asks here: new orders, waiting items, rejected units.
 */
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { WaitingKind } from '../catalog/sell-policy.ts';
import { present } from '../kernel/assert.ts';
import type { LineNumber, ProductId, WarehouseId } from '../kernel/ids.ts';
import type { Quantity } from '../kernel/quantity.ts';
import { type Instant, startOfNextDay } from '../kernel/time.ts';
import type { Choice, SourcingItem, SourcingOrder } from '../sourcing/choice.ts';
import { chooseWarehouses } from '../sourcing/choose-warehouses.ts';
import type { ItemFacts } from '../sourcing/condition-facts.ts';
import { rankWarehouses } from '../sourcing/rank-warehouses.ts';
import type { OrderRules, RuleSet } from '../sourcing/rule-set.ts';
import { asked, type Explanation, explainChoice } from './explanation.ts';
import { type Filling, fill } from './fill.ts';
import { destinationOf, factsOfOrder, type OrderAttributes } from './order-attributes.ts';
import { looksAtOrders, type World } from './world/world.ts';

/** Units of one line that are wanted now. */
export interface Wish {
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly units: Quantity;
  readonly rejectedBy: readonly WarehouseId[];
  readonly waitingSince: Instant;
  /** Units of the line in all, cancelled ones apart. */
  readonly quantity: number;
  /** Minor units of the channel's currency. */
  readonly unitPrice: number;
  /** As what it waits already; null when it is new. */
  readonly waitsAs: WaitingKind | null;
}

export interface WishingOrder {
  readonly channel: SalesChannel;
  readonly attributes: OrderAttributes;
  /** Its units may wait for a better warehouse although another one has them. */
  readonly mayWait: boolean;
}

export interface Sourced {
  readonly filling: Filling;
  readonly explanation: Explanation;
  /** Another warehouse has units, but it waits for a better one. */
  readonly waitsForBetter: boolean;
}

/** One answer for each wish, in their order; what it gives is taken from the world's supply. */
export function sourceUnits(order: WishingOrder, wishes: readonly Wish[], world: World): Sourced[] {
  const { ruleSet } = world;
  if (ruleSet === null) return wishes.map((wish) => byPreference(order.channel, wish, world));
  const choices = chooseWarehouses(
    sourcingOrder(order),
    wishes.map((wish) => sourcingItem(wish, world)),
    {
      now: world.now,
      warehouses: world.warehouses,
      ruleSet,
      free: (product, warehouse) => world.supply.free(product, warehouse),
      load: (warehouse) => world.loads.of(warehouse),
      dailyDemand: world.dailyDemand,
    },
  );
  return wishes.map((wish, index) =>
    byChoice(wish, present(choices[index], 'a choice for each wish'), { world, ruleSet }),
  );
}

function byPreference(channel: SalesChannel, wish: Wish, world: World): Sourced {
  const warehouses = rankWarehouses(channel, world.warehouses, wish.rejectedBy);
  const offers = world.supply.offers(wish.product, warehouses);
  const filling = fill(wish.units, offers);
  world.supply.take(wish.product, filling.fills, world.warehouses);
  return { filling, explanation: { asked: asked(warehouses, offers, filling) }, waitsForBetter: false };
}

function byChoice(
  wish: Wish,
  choice: Choice,
  { world, ruleSet }: { readonly world: World; readonly ruleSet: RuleSet },
): Sourced {
  const filling = fill(wish.units, choice.offers);
  world.supply.take(wish.product, filling.fills, world.warehouses);
  if (filling.short > 0) noteWakeUps(wish, choice, { world, ruleSet });
  return {
    filling,
    explanation: explainChoice(choice, filling, { ruleSet, warehouses: world.warehouses }),
    waitsForBetter: choice.waitsFor !== null && filling.short > 0,
  };
}

/** When the passing of time alone may give it what it did not get now. */
function noteWakeUps(
  { product, waitsAs }: Wish,
  { ranked, waitsFor }: Choice,
  { world, ruleSet }: { readonly world: World; readonly ruleSet: RuleSet },
): void {
  // From now on it waits, and other rules may apply to it.
  if (waitsAs === null && ruleSet.looksAtWaiting) world.wakeUps.note(product, world.now);
  const change = ruleSet.nextChange(world.now);
  if (change !== null) world.wakeUps.note(product, change);
  if (waitsFor !== null) world.wakeUps.note(product, waitsFor.until);
  for (const { warehouse, room, had } of ranked) {
    if (room === 'unlimited' || had === 0) continue;
    world.wakeUps.note(product, startOfNextDay(world.now, warehouse.timeZone));
  }
}

function sourcingOrder({ channel, attributes, mayWait }: WishingOrder): SourcingOrder {
  return {
    channel,
    facts: () => factsOfOrder(channel, attributes),
    destination: destinationOf(attributes),
    weightGrams: attributes.weightGrams,
    opened: [...attributes.opened],
    mayWait,
  };
}

function sourcingItem(wish: Wish, world: World): SourcingItem {
  const { line, product, units, rejectedBy, waitingSince } = wish;
  return { line, product, units, rejectedBy, waitingSince, facts: wishFacts(wish, world) };
}

/** What conditions may look at of a wish. */
export function wishFacts(
  { line, product, quantity, unitPrice, waitsAs }: Wish,
  world: Pick<World, 'product'>,
): () => ItemFacts {
  return () => ({
    item: {
      line,
      quantity,
      unitPrice,
      value: quantity * unitPrice,
      waiting: waitsAs !== null,
      kind: waitsAs ?? 'backorder',
    },
    product: world.product(product),
  });
}

/** The rules of a rule set as they look at one order. */
export function rulesOf(
  { channel, attributes }: Pick<WishingOrder, 'channel' | 'attributes'>,
  { ruleSet, now }: { readonly ruleSet: RuleSet; readonly now: Instant },
): OrderRules {
  return ruleSet.forOrder(channel.code, now, () => factsOfOrder(channel, attributes));
}

/**
 * Notes what an order gives its warehouses to do, once it is decided.
 * @returns the order as rules see it from then on: with these warehouses opened
 */
export function noteLoads(
  attributes: OrderAttributes,
  fillings: readonly Filling[],
  world: World,
): OrderAttributes {
  if (!looksAtOrders(world)) return attributes;
  const opened = new Set(attributes.opened);
  for (const { fills } of fillings) {
    for (const { warehouse, units } of fills) {
      world.loads.add({ warehouse, orders: opened.has(warehouse) ? 0 : 1, units });
      opened.add(warehouse);
    }
  }
  return { ...attributes, opened };
}
