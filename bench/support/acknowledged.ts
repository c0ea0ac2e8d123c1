/**
 * What a shop knows was accepted: a log on disk, written and forced to disk before the next request goes out, as a
 * careful client would keep it. After a crash the server is held to every line of it (law L14, durability).
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../src/contract/call.ts';
import type { StockDocument } from '../../src/contract/inventory.ts';
import type { PlacedOrder } from '../../src/contract/order-views.ts';
import type { OrderRequest } from '../../src/contract/orders.ts';
import { inCrowd } from './bounded.ts';

export interface OrderWish {
  readonly channel: string;
  readonly number: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface ReceiptWish {
  readonly reference: string;
  readonly warehouse: string;
  readonly lines: readonly { readonly sku: string; readonly units: number }[];
}

export type Acknowledged =
  | { readonly what: 'order'; readonly wish: OrderWish; readonly answer: PlacedOrder }
  | { readonly what: 'receipt'; readonly wish: ReceiptWish; readonly answer: StockDocument };

export type Wish =
  | { readonly what: 'order'; readonly wish: OrderWish }
  | { readonly what: 'receipt'; readonly wish: ReceiptWish };

export interface AcknowledgementLog {
  readonly entries: readonly Acknowledged[];
  write(entry: Acknowledged): void;
  close(): void;
}

export function openLog(path: string): AcknowledgementLog {
  const file = openSync(path, 'a');
  const entries: Acknowledged[] = [];
  return {
    entries,
    write(entry) {
      writeSync(file, `${JSON.stringify(entry)}\n`);
      fdatasyncSync(file);
      entries.push(entry);
    },
    close: () => closeSync(file),
  };
}

/** Sends what is wished; the acknowledgement, or undefined when none came (it may have happened all the same). */
export async function send(client: Client, { what, wish }: Wish): Promise<Acknowledged | undefined> {
  try {
    if (what === 'order') {
      const items = wish.items.map((item) => ({ ...item }));
      const answered = await client.call('placeOrder', { body: { ...wish, items } });
      return answered.ok
        ? { what, wish, answer: answered.value }
        : failed(answered.status, answered.problem.code);
    }
    const lines = wish.lines.map((line) => ({ ...line }));
    const answered = await client.call('receiveStock', { body: { ...wish, lines } });
    return answered.ok
      ? { what, wish, answer: answered.value }
      : failed(answered.status, answered.problem.code);
  } catch {
    return undefined;
  }
}

/** 503 says: not now. Anything else is not an answer that these requests may get. */
function failed(status: number, code: string): undefined {
  if (status !== 503) throw new UnexpectedAnswerError(`${status} ${code}`);
  return undefined;
}

export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError';
}

type OrderItems = Pick<OrderRequest, 'items'>['items'];

function asOrdered(items: OrderItems | OrderWish['items']): string[] {
  return items.map(({ sku, quantity }) => `${quantity} ${sku}`);
}

async function orderIsThere(
  client: Client,
  entry: Acknowledged & { what: 'order' },
): Promise<string | undefined> {
  const { wish, answer } = entry;
  const found = await client.call('getOrder', { params: { orderId: answer.id } });
  if (!found.ok) return `order ${wish.number} (id ${answer.id}): ${found.problem.code}`;
  const { number, acceptedAt, items } = found.value;
  const same = number === answer.number && acceptedAt === answer.acceptedAt;
  const now = items.map(({ sku, quantities }) => `${quantities.ordered} ${sku}`);
  if (same && isDeepStrictEqual(now, asOrdered(wish.items))) return undefined;
  return `order ${wish.number}: acknowledged ${JSON.stringify(answer)}, now ${JSON.stringify(found.value)}`;
}

/** A receipt is sent again: it must be known, and get the answer it got. */
async function receiptIsThere(
  client: Client,
  entry: Acknowledged & { what: 'receipt' },
): Promise<string | undefined> {
  const lines = entry.wish.lines.map((line) => ({ ...line }));
  const again = await client.call('receiveStock', { body: { ...entry.wish, lines } });
  if (again.ok && again.repeated && isDeepStrictEqual(again.value, entry.answer)) return undefined;
  return `receipt ${entry.wish.reference}: acknowledged ${JSON.stringify(entry.answer)}, now ${JSON.stringify(again)}`;
}

const ASK_AT_ONCE = 16;

/** What was acknowledged and is not there as it was, in words. */
export async function lost(client: Client, entries: readonly Acknowledged[]): Promise<string[]> {
  const found = await inCrowd(entries.length, ASK_AT_ONCE, async (index) => {
    const entry = entries[index];
    if (entry === undefined) return undefined;
    return entry.what === 'order' ? await orderIsThere(client, entry) : await receiptIsThere(client, entry);
  });
  return found.filter((each) => each !== undefined);
}
