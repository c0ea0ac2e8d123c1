/** Writes the draft of a purchase order, whole: nothing is on its way before it is sent. */

import type { BodyOf } from '../../contract/operations.ts';
import type { PurchaseOrderView } from '../../contract/purchasing/purchase-orders.ts';
import type { Warehouse } from '../../core/inventory/warehouse.ts';
import { present } from '../../core/kernel/assert.ts';
import { type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import type { Configuration } from '../../db/catalog/configuration.ts';
import { readClock } from '../../db/gate/clock.ts';
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
import { warehouseByCode } from '../frame/by-code.ts';
import { type Answered, fresh, once } from '../frame/once.ts';
import {
  noStockKept,
  purchaseOrderNotFound,
  refuseUnknownSkus,
  supplierDisabled,
  unknownSupplier,
} from '../frame/refusals.ts';
import type { PurchaseOrderCall } from './purchase-order-at-gate.ts';

type Body = BodyOf<'putPurchaseOrder'>;

export async function putPurchaseOrder(
  app: App,
  { request, number, body }: PurchaseOrderCall<Body>,
): Promise<Answered<PurchaseOrderView>> {
  const products = await app.productIds.find(body.lines.map(({ sku }) => sku));
  return await once<PurchaseOrderView>(app, request, async (tx) => {
    const { now, version } = await readClock(tx);
    const supplier = await readSupplier(tx, body.supplier);
    if (supplier === undefined) return fresh(unknownSupplier(body.supplier));
    if (!supplier.enabled) return fresh(supplierDisabled(supplier.code));
    const lines = linesOf(body, { products, configuration: await app.configuration.at(tx, version) });
    if (!lines.ok) return fresh(lines);
    const existing = await lockPurchaseOrder(tx, number);
    if (existing !== undefined && existing.stage !== 'draft') return fresh(notADraft(number, existing.stage));
    if (existing?.lines.some(({ forOrder }) => forOrder !== null)) return fresh(boughtToOrder(number));
    const id = await putPurchaseOrderRow(tx, { number, supplier: supplier.id, note: body.note }, now);
    await replacePurchaseLines(tx, id, lines.value);
    const details = { supplier: body.supplier, lines: lines.value.length };
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

function boughtToOrder(number: string): Refused {
  return refuse(
    'bought_to_order',
    `Purchase order ${number} was made for order items; send it, or cancel it and its items join the queue`,
    { purchaseOrder: number },
  );
}

interface Codes {
  readonly products: ReadonlyMap<string, NewPurchaseLine['product']>;
  readonly configuration: Configuration;
}

/** The rows of the draft, or the first refusal in the documented order, over all lines. */
function linesOf({ lines }: Body, { products, configuration }: Codes): Outcome<readonly NewPurchaseLine[]> {
  const arrivals: Warehouse[] = [];
  for (const { warehouse } of lines) {
    const found = warehouseByCode({ configuration }, warehouse);
    if (!found.ok) return found;
    arrivals.push(found.value);
  }
  const unmanaged = arrivals.find(({ stock }) => stock === 'unmanaged');
  if (unmanaged !== undefined) return noStockKept(unmanaged.code);
  const known = refuseUnknownSkus(
    lines.map(({ sku }) => sku),
    products,
  );
  if (!known.ok) return known;
  const rows = lines.map(
    ({ sku, quantity, unitPrice, expectedOn }, index): NewPurchaseLine => ({
      line: index + 1,
      product: present(products.get(sku), 'every SKU was looked up'),
      warehouse: present(arrivals[index], 'every warehouse was looked up').id,
      ordered: quantity,
      unitPrice,
      expectedOn,
      forOrder: null,
      forLine: null,
    }),
  );
  return { ok: true, value: rows };
}
