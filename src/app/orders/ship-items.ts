/**
 * Ships allocated units of one warehouse: they leave the books now, allocation by allocation. Refused while the order
 * is on hold, before a pre-order's release by the database's clock, and while an order that ships complete is not.
 */
import type { BodyOf } from '../../contract/operations.ts';
import type { OrderView } from '../../contract/order-views.ts';
import { DONE, type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import { isoInstant } from '../../core/kernel/time.ts';
import { bucketChange } from '../../core/orders/buckets.ts';
import { SHIPPING_BARS, type ShippingBar, shippingBar } from '../../core/orders/may-ship.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { inTransaction } from '../../db/database.ts';
import { findShipment, insertShipment, keepShipmentAnswer } from '../../db/idempotency.ts';
import { moveStock } from '../../db/inventory.ts';
import { productsOfOrder } from '../../db/orders/orders.ts';
import type { App } from '../frame/app.ts';
import { warehouseByCode } from '../frame/by-code.ts';
import { Contents } from '../frame/contents.ts';
import { type Answered, changeAtGate, fresh, keptDocument } from '../frame/once.ts';
import { type ItemChange, recordChanges } from '../frame/record-changes.ts';
import { orderNotFound } from '../frame/refusals.ts';
import {
  type Held,
  heldUnits,
  type OrderAtGate,
  type OrderCall,
  orderAnswer,
  readOrderAtGate,
} from './order-at-gate.ts';
import { sumUnits } from './sum-units.ts';

type Body = BodyOf<'shipItems'>;

export async function shipItems(
  app: App,
  { request, id, body }: OrderCall<Body>,
): Promise<Answered<OrderView>> {
  const contents = new Contents(request.meant, () => [JSON.stringify([id, body])]);
  const products = await inTransaction(app.db, (tx) => productsOfOrder(tx, id));
  return await changeAtGate<OrderView>({ app, request, products }, async (gate) => {
    const at = await readOrderAtGate(gate, id);
    if (at === undefined) return fresh(orderNotFound(id));
    const before = await findShipment(gate.tx, body.reference);
    if (before !== undefined) return keptDocument(before, body.reference, contents);
    const shipped = await ship(at, body, contents.hash);
    if (!shipped.ok) return fresh(shipped);
    const answer = await orderAnswer(gate, id);
    if (answer.ok) await keepShipmentAnswer(gate.tx, shipped.value, answer.value);
    return fresh(answer);
  });
}

/** @returns the shipment's id */
async function ship(at: OrderAtGate, body: Body, hash: string): Promise<Outcome<number>> {
  const { gate, order } = at;
  const found = warehouseByCode(gate, body.warehouse);
  if (!found.ok) return found;
  const warehouse = found.value;
  if (order.hold !== null) return barRefusal(at, 'order_on_hold', order.hold);
  const held = heldUnits(at, { warehouse, of: 'open' }, body.items);
  if (!held.ok) return held;
  const checked = checkBars(at, held.value);
  if (!checked.ok) return checked;
  const id = await insertShipment(gate.tx, {
    order: order.id,
    warehouse: warehouse.id,
    reference: body.reference,
    tracking: body.tracking,
    contentsHash: hash,
    now: gate.now,
    lines: held.value.map(({ item, units }) => ({
      line: item.line,
      product: item.product,
      units,
      releasedAt: item.kind === 'preorder' ? gate.world.policy(item.product, item.channel).releaseAt : null,
    })),
  });
  await recordChanges(
    gate,
    held.value.map((each) => shipment(each, body, warehouse.code)),
    null,
  );
  if (warehouse.stock === 'managed') {
    const movements = sumUnits(held.value).map(([product, units]) => ({
      product,
      warehouse: warehouse.id,
      kind: 'ship' as const,
      units: -units,
    }));
    await moveStock(gate.tx, movements, { reason: null, cause: `ship/${body.reference}`, now: gate.now });
  }
  return { ok: true, value: id };
}

function shipment({ item, allocation, units }: Held, body: Body, warehouse: string): ItemChange {
  return {
    item,
    change: bucketChange({ allocated: -units, shipped: units }),
    held: [
      {
        warehouse: allocation.warehouse,
        open: -units,
        picked: -Math.min(allocation.picked, units),
        shipped: units,
      },
    ],
    cause: 'shipped',
    reference: `ship/${body.reference}`,
    explanation: { warehouse },
  };
}

function checkBars(at: OrderAtGate, held: readonly Held[]): Outcome<undefined> {
  const { order, items, gate } = at;
  const toShip = (item: OrderItem) => {
    const { releaseAt } = gate.world.policy(item.product, item.channel);
    return { ...item, releaseAt };
  };
  const shipping = { ...order, items: items.map(toShip) };
  const bars = held.flatMap(({ item }) => shippingBar(shipping, toShip(item), gate.now) ?? []);
  for (const code of SHIPPING_BARS) {
    const bar = bars.find((each) => each.code === code);
    if (bar === undefined) continue;
    return barRefusal(at, code, bar.code === 'not_released' ? isoInstant(bar.releaseAt) : '');
  }
  return DONE;
}

function gateWords({ itemGatePercent, orderGatePercent }: OrderAtGate['order']): string {
  const words = [
    ...(itemGatePercent === null ? [] : [`${itemGatePercent} % of an item`]),
    ...(orderGatePercent === null ? [] : [`${orderGatePercent} % of the order`]),
  ];
  return words.join(' and ');
}

function barRefusal(at: OrderAtGate, bar: ShippingBar['code'], detail: string): Refused {
  const sentences: Record<ShippingBar['code'], string> = {
    order_on_hold: `Order ${at.order.id} is on hold: ${detail}. Lift the hold first`,
    not_released: `A pre-order of order ${at.order.id} may not ship before ${detail}`,
    order_incomplete: `Order ${at.order.id} ships complete, and some of its units still wait`,
    below_release_gate: `Order ${at.order.id} leaves only when ${gateWords(at.order)} has stock`,
  };
  return refuse(
    bar,
    sentences[bar],
    bar === 'not_released' ? { releaseAt: detail } : { orderId: at.order.id },
  );
}
