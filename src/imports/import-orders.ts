/**
 * Orders from a file, one row an item; rows with one channel and number are one order. They are placed in the file's
 * order, which decides who gets the stock.
 */
import type { Client } from '../contract/call.ts';
import { MAX_ITEMS } from '../contract/orders.ts';
import { problemOfSums } from './import-bounds.ts';
import { asNumber, asText, asWhole, type ColumnRule } from './import-cells.ts';
import type { Row } from './import-file.ts';
import { GroupImporter } from './import-groups.ts';
import { type Order, OrderSender, orderSchema } from './import-order-sender.ts';
import type { Importer, ImportResult } from './import-result.ts';

const ORDER_RULES: readonly ColumnRule[] = [
  { name: 'channel', path: ['channel'], read: asText },
  { name: 'number', path: ['number'], read: asText },
  { name: 'customer', path: ['customer'], read: asText },
  { name: 'customer_group', path: ['customerGroup'], read: asText },
  { name: 'placed_at', path: ['placedAt'], read: asText },
  { name: 'priority', path: ['priority'], read: asWhole },
  { name: 'hold', path: ['hold'], read: asText },
  { name: 'shipping', path: ['shipping'], read: asText },
  { name: 'when_incomplete', path: ['whenIncomplete'], read: asText },
  { name: 'ship_to_country', path: ['shipTo', 'country'], read: asText },
  { name: 'ship_to_postcode', path: ['shipTo', 'postcode'], read: asText },
  { name: 'ship_to_latitude', path: ['shipTo', 'latitude'], read: asNumber },
  { name: 'ship_to_longitude', path: ['shipTo', 'longitude'], read: asNumber },
];
const ITEM_RULES: readonly ColumnRule[] = [
  { name: 'sku', path: ['items', 0, 'sku'], read: asText },
  { name: 'quantity', path: ['items', 0, 'quantity'], read: asWhole },
  { name: 'unit_price', path: ['items', 0, 'unitPrice'], read: asWhole },
];
const RULES = [...ORDER_RULES, ...ITEM_RULES];
const REQUIRED = ['number', 'sku', 'quantity'];

/** @param defaultChannel that of rows which name none */
export function importOrders(
  client: Client,
  result: ImportResult,
  defaultChannel: string | undefined,
): Importer {
  const sender = new OrderSender(client, result);
  const required = defaultChannel === undefined ? ['channel', ...REQUIRED] : REQUIRED;
  const orders = new GroupImporter<Order>(result, {
    what: 'order',
    columns: {
      required,
      optional: RULES.map(({ name }) => name).filter((name) => !required.includes(name)),
    },
    key: ['channel', 'number'],
    rules: RULES,
    headRules: ORDER_RULES,
    schema: orderSchema,
    linesOf: ({ items }) => items,
    most: MAX_ITEMS,
    checkWhole: ({ items }) => problemOfSums(items),
    close: (order, rows) => sender.add({ order, rows }),
    finish: () => sender.send(),
  });
  const withChannel = (row: Row) => (defaultChannel === undefined ? row : onChannel(row, defaultChannel));
  return {
    columns: orders.columns,
    foresee: (row) => orders.foresee(withChannel(row)),
    take: (row) => orders.take(withChannel(row)),
    finish: () => orders.finish(),
  };
}

function onChannel(row: Row, channel: string): Row {
  return { ...row, cell: (column) => row.cell(column) || (column === 'channel' ? channel : '') };
}
