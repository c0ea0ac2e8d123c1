/**
 * The refusals that several stories share: code, sentence and details of each, once. What only one story refuses is worded
 * in that story. The type and the codes are in core/kernel/refusal.ts, the HTTP status of each code in http/problem.ts.
 */
import { DONE, type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';

/** What a request can ask for or name, in the words of the sentence. */
export type Thing =
  | 'sales channel'
  | 'warehouse'
  | 'product'
  | 'supplier'
  | 'order'
  | 'item'
  | 'purchase order'
  | 'rule set'
  | 'saved report';

function thereIsNo(thing: Thing, name: string | number): string {
  return `There is no ${thing} ${name}`;
}

/** What was asked for by its address. */
export function notFound(
  thing: Thing,
  name: string | number,
  details: Readonly<Record<string, string | number>>,
): Refused {
  return refuse('not_found', thereIsNo(thing, name), details);
}

export function orderNotFound(orderId: number): Refused {
  return notFound('order', orderId, { orderId });
}

export function itemNotFound(orderId: number, line: number): Refused {
  return refuse('not_found', `Order ${orderId} has no line ${line}`, { orderId, line });
}

export function purchaseOrderNotFound(purchaseOrder: string): Refused {
  return notFound('purchase order', purchaseOrder, { purchaseOrder });
}

export function purchaseOrderLineNotFound(purchaseOrder: string, line: number): Refused {
  return refuse('not_found', `Purchase order ${purchaseOrder} has no line ${line}`, { purchaseOrder, line });
}

export function productNotFound(sku: string): Refused {
  return notFound('product', sku, { sku });
}

export function supplierNotFound(supplier: string): Refused {
  return notFound('supplier', supplier, { supplier });
}

export function ruleSetNotFound(version: number): Refused {
  return notFound('rule set', version, { version });
}

export function savedReportNotFound(savedReport: string): Refused {
  return notFound('saved report', savedReport, { savedReport });
}

/** What a request names beside its address. */
export function unknownChannel(channel: string): Refused {
  return refuse('unknown_channel', thereIsNo('sales channel', channel), { channel });
}

export function unknownWarehouse(warehouse: string): Refused {
  return refuse('unknown_warehouse', thereIsNo('warehouse', warehouse), { warehouse });
}

export function unknownSupplier(supplier: string): Refused {
  return refuse('unknown_supplier', thereIsNo('supplier', supplier), { supplier });
}

export function unknownRuleSet(version: number): Refused {
  return refuse('unknown_rule_set', thereIsNo('rule set', version), { version });
}

export function unknownSkus(skus: readonly string[]): Refused {
  return refuse('unknown_sku', thereIsNo('product', skus.join(', ')), { skus });
}

/** Refuses all SKUs at once that are not among the products that were found. */
export function refuseUnknownSkus(
  skus: readonly string[],
  found: ReadonlyMap<string, unknown>,
): Outcome<undefined> {
  const unknown = [...new Set(skus)].filter((sku) => !found.has(sku));
  return unknown.length === 0 ? DONE : unknownSkus(unknown);
}

export function channelDisabled(channel: string): Refused {
  return refuse('channel_disabled', `Sales channel ${channel} is disabled`, { channel });
}

export function supplierDisabled(supplier: string): Refused {
  return refuse('supplier_disabled', `Supplier ${supplier} is disabled: nothing is ordered there`, {
    supplier,
  });
}

/** Nothing can be counted in, moved or bought where no stock is kept. */
export function noStockKept(warehouse: string): Refused {
  return refuse('stock_unmanaged', `No stock is kept for warehouse ${warehouse}`, { warehouse });
}

export function keyReused(key: string): Refused {
  return refuse(
    'idempotency_key_reused',
    `Idempotency-Key ${key} was used for another request; send a new key for a new request`,
    { key },
  );
}

export function referenceReused(reference: string): Refused {
  return refuse('reference_reused', `Reference ${reference} belongs to another document; send a new one`, {
    reference,
  });
}

export function orderNumberReused(number: string): Refused {
  return refuse(
    'order_number_reused',
    `Order number ${number} of this channel belongs to another order; change that one, or send a new number`,
    { number },
  );
}

export function productsSetAside(skus: readonly string[], since: Instant): Refused {
  const from = isoInstant(since);
  return refuse(
    'product_set_aside',
    `Stock of ${skus.join(', ')} cannot be given to those who wait for it since ${from}, and nobody may overtake them; Allot tries again by itself, send this again later`,
    { skus, since: from },
  );
}
