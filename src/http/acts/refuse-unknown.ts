/** Refuses codes in a query that do not exist, where an empty list would mislead. */
import { refuse } from '../../core/kernel/refusal.ts';
import { type Codes, codesExist } from '../../reads/catalog/codes.ts';
import type { HttpContext } from './context.ts';

export async function refuseUnknown(
  { app }: HttpContext,
  codes: Codes,
): Promise<ReturnType<typeof refuse> | undefined> {
  const exist = await codesExist(app.db, codes);
  const { sku, warehouse, channel, supplier } = codes;
  if (!exist.sku) return refuse('unknown_sku', `There is no product ${sku}`, { skus: [sku] });
  if (!exist.warehouse)
    return refuse('unknown_warehouse', `There is no warehouse ${warehouse}`, { warehouse });
  if (!exist.channel) return refuse('unknown_channel', `There is no sales channel ${channel}`, { channel });
  if (!exist.supplier) return refuse('unknown_supplier', `There is no supplier ${supplier}`, { supplier });
  return undefined;
}
