/**
 * Every change of what is on hand that is not a shipment: receipts, returns, adjustments, counts, damage, transfers.
 * A document is known by its kind and reference: sent again it has no effect and gets the first answer, and another
 * one under the same reference is refused. What a document does stands in frame/stock/stock-document.ts.
 */
import type { StockDocument } from '../../contract/inventory.ts';
import { findStockDocument } from '../../db/idempotency.ts';
import type { App } from '../frame/app.ts';
import { Contents } from '../frame/contents.ts';
import { type Answered, type ChangeRequest, changeAtGate, fresh, keptDocument } from '../frame/once.ts';
import { movesOf, recordDocument, type StockChange } from '../frame/stock/stock-document.ts';

export async function changeStock(
  app: App,
  request: ChangeRequest,
  change: StockChange,
): Promise<Answered<StockDocument>> {
  const contents = new Contents(request.meant, () => [JSON.stringify(change)]);
  const ids = await app.productIds.find(change.lines.map((line) => line.sku));
  return await changeAtGate<StockDocument>(
    { app, request, products: [...new Set(ids.values())] },
    async (gate) => {
      const before = await findStockDocument(gate.tx, change.kind, change.reference);
      if (before !== undefined) return keptDocument(before, change.reference, contents);
      const moves = await movesOf(gate, change, ids);
      if (!moves.ok) return fresh(moves);
      const document = await recordDocument(gate, { change, hash: contents.hash }, moves.value);
      return fresh({ ok: true, value: document });
    },
  );
}
