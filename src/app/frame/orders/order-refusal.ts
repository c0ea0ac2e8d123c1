/**
 * Why a channel does not take an order, or more of one: every failing product at once, each with what is available and what
 * may wait, so that whoever sent it can send what would be accepted.
 */
import type { SalesChannel } from '../../../core/catalog/sales-channel.ts';
import { present } from '../../../core/kernel/assert.ts';
import { type Refused, refuse } from '../../../core/kernel/refusal.ts';
import type { FailingProduct } from '../../../core/orders/accept.ts';
import { readSkus } from '../../../db/catalog/catalog.ts';
import type { Gate } from '../gate.ts';

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
): Promise<Refused> {
  const skus = await readSkus(
    gate.tx,
    failing.map((each) => each.product),
  );
  const items = failing.map(
    ({ product, bar, wanted, available, mayWait }): FailingItem => ({
      sku: present(skus.get(product), 'a product has a SKU'),
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
