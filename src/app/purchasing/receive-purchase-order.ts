/**
 * Counts in what arrived of a purchase order: the line's open units fall, the level rises, and whoever waits is served,
 * all in one transaction. What a line was bought for goes to its item at once; the rest is free for the queue.
 */
import type { BodyOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import { checkAll, type Outcome, refuse } from '../../core/kernel/refusal.ts';
import { localDate, localDateFrom } from '../../core/kernel/time.ts';
import { mayReceive } from '../../core/supply/purchase-order.ts';
import { findStockDocument, keepDocumentAnswer } from '../../db/idempotency.ts';
import {
  changePurchaseLines,
  insertReceiptLines,
  type PurchaseLine,
} from '../../db/supply/purchase-orders.ts';
import type { App } from '../frame/app.ts';
import { warehouseByCode } from '../frame/by-code.ts';
import { Contents } from '../frame/contents.ts';
import { type Answered, fresh, keptDocument } from '../frame/once.ts';
import { movesOf, recordDocument, type StockChange } from '../frame/stock/stock-document.ts';
import { refuseUnknownLines, refuseUnlessOnItsWay } from './advance-purchase-order.ts';
import { giveBought } from './bought-items.ts';
import {
  atPurchaseOrder,
  type PurchaseOrderAtGate,
  type PurchaseOrderCall,
  purchaseOrderAnswer,
  recordPurchaseOrderEvent,
} from './purchase-order-at-gate.ts';

type Body = BodyOf<'receivePurchaseOrder'>;

/** A line of the receipt with the line of the order it counts in. */
interface Arrived {
  readonly line: PurchaseLine;
  readonly units: number;
}

export async function receivePurchaseOrder(
  app: App,
  { body, ...call }: PurchaseOrderCall<Body>,
): Promise<Answered<PurchaseOrderView>> {
  const contents = new Contents(call.request.meant, () => [JSON.stringify([call.number, body])]);
  return await atPurchaseOrder<PurchaseOrderView>(app, call, async (at) => {
    const { gate, order } = at;
    const before = await findStockDocument(gate.tx, 'receive', body.reference);
    if (before !== undefined) return keptDocument(before, body.reference, contents);
    const found = warehouseByCode(gate, body.warehouse);
    if (!found.ok) return fresh(found);
    const warehouse = found.value;
    const arrived = arrivedLines(at, body, warehouse);
    if (!arrived.ok) return fresh(arrived);
    const counted = await countIn(at, { body, hash: contents.hash, warehouse }, arrived.value);
    if (!counted.ok) return fresh(counted);
    const answer = await purchaseOrderAnswer(gate, order.number);
    if (answer.ok) await keepDocumentAnswer(gate.tx, counted.value, answer.value);
    return fresh(answer);
  });
}

function arrivedLines(
  at: PurchaseOrderAtGate,
  body: Body,
  warehouse: Warehouse,
): Outcome<readonly Arrived[]> {
  const checked = checkAll([refuseUnlessOnItsWay(at), refuseUnknownLines(at, body.lines)]);
  if (!checked.ok) return checked;
  const { order, supplier } = at;
  const arrived = body.lines.flatMap(({ line, units }) =>
    order.lines.filter((each) => each.line === line).map((each) => ({ line: each, units })),
  );
  const elsewhere = arrived.find(({ line }) => line.warehouse !== warehouse.id);
  if (elsewhere !== undefined) {
    const expected = at.gate.configuration.warehouses.get(elsewhere.line.warehouse)?.code ?? '';
    return refuse(
      'wrong_warehouse',
      `Line ${elsewhere.line.line} of ${order.number} arrives in ${expected}, not in ${warehouse.code}; count it in there and transfer it`,
      { line: elsewhere.line.line, warehouse: expected },
    );
  }
  const over = arrived.find(({ line, units }) => units > mayReceive(line, supplier.overReceiptPercent));
  if (over === undefined) return { ok: true, value: arrived };
  const accepted = mayReceive(over.line, supplier.overReceiptPercent);
  return refuse(
    'over_receipt',
    `Line ${over.line.line} of ${order.number} takes ${accepted} more units (${over.line.ordered} ordered, ${over.line.received} received, ${supplier.overReceiptPercent} % more allowed), not ${over.units}; receive the rest without a purchase order`,
    { line: over.line.line, accepted, units: over.units },
  );
}

/** @returns the document's id */
async function countIn(
  at: PurchaseOrderAtGate,
  { body, hash, warehouse }: { readonly body: Body; readonly hash: string; readonly warehouse: Warehouse },
  arrived: readonly Arrived[],
): Promise<Outcome<number>> {
  const { gate, order } = at;
  const change = stockChange(body, arrived);
  const ids = new Map(arrived.map(({ line }) => [line.sku, line.product]));
  const moves = await movesOf(gate, change, ids);
  if (!moves.ok) return moves;
  const { id: document } = await recordDocument(gate, { change, hash }, moves.value);
  await changePurchaseLines(
    gate.tx,
    order.id,
    arrived.map(({ line, units }) => ({ line: line.line, received: units, closed: 0, withdrawn: 0 })),
  );
  const today = localDate(gate.now, warehouse.timeZone);
  const arrivedOn = body.receivedOn === undefined ? today : localDateFrom(body.receivedOn);
  const receivedOn = arrivedOn < today ? arrivedOn : today;
  await insertReceiptLines(gate.tx, { document, order: order.id, receivedOn }, body.lines);
  await giveBought(at, { warehouse, reference: body.reference }, arrived);
  const details = { reference: body.reference, warehouse: body.warehouse, lines: body.lines };
  await recordPurchaseOrderEvent(at, 'received', details);
  return { ok: true, value: document };
}

/** Lines of one product count in together: a level moves once in a document. */
function stockChange(body: Body, arrived: readonly Arrived[]): StockChange {
  const units = new Map<string, number>();
  for (const each of arrived) units.set(each.line.sku, (units.get(each.line.sku) ?? 0) + each.units);
  return {
    kind: 'receive',
    reference: body.reference,
    reason: body.reason,
    availableOnly: false,
    lines: [...units].map(([sku, sum]) => ({ sku, warehouse: body.warehouse, kind: 'receive', units: sum })),
  };
}
