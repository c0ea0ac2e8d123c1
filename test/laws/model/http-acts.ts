/**
 * The acts as requests to a server: each is one call of the typed client, and its answer is brought into the words
 * of the plain model. What the model does not speak of (names, prices, countries) is filled in with something.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Client } from '../../../src/contract/call.ts';
import { present } from '../../../src/core/kernel/assert.ts';
import { callSupply } from './http-supply.ts';
import type { Act, ActOutcome, Channel, OrderRequest, Warehouse } from './plain-acts.ts';

const STOCK_CALLS = {
  receive: 'receiveStock',
  return: 'returnStock',
  damage: 'damageStock',
} as const;

const failingItems = z.array(z.object({ sku: z.string(), wanted: z.int(), mayWait: z.int() }));

interface Reply {
  readonly ok: boolean;
  readonly repeated?: boolean;
  readonly problem?: { readonly code: string; readonly [member: string]: unknown };
}

function outcomeOf(reply: Reply): ActOutcome {
  if (reply.ok) return { accepted: true, repeated: reply.repeated === true };
  const problem = present(reply.problem, 'a problem');
  if (problem.code !== 'order_refused') return { accepted: false, code: problem.code };
  const failing = failingItems.parse(problem['items']);
  return { accepted: false, code: problem.code, failing };
}

function channelBody({ code, ...settings }: Channel) {
  return { ...settings, name: `Channel ${code}`, currency: 'EUR', warehouses: [...settings.warehouses] };
}

function warehouseBody({ code, country, managed, enabled }: Warehouse) {
  return {
    name: `Warehouse ${code}`,
    kind: managed ? ('own' as const) : ('external' as const),
    stock: managed ? ('managed' as const) : ('unmanaged' as const),
    timeZone: 'Etc/UTC',
    country,
    enabled,
  };
}

function orderBody(order: OrderRequest) {
  return {
    channel: order.channel,
    number: order.number,
    customer: order.customer,
    ...(order.group === null ? {} : { customerGroup: order.group }),
    ...(order.placedAt === null ? {} : { placedAt: new Date(order.placedAt).toISOString() }),
    priority: order.priority,
    hold: order.hold ? 'to be checked' : null,
    ...(order.shipping === null ? {} : { shipping: order.shipping }),
    ...(order.whenIncomplete === null ? {} : { whenIncomplete: order.whenIncomplete }),
    items: order.items.map((item) => ({ ...item })),
  };
}

function callStock(client: Client, act: Extract<Act, { act: 'changeStock' }>) {
  const { kind, reference, warehouse } = act;
  const reason = 'in a test';
  if (kind === 'adjust') {
    const lines = act.lines.map(({ sku, units }) => ({ sku, change: units }));
    return client.call('adjustStock', { body: { reference, warehouse, reason, lines } });
  }
  if (kind === 'count') {
    const lines = act.lines.map(({ sku, units }) => ({ sku, counted: units }));
    return client.call('countStock', { body: { reference, warehouse, reason, lines } });
  }
  return client.call(STOCK_CALLS[kind], { body: { reference, warehouse, reason, lines: [...act.lines] } });
}

type CatalogAct = Extract<
  Act,
  { act: 'putSalesChannel' | 'putWarehouse' | 'putProduct' | 'putChannelPolicy' | 'deleteChannelPolicy' }
>;

function callCatalog(client: Client, act: CatalogAct) {
  switch (act.act) {
    case 'putSalesChannel':
      return client.call('putSalesChannel', {
        params: { channel: act.channel.code },
        body: channelBody(act.channel),
      });
    case 'putWarehouse':
      return client.call('putWarehouse', {
        params: { warehouse: act.warehouse.code },
        body: warehouseBody(act.warehouse),
      });
    case 'putProduct': {
      const { sku, policy } = act.product;
      return client.call('putProduct', { params: { sku }, body: { name: `Product ${sku}`, policy } });
    }
    case 'putChannelPolicy':
      return client.call('putChannelPolicy', {
        params: { sku: act.sku, channel: act.channel },
        body: act.policy,
      });
    case 'deleteChannelPolicy':
      return client.call('deleteChannelPolicy', { params: { sku: act.sku, channel: act.channel } });
  }
}

type OrderAct = Extract<Act, { readonly order: string }>;

function callOrder(client: Client, act: OrderAct, orderId: number) {
  const params = { orderId };
  switch (act.act) {
    case 'changeOrder':
      return client.call('changeOrder', { params, body: { items: [...act.items] } });
    case 'cancelOrder':
      return client.call('cancelOrder', {
        params,
        body: act.items === null ? {} : { items: [...act.items] },
      });
    case 'holdOrder':
      return client.call('holdOrder', { params, body: { reason: 'to be checked', giveBack: act.giveBack } });
    case 'liftHold':
      return client.call('liftHold', { params });
    case 'prioritizeOrder':
      return client.call('prioritizeOrder', { params, body: { priority: act.priority } });
    case 'pickItems':
      return client.call('pickItems', { params, body: { warehouse: act.warehouse, items: [...act.items] } });
    case 'shortPick': {
      const body = { warehouse: act.warehouse, reason: 'not on the shelf', items: [...act.items] };
      return client.call('shortPick', { params, body });
    }
    case 'rejectAllocation': {
      const body = { warehouse: act.warehouse, reason: 'cannot deliver', lines: [...act.lines] };
      return client.call('rejectAllocation', { params, body });
    }
    case 'shipItems': {
      const body = { reference: act.reference, warehouse: act.warehouse, items: [...act.items] };
      return client.call('shipItems', { params, body });
    }
  }
}

/** Sends everything under this key; a second request of the same act under one of its own. */
function underKey(client: Client, key: string | undefined): Client {
  if (key === undefined) return client;
  let sent = 0;
  const call: Client['call'] = (id, input) => {
    sent += 1;
    return client.call(id, { ...input, key: sent === 1 ? key : `${key}-${sent}` });
  };
  return { ...client, call };
}

/** What the server says when it cannot do it just now, or does not know whether it did. */
const PASSING = new Set(['database_unavailable', 'outcome_unknown', 'overloaded']);
const TRIES = 200;
const PAUSE_MS = 25;

/** Performs an act, and sends it again while the server cannot do it: under a key that has one effect. */
export async function performUntilAnswered(
  client: Client,
  act: Act,
  orderIds: Map<string, number>,
): Promise<{ readonly outcome: ActOutcome; readonly tries: number }> {
  for (let tries = 1; ; tries++) {
    const outcome = await performOverHttp(client, act, orderIds);
    if (outcome.accepted || !PASSING.has(outcome.code)) return { outcome, tries };
    if (tries === TRIES) throw new Error(`${act.act} was answered ${outcome.code} ${TRIES} times`);
    await pause(PAUSE_MS);
  }
}

/** Performs an act by one request. `orderIds` tells the server's ids by order number and learns new ones. */
async function performOverHttp(
  unkeyed: Client,
  act: Act,
  orderIds: Map<string, number>,
): Promise<ActOutcome> {
  const client = underKey(unkeyed, act.key);
  switch (act.act) {
    case 'advanceClock':
      throw new Error("the database's clock cannot be moved");
    case 'placeOrder': {
      const answered = await client.call('placeOrder', { body: orderBody(act.order) });
      if (answered.ok) orderIds.set(act.order.number, answered.value.id);
      return outcomeOf(answered);
    }
    case 'changeStock':
      return outcomeOf(await callStock(client, act));
    case 'transferStock': {
      const { reference, from, to } = act;
      return outcomeOf(
        await client.call('transferStock', { body: { reference, from, to, lines: [...act.lines] } }),
      );
    }
    case 'putSalesChannel':
    case 'putWarehouse':
    case 'putProduct':
    case 'putChannelPolicy':
    case 'deleteChannelPolicy':
      return outcomeOf(await callCatalog(client, act));
    case 'putSupplier':
    case 'orderSupply':
    case 'quoteExpectedDate':
    case 'receivePurchaseOrder':
    case 'closePurchaseOrder':
    case 'cancelPurchaseOrder':
      return outcomeOf(await callSupply(client, act));
    default:
      return outcomeOf(await callOrder(client, act, present(orderIds.get(act.order), act.order)));
  }
}
