/**
 * Changes to one purchase order: its products are locked first, then the order, then its lines are read. What it
 * changes about incoming units makes promises of its products due, in the same transaction.
 */
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import { present } from '../../core/kernel/assert.ts';
import type { Outcome } from '../../core/kernel/refusal.ts';
import { requirePromises } from '../../db/supply/promises.ts';
import {
  insertPurchaseOrderEvent,
  lockPurchaseOrder,
  type PurchaseOrderRow,
  productsOfPurchaseOrder,
} from '../../db/supply/purchase-orders.ts';
import { readSupplier, type Supplier } from '../../db/supply/suppliers.ts';
import { readPurchaseOrderView } from '../../reads/purchasing/purchase-orders.ts';
import type { App } from '../frame/app.ts';
import type { Gate } from '../frame/gate.ts';
import { type Answered, type ChangeRequest, changeAtGate, fresh } from '../frame/once.ts';
import { purchaseOrderNotFound } from '../frame/refusals.ts';

export interface PurchaseOrderAtGate {
  readonly gate: Gate;
  readonly order: PurchaseOrderRow;
  readonly supplier: Supplier;
}

export interface PurchaseOrderCall<Body = unknown> {
  readonly request: ChangeRequest;
  readonly number: string;
  readonly body: Body;
}

/** The draft got other products between looking them up and locking them: look again. */
class OtherProductsError extends Error {
  override readonly name = 'OtherProductsError';
}

/** Acts on the order at the gate of all its products, and answers with what `act` says. */
export async function atPurchaseOrder<T>(
  app: App,
  { request, number }: Omit<PurchaseOrderCall, 'body'>,
  act: (at: PurchaseOrderAtGate) => Promise<Answered<T>>,
): Promise<Answered<T>> {
  for (;;) {
    const products = await productsOfPurchaseOrder(app.db, number);
    try {
      return await changeAtGate<T>({ app, request, products }, async (gate) => {
        const order = await lockPurchaseOrder(gate.tx, number);
        if (order === undefined) return fresh(purchaseOrderNotFound(number));
        if (order.lines.some(({ product }) => !gate.positions.has(product))) throw new OtherProductsError();
        const supplier = present(await readSupplier(gate.tx, order.supplier), 'an order names its supplier');
        return await act({ gate, order, supplier });
      });
    } catch (error) {
      if (!(error instanceof OtherProductsError)) throw error;
    }
  }
}

/** Makes `change`, once, and answers with the order. */
export async function changePurchaseOrder(
  app: App,
  call: Omit<PurchaseOrderCall, 'body'>,
  change: (at: PurchaseOrderAtGate) => Promise<Outcome<undefined>>,
): Promise<Answered<PurchaseOrderView>> {
  return await atPurchaseOrder<PurchaseOrderView>(app, call, async (at) => {
    const changed = await change(at);
    return fresh(changed.ok ? await purchaseOrderAnswer(at.gate, call.number) : changed);
  });
}

export async function purchaseOrderAnswer(gate: Gate, number: string): Promise<Outcome<PurchaseOrderView>> {
  const view = await readPurchaseOrderView(gate.tx, number);
  return view === undefined ? purchaseOrderNotFound(number) : { ok: true, value: view };
}

/** Writes the order's next event; promises of its products follow. */
export async function recordPurchaseOrderEvent(
  { gate, order }: PurchaseOrderAtGate,
  cause: string,
  details: unknown,
): Promise<void> {
  await insertPurchaseOrderEvent(gate.tx, order.id, { cause, details, now: gate.now });
  const products = [...new Set(order.lines.map(({ product }) => product))];
  await requirePromises(gate.tx, products, `purchase_order/${order.number}`);
}
