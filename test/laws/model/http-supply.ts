/**
 * Incoming supply over HTTP: the acts as requests, and what the server shows of purchase orders and promises.
 *
 * A server learns from receipts how late suppliers are and dates its promises by that, which the model does not speak
 * of; while sequences are played, nothing is learned (withoutLearning).
 */
import pg from 'pg';
import type { Client } from '../../../src/contract/call.ts';
import type { OrderView } from '../../../src/contract/order-views.ts';
import type { PromisedUnits, PurchaseOrderView, Supplier, SupplyAct } from './plain-acts.ts';

async function putSupplier(client: Client, { code, overReceiptPercent }: Supplier) {
  const body = {
    name: `Supplier ${code}`,
    currency: 'EUR',
    timeZone: 'Etc/UTC',
    leadDays: 14,
    overReceiptPercent,
  };
  return await client.call('putSupplier', { params: { supplier: code }, body });
}

/** Drafted and sent; answers with the first refusal. */
async function orderSupply(client: Client, act: Extract<SupplyAct, { act: 'orderSupply' }>) {
  const params = { purchaseOrder: act.purchaseOrder };
  const lines = act.lines.map(({ units, ...line }) => ({ ...line, quantity: units }));
  const drafted = await client.call('putPurchaseOrder', { params, body: { supplier: act.supplier, lines } });
  return drafted.ok ? await client.call('sendPurchaseOrder', { params }) : drafted;
}

export async function callSupply(client: Client, act: SupplyAct) {
  if (act.act === 'putSupplier') return await putSupplier(client, act.supplier);
  if (act.act === 'orderSupply') return await orderSupply(client, act);
  const params = { purchaseOrder: act.purchaseOrder };
  switch (act.act) {
    case 'quoteExpectedDate': {
      const lines = [{ line: act.line, expectedOn: act.expectedOn }];
      return await client.call('quoteExpectedDates', { params, body: { reason: 'said so', lines } });
    }
    case 'receivePurchaseOrder': {
      const { reference, warehouse, lines } = act;
      const body = { reference, warehouse, lines: [...lines] };
      return await client.call('receivePurchaseOrder', { params, body });
    }
    case 'closePurchaseOrder': {
      const lines = act.lines?.map(({ line, units }) => ({ line, ...(units === null ? {} : { units }) }));
      return await client.call('closePurchaseOrder', { params, body: lines === undefined ? {} : { lines } });
    }
    case 'cancelPurchaseOrder':
      return await client.call('cancelPurchaseOrder', { params, body: {} });
  }
}

export async function readPurchaseOrder(client: Client, purchaseOrder: string): Promise<PurchaseOrderView> {
  const { number, status, lines } = await client.must('getPurchaseOrder', { params: { purchaseOrder } });
  return {
    number,
    status,
    lines: lines.map(({ line, sku, warehouse, ordered, received, closed, open, expectedOn }) => ({
      line,
      sku,
      warehouse,
      ordered,
      received,
      closed,
      open,
      expectedOn,
    })),
  };
}

/** What is promised of the units that wait: allocated units come first, a slice for each warehouse. */
export function waitingPromise({ promise, allocations }: OrderView['items'][number]): PromisedUnits[] {
  const held = allocations.filter(({ open }) => open > 0).length;
  return (promise?.slices ?? [])
    .slice(held)
    .map(({ units, on, source, purchaseOrder, line }) => ({ units, on, source, purchaseOrder, line }));
}

/** The lock of whoever learns (src/db/supply/supplier-record.ts); nobody else does meanwhile. */
const LEARNING = 1_735_289_206;

/** Plays while nobody learns from receipts. */
export async function withoutLearning<Result>(
  databaseUrl: string,
  play: () => Promise<Result>,
): Promise<Result> {
  const learner = new pg.Client({ connectionString: databaseUrl });
  await learner.connect();
  try {
    await learner.query('select pg_advisory_lock($1)', [LEARNING]);
    return await play();
  } finally {
    await learner.end();
  }
}
