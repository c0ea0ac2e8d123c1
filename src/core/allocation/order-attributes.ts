/**
 * What rules may look at of an order, beside its items: taken from the request of a new order and from the tables for one
 * that waits, so that the same rule says the same on both days.
 */
import type { SalesChannel, Shipping } from '../catalog/sales-channel.ts';
import type { WarehouseId } from '../kernel/ids.ts';
import type { OrderFacts } from '../sourcing/condition-facts.ts';
import type { Destination } from '../sourcing/scoring.ts';

export interface ShipTo {
  readonly country?: string | undefined;
  readonly postcode?: string | undefined;
  readonly latitude?: number | undefined;
  readonly longitude?: number | undefined;
}

export interface OrderAttributes {
  readonly number: string;
  readonly priority: number;
  readonly shipping: Shipping;
  /** The channel's reference; null for a guest. */
  readonly customer: string | null;
  readonly customerGroup: string | null;
  readonly shipTo: ShipTo | null;
  readonly items: number;
  readonly units: number;
  /** Minor units. */
  readonly value: number;
  /** null when the weight of one of its products is not known. */
  readonly weightGrams: number | null;
  /** Warehouses in which it has units or from which it was shipped. */
  readonly opened: ReadonlySet<WarehouseId>;
}

/** For decisions by a channel's order of preference alone, which looks at nothing of the order. */
export function unknownOrder(): OrderAttributes {
  return {
    number: '',
    priority: 0,
    shipping: 'partial',
    customer: null,
    customerGroup: null,
    shipTo: null,
    items: 0,
    units: 0,
    value: 0,
    weightGrams: null,
    opened: new Set(),
  };
}

export function factsOfOrder(channel: SalesChannel, order: OrderAttributes): OrderFacts {
  const { number, priority, value, units, items, shipping, weightGrams } = order;
  return {
    order: { number, priority, value, units, items, shipping, ...(weightGrams !== null && { weightGrams }) },
    channel: { code: channel.code, currency: channel.currency, timeZone: channel.timeZone },
    customer: {
      guest: order.customer === null,
      ...(order.customer !== null && { reference: order.customer }),
      ...(order.customerGroup !== null && { group: order.customerGroup }),
    },
    shipTo: { ...order.shipTo },
  };
}

export function destinationOf({ shipTo }: OrderAttributes): Destination {
  return {
    country: shipTo?.country ?? null,
    latitude: shipTo?.latitude ?? null,
    longitude: shipTo?.longitude ?? null,
  };
}
