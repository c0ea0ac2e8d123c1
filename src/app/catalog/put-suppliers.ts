/** Writes suppliers and the terms under which they sell us products. Terms that date promises make them due. */
import type { BodyOf, ParamsOf } from '../../contract/operations.ts';
import type { SupplierTerms, SupplierView } from '../../contract/purchasing/suppliers.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import {
  deleteTermsRow,
  putSupplierRow,
  putTermsRow,
  readSupplier,
  refreshSourcing,
} from '../../db/supply/suppliers.ts';
import type { App } from '../frame/app.ts';
import { type Answered, changeAtGate, fresh, once } from '../frame/once.ts';
import { supplierNotFound, unknownSkus } from '../frame/refusals.ts';
import type { PutCall } from './put-catalog.ts';

export async function putSupplier(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'putSupplier'>>,
): Promise<Answered<SupplierView>> {
  return await once<SupplierView>(app, request, async (tx) => {
    await shareConfiguration(tx);
    const supplier = await putSupplierRow(tx, { ...body, code });
    await refreshSourcing(tx, { supplier, product: null }, `supplier/${code}`);
    return fresh({ ok: true, value: { ...body, code } });
  });
}

export async function putSupplierProduct(
  app: App,
  { request, name, body }: PutCall<ParamsOf<'putSupplierProduct'>, BodyOf<'putSupplierProduct'>>,
): Promise<Answered<SupplierTerms>> {
  const product = (await app.productIds.find([name.sku])).get(name.sku);
  const products = product === undefined ? [] : [product];
  return await changeAtGate<SupplierTerms>({ app, request, products }, async (gate) => {
    const supplier = await readSupplier(gate.tx, name.supplier);
    if (supplier === undefined) return fresh(supplierNotFound(name.supplier));
    if (product === undefined) return fresh(unknownSkus([name.sku]));
    await putTermsRow(gate.tx, { supplier: supplier.id, product }, body);
    await refreshSourcing(gate.tx, { supplier: supplier.id, product }, `supplier/${name.supplier}`);
    return fresh({ ok: true, value: { ...body, ...name } });
  });
}

export async function deleteSupplierProduct(
  app: App,
  { request, name }: Omit<PutCall<ParamsOf<'deleteSupplierProduct'>>, 'body'>,
): Promise<Answered<{ deleted: boolean }>> {
  const product = (await app.productIds.find([name.sku])).get(name.sku);
  const products = product === undefined ? [] : [product];
  return await changeAtGate<{ deleted: boolean }>({ app, request, products }, async (gate) => {
    const supplier = await readSupplier(gate.tx, name.supplier);
    if (supplier === undefined) return fresh(supplierNotFound(name.supplier));
    if (product === undefined) return fresh(unknownSkus([name.sku]));
    const deleted = await deleteTermsRow(gate.tx, { supplier: supplier.id, product });
    await refreshSourcing(gate.tx, { supplier: supplier.id, product }, `supplier/${name.supplier}`);
    return fresh({ ok: true, value: { deleted } });
  });
}
