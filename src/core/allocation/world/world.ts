/**
 * The world of one decision: everything it may look at, read under the locks of its products. Supply and uses are
 * working copies: each accepted order leaves its mark there for the next one of the same batch.
 */
import type { SalesChannel } from '../../catalog/sales-channel.ts';
import type { SellPolicy } from '../../catalog/sell-policy.ts';
import type { Warehouse } from '../../inventory/warehouse.ts';
import { frozen } from '../../kernel/frozen.ts';
import type { ChannelId, ProductId, WarehouseId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ProductFacts } from '../../sourcing/condition-facts.ts';
import type { RuleSet } from '../../sourcing/rule-set.ts';
import { DayLoads } from './day-loads.ts';
import type { Supply } from './supply.ts';
import { WaitingUses } from './waiting-uses.ts';
import { WakeUps } from './wake-ups.ts';

export interface World {
  /** By the database's clock. */
  readonly now: Instant;
  readonly channels: ReadonlyMap<ChannelId, SalesChannel>;
  readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  /** The policy in force for a product on a channel. */
  readonly policy: (product: ProductId, channel: ChannelId) => SellPolicy;
  readonly supply: Supply;
  readonly uses: WaitingUses;
  /** null: no rules are in force, and the channel's order of preference decides. */
  readonly ruleSet: RuleSet | null;
  /** A rule set that is computed beside it for new orders, and decides nothing; null: none. */
  readonly shadow: RuleSet | null;
  /** What rules know of a product. */
  readonly product: (product: ProductId) => ProductFacts;
  readonly loads: DayLoads;
  /** Units of the product that the warehouse ships in one day, on average. */
  readonly dailyDemand: (product: ProductId, warehouse: WarehouseId) => number;
  readonly wakeUps: WakeUps;
}

/** The part of the world that sourcing rules look at. */
export type SourcingWorld = Pick<
  World,
  'ruleSet' | 'shadow' | 'product' | 'loads' | 'dailyDemand' | 'wakeUps'
>;

/** Whether a rule in force, or in shadow, looks at what warehouses were given to do today. */
export function countsLoads({ ruleSet, shadow }: Pick<World, 'ruleSet' | 'shadow'>): boolean {
  return ruleSet?.usesLoads === true || shadow?.usesLoads === true;
}

/** Whether decisions look at the order itself, or count it; else the channel's order of preference says all. */
export function looksAtOrders(world: Pick<World, 'ruleSet' | 'shadow'>): boolean {
  return world.ruleSet !== null || countsLoads(world);
}

const NO_FACTS: ProductFacts = frozen({ sku: '', name: '', tags: [] });

/** What decisions look at while no rules are in force. */
export function worldWithoutRules(): SourcingWorld {
  return {
    ruleSet: null,
    shadow: null,
    product: () => NO_FACTS,
    loads: new DayLoads([]),
    dailyDemand: () => 0,
    wakeUps: new WakeUps(),
  };
}

/**
 * The same world for a decision that may come to nothing: what it takes and the wake-ups it notes stay in the trial, until
 * whoever decides commits its supply and notes its wake-ups. Uses and loads are those of the world itself.
 */
export function trialOf(world: World): World {
  return { ...world, supply: world.supply.fork(), wakeUps: new WakeUps() };
}

/** The world for a decision by other rules that leaves no trace in this one. */
export function forkWorld(world: World, ruleSet: RuleSet | null): World {
  return {
    ...world,
    ruleSet,
    shadow: null,
    supply: world.supply.fork(),
    uses: new WaitingUses(world.uses),
    loads: world.loads.fork(),
    wakeUps: new WakeUps(),
  };
}
