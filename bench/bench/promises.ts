/**
 * Promises of a product that 100,000 items wait for: a purchase order moves and everybody asks at once. Measured are the
 * move, the answers right after it (an order at the very end of the queue, a page of the queue, a quote), and the time
 * until every customer's event is written. And quotes of fifty products at a time, as a shop's pages ask for them.
 */
import type { Client } from '../../src/contract/call.ts';
import { promisesSettled } from '../support/arena.ts';
import { CHANNEL } from './shop.ts';

const TOLD_WITHIN_MS = 300_000;
const SKU = 'PROMISED';
/** Answers of each kind. */
const ASKED = 9;
const QUOTED = 50;
const DAY_MS = 86_400_000;

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The first answers, while customers are being told: their median and the slowest. */
async function answers(act: () => Promise<unknown>): Promise<Answers> {
  const times: number[] = [];
  for (let asked = 0; asked < ASKED; asked++) times.push(await timed(act));
  const sorted = times.toSorted((a, b) => a - b);
  return { median: at(sorted, 0.5), worst: at(sorted, 1) };
}

async function openSupply(client: Client, units: number): Promise<void> {
  const supplier = { name: 'Supplier', currency: 'EUR', timeZone: 'UTC', leadDays: 14 };
  await client.must('putSupplier', { params: { supplier: 'S' }, body: supplier });
  for (const [number, days] of [
    ['PO-A', 10],
    ['PO-B', 20],
  ] as const) {
    const lines = [{ sku: SKU, warehouse: 'W1', quantity: units, expectedOn: inDays(days) }];
    await client.must('putPurchaseOrder', {
      params: { purchaseOrder: number },
      body: { supplier: 'S', lines },
    });
    await client.must('sendPurchaseOrder', { params: { purchaseOrder: number } });
  }
}

export interface Answers {
  readonly median: number;
  readonly worst: number;
}

export interface MovedOrder {
  readonly waiting: number;
  readonly firstToldMs: number;
  readonly movedMs: number;
  readonly order: Answers;
  readonly page: Answers;
  readonly quote: Answers;
  readonly toldMs: number;
}

export async function movedOrder(client: Client, address: string): Promise<MovedOrder> {
  const { waiting } = await client.must('getProduct', { params: { sku: SKU } });
  const begunTelling = performance.now();
  await openSupply(client, waiting.backordered / 2);
  await promisesSettled(address, TOLD_WITHIN_MS);
  const firstToldMs = performance.now() - begunTelling;
  const { rows } = await client.must('listOrders', { query: { sku: SKU, limit: 1 } });
  const last = rows[0]?.id ?? 0;
  const begun = performance.now();
  const movedMs = await timed(() =>
    client.must('quoteExpectedDates', {
      params: { purchaseOrder: 'PO-A' },
      body: { lines: [{ line: 1, expectedOn: inDays(30) }] },
    }),
  );
  const order = await answers(() => client.must('getOrder', { params: { orderId: last } }));
  const page = await answers(() => client.must('listWaiting', { query: { sku: SKU, limit: 200 } }));
  const asked = { channel: CHANNEL, lines: [{ sku: SKU, quantity: 1 }] };
  const quote = await answers(() => client.must('quote', { body: asked }));
  await promisesSettled(address, TOLD_WITHIN_MS);
  const toldMs = performance.now() - begun;
  const { items } = await client.must('getOrder', { params: { orderId: last } });
  if (items[0]?.promise?.told?.on !== inDays(30))
    throw new Error('the last in line was not told the new day');
  return { waiting: waiting.backordered, firstToldMs, movedMs, order, page, quote, toldMs };
}

export interface QuoteFigures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** Quotes of fifty products that nobody waits for and that some wait for, mixed, by `connections` at once. */
export async function quotes(
  client: Client,
  { connections, seconds, products }: { connections: number; seconds: number; products: number },
): Promise<QuoteFigures> {
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let next = 0;
  async function ask(): Promise<void> {
    while (performance.now() < until) {
      next += QUOTED;
      const lines = Array.from({ length: QUOTED }, (_, index) => ({
        sku: `SKU-${((next + index * 7) % products) + 1}`,
        quantity: 1,
      }));
      const unique = lines.filter((line, index) => lines.findIndex(({ sku }) => sku === line.sku) === index);
      times.push(await timed(() => client.must('quote', { body: { channel: CHANNEL, lines: unique } })));
    }
  }
  await Promise.all(Array.from({ length: connections }, ask));
  const sorted = times.toSorted((a, b) => a - b);
  return { rate: times.length / seconds, p50: at(sorted, 0.5), p99: at(sorted, 0.99) };
}
