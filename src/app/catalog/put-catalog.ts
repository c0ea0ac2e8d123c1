/**
 * Writes channels, warehouses, products and policies. A change that could let waiting items be served (a warehouse
 * switched on, another list of warehouses, a moved release) makes a fill owed in the same transaction.
 */

import type { ProductView, SalesChannelView, WarehouseView } from '../../contract/catalog.ts';
import type { BodyOf, ParamsOf } from '../../contract/operations.ts';
import type { ChannelId, ProductId } from '../../core/kernel/ids.ts';
import { DONE, type Outcome, refuse } from '../../core/kernel/refusal.ts';
import {
  deletePolicyRow,
  insertProductRow,
  putChannelRow,
  putChannelWarehouses,
  putPolicyRow,
  putWarehouseRow,
  updateProductRow,
  warehouseInUse,
} from '../../db/catalog/catalog.ts';
import { raisePolicyVersion } from '../../db/catalog/policies.ts';
import type { Tx } from '../../db/database.ts';
import { changePositions } from '../../db/gate/product-positions.ts';
import { recountWaiting } from '../../db/orders/limit-counters.ts';
import { readProductView, readSalesChannels, readWarehouses } from '../../reads/catalog/catalog.ts';
import type { App } from '../frame/app.ts';
import { channelByCode, warehouseByCode } from '../frame/by-code.ts';
import { changeConfiguration, configurationNow } from '../frame/change-configuration.ts';
import type { Gate } from '../frame/gate.ts';
import { type Answered, type ChangeRequest, changeAtGate, fresh } from '../frame/once.ts';
import { notFound, productNotFound } from '../frame/refusals.ts';
import { patched } from './patched.ts';

/** A request to write what stands under `name`. */
export interface PutCall<Name, Body = undefined> {
  readonly request: ChangeRequest;
  readonly name: Name;
  readonly body: Body;
}

export function putWarehouse(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'putWarehouse'>>,
): Promise<Answered<WarehouseView>> {
  return changeConfiguration<WarehouseView>(app, request, (tx) => writeWarehouse(app, tx, { ...body, code }));
}

export function patchWarehouse(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'patchWarehouse'>>,
): Promise<Answered<WarehouseView>> {
  return changeConfiguration<WarehouseView>(app, request, async (tx) => {
    const current = (await readWarehouses(tx)).find((each) => each.code === code);
    if (current === undefined) return notFound('warehouse', code, { warehouse: code });
    const whole = patched('putWarehouse', current, body);
    return whole.ok ? await writeWarehouse(app, tx, { ...whole.value, code }) : whole;
  });
}

async function writeWarehouse(app: App, tx: Tx, warehouse: WarehouseView): Promise<Outcome<WarehouseView>> {
  const { code, stock } = warehouse;
  const existing = (await configurationNow(app, tx)).warehousesByCode.get(code);
  if (existing !== undefined && existing.stock !== stock && (await warehouseInUse(tx, existing.id))) {
    return refuse(
      'warehouse_in_use',
      `Warehouse ${code} has ${existing.stock} stock or open allocations; empty it before its stock is ${stock}`,
      { warehouse: code, stock: existing.stock },
    );
  }
  await putWarehouseRow(tx, warehouse);
  return { ok: true, value: warehouse };
}

export function putSalesChannel(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'putSalesChannel'>>,
): Promise<Answered<SalesChannelView>> {
  return changeConfiguration<SalesChannelView>(app, request, (tx) =>
    writeSalesChannel(app, tx, { ...body, code }),
  );
}

export function patchSalesChannel(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'patchSalesChannel'>>,
): Promise<Answered<SalesChannelView>> {
  return changeConfiguration<SalesChannelView>(app, request, async (tx) => {
    const current = (await readSalesChannels(tx)).find((each) => each.code === code);
    if (current === undefined) return notFound('sales channel', code, { channel: code });
    const whole = patched('putSalesChannel', current, body);
    return whole.ok ? await writeSalesChannel(app, tx, { ...whole.value, code }) : whole;
  });
}

async function writeSalesChannel(
  app: App,
  tx: Tx,
  channel: SalesChannelView,
): Promise<Outcome<SalesChannelView>> {
  const configuration = await configurationNow(app, tx);
  const ids = [];
  for (const warehouse of channel.warehouses) {
    const found = warehouseByCode({ configuration }, warehouse);
    if (!found.ok) return found;
    ids.push(found.value.id);
  }
  await putChannelWarehouses(tx, await putChannelRow(tx, channel), ids);
  return { ok: true, value: channel };
}

/** Somebody else made the product meanwhile: it has a gate now. */
class MadeMeanwhileError extends Error {
  override readonly name = 'MadeMeanwhileError';
}

/** A product that exists is changed at its gate; a new one needs none, since nobody knows of it. */
export async function putProduct(
  app: App,
  { request, name: sku, body }: PutCall<string, BodyOf<'putProduct'>>,
): Promise<Answered<ProductView>> {
  const row = { ...body, sku };
  for (;;) {
    try {
      return await changeProduct({ app, request, sku }, async (gate, known) => {
        const product = known ?? (await insertProductRow(gate.tx, row));
        if (product === undefined) throw new MadeMeanwhileError();
        if (known !== undefined) await updateProductRow(gate.tx, known, row);
        await putPolicyRow(gate.tx, { product, channel: null }, body.policy);
        return { ok: true, value: product };
      });
    } catch (error) {
      if (!(error instanceof MadeMeanwhileError)) throw error;
    }
  }
}

export async function patchProduct(
  app: App,
  { request, name: sku, body }: PutCall<string, BodyOf<'patchProduct'>>,
): Promise<Answered<ProductView>> {
  return await changeProduct({ app, request, sku }, async (gate, product) => {
    const current = await readProductView(gate.tx, sku);
    if (product === undefined || current === undefined) return productNotFound(sku);
    const whole = patched('putProduct', current, body);
    if (!whole.ok) return whole;
    await updateProductRow(gate.tx, product, { ...whole.value, sku });
    await putPolicyRow(gate.tx, { product, channel: null }, whole.value.policy);
    return { ok: true, value: product };
  });
}

/**
 * A change of one product, once, at its gate.
 * @param effect answers with the product that was changed; it is given none when there is none of that SKU
 */
async function changeProduct(
  { app, request, sku }: { readonly app: App; readonly request: ChangeRequest; readonly sku: string },
  effect: (gate: Gate, product: ProductId | undefined) => Promise<Outcome<ProductId>>,
): Promise<Answered<ProductView>> {
  const id = (await app.productIds.find([sku])).get(sku);
  const products = id === undefined ? [] : [id];
  return await changeAtGate<ProductView>({ app, request, products }, async (gate) => {
    const changed = await effect(gate, id);
    if (!changed.ok) return fresh(changed);
    const product = changed.value;
    await raisePolicyVersion(gate.tx, product);
    await recountWaiting(gate.tx, product);
    const fillCause = `policy/${sku}`;
    await changePositions(gate.tx, [{ product, backordered: 0, preordered: 0, unfillable: 0, fillCause }]);
    const value = await readProductView(gate.tx, sku);
    return fresh(value === undefined ? productNotFound(sku) : { ok: true, value });
  });
}

export function putChannelPolicy(
  app: App,
  { request, name, body: policy }: PutCall<ParamsOf<'putChannelPolicy'>, BodyOf<'putChannelPolicy'>>,
): Promise<Answered<ProductView>> {
  return changeChannelPolicy({ app, request, name }, async (tx, of) => {
    await putPolicyRow(tx, of, policy);
    return DONE;
  });
}

/** Where the channel has no policy of its own yet, what holds there is changed: the product's. */
export function patchChannelPolicy(
  app: App,
  { request, name, body }: PutCall<ParamsOf<'patchChannelPolicy'>, BodyOf<'patchChannelPolicy'>>,
): Promise<Answered<ProductView>> {
  return changeChannelPolicy({ app, request, name }, async (tx, of) => {
    const current = await readProductView(tx, name.sku);
    if (current === undefined) return productNotFound(name.sku);
    const own = current.channelPolicies.find(({ channel }) => channel === name.channel);
    const whole = patched('putChannelPolicy', own?.policy ?? current.policy, body);
    if (!whole.ok) return whole;
    await putPolicyRow(tx, of, whole.value);
    return DONE;
  });
}

export function deleteChannelPolicy(
  app: App,
  { request, name }: Omit<PutCall<ParamsOf<'deleteChannelPolicy'>>, 'body'>,
): Promise<Answered<ProductView>> {
  return changeChannelPolicy({ app, request, name }, async (tx, of) => {
    await deletePolicyRow(tx, of);
    return DONE;
  });
}

interface PolicyName {
  readonly product: ProductId;
  readonly channel: ChannelId;
}

function changeChannelPolicy(
  {
    app,
    request,
    name: { sku, channel },
  }: { readonly app: App } & Omit<PutCall<ParamsOf<'putChannelPolicy'>>, 'body'>,
  write: (tx: Tx, of: PolicyName) => Promise<Outcome<undefined>>,
): Promise<Answered<ProductView>> {
  return changeProduct({ app, request, sku }, async (gate, product) => {
    if (product === undefined) return productNotFound(sku);
    const found = channelByCode(gate, channel);
    if (!found.ok) return found;
    const written = await write(gate.tx, { product, channel: found.value.id });
    return written.ok ? { ok: true, value: product } : written;
  });
}
