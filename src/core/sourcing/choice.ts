/**
 * The question and the answer of sourcing: the items of one order and what can be looked at, and for each item what each
 * chosen warehouse gives, with everything an explanation says about it.
 */
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { Warehouse } from '../inventory/warehouse.ts';
import type { LineNumber, ProductId, WarehouseId } from '../kernel/ids.ts';
import type { Limit, Quantity } from '../kernel/quantity.ts';
import type { Instant } from '../kernel/time.ts';
import type { Exclusion } from './candidates.ts';
import type { ItemFacts, OrderFacts } from './condition-facts.ts';
import type { Offer } from './offer.ts';
import type { Ranked } from './ranking.ts';
import type { Matched, RuleSet } from './rule-set.ts';
import type { DayLoad, Destination } from './scoring.ts';

export interface SourcingItem {
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly units: Quantity;
  readonly rejectedBy: readonly WarehouseId[];
  readonly waitingSince: Instant;
  /** Asked for only when a condition looks at the item. */
  readonly facts: () => ItemFacts;
}

export interface SourcingOrder {
  readonly channel: SalesChannel;
  readonly facts: () => OrderFacts;
  readonly destination: Destination;
  /** null when a product's weight is not known. */
  readonly weightGrams: number | null;
  /** Warehouses in which the order has units, or from which it was shipped. */
  readonly opened: readonly WarehouseId[];
  /** Its units may wait for a better warehouse although another one has them. */
  readonly mayWait: boolean;
}

/** What is looked at; nothing of it is changed. */
export interface SourcingView {
  readonly now: Instant;
  readonly warehouses: ReadonlyMap<WarehouseId, Warehouse>;
  readonly ruleSet: RuleSet;
  readonly free: (product: ProductId, warehouse: Warehouse) => Limit;
  readonly load: (warehouse: WarehouseId) => DayLoad;
  readonly dailyDemand: (product: ProductId, warehouse: WarehouseId) => number;
}

/** What was decided for one item, and everything an explanation says about it. */
export interface Choice extends Prepared {
  /** What each chosen warehouse gives, the preferred one first. */
  readonly offers: readonly Offer[];
  /** How the set of warehouses was found; null when each item was served by itself. */
  readonly search: 'exact' | 'greedy' | null;
  /** Left out since they would give the order too few units. */
  readonly tooFew: readonly WarehouseId[];
}

export interface MatchedItem {
  readonly item: SourcingItem;
  readonly matched: Matched;
}

/** An item with its warehouses ranked, on the way to a choice. */
export interface Prepared extends MatchedItem {
  readonly ranked: readonly Ranked[];
  /** The same by warehouse. */
  readonly byWarehouse: ReadonlyMap<WarehouseId, Ranked>;
  readonly excluded: readonly Exclusion[];
  /** Warehouses it waits for although others have it, and until when. */
  readonly waitsFor: { readonly warehouses: readonly WarehouseId[]; readonly until: Instant } | null;
}
