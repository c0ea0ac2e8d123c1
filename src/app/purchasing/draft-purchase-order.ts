/** Writes the draft of a purchase order, whole: nothing is on its way before it is sent. */

import type { BodyOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchase-orders.ts';
import { refuse } from '../../core/kernel/refusal.ts';
import { readClock } from '../../db/gate.ts';
import {
  insertPurchaseOrderEvent,
  lockPurchaseOrder,
  type NewPurchaseLine,
  putPurchaseOrderRow,
  replacePurchaseLines,
} from '../../db/supply/purchase-orders.ts';
import { readSupplier } from '../../db/supply/suppliers.ts';
import { readPurchaseOrderView } from '../../reads/purchasing/purchase-orders.ts';
import type { App } from '../frame/app.ts';
import { type Answered, fresh, once } from '../frame/once.ts';
import { type PurchaseOrderCall, purchaseOrderNotFound, type Refused } from './purchase-order-at-gate.ts';

type Body = BodyOf<'putPurchaseOrder'>;

export async function putPurchaseOrder(
  app: App,
  { request, number, body }: PurchaseOrderCall<Body>,
): Promise<Answered<PurchaseOrderView>> {
  const products = await app.productIds.find(body.lines.map(({ sku }) => sku));
  return await once<PurchaseOrderView>(app, request, async (tx) => {
    const { now, version } = await readClock(tx);
    const supplier = await readSupplier(tx, body.supplier);
    if (supplier === undefined) {
      return fresh(
        refuse('unknown_supplier', `There is no supplier ${body.supplier}`, { supplier: body.supplier }),
      );
    }
    if (!supplier.enabled) return fresh(supplierDisabled(supplier.code));
    const { warehousesByCode } = await app.configuration.at(tx, version);
    const lines = linesOf(body, { products, warehouses: warehousesByCode });
    if ('ok' in lines) return fresh(lines);
    const existing = await lockPurchaseOrder(tx, number);
    if (existing !== undefined && existing.stage !== 'draft') return fresh(notADraft(number, existing.stage));
    if (existing?.lines.some(({ forOrder }) => forOrder !== null)) return fresh(boughtToOrder(number));
    const id = await putPurchaseOrderRow(tx, { number, supplier: supplier.id, note: body.note }, now);
    await replacePurchaseLines(tx, id, lines);
    const details = { supplier: body.supplier, lines: lines.length };
    await insertPurchaseOrderEvent(tx, id, { cause: 'drafted', details, now });
    const value = await readPurchaseOrderView(tx, number);
    return fresh(value === undefined ? purchaseOrderNotFound(number) : { ok: true, value });
  });
}

export function notADraft(number: string, stage: string): Refused {
  return refuse('not_a_draft', `Purchase order ${number} is ${stage}, not a draft; change it by its acts`, {
    purchaseOrder: number,
    stage,
  });
}

export function supplierDisabled(supplier: string): Refused {
  return refuse('supplier_disabled', `Supplier ${supplier} is disabled: nothing is ordered there`, {
    supplier,
  });
}

function boughtToOrder(number: string): Refused {
  return refuse(
    'bought_to_order',
    `Purchase order ${number} was made for order items; send it, or cancel it and its items join the queue`,
    { purchaseOrder: number },
  );
}

interface Codes {
  readonly products: ReadonlyMap<string, NewPurchaseLine['product']>;
  readonly warehouses: ReadonlyMap<
    string,
    { readonly id: NewPurchaseLine['warehouse']; readonly stock: string }
  >;
}

/** The rows of the draft, or the first refusal in the documented order, over all lines. */
function linesOf({ lines }: Body, { products, warehouses }: Codes): NewPurchaseLine[] | Refused {
  for (const { warehouse } of lines) {
    if (!warehouses.has(warehouse)) {
      return refuse('unknown_warehouse', `There is no warehouse ${warehouse}`, { warehouse });
    }
  }
  const unmanaged = lines.find(({ warehouse }) => warehouses.get(warehouse)?.stock === 'unmanaged');
  if (unmanaged !== undefined) {
    const { warehouse } = unmanaged;
    return refuse('stock_unmanaged', `No stock is kept for warehouse ${warehouse}`, { warehouse });
  }
  const unknown = [...new Set(lines.map(({ sku }) => sku).filter((sku) => !products.has(sku)))];
  if (unknown.length > 0) {
    return refuse('unknown_sku', `There is no product ${unknown.join(', ')}`, { skus: unknown });
  }
  return lines.flatMap(({ sku, warehouse, quantity, unitPrice, expectedOn }, index): NewPurchaseLine[] => {
    const product = products.get(sku);
    const place = warehouses.get(warehouse);
    if (product === undefined || place === undefined) return [];
    return [
      {
        line: index + 1,
        product,
        warehouse: place.id,
        ordered: quantity,
        unitPrice,
        expectedOn,
        forOrder: null,
        forLine: null,
      },
    ];
  });
}
