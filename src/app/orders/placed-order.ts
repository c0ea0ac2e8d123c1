/**
 * The answers to placing an order: what was accepted, or every product that kept it from being accepted with what is
 * available and what may wait. A repeat is answered from the items' first events, so it gets the very same answer.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';
import type { OrderRequest } from '../../contract/orders.ts';
import type { DecidedLine } from '../../core/allocation/decide-order.ts';
import type { SalesChannel } from '../../core/catalog/sales-channel.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import { type Outcome, type Refusal, refuse } from '../../core/kernel/refusal.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import type { FailingProduct } from '../../core/orders/accept.ts';
import type { Buckets } from '../../core/orders/buckets.ts';
import { itemStatus } from '../../core/orders/item-status.ts';
import { readSkus } from '../../db/catalog/catalog.ts';
import { type OrderRow, type RefusedProduct, readPlacedItems } from '../../db/orders/orders.ts';
import type { Gate } from '../frame/gate.ts';

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
        { line: demand.line, sku: request.items[demand.line - 1]?.sku ?? '' },
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
    channel: gate.configuration.channels.get(row.channel)?.code ?? '',
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

/** One failing product as it is told: `mayWait` null means unlimited. */
export interface FailingItem {
  readonly sku: string;
  readonly code: string;
  readonly wanted: number;
  readonly available: number;
  readonly mayWait: number | null;
}

/** Refuses an order, naming every failing product and what would be accepted. */
export async function orderRefusal(
  gate: Gate,
  channel: SalesChannel,
  failing: readonly FailingProduct[],
): Promise<{ readonly ok: false; readonly refusal: Refusal }> {
  const skus = await readSkus(
    gate.tx,
    failing.map((each) => each.product),
  );
  const items = failing.map(
    ({ product, bar, wanted, available, mayWait }): FailingItem => ({
      sku: skus.get(product) ?? '',
      code: bar,
      wanted,
      available,
      mayWait: mayWait === 'unlimited' ? null : mayWait,
    }),
  );
  const sentences = items.map(
    (each) =>
      `${each.sku}: ${each.wanted} wanted, ${each.available} available, ${each.mayWait ?? 'any number'} may wait (${each.code})`,
  );
  return refuse('order_refused', `Channel ${channel.code} cannot take this order. ${sentences.join('; ')}`, {
    items,
  });
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
