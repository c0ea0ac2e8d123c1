/**
 * What becomes of items that something was bought for. What arrives on their line goes to them alone; when the line no
 * longer covers one (closed, cancelled) it joins the queue at its own place.
 */
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import { bucketChange, unserved } from '../../core/orders/buckets.ts';
import { type OrderItem, serve } from '../../core/orders/order-item.ts';
import { openUnits } from '../../core/supply/purchase-order.ts';
import { readItems } from '../../db/orders/order-items.ts';
import { lockPurchaseOrder, type PurchaseLine } from '../../db/supply/purchase-orders.ts';
import type { Gate } from '../frame/gate.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import type { PurchaseOrderAtGate } from './purchase-order-at-gate.ts';

/** The items that lines of the order were bought for and that still wait outside the queue. */
async function boughtItems(
  gate: Gate,
  lines: readonly PurchaseLine[],
): Promise<{ readonly line: PurchaseLine; readonly item: OrderItem }[]> {
  const made = lines.filter((line) => line.forOrder !== null);
  const orders = [...new Set(made.map(({ forOrder }) => forOrder).filter((id) => id !== null))];
  const items = orders.length === 0 ? [] : await readItems(gate.tx, orders);
  return made.flatMap((line) =>
    items
      .filter((item) => item.order === line.forOrder && item.line === line.forLine && item.bought)
      .map((item) => ({ line, item })),
  );
}

/** Gives what arrived on a line to the item it was bought for, as far as that still waits. */
export async function giveBought(
  { gate, order }: PurchaseOrderAtGate,
  { warehouse, reference }: { readonly warehouse: Warehouse; readonly reference: string },
  arrived: readonly { readonly line: PurchaseLine; readonly units: number }[],
): Promise<void> {
  const items = await boughtItems(
    gate,
    arrived.map(({ line }) => line),
  );
  const changes = items.flatMap(({ line, item }): ItemChange[] => {
    const units = arrived.find((each) => each.line.line === line.line)?.units ?? 0;
    const given = Math.min(units, unserved(item.buckets));
    if (given === 0) return [];
    return [
      {
        item,
        change: serve(item.buckets, given),
        held: [{ warehouse: warehouse.id, open: given }],
        cause: 'filled',
        reference: `receive/${reference}`,
        explanation: { boughtWith: order.number, warehouse: warehouse.code },
      },
    ];
  });
  await recordChanges(gate, changes, null);
}

/** Items that wait for more than their line will still bring join the queue. */
export async function releaseBought({ gate, order }: PurchaseOrderAtGate): Promise<void> {
  const now = await lockPurchaseOrder(gate.tx, order.number);
  if (now === undefined) return;
  const items = await boughtItems(gate, now.lines);
  const changes = items
    .filter(({ line, item }) => now.stage === 'cancelled' || openUnits(line) < unserved(item.buckets))
    .map(
      ({ item }): ItemChange => ({
        item,
        change: bucketChange({}),
        held: [],
        cause: 'changed',
        reference: `purchase_order/${order.number}`,
        explanation: {
          boughtWith: order.number,
          reason: 'nothing is bought for it any more: it joins the queue',
        },
        joinsQueue: true,
      }),
    );
  await recordChanges(gate, changes, `purchase_order/${order.number}`);
}
