/**
 * A world for examples of the core: one channel, the warehouses that its stock names, in their order of preference, and
 * nobody who waits. An example says what differs.
 */
import { type OrderAttributes, unknownOrder } from '../../src/core/allocation/order-attributes.ts';
import type { Wish } from '../../src/core/allocation/source-units.ts';
import { Supply } from '../../src/core/allocation/world/supply.ts';
import { WaitingUses } from '../../src/core/allocation/world/waiting-uses.ts';
import { type World, worldWithoutRules } from '../../src/core/allocation/world/world.ts';
import type { SalesChannel } from '../../src/core/catalog/sales-channel.ts';
import { type SellPolicy, WAITING_KINDS, type WaitingLimits } from '../../src/core/catalog/sell-policy.ts';
import type { Warehouse } from '../../src/core/inventory/warehouse.ts';
import { channelId, lineNumber, type ProductId, productId, warehouseId } from '../../src/core/kernel/ids.ts';
import { quantity } from '../../src/core/kernel/quantity.ts';
import { instant } from '../../src/core/kernel/time.ts';
import { NO_LIMITS, type SourcingRule } from '../../src/core/sourcing/rule.ts';
import { RuleSet } from '../../src/core/sourcing/rule-set.ts';

export const LAMP = productId(1);
export const CHAIR = productId(2);
export const NOW = instant(Date.UTC(2026, 4, 4, 12));

/** Free units of a product by warehouse, the preferred warehouse first; 'unlimited': its stock is not managed. */
export type Stock = Readonly<Record<string, Readonly<Record<string, number>> | 'unlimited'>>;

const PRODUCTS: ReadonlyMap<string, ProductId> = new Map([
  ['lamps', LAMP],
  ['chairs', CHAIR],
]);

export interface Example {
  readonly world: World;
  readonly channel: SalesChannel;
  readonly order: OrderAttributes;
  warehouse(code: string): Warehouse;
  /** What is free of a product, by warehouse. */
  free(product: ProductId): Record<string, number | 'unlimited'>;
}

/** A policy under which as many may wait as the limits say; without limits: as many as are wanted. */
export function mayWait(
  limits: Partial<WaitingLimits> = {},
  releaseAt: SellPolicy['releaseAt'] = null,
): SellPolicy {
  const all: WaitingLimits = {
    perOrder: 'unlimited',
    perCustomer: 'unlimited',
    perChannel: 'unlimited',
    perProduct: 'unlimited',
    upToIncoming: false,
    ...limits,
  };
  return {
    backorder: { allowed: true, until: null, limits: all },
    preorder: { allowed: true, limits: all },
    releaseAt,
  };
}

export function mayNotWait(): SellPolicy {
  const policy = mayWait();
  return {
    ...policy,
    backorder: { ...policy.backorder, allowed: false },
    preorder: { ...policy.preorder, allowed: false },
  };
}

function warehousesOf(stock: Stock): Warehouse[] {
  return Object.entries(stock).map(([code, units], index) => ({
    id: warehouseId(index + 1),
    code,
    kind: units === 'unlimited' ? 'external' : 'own',
    stock: units === 'unlimited' ? 'unmanaged' : 'managed',
    enabled: true,
    country: null,
    latitude: null,
    longitude: null,
    timeZone: 'UTC',
    handlingDays: 0,
    closedWeekdays: [],
    closedDates: [],
  }));
}

function supplyOf(stock: Stock, warehouses: readonly Warehouse[]): Supply {
  return new Supply(
    warehouses.flatMap(({ id, code }) =>
      Object.entries(stock[code] ?? {}).flatMap(([name, units]) => {
        const product = PRODUCTS.get(name);
        return product === undefined ? [] : [{ product, warehouse: id, units: Number(units) }];
      }),
    ),
  );
}

function nobodyWaits({ id }: SalesChannel): WaitingUses {
  const uses = new WaitingUses();
  for (const product of PRODUCTS.values()) {
    for (const kind of WAITING_KINDS) {
      uses.set(kind, [product], 0);
      uses.set(kind, [product, id], 0);
    }
  }
  return uses;
}

/** @param rule what of a rule differs from one that says nothing; left out: no rules are in force */
export function example(
  stock: Stock,
  { policy = mayWait(), rule }: { readonly policy?: SellPolicy; readonly rule?: Partial<SourcingRule> } = {},
): Example {
  const warehouses = warehousesOf(stock);
  const channel: SalesChannel = {
    id: channelId(1),
    code: 'shop',
    currency: 'EUR',
    timeZone: 'UTC',
    acceptance: 'strict',
    shipping: 'partial',
    whenIncomplete: 'hold',
    enabled: true,
    warehouses: warehouses.map(({ id }) => id),
  };
  const world: World = {
    ...worldWithoutRules(),
    now: NOW,
    channels: new Map([[channel.id, channel]]),
    warehouses: new Map(warehouses.map((each) => [each.id, each])),
    policy: () => policy,
    supply: supplyOf(stock, warehouses),
    uses: nobodyWaits(channel),
    ruleSet:
      rule === undefined ? null : new RuleSet(1, [{ rule: { ...PLAIN_RULE, ...rule }, condition: null }]),
  };
  return {
    world,
    channel,
    order: unknownOrder(),
    warehouse: (code) => {
      const found = warehouses.find((each) => each.code === code);
      if (found === undefined) throw new Error(`the example has no warehouse ${code}`);
      return found;
    },
    free: (product) =>
      Object.fromEntries(warehouses.map((each) => [each.code, world.supply.free(product, each)])),
  };
}

const PLAIN_RULE: SourcingRule = {
  code: 'rule',
  name: 'Rule',
  description: '',
  enabled: true,
  sortOrder: 0,
  stop: false,
  validFrom: null,
  validUntil: null,
  channels: [],
  condition: null,
  filters: [],
  strategies: [],
  limits: NO_LIMITS,
};

/** One line of an order, that is new. */
export function wish(units: number, product = LAMP, line = 1): Wish {
  return {
    line: lineNumber(line),
    product,
    units: quantity(units),
    rejectedBy: [],
    waitingSince: NOW,
    quantity: units,
    unitPrice: 0,
    waitsAs: null,
  };
}
