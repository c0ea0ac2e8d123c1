/**
 * A random history for reports: orders on several channels, receipts, cancels, changes, holds, counts, rejections and
 * shipments, with rests in between at which figures can be read. Refused acts are part of it.
 */
import { settled } from '../../../src/cli/demo/settled.ts';
import type { Client } from '../../../src/contract/call.ts';
import { inCrowd } from '../../support/bounded.ts';
import type { Random } from '../../support/seeded-random.ts';

const CHANNELS = { web: 'EUR', shop: 'EUR', export: 'USD' } as const;
const WAREHOUSES = ['north', 'south', 'west'];
const SUPPLIERS = ['alpha', 'beta'];
const GROUPS = ['', 'gold', 'trade'];
const COUNTRIES = ['NL', 'DE', 'US'];
const PRODUCTS = 120;
const RELEASE = '2199-01-01';
const IN_CROWD = 8;
/** Items that an order brings on average; a third of the orders are refused. */
const ITEMS_OF_ORDER = 1.65;

const skuOf = (index: number) => `SKU-${String(index).padStart(3, '0')}`;

export interface History {
  readonly client: Client;
  readonly address: string;
  readonly random: Random;
}

export async function openShopForReports({ client }: History): Promise<void> {
  for (const code of WAREHOUSES) {
    await client.must('putWarehouse', {
      params: { warehouse: code },
      body: { name: code, kind: 'own', timeZone: 'UTC' },
    });
  }
  for (const [code, currency] of Object.entries(CHANNELS)) {
    await client.must('putSalesChannel', {
      params: { channel: code },
      body: { name: code, currency, timeZone: 'UTC', warehouses: WAREHOUSES },
    });
  }
  for (const code of SUPPLIERS) {
    await client.must('putSupplier', {
      params: { supplier: code },
      body: { name: code, currency: 'EUR', timeZone: 'UTC', leadDays: 10 },
    });
  }
  await inCrowd(PRODUCTS, IN_CROWD, async (index) => {
    const sku = skuOf(index);
    // one in ten is released later, one in ten may not wait
    const policy =
      index % 10 === 0
        ? { preorder: { allowed: true }, release: { at: RELEASE, timeZone: 'UTC' } }
        : { backorder: { allowed: index % 10 !== 1, limits: { perOrder: 6 } } };
    await client.must('putProduct', { params: { sku }, body: { name: sku, policy } });
    const supplier = SUPPLIERS[index % 3];
    if (supplier === undefined) return;
    await client.must('putSupplierProduct', { params: { supplier, sku }, body: { unitPrice: 100 } });
  });
}

/** Plays one stretch and rests. @returns ids of the orders that were accepted */
export async function playStretch(
  history: History,
  { number, items, orders }: { readonly number: number; readonly items: number; readonly orders: number[] },
): Promise<void> {
  const { random, address } = history;
  const acts: (() => Promise<unknown>)[] = [];
  const placed = Math.round(items / ITEMS_OF_ORDER);
  for (let index = 0; index < placed; index++) acts.push(placing(history, `${number}-${index}`, orders));
  for (let index = 0; index < placed / 6; index++) acts.push(receiving(history, `R${number}-${index}`));
  for (let index = 0; index < placed / 8; index++) acts.push(changing(history, orders));
  for (let index = 0; index < placed / 5; index++)
    acts.push(shipping(history, { key: `S${number}-${index}`, orders }));
  const shuffled = random.shuffled(acts);
  await inCrowd(shuffled.length, IN_CROWD, async (index) => await shuffled[index]?.());
  await buying(history, number);
  await settled(address);
}

function placing({ client, random }: History, number: string, orders: number[]): () => Promise<unknown> {
  const channel = random.pick(Object.keys(CHANNELS));
  const group = random.pick(GROUPS);
  const body = {
    channel,
    number,
    priority: random.chance(0.2) ? random.between(-2, 2) : 0,
    ...(group !== '' && { customerGroup: group }),
    ...(random.chance(0.8) && { shipTo: { country: random.pick(COUNTRIES) } }),
    items: Array.from({ length: random.between(1, 4) }, () => ({
      sku: skuOf(random.between(0, PRODUCTS - 1)),
      quantity: random.between(1, 8),
      unitPrice: random.between(1, 20_000),
    })),
  };
  return async () => {
    const answered = await client.call('placeOrder', { body });
    if (answered.ok) orders.push(answered.value.id);
  };
}

function receiving({ client, random }: History, reference: string): () => Promise<unknown> {
  const body = {
    reference,
    warehouse: random.pick(WAREHOUSES),
    lines: Array.from({ length: random.between(1, 6) }, (_, index) => ({
      sku: skuOf((index * 17 + random.between(0, 16)) % PRODUCTS),
      units: random.between(1, 30),
    })),
  };
  return async () => await client.call('receiveStock', { body });
}

/** Cancels, lowers, holds and lifts, counts down, moves in line. */
function changing({ client, random }: History, orders: number[]): () => Promise<unknown> {
  const [what, at, share, sku] = [
    random.between(0, 5),
    random.next(),
    random.next(),
    random.between(0, PRODUCTS - 1),
  ];
  const warehouse = random.pick(WAREHOUSES);
  return async () => {
    const orderId = orders[Math.floor(at * orders.length)];
    if (orderId === undefined) return;
    const params = { orderId };
    if (what === 0) await client.call('cancelOrder', { params, body: {} });
    if (what === 1) {
      const quantity = Math.floor(share * 4) + 1;
      await client.call('changeOrder', { params, body: { items: [{ line: 1, quantity }] } });
    }
    if (what === 2)
      await client.call('holdOrder', { params, body: { reason: 'payment', giveBack: share < 0.5 } });
    if (what === 3) await client.call('liftHold', { params });
    if (what === 4) {
      const lines = [{ sku: skuOf(sku), counted: Math.floor(share * 5) }];
      await client.call('countStock', { body: { reference: `C-${orderId}-${at}`, warehouse, lines } });
    }
    if (what === 5) {
      await client.call('rejectAllocation', { params, body: { warehouse, reason: 'no', lines: [1] } });
    }
  };
}

function shipping(
  { client, random }: History,
  { key, orders }: { readonly key: string; readonly orders: number[] },
): () => Promise<unknown> {
  const at = random.next();
  return async () => {
    const orderId = orders[Math.floor(at * orders.length)];
    if (orderId === undefined) return;
    const { items } = await client.must('getOrder', { params: { orderId } });
    const found = items.flatMap(({ line, allocations }) =>
      allocations.map(({ warehouse, open }) => ({ line, warehouse, units: open })),
    );
    const open = found.find(({ units }) => units > 0);
    if (open === undefined) return;
    const { warehouse, ...item } = open;
    await client.call('shipItems', {
      params: { orderId },
      body: { reference: key, warehouse, items: [item] },
    });
  };
}

/** A purchase order of each supplier, sent, and some of it received. */
async function buying({ client, random }: History, number: number): Promise<void> {
  if (number % 5 !== 0) return;
  for (const [index, supplier] of SUPPLIERS.entries()) {
    const purchaseOrder = `PO-${number}-${index}`;
    const skus = Array.from({ length: 8 }, (_, at) => skuOf((at * 3 * 5 + index) % PRODUCTS)).filter(
      (sku) => SUPPLIERS[Number(sku.slice(4)) % 3] === supplier,
    );
    const warehouse = random.pick(WAREHOUSES);
    const lines = [...new Set(skus)].map((sku) => ({
      sku,
      warehouse,
      quantity: random.between(5, 40),
      expectedOn: '2198-01-01',
    }));
    if (lines.length === 0) continue;
    const params = { purchaseOrder };
    await client.call('putPurchaseOrder', { params, body: { supplier, lines } });
    await client.call('sendPurchaseOrder', { params });
    const received = lines.slice(0, 3).map(({ quantity }, at) => ({ line: at + 1, units: quantity }));
    await client.call('receivePurchaseOrder', {
      params,
      body: { reference: `GR-${number}-${index}`, warehouse, lines: received },
    });
  }
}
