/**
 * What the in-memory driver of the pure core holds: products, channels and warehouses by the ids that the core
 * speaks, levels, orders. It turns them into what the core's functions ask for, and writes down what they answer.
 */

import type { OrderDemand } from '../../../src/core/allocation/decide-order.ts';
import type { Fill } from '../../../src/core/allocation/fill.ts';
import type { OrderAttributes } from '../../../src/core/allocation/order-attributes.ts';
import { DayLoads } from '../../../src/core/allocation/world/day-loads.ts';
import { Supply } from '../../../src/core/allocation/world/supply.ts';
import { WaitingUses } from '../../../src/core/allocation/world/waiting-uses.ts';
import { type World as DecisionWorld, worldWithoutRules } from '../../../src/core/allocation/world/world.ts';
import type { SalesChannel } from '../../../src/core/catalog/sales-channel.ts';
import { type SellPolicy, WAITING_KINDS, type WaitingKind } from '../../../src/core/catalog/sell-policy.ts';
import type { Warehouse } from '../../../src/core/inventory/warehouse.ts';
import { present } from '../../../src/core/kernel/assert.ts';
import {
  type ChannelId,
  channelId,
  type LineNumber,
  type OrderId,
  type ProductId,
  productId,
  type WarehouseId,
  warehouseId,
} from '../../../src/core/kernel/ids.ts';
import { type Limit, quantity } from '../../../src/core/kernel/quantity.ts';
import { type Instant, instant, type LocalDate } from '../../../src/core/kernel/time.ts';
import {
  applyChange,
  type BucketChange,
  type Buckets,
  bucketChange,
} from '../../../src/core/orders/buckets.ts';
import type { OrderItem, Release } from '../../../src/core/orders/order-item.ts';
import { compileCondition } from '../../../src/core/sourcing/condition.ts';
import { RuleSet } from '../../../src/core/sourcing/rule-set.ts';
import type { PurchaseOrderLine, PurchaseOrderStage } from '../../../src/core/supply/purchase-order.ts';
import type { Limits, Policy } from './plain-acts.ts';
import { releaseInstant } from './plain-state.ts';
import { type Group, SMALL_RULES } from './small-rules.ts';

/** Codes and the ids that stand for them, 1, 2, 3 … in the order they were first seen. */
export class Codes<Id extends number> {
  readonly #codes: string[] = [];
  readonly #make: (value: number) => Id;
  constructor(make: (value: number) => Id) {
    this.#make = make;
  }
  id(code: string): Id {
    const seen = this.#codes.indexOf(code);
    return this.#make(seen === -1 ? this.#codes.push(code) : seen + 1);
  }
  code(id: Id): string {
    return present(this.#codes[id - 1], `code ${id}`);
  }
}

export interface HeldAllocation {
  readonly warehouse: WarehouseId;
  open: number;
  picked: number;
  shipped: number;
  rejected: boolean;
}
export interface HeldItem {
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly kind: WaitingKind;
  buckets: Buckets;
  allocations: HeldAllocation[];
}
export interface HeldOrder {
  readonly id: OrderId;
  readonly number: string;
  readonly channel: ChannelId;
  readonly customer: string | null;
  readonly group: Group | null;
  priority: number;
  readonly waitingSince: Instant;
  hold: string | null;
  readonly shipping: 'partial' | 'complete';
  readonly whole: boolean;
  items: HeldItem[];
}

export interface HeldLevel {
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  onHand: number;
  allocated: number;
}

export interface HeldPurchaseLine extends PurchaseOrderLine {
  readonly line: number;
  readonly product: ProductId;
  readonly warehouse: WarehouseId;
  received: number;
  closed: number;
  expectedOn: LocalDate;
}
export interface HeldPurchaseOrder {
  readonly number: string;
  readonly supplier: string;
  stage: PurchaseOrderStage;
  readonly lines: readonly HeldPurchaseLine[];
}

export interface CoreState {
  now: number;
  /** null: the channels' order of preference decides. */
  readonly ruleSet: RuleSet | null;
  readonly productCodes: Codes<ProductId>;
  readonly channelCodes: Codes<ChannelId>;
  readonly warehouseCodes: Codes<WarehouseId>;
  readonly channels: Map<ChannelId, SalesChannel>;
  readonly warehouses: Map<WarehouseId, Warehouse>;
  readonly policies: Map<ProductId, { policy: SellPolicy; onChannel: Map<ChannelId, SellPolicy> }>;
  levels: HeldLevel[];
  orders: HeldOrder[];
  readonly suppliers: Map<string, { readonly overReceiptPercent: number }>;
  readonly purchaseOrders: HeldPurchaseOrder[];
}

function smallRules(): RuleSet {
  return new RuleSet(
    1,
    SMALL_RULES.map((rule) => {
      const compiled = compileCondition(present(rule.condition, 'a condition'));
      if (!compiled.ok) throw new Error(`the condition of ${rule.code} does not compile`);
      return { rule, condition: compiled.condition };
    }),
  );
}

export function emptyState(now: number, rules: boolean): CoreState {
  return {
    now,
    ruleSet: rules ? smallRules() : null,
    productCodes: new Codes(productId),
    channelCodes: new Codes(channelId),
    warehouseCodes: new Codes(warehouseId),
    channels: new Map(),
    warehouses: new Map(),
    policies: new Map(),
    levels: [],
    orders: [],
    suppliers: new Map(),
    purchaseOrders: [],
  };
}

/** What a refused request may have changed, to be put back. */
export function snapshot(state: CoreState): () => void {
  const levels = state.levels.map((level) => ({ ...level }));
  const orders = state.orders.map((order) => ({
    ...order,
    items: order.items.map((item) => ({
      ...item,
      allocations: item.allocations.map((each) => ({ ...each })),
    })),
  }));
  return () => {
    state.levels = levels;
    state.orders = orders;
  };
}

function limitsOf(limits: Limits) {
  const of = (limit: number | null): Limit => (limit === null ? 'unlimited' : quantity(limit));
  return {
    perOrder: of(limits.perOrder),
    perCustomer: of(limits.perCustomer),
    perChannel: of(limits.perChannel),
    perProduct: of(limits.perProduct),
    upToIncoming: false,
  };
}

export function sellPolicy({ backorder, preorder, release }: Policy): SellPolicy {
  return {
    backorder: {
      allowed: backorder.allowed,
      until: backorder.until === null ? null : (backorder.until as LocalDate),
      limits: limitsOf(backorder.limits),
    },
    preorder: { allowed: preorder.allowed, limits: limitsOf(preorder.limits) },
    releaseAt: release === null ? null : instant(releaseInstant(release)),
  };
}

export function policyOn(state: CoreState, product: ProductId, channel: ChannelId): SellPolicy {
  const { policy, onChannel } = present(state.policies.get(product), `product ${product}`);
  return onChannel.get(channel) ?? policy;
}

/** No rule of the small world looks at products. */
export const productFacts = () => ({ sku: '', name: '', tags: [] });

/** What waits, in every scope that a limit may count for somebody who orders. */
function waitingUses(state: CoreState, deciding: HeldOrder | undefined): WaitingUses {
  const uses = new WaitingUses();
  const customers = new Set([deciding, ...state.orders].map((order) => order?.customer ?? null));
  for (const product of state.policies.keys()) {
    const channels = [...state.channels.keys()].map((channel) => [product, channel]);
    const ofCustomers = channels.flatMap((scope) =>
      [...customers].flatMap((customer) => (customer === null ? [] : [[...scope, customer]])),
    );
    for (const scope of [[product], ...channels, ...ofCustomers]) {
      for (const kind of WAITING_KINDS) uses.set(kind, scope, 0);
    }
  }
  for (const { channel, customer, items } of state.orders) {
    for (const { product, buckets } of items) {
      if (buckets.backordered > 0) uses.add('backorder', { product, channel, customer }, buckets.backordered);
      if (buckets.preordered > 0) uses.add('preorder', { product, channel, customer }, buckets.preordered);
    }
  }
  return uses;
}

/**
 * Everything a decision may look at, as it is now.
 * @param deciding the order that is decided about, which need not exist yet
 */
export function decisionWorld(state: CoreState, deciding?: HeldOrder): DecisionWorld {
  return {
    ...worldWithoutRules(),
    ruleSet: state.ruleSet,
    loads: new DayLoads([]),
    product: productFacts,
    now: instant(state.now),
    channels: state.channels,
    warehouses: state.warehouses,
    policy: (product, channel) => policyOn(state, product, channel),
    supply: new Supply(
      state.levels.map(({ product, warehouse, onHand, allocated }) => ({
        product,
        warehouse,
        units: onHand - allocated,
      })),
    ),
    uses: waitingUses(state, deciding),
  };
}

export function levelOf(state: CoreState, product: ProductId, warehouse: WarehouseId): HeldLevel {
  const found = state.levels.find((level) => level.product === product && level.warehouse === warehouse);
  if (found !== undefined) return found;
  const level = { product, warehouse, onHand: 0, allocated: 0 };
  state.levels.push(level);
  return level;
}

export function isManaged(state: CoreState, warehouse: WarehouseId): boolean {
  return present(state.warehouses.get(warehouse), `warehouse ${warehouse}`).stock === 'managed';
}

export function asOrderItem(order: HeldOrder, item: HeldItem): OrderItem {
  return {
    order: order.id,
    line: item.line,
    product: item.product,
    channel: order.channel,
    customer: order.customer,
    kind: item.kind,
    whole: order.whole,
    bought: false,
    priority: order.priority,
    waitingSince: order.waitingSince,
    unitPrice: 0,
    rejectedBy: item.allocations.filter((each) => each.rejected).map((each) => each.warehouse),
    buckets: item.buckets,
    events: 0,
  };
}

/** What rules may look at of an order. */
export function attributesOf(order: HeldOrder): OrderAttributes {
  const { number, priority, shipping, customer, group: customerGroup, items } = order;
  const held = items.flatMap(({ allocations }) =>
    allocations.filter(({ open, shipped }) => open + shipped > 0),
  );
  return {
    number,
    priority,
    shipping,
    customer,
    customerGroup,
    shipTo: null,
    items: items.length,
    units: items.reduce((sum, { buckets }) => sum + buckets.ordered - buckets.cancelled, 0),
    value: 0,
    weightGrams: null,
    opened: new Set(held.map(({ warehouse }) => warehouse)),
  };
}

/** An order's wish for units, as decideOrder takes it. */
export function demandOf(
  state: CoreState,
  order: HeldOrder,
  wants: readonly { item: HeldItem; units: number }[],
) {
  return {
    channel: present(state.channels.get(order.channel), order.number),
    customer: order.customer,
    attributes: attributesOf(order),
    demands: wants.map(({ item, units }) => ({
      line: item.line,
      product: item.product,
      units: quantity(units),
      rejectedBy: asOrderItem(order, item).rejectedBy,
      waitingSince: order.waitingSince,
      quantity: units,
      unitPrice: 0,
      waitsAs: null,
    })),
    whole: order.whole,
    lacksOthers: order.items.some(
      ({ buckets }) => buckets.backordered + buckets.preordered + buckets.unfillable > 0,
    ),
    onHold: order.hold !== null,
    waitingAlready: (product, kind) =>
      order.items
        .filter((item) => item.product === product)
        .reduce(
          (sum, { buckets }) => sum + (kind === 'backorder' ? buckets.backordered : buckets.preordered),
          0,
        ),
  } satisfies Omit<OrderDemand, 'insist'>;
}

export function change(item: HeldItem, by: BucketChange): void {
  item.buckets = applyChange(item.buckets, by);
}

/** Units leave the bucket they were in before they are decided again. */
export function withoutDecided(by: BucketChange, from: 'pending' | 'allocated', units: number): BucketChange {
  return bucketChange({ ...by, [from]: by[from] - units });
}

export function addFills(state: CoreState, item: HeldItem, fills: readonly Fill[]): void {
  for (const { warehouse, units } of fills) {
    const held = item.allocations.find((each) => each.warehouse === warehouse);
    if (held === undefined)
      item.allocations.push({ warehouse, open: units, picked: 0, shipped: 0, rejected: false });
    else held.open += units;
    if (isManaged(state, warehouse)) levelOf(state, item.product, warehouse).allocated += units;
  }
}

export function release(state: CoreState, item: HeldItem, releases: readonly Release[]): void {
  for (const { warehouse, units } of releases) {
    const held = item.allocations.find((each) => each.warehouse === warehouse);
    present(held, 'an allocation').open -= units;
    if (isManaged(state, warehouse)) levelOf(state, item.product, warehouse).allocated -= units;
  }
}
