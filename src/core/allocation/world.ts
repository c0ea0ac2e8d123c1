/**
 * The world of one decision: everything it may look at, read under the locks of its products. Supply and uses are
 * working copies: each accepted order leaves its mark there for the next one of the same batch.
 */

import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { Outstanding, SellPolicy, WaitingKind } from '../catalog/sell-policy.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import { frozen } from '../kernel/frozen.ts';
import type { ChannelId, ProductId, WarehouseId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { ProductFacts } from '../sourcing/condition-facts.ts';
import type { RuleSet } from '../sourcing/rule-set.ts';
import { DayLoads } from './day-loads.ts';
import type { Supply } from './supply.ts';
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

export interface WaitingUse {
  readonly product: ProductId;
  readonly channel: ChannelId;
  readonly customer: string | null;
}

/** Units that wait, counted in the scopes of the limits. */
export class WaitingUses {
  readonly #units = new Map<string, number>();
  readonly #incoming = new Map<ProductId, number>();
  readonly #beneath: WaitingUses | undefined;

  /** @param beneath what is counted where nothing is set here */
  constructor(beneath?: WaitingUses) {
    this.#beneath = beneath;
  }

  /** Sets what purchase orders are to bring of a product; asked for only by policies that look at it. */
  setIncoming(product: ProductId, units: number): void {
    this.#incoming.set(product, units);
  }

  /** Sets what the database counts for a scope: the product, a channel, or a customer on a channel. */
  set(kind: WaitingKind, scope: readonly (string | number)[], units: number): void {
    this.#units.set(keyOf(kind, scope), units);
  }

  add(kind: WaitingKind, { product, channel, customer }: WaitingUse, units: number): void {
    this.#add(keyOf(kind, [product]), units);
    this.#add(keyOf(kind, [product, channel]), units);
    if (customer !== null) this.#add(keyOf(kind, [product, channel, customer]), units);
  }

  /** Units of the product that wait, as backorders and as pre-orders. */
  ofProduct(product: ProductId): number {
    return this.#counted(keyOf('backorder', [product])) + this.#counted(keyOf('preorder', [product]));
  }

  /** @param ofThisOrder units of the same order and product that wait already */
  outstanding(
    kind: WaitingKind,
    { product, channel, customer }: WaitingUse,
    ofThisOrder: number,
  ): Outstanding {
    return {
      order: ofThisOrder,
      customer: customer === null ? ofThisOrder : this.#counted(keyOf(kind, [product, channel, customer])),
      channel: this.#counted(keyOf(kind, [product, channel])),
      product: this.#counted(keyOf(kind, [product])),
      waiting: this.ofProduct(product),
      incoming: this.#incomingOf(product),
    };
  }

  #counted(key: string): number {
    const own = this.#units.get(key);
    return own === undefined && this.#beneath !== undefined ? this.#beneath.#counted(key) : (own ?? 0);
  }

  #incomingOf(product: ProductId): number {
    const own = this.#incoming.get(product);
    return own === undefined && this.#beneath !== undefined ? this.#beneath.#incomingOf(product) : (own ?? 0);
  }

  #add(key: string, units: number): void {
    this.#units.set(key, this.#counted(key) + units);
  }
}

function keyOf(kind: WaitingKind, scope: readonly (string | number)[]): string {
  return `${kind}/${scope.join('/')}`;
}
