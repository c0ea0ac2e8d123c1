/**
 * One order as it is asked for, with what a repeat of it must equal: what was sent under its Idempotency-Key, and what is
 * meant under its number (contents.ts).
 */
import { writerOf } from '../../contract/canonical.ts';
import { type OrderRequest, order as orderSchema } from '../../contract/orders.ts';
import { Contents } from '../frame/contents.ts';
import type { ChangeRequest } from '../frame/once.ts';

export interface PlaceRequest {
  readonly order: OrderRequest;
  /** The Idempotency-Key header, or a part of that of a bulk request; undefined when none was sent. */
  readonly key: string | undefined;
  readonly sent: Contents;
  readonly meant: Contents;
}

/** By what an order is known: its channel and its own number. No code of a channel has a line break. */
export function nameOf({ channel, number }: Pick<OrderRequest, 'channel' | 'number'>): string {
  return `${channel}\n${number}`;
}

const write = writerOf(orderSchema);

/** @param under the key and what was sent under it; where it is not said, that is the order itself */
export function placeRequest(
  order: OrderRequest,
  under: Pick<ChangeRequest, 'key'> & Partial<Pick<ChangeRequest, 'sent'>> = { key: undefined },
): PlaceRequest {
  const meant = new Contents(
    () => write(order),
    () => ordersBefore(order),
  );
  return { order, key: under.key, sent: under.sent ?? meant, meant };
}

/** Members of an order as versions before wrote them, in their order; customer groups came later than the rest. */
const MEMBERS_BEFORE = [
  ...['channel', 'number', 'customer', 'customerGroup', 'placedAt', 'priority', 'hold', 'shipping'],
  ...['whenIncomplete', 'shipTo', 'country', 'postcode', 'latitude', 'longitude'],
  ...['items', 'sku', 'quantity', 'unitPrice'],
];
const MEMBERS_FIRST = MEMBERS_BEFORE.filter((name) => name !== 'customerGroup');

/** The JSON of an order that versions before fingerprinted, each way they had. */
export function ordersBefore(order: OrderRequest): readonly string[] {
  const last = JSON.stringify(order, MEMBERS_BEFORE);
  return order.customerGroup === null ? [last, JSON.stringify(order, MEMBERS_FIRST)] : [last];
}
