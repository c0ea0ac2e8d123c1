/**
 * An accepted order on its way from the request into the tables: how it ships, its row, its items with what they were given.
 * The one place where members of a request become columns. What stands here is decided already; nothing is read or written.
 */
import type { OrderRequest } from '../../contract/orders.ts';
import type { ShadowDecision } from '../../core/allocation/decide-in-shadow.ts';
import type { DecidedLine } from '../../core/allocation/decide-order.ts';
import type { ShippingTerms } from '../../core/allocation/shipping-terms.ts';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { OrderRow } from '../../db/orders/orders.ts';
import type { Gate } from '../frame/gate.ts';
import { placedAt } from '../frame/orders/order-wishes.ts';
import type { ItemChange } from '../frame/record-changes.ts';
import { isBought } from '../frame/supply/buy-to-order.ts';

/** How an order ships: as it says itself, else as the rules in force or its channel have it. */
interface Shipping
  extends Pick<OrderRow, 'shipping' | 'whenIncomplete' | 'itemGatePercent' | 'orderGatePercent'> {
  /** It is served all at once or not at all. */
  readonly whole: boolean;
}

export interface Accepted {
  readonly request: OrderRequest;
  readonly row: Omit<OrderRow, 'id'>;
  readonly whole: boolean;
  readonly lines: readonly DecidedLine[];
  /** What shadow rules would have decided; undefined when there are none, or the order is on hold. */
  readonly shadow: ShadowDecision | undefined;
}

export function shippingOf(order: OrderRequest, channel: SalesChannel, terms: ShippingTerms): Shipping {
  const shipping = order.shipping ?? (terms.shipComplete ? 'complete' : channel.shipping);
  const whenIncomplete = order.whenIncomplete ?? channel.whenIncomplete;
  const { itemGatePercent, orderGatePercent } = terms;
  const whole = shipping === 'complete' && whenIncomplete === 'give_back';
  return { shipping, whenIncomplete, itemGatePercent, orderGatePercent, whole };
}

/** The order's row, but for its id and for what a repeat must equal. */
export function rowOf(
  order: OrderRequest,
  channel: SalesChannel,
  { whole: _, now, ...shipping }: Shipping & { readonly now: Instant },
): Omit<OrderRow, 'id' | 'contentsHash'> {
  return {
    channel: channel.id,
    number: order.number,
    customer: order.customer,
    priority: order.priority,
    placedAt: placedAt(order, now),
    acceptedAt: now,
    hold: order.hold,
    shipTo: order.shipTo,
    customerGroup: order.customerGroup,
    ...shipping,
  };
}

/** The order's items as they are placed. */
export function newItems(gate: Gate, { row, whole, lines }: Accepted, order: OrderId): ItemChange[] {
  return lines.map(({ demand, kind, change, fills, explanation }) => ({
    item: {
      order,
      line: demand.line,
      product: demand.product,
      channel: row.channel,
      customer: row.customer,
      kind,
      whole,
      bought: isBought(gate, { product: demand.product, channel: row.channel, whole, buckets: change }),
      priority: row.priority,
      waitingSince: row.placedAt,
      rejectedBy: [],
      buckets: change,
      events: 1,
      unitPrice: demand.unitPrice,
    },
    change,
    held: fills.map(({ warehouse, units }) => ({ warehouse, open: units })),
    cause: 'placed',
    reference: row.number,
    explanation,
  }));
}
