/** Writes suppliers and the terms under which they sell us products. Terms that date promises make them due. */
import type { BodyOf, ParamsOf } from '../../contract/operations.ts';
import type { SupplierTerms, SupplierView } from '../../contract/purchasing/suppliers.ts';
import { type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import type { Tx } from '../../db/database.ts';
import { shareConfiguration } from '../../db/gate/configuration-lock.ts';
import {
  deleteTermsRow,
  lockSupplier,
  putSupplierRow,
  putTermsRow,
  readSupplier,
  refreshSourcing,
} from '../../db/supply/suppliers.ts';
import { readSuppliers, readSupplierTerms } from '../../reads/purchasing/suppliers.ts';
import type { App } from '../frame/app.ts';
import { type Answered, changeAtGate, fresh, once } from '../frame/once.ts';
import { supplierNotFound, unknownSkus } from '../frame/refusals.ts';
import { patched } from './patched.ts';
import type { PutCall } from './put-catalog.ts';

export async function putSupplier(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'putSupplier'>>,
): Promise<Answered<SupplierView>> {
  return await once<SupplierView>(app, request, async (tx) => {
    await shareConfiguration(tx);
    return fresh(await writeSupplier(tx, { ...body, code }));
  });
}

export async function patchSupplier(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'patchSupplier'>>,
): Promise<Answered<SupplierView>> {
  return await once<SupplierView>(app, request, async (tx) => {
    await shareConfiguration(tx);
    await lockSupplier(tx, code);
    const [current] = await readSuppliers(tx, { code });
    if (current === undefined) return fresh(supplierNotFound(code));
    const whole = patched('putSupplier', current, body);
    return fresh(whole.ok ? await writeSupplier(tx, { ...whole.value, code }) : whole);
  });
}

async function writeSupplier(tx: Tx, supplier: SupplierView): Promise<Outcome<SupplierView>> {
  const id = await putSupplierRow(tx, supplier);
  await refreshSourcing(tx, { supplier: id, product: null }, `supplier/${supplier.code}`);
  return { ok: true, value: supplier };
}

export async function putSupplierProduct(
  app: App,
  { request, name, body }: PutCall<ParamsOf<'putSupplierProduct'>, BodyOf<'putSupplierProduct'>>,
): Promise<Answered<SupplierTerms>> {
  return await changeTerms({ app, request, name }, async () => ({ ok: true, value: body }));
}

export async function patchSupplierProduct(
  app: App,
  { request, name, body }: PutCall<ParamsOf<'patchSupplierProduct'>, BodyOf<'patchSupplierProduct'>>,
): Promise<Answered<SupplierTerms>> {
  return await changeTerms({ app, request, name }, async (tx) => {
    const current = await readSupplierTerms(tx, name);
    return current === undefined ? notSold(name) : patched('putSupplierProduct', current, body);
  });
}

/** @param termsOf what the terms are to be, or why they are left as they are */
async function changeTerms(
  { app, request, name }: { readonly app: App } & Omit<PutCall<ParamsOf<'putSupplierProduct'>>, 'body'>,
  termsOf: (tx: Tx) => Promise<Outcome<BodyOf<'putSupplierProduct'>>>,
): Promise<Answered<SupplierTerms>> {
  const product = (await app.productIds.find([name.sku])).get(name.sku);
  const products = product === undefined ? [] : [product];
  return await changeAtGate<SupplierTerms>({ app, request, products }, async (gate) => {
    const supplier = await readSupplier(gate.tx, name.supplier);
    if (supplier === undefined) return fresh(supplierNotFound(name.supplier));
    if (product === undefined) return fresh(unknownSkus([name.sku]));
    const terms = await termsOf(gate.tx);
    if (!terms.ok) return fresh(terms);
    await putTermsRow(gate.tx, { supplier: supplier.id, product }, terms.value);
    await refreshSourcing(gate.tx, { supplier: supplier.id, product }, `supplier/${name.supplier}`);
    return fresh({ ok: true, value: { ...terms.value, ...name } });
  });
}

function notSold({ supplier, sku }: ParamsOf<'putSupplierProduct'>): Refused {
  return refuse('not_found', `Supplier ${supplier} does not sell us ${sku}`, { supplier, sku });
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
