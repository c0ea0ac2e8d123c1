/**
 * Receipts for products that many wait for: one unit and many units of one product with a deep queue, and a wide receipt
 * over many products with a short queue each. Measured from sending the receipt: its answer, the first allocation that
 * a reader sees, and the moment when all that can be served is served.
 */
import type { Client } from '../../src/contract/call.ts';
import { settled } from '../support/arena.ts';
import { within } from '../support/bounded.ts';
import { WAITING_EACH } from './shop.ts';

/** Lines of one document; more products are received by several documents, one after the other. */
const LINES = 1000;
const SERVED_WITHIN_MS = 120_000;

async function receive(
  client: Client,
  reference: string,
  lines: { sku: string; units: number }[],
): Promise<void> {
  await client.must('receiveStock', { body: { reference, warehouse: 'W1', lines } });
}

async function waitingFor(client: Client, sku: string): Promise<number> {
  const { waiting } = await client.must('getProduct', { params: { sku } });
  return waiting.backordered;
}

async function waitUntil(client: Client, atMost: number): Promise<void> {
  await within(SERVED_WITHIN_MS, `DEEP has ${atMost} waiting`, async () =>
    (await waitingFor(client, 'DEEP')) <= atMost ? true : undefined,
  );
}

export interface DeepReceipt {
  readonly waiting: number;
  readonly units: number;
  readonly answeredMs: number;
  readonly firstMs: number;
  readonly allMs: number;
}

export async function deepReceipt(client: Client, units: number): Promise<DeepReceipt> {
  const waiting = await waitingFor(client, 'DEEP');
  const begun = performance.now();
  await receive(client, `deep-${units}-${waiting}`, [{ sku: 'DEEP', units }]);
  const answeredMs = performance.now() - begun;
  await waitUntil(client, waiting - 1);
  const firstMs = performance.now() - begun;
  await waitUntil(client, waiting - units);
  return { waiting, units, answeredMs, firstMs, allMs: performance.now() - begun };
}

/** Items served per second by a receipt over `products` products. */
export async function wideReceipt(client: Client, address: string, products: number): Promise<number> {
  const begun = performance.now();
  for (let from = 1; from <= products; from += LINES) {
    const count = Math.min(LINES, products - from + 1);
    const lines = Array.from({ length: count }, (_, index) => ({
      sku: `WIDE-${from + index}`,
      units: WAITING_EACH,
    }));
    await receive(client, `wide-${from}`, lines);
  }
  await settled(address, SERVED_WITHIN_MS);
  const left = await waitingFor(client, `WIDE-${products}`);
  if (left !== 0) throw new Error(`at rest, but ${left} units still wait`);
  return (products * WAITING_EACH) / ((performance.now() - begun) / 1000);
}
