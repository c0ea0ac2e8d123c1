/**
 * Orders from a file, one row an item; rows with one channel and number are one order, wherever they stand.
 *
 * An order is placed when its last row has been read, so orders are placed in the file's order, which decides who
 * gets the stock. For that the file is read twice: first its rows are counted by order (one small number an order:
 * 60 MB for a million), then they are taken. Kept in between are only orders that are not complete yet; when those
 * are too many, the file has to be sorted. One bad row rejects its whole order: a part of an order is another order.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Client } from '../contract/client.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { MAX_BULK, MAX_ITEMS } from '../contract/orders.ts';
import { CommandError } from './failure.ts';
import { asText, asWhole, buildBody, type ColumnRule } from './import-cells.ts';
import type { Row } from './import-file.ts';
import { type Importer, type ImportResult, problemOfRefusal } from './import-result.ts';

/** Bytes of one bulk request: half of what the API takes. */
const REQUEST_BYTES = 512 * 1024;
/** Rows of orders that are not complete yet: about 300 MB. */
const MAX_OPEN_ROWS = 500_000;

const ORDER_RULES: readonly ColumnRule[] = [
  { name: 'channel', path: ['channel'], read: asText },
  { name: 'number', path: ['number'], read: asText },
  { name: 'customer', path: ['customer'], read: asText },
  { name: 'placed_at', path: ['placedAt'], read: asText },
  { name: 'priority', path: ['priority'], read: asWhole },
  { name: 'hold', path: ['hold'], read: asText },
  { name: 'shipping', path: ['shipping'], read: asText },
  { name: 'when_incomplete', path: ['whenIncomplete'], read: asText },
  { name: 'ship_to_country', path: ['shipTo', 'country'], read: asText },
  { name: 'ship_to_postcode', path: ['shipTo', 'postcode'], read: asText },
];
const ITEM_RULES: readonly ColumnRule[] = [
  { name: 'sku', path: ['items', 0, 'sku'], read: asText },
  { name: 'quantity', path: ['items', 0, 'quantity'], read: asWhole },
  { name: 'unit_price', path: ['items', 0, 'unitPrice'], read: asWhole },
];
const REQUIRED = ['number', 'sku', 'quantity'];

const orderSchema = OPERATIONS.placeOrder.body;
type Order = z.output<typeof orderSchema>;

const FAULTY_COLUMN = {
  unknown_channel: 'channel',
  channel_disabled: 'channel',
  order_number_reused: 'number',
  unknown_sku: 'sku',
  order_refused: 'quantity',
};

interface OpenOrder {
  readonly rows: Row[];
  /** Built from the first good row; items of the others are added. */
  order: Order | undefined;
  /** Line of the first bad row, and the rows that are rejected already. */
  badLine: number | undefined;
  readonly rejected: Set<Row>;
}

export function importOrders(client: Client, result: ImportResult, defaultChannel: string | undefined): Importer {
  const rowsLeft = new RowCounts();
  const open = new Map<string, OpenOrder>();
  const sender = new OrderSender(client, result);
  let openRows = 0;
  const rules = [...ORDER_RULES, ...ITEM_RULES];
  const keyOf = (row: Row) => JSON.stringify([row.cell('channel') || defaultChannel, row.cell('number')]);

  async function close(key: string, opened: OpenOrder): Promise<void> {
    open.delete(key);
    openRows -= opened.rows.length;
    await sender.add(opened);
  }
  return {
    columns: {
      required: defaultChannel === undefined ? ['channel', ...REQUIRED] : REQUIRED,
      optional: rules.map((rule) => rule.name).filter((name) => !REQUIRED.includes(name)),
    },
    foresee: (row) => rowsLeft.add(keyOf(row)),
    async take(row) {
      const key = keyOf(row);
      const opened = open.get(key) ?? { rows: [], order: undefined, badLine: undefined, rejected: new Set() };
      open.set(key, opened);
      opened.rows.push(row);
      openRows += 1;
      await addRow(opened, withChannel(row, defaultChannel), result);
      if (rowsLeft.takeOne(key) === 0) await close(key, opened);
      if (openRows > MAX_OPEN_ROWS) {
        throw new CommandError(`more than ${MAX_OPEN_ROWS} rows belong to orders that go on later; sort the file by order number`);
      }
    },
    async finish() {
      for (const [key, opened] of [...open]) await close(key, opened);
      await sender.send();
    },
  };

  async function addRow(opened: OpenOrder, row: Row, into: ImportResult): Promise<void> {
    const original = opened.rows.at(-1) ?? row;
    const problem = joinRow(opened, row);
    if (problem === undefined) return;
    opened.badLine ??= row.line;
    opened.rejected.add(original);
    await into.reject(original, problem);
  }

  /** Adds the row's item to its order, or says what is wrong with it. */
  function joinRow(opened: OpenOrder, row: Row) {
    const built = buildBody(row, rules, orderSchema);
    if (!built.ok) return built.problem;
    if (opened.order === undefined) {
      opened.order = built.value;
      return undefined;
    }
    const other = ORDER_RULES.find(({ name }) => {
      const first = opened.rows[0]?.cell(name) ?? '';
      return row.cell(name) !== '' && name !== 'channel' && row.cell(name) !== first;
    });
    if (other !== undefined) {
      const problem = `'${row.cell(other.name)}' differs from line ${opened.rows[0]?.line}, the first row of this order`;
      return { column: other.name, problem };
    }
    if (opened.order.items.length >= MAX_ITEMS) {
      return { column: 'number', problem: `an order has at most ${MAX_ITEMS} items` };
    }
    opened.order.items.push(...built.value.items);
    return undefined;
  }
}

function withChannel(row: Row, defaultChannel: string | undefined): Row {
  if (defaultChannel === undefined) return row;
  return { ...row, cell: (column) => row.cell(column) || (column === 'channel' ? defaultChannel : '') };
}

/** How many rows of each order are still to come, by 48 bits of the order's hash. */
class RowCounts {
  readonly #counts = new Map<number, number>();

  add(key: string): void {
    const place = placeOf(key);
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
  }

  /** What is left after one row. Two orders in one place only wait for each other. */
  takeOne(key: string): number {
    const place = placeOf(key);
    const left = (this.#counts.get(place) ?? 1) - 1;
    if (left === 0) this.#counts.delete(place);
    else this.#counts.set(place, left);
    return left;
  }
}

function placeOf(key: string): number {
  return createHash('md5').update(key).digest().readUIntBE(0, 6);
}

/** Places orders in bulk requests, in the order given. */
class OrderSender {
  readonly #client: Client;
  readonly #result: ImportResult;
  #kept: { readonly order: Order; readonly rows: readonly Row[] }[] = [];
  #bytes = 0;

  constructor(client: Client, result: ImportResult) {
    this.#client = client;
    this.#result = result;
  }

  async add({ order, rows, badLine, rejected }: OpenOrder): Promise<void> {
    if (badLine !== undefined || order === undefined) {
      const problem = `not imported, since line ${badLine} of the same order is bad`;
      for (const row of rows) if (!rejected.has(row)) await this.#result.reject(row, { column: 'number', problem });
      return;
    }
    const bytes = Buffer.byteLength(JSON.stringify(order));
    if (this.#kept.length >= MAX_BULK || this.#bytes + bytes > REQUEST_BYTES) await this.send();
    this.#kept.push({ order, rows });
    this.#bytes += bytes;
  }

  async send(): Promise<void> {
    const sent = this.#kept;
    this.#kept = [];
    this.#bytes = 0;
    if (sent.length === 0) return;
    const { results } = await this.#client.must('placeOrders', { body: { orders: sent.map(({ order }) => order) } });
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
