/**
 * Sends complete orders of a file in bulk requests, in the order given, and brings each answer back to its rows. An
 * order that is refused goes to the reject file with all of its rows.
 */
import type { z } from 'zod';
import type { Client } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { MAX_BULK, MAX_BULK_ITEMS } from '../contract/orders.ts';
import type { Row } from './import-file.ts';
import { type ImportResult, problemOfRefusal } from './import-result.ts';

export const orderSchema = OPERATIONS.placeOrder.body;
export type Order = z.output<typeof orderSchema>;

/** Bytes of one bulk request, far less than the API takes. */
const REQUEST_BYTES = 512 * 1024;

const FAULTY_COLUMN = {
  unknown_channel: 'channel',
  channel_disabled: 'channel',
  order_number_reused: 'number',
  unknown_sku: 'sku',
  too_many_units: 'quantity',
  order_refused: 'quantity',
};

interface CompleteOrder {
  readonly order: Order;
  readonly rows: readonly Row[];
}

export class OrderSender {
  readonly #client: Client;
  readonly #result: ImportResult;
  #kept: CompleteOrder[] = [];
  #bytes = 0;
  #items = 0;

  constructor(client: Client, result: ImportResult) {
    this.#client = client;
    this.#result = result;
  }

  async add({ order, rows }: CompleteOrder): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(order));
    const isFull = this.#kept.length >= MAX_BULK || this.#items + order.items.length > MAX_BULK_ITEMS;
    if (isFull || this.#bytes + bytes > REQUEST_BYTES) await this.send();
    this.#kept.push({ order, rows });
    this.#bytes += bytes;
    this.#items += order.items.length;
  }

  async send(): Promise<void> {
    const sent = this.#kept;
    this.#kept = [];
    this.#bytes = 0;
    this.#items = 0;
    if (sent.length === 0) return;
    const { results } = await this.#client.must('placeOrders', {
      body: { orders: sent.map(({ order }) => order) },
    });
    for (const [index, { rows }] of sent.entries()) {
      const answer = results[index];
      if (answer === undefined) throw new Error(`no result for order ${index + 1} of ${sent.length}`);
      if (answer.accepted) {
        this.#result.accept(rows.length, answer.repeated);
        continue;
      }
      const { code, message } = answer.refusal;
      const problem = problemOfRefusal({ status: 409, code, title: code, detail: message }, FAULTY_COLUMN);
      for (const row of rows) await this.#result.reject(row, problem);
    }
  }
}
