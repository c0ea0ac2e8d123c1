/**
 * Orders from a file, one row an item; rows with one channel and number are one order, wherever they stand.
 *
 * An order is placed when its last row has been read, so orders are placed in the file's order, which decides who
 * gets the stock. For that the file is read twice: first its rows are counted by order (one small number an order:
 * 60 MB for a million), then they are taken. Kept in between are only orders that are not complete yet; when those
 * are too many, the file has to be sorted.
 */
import { createHash } from 'node:crypto';
import type { Client } from '../contract/client.ts';
import { MAX_ITEMS } from '../contract/orders.ts';
import { CommandError } from './failure.ts';
import { asText, asWhole, buildBody, type CellProblem, type ColumnRule } from './import-cells.ts';
import type { Columns, Row } from './import-file.ts';
import { type OpenOrder, OrderSender, orderSchema } from './import-order-sender.ts';
import type { Importer, ImportResult } from './import-result.ts';

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
const RULES = [...ORDER_RULES, ...ITEM_RULES];
const REQUIRED = ['number', 'sku', 'quantity'];

/** Imports orders; `defaultChannel` is that of rows which name none. */
export class OrderImporter implements Importer {
  readonly columns: Columns;
  readonly #result: ImportResult;
  readonly #sender: OrderSender;
  readonly #defaultChannel: string | undefined;
  readonly #rowsLeft = new RowCounts();
  readonly #open = new Map<string, OpenOrder>();
  #openRows = 0;

  constructor(client: Client, result: ImportResult, defaultChannel: string | undefined) {
    this.#result = result;
    this.#sender = new OrderSender(client, result);
    this.#defaultChannel = defaultChannel;
    const required = defaultChannel === undefined ? ['channel', ...REQUIRED] : REQUIRED;
    this.columns = {
      required,
      optional: RULES.map(({ name }) => name).filter((name) => !required.includes(name)),
    };
  }

  foresee(row: Row): void {
    this.#rowsLeft.add(this.#keyOf(row));
  }

  async take(row: Row): Promise<void> {
    const key = this.#keyOf(row);
    const opened = this.#open.get(key) ?? {
      rows: [],
      order: undefined,
      badLine: undefined,
      rejected: new Set(),
    };
    this.#open.set(key, opened);
    opened.rows.push(row);
    this.#openRows += 1;
    const problem = joinRow(opened, withChannel(row, this.#defaultChannel));
    if (problem !== undefined) {
      opened.badLine ??= row.line;
      opened.rejected.add(row);
      await this.#result.reject(row, problem);
    }
    if (this.#rowsLeft.takeOne(key) === 0) await this.#close(key, opened);
    if (this.#openRows > MAX_OPEN_ROWS) {
      throw new CommandError(
        `${MAX_OPEN_ROWS} rows belong to orders that go on later; sort the file by order number`,
      );
    }
  }

  async finish(): Promise<void> {
    for (const [key, opened] of [...this.#open]) await this.#close(key, opened);
    await this.#sender.send();
  }

  #keyOf(row: Row): string {
    return JSON.stringify([row.cell('channel') || this.#defaultChannel, row.cell('number')]);
  }

  async #close(key: string, opened: OpenOrder): Promise<void> {
    this.#open.delete(key);
    this.#openRows -= opened.rows.length;
    await this.#sender.add(opened);
  }
}

function withChannel(row: Row, defaultChannel: string | undefined): Row {
  if (defaultChannel === undefined) return row;
  return { ...row, cell: (column) => row.cell(column) || (column === 'channel' ? defaultChannel : '') };
}

/** Adds the row's item to its order, or says what is wrong with it. Blank means: as in the first row. */
function joinRow(opened: OpenOrder, row: Row): CellProblem | undefined {
  const built = buildBody(row, RULES, orderSchema);
  if (!built.ok) return built.problem;
  if (opened.order === undefined) {
    opened.order = built.value;
    return undefined;
  }
  const [first] = opened.rows;
  const other = ORDER_RULES.find(
    ({ name }) => name !== 'channel' && row.cell(name) !== '' && row.cell(name) !== first?.cell(name),
  );
  if (other !== undefined) {
    const problem = `'${row.cell(other.name)}' differs from line ${first?.line}, the first row of this order`;
    return { column: other.name, problem };
  }
  if (opened.order.items.length >= MAX_ITEMS) {
    return { column: 'number', problem: `an order has at most ${MAX_ITEMS} items` };
  }
  opened.order.items.push(...built.value.items);
  return undefined;
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
