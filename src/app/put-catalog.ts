/**
 * Writes channels, warehouses, products and policies. A change that could let waiting items be served (a warehouse
 * switched on, another list of warehouses, a moved release) makes a fill owed in the same transaction.
 */

import type { ProductView, SalesChannelView, WarehouseView } from '../contract/catalog.ts';
import type { BodyOf, ParamsOf } from '../contract/operations.ts';
import { type Outcome, refuse } from '../core/kernel/refusal.ts';
import {
  deletePolicyRow,
  putChannelRow,
  putChannelWarehouses,
  putPolicyRow,
  putProductRow,
  putWarehouseRow,
  warehouseInUse,
} from '../db/catalog.ts';
import { inTransaction } from '../db/database.ts';
import { changePositions } from '../db/gate.ts';
import { recountWaiting } from '../db/limit-counters.ts';
import { raisePolicyVersion } from '../db/policies.ts';
import { readProductView } from '../reports/catalog.ts';
import type { App } from './app.ts';
import { atGate } from './at-gate.ts';
import { changeConfiguration, configurationNow } from './change-configuration.ts';
import type { Gate } from './gate.ts';
import { type Answered, type ChangeRequest, fresh, once } from './once.ts';

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
  return changeConfiguration<WarehouseView>(app, request, async (tx) => {
    const existing = (await configurationNow(app, tx)).warehousesByCode.get(code);
    if (existing !== undefined && existing.stock !== body.stock && (await warehouseInUse(tx, existing.id))) {
      return refuse(
        'warehouse_in_use',
        `Warehouse ${code} has ${existing.stock} stock or open allocations; empty it before its stock is ${body.stock}`,
        { warehouse: code, stock: existing.stock },
      );
    }
    await putWarehouseRow(tx, { ...body, code });
    return { ok: true, value: { ...body, code } };
  });
}

export function putSalesChannel(
  app: App,
  { request, name: code, body }: PutCall<string, BodyOf<'putSalesChannel'>>,
): Promise<Answered<SalesChannelView>> {
  return changeConfiguration<SalesChannelView>(app, request, async (tx) => {
    const { warehousesByCode } = await configurationNow(app, tx);
    const ids = [];
    for (const warehouse of body.warehouses) {
      const found = warehousesByCode.get(warehouse);
      if (found === undefined) {
        return refuse('unknown_warehouse', `There is no warehouse ${warehouse}`, { warehouse });
      }
      ids.push(found.id);
    }
    const channel = await putChannelRow(tx, { ...body, code });
    await putChannelWarehouses(tx, channel, ids);
    return { ok: true, value: { ...body, code } };
  });
}

export async function putProduct(
  app: App,
  { request, name: sku, body }: PutCall<string, BodyOf<'putProduct'>>,
): Promise<Answered<ProductView>> {
  const product = await inTransaction(app.db, (tx) => putProductRow(tx, { ...body, sku }));
  return await changeProduct({ app, request, sku }, async (gate) => {
    await putPolicyRow(gate.tx, { product, channel: null }, body.policy);
    return undefined;
  });
}

type Refused = Extract<Outcome<never>, { ok: false }>;

/** A change of one product at its gate; `effect` answers undefined when it was made. */
async function changeProduct(
  { app, request, sku }: { readonly app: App; readonly request: ChangeRequest; readonly sku: string },
  effect: (gate: Gate) => Promise<Refused | undefined>,
): Promise<Answered<ProductView>> {
  const id = (await app.productIds.find([sku])).get(sku);
  const notFound = refuse('not_found', `There is no product ${sku}`, { sku });
  const answered = await atGate(app, id === undefined ? [] : [id], (gate) =>
    once<ProductView>(gate.tx, request, async () => {
      if (id === undefined) return fresh(notFound);
      const refused = await effect(gate);
      if (refused !== undefined) return fresh(refused);
      await raisePolicyVersion(gate.tx, id);
      await recountWaiting(gate.tx, id);
      const fillCause = `policy/${sku}`;
      await changePositions(gate.tx, [
        { product: id, backordered: 0, preordered: 0, unfillable: 0, fillCause },
      ]);
      const value = await readProductView(gate.tx, sku);
      return fresh(value === undefined ? notFound : { ok: true, value });
    }),
  );
  app.ringForFills();
  return answered;
}

export function putChannelPolicy(
  app: App,
  { request, name, body: policy }: PutCall<ParamsOf<'putChannelPolicy'>, BodyOf<'putChannelPolicy'>>,
): Promise<Answered<ProductView>> {
  const { sku, channel } = name;
  return changeProduct({ app, request, sku }, async (gate) => {
    const found = gate.configuration.channelsByCode.get(channel);
    const [position] = gate.positions.values();
    if (found === undefined || position === undefined) return unknownChannel(channel);
    await putPolicyRow(gate.tx, { product: position.product, channel: found.id }, policy);
    return undefined;
  });
}

export function deleteChannelPolicy(
  app: App,
  { request, name }: Omit<PutCall<ParamsOf<'deleteChannelPolicy'>>, 'body'>,
): Promise<Answered<ProductView>> {
  const { sku, channel } = name;
  return changeProduct({ app, request, sku }, async (gate) => {
    const found = gate.configuration.channelsByCode.get(channel);
    const [position] = gate.positions.values();
    if (found === undefined || position === undefined) return unknownChannel(channel);
    await deletePolicyRow(gate.tx, position.product, found.id);
    return undefined;
  });
}

function unknownChannel(channel: string): Refused {
  return refuse('unknown_channel', `There is no sales channel ${channel}`, { channel });
}
