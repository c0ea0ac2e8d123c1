/**
 * The answers to placing an order, and what is kept of orders that were refused. A repeat is answered from the items' first
 * events, so it gets the very same answer.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';
import type { OrderRequest } from '../../contract/orders.ts';
import type { DecidedLine } from '../../core/allocation/decide-order.ts';
import { present } from '../../core/kernel/assert.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import type { Buckets } from '../../core/orders/buckets.ts';
import { itemStatus } from '../../core/orders/item-status.ts';
import { type OrderRow, type RefusedProduct, readPlacedItems } from '../../db/orders/orders.ts';
import type { Gate } from '../frame/gate.ts';
import type { FailingItem } from '../frame/orders/order-refusal.ts';

type PlacedItem = PlacedOrder['items'][number];

function placedItem(
  { line, sku }: { readonly line: number; readonly sku: string },
  quantities: Buckets,
  asked: readonly { readonly warehouse: string; readonly gave: number }[] | undefined,
): PlacedItem {
  const gave = (asked ?? []).filter((each) => each.gave > 0);
  return {
    line,
    sku,
    status: itemStatus(quantities),
    quantities: { ...quantities },
    allocations: gave.map(({ warehouse, gave: units }) => ({ warehouse, units })),
  };
}

export function placedOrder(
  gate: Gate,
  row: OrderRow,
  { request, lines }: { readonly request: OrderRequest; readonly lines: readonly DecidedLine[] },
): PlacedOrder {
  return {
    ...headOf(gate, row),
    items: lines.map(({ demand, change, explanation }) =>
      placedItem(
        { line: demand.line, sku: present(request.items[demand.line - 1], 'a line is an item').sku },
        change,
        explanation.asked,
      ),
    ),
  };
}

function headOf(gate: Gate, row: OrderRow) {
  return {
    id: row.id,
    number: row.number,
    channel: present(gate.configuration.channels.get(row.channel), 'the channel of an order exists').code,
    acceptedAt: isoInstant(row.acceptedAt),
  };
}

/** The answers that these orders were given when they were placed. */
export async function readPlacedOrders(gate: Gate, orders: readonly OrderRow[]): Promise<PlacedOrder[]> {
  const rows = await readPlacedItems(
    gate.tx,
    orders.map((each) => each.id),
  );
  return orders.map((order) => ({
    ...headOf(gate, order),
    items: rows
      .filter((row) => row.order === order.id)
      .map(({ line, sku, explanation, order: _, ...units }) =>
        placedItem({ line, sku }, { ...units, shipped: 0, cancelled: 0 }, explanation.asked),
      ),
  }));
}

/** Orders that are placed together. */
export interface Batch {
  readonly gate: Gate;
  /** Products by SKU; those that do not exist are missing. */
  readonly products: ReadonlyMap<string, ProductId>;
}

export function refusedProducts(
  { gate, products }: Batch,
  order: OrderRequest,
  outcome: Outcome<unknown>,
): RefusedProduct[] {
  const channel = gate.configuration.channelsByCode.get(order.channel);
  if (outcome.ok || outcome.refusal.code !== 'order_refused' || channel === undefined) return [];
  const items = (outcome.refusal.details?.['items'] ?? []) as readonly FailingItem[];
  return items.flatMap(({ sku, ...failing }) => {
    const product = products.get(sku);
    return product === undefined ? [] : [{ channel: channel.id, number: order.number, product, ...failing }];
  });
}
