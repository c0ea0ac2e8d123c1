/** Refuses codes in a query that do not exist, where an empty list would mislead. */
import { unknownChannel, unknownSkus, unknownSupplier, unknownWarehouse } from '../../app/frame/refusals.ts';
import { DONE, type Outcome } from '../../core/kernel/refusal.ts';
import { type Codes, codesExist } from '../../reads/catalog/codes.ts';
import type { HttpContext } from './context.ts';

export async function refuseUnknown({ app }: HttpContext, codes: Codes): Promise<Outcome<undefined>> {
  const exist = await codesExist(app.db, codes);
  const { sku, warehouse, channel, supplier } = codes;
  if (sku !== undefined && !exist.sku) return unknownSkus([sku]);
  if (warehouse !== undefined && !exist.warehouse) return unknownWarehouse(warehouse);
  if (channel !== undefined && !exist.channel) return unknownChannel(channel);
  if (supplier !== undefined && !exist.supplier) return unknownSupplier(supplier);
  return DONE;
}
