/**
 * Buy to order: units that wait for a product which is bought only when somebody wants it get a purchase order line of
 * their own. What arrives on that line goes to that item alone; until then it stands outside the queue
 * (purchasing/bought-items.ts).
 */
import type { Warehouse } from '../../../core/inventory/warehouse.ts';
import type { ProductId } from '../../../core/kernel/ids.ts';
import { unserved } from '../../../core/orders/buckets.ts';
import type { OrderItem } from '../../../core/orders/order-item.ts';
import { rankWarehouses } from '../../../core/sourcing/rank-warehouses.ts';
import {
  addPurchaseLines,
  drawPurchaseOrderNumber,
  insertPurchaseOrderEvent,
  type NewPurchaseLine,
  putPurchaseOrderRow,
} from '../../../db/supply/purchase-orders.ts';
import { readSourcing, type Sourcing } from '../../../db/supply/suppliers.ts';
import type { Gate } from '../gate.ts';

/** A new item with the number of its order. */
export interface Placed {
  readonly item: OrderItem;
  readonly number: string;
}

/** Whether the waiting units of a new item are bought for it: never those of an order served as a whole. */
export function isBought(
  gate: Gate,
  item: Pick<OrderItem, 'product' | 'channel' | 'whole' | 'buckets'>,
): boolean {
  if (gate.positions.get(item.product)?.buyToOrder !== true) return false;
  return !item.whole && unserved(item.buckets) > 0 && arrivalOf(gate, item) !== undefined;
}

/** Where bought units arrive: the channel's first own warehouse. */
function arrivalOf({ configuration }: Gate, item: Pick<OrderItem, 'channel'>): Warehouse | undefined {
  const channel = configuration.channels.get(item.channel);
  if (channel === undefined) return undefined;
  return rankWarehouses(channel, configuration.warehouses, []).find(({ stock }) => stock === 'managed');
}

/** Drafts a purchase order for each order and supplier, with a line for each item that is bought. */
export async function draftBought(gate: Gate, placed: readonly Placed[]): Promise<void> {
  const bought = placed.filter(({ item }) => item.bought);
  if (bought.length === 0) return;
  const sourcing = await readSourcing(gate.tx, [...new Set(bought.map(({ item }) => item.product))]);
  const drafts = new Map<string, Placed[]>();
  for (const each of bought) {
    const source = sourcing.get(each.item.product);
    if (source === undefined) continue;
    const key = `${each.item.order}/${source.supplier}`;
    drafts.set(key, [...(drafts.get(key) ?? []), each]);
  }
  for (const draft of drafts.values()) await draftOne(gate, draft, sourcing);
}

async function draftOne(
  gate: Gate,
  placed: readonly Placed[],
  sourcing: ReadonlyMap<ProductId, Sourcing>,
): Promise<void> {
  const lines = placed.flatMap(({ item }): Omit<NewPurchaseLine, 'line'>[] => {
    const source = sourcing.get(item.product);
    const warehouse = arrivalOf(gate, item);
    if (source === undefined || warehouse === undefined) return [];
    return [
      {
        product: item.product,
        warehouse: warehouse.id,
        ordered: unserved(item.buckets),
        unitPrice: source.unitPrice,
        expectedOn: null,
        forOrder: item.order,
        forLine: item.line,
      },
    ];
  });
  const [one] = placed;
  const first = one && sourcing.get(one.item.product);
  if (one === undefined || first === undefined) return;
  const number = await drawPurchaseOrderNumber(gate.tx);
  const channel = gate.configuration.channels.get(one.item.channel)?.code;
  const note = `Bought for order ${channel}/${one.number}`;
  const id = await putPurchaseOrderRow(gate.tx, { number, supplier: first.supplier, note }, gate.now);
  await addPurchaseLines(
    gate.tx,
    id,
    lines.map((each, index) => ({ ...each, line: index + 1 })),
  );
  const details = { supplier: first.supplierCode, lines: lines.length, orderId: one.item.order };
  await insertPurchaseOrderEvent(gate.tx, id, { cause: 'drafted', details, now: gate.now });
}
