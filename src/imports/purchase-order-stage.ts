/**
 * How far people brought a purchase order. Its status says more and hides this: one that was partly received may have
 * been confirmed or not, which only its events tell. Files speak of the stage, since it is what can be done again.
 */
import type { Client } from '../contract/call.ts';
import type { PurchaseOrderView } from '../contract/purchasing/purchase-orders.ts';
import { rowsOf } from '../contract/rows-of.ts';
import type { PurchaseOrderStage } from '../core/supply/purchase-order.ts';

export async function stageOf(
  client: Client,
  { number, status }: Pick<PurchaseOrderView, 'number' | 'status'>,
): Promise<PurchaseOrderStage> {
  if (status === 'draft' || status === 'sent' || status === 'confirmed' || status === 'cancelled')
    return status;
  const events = rowsOf((query) =>
    client.must('listPurchaseOrderEvents', { params: { purchaseOrder: number }, query }),
  );
  for await (const { cause } of events) if (cause === 'confirmed') return 'confirmed';
  return 'sent';
}
