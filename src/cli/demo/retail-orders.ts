/**
 * Makes orders and cancellations of the lines of an Online Retail file. An invoice is an order of the sales channel
 * of its country, numbered as the invoice; one of more than 500 lines becomes several. A cancellation takes back units
 * of the sale that the file of links names; without links, of the latest earlier sale of the product to the customer.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MAX_ITEMS } from '../../contract/orders.ts';
import { type RetailFile, type RetailLine, readRows } from './retail-file.ts';
import { channelOfCountry } from './retail-shop.ts';

export interface RetailOrder {
  readonly number: string;
  readonly channel: string;
  readonly customer: string | null;
  readonly at: number;
  readonly lines: RetailLine[];
}

export interface RetailCancel {
  readonly order: RetailOrder;
  readonly at: number;
  /** Units by line of the order, the first being 1. */
  readonly units: Map<number, number>;
}

export interface RetailOrders {
  readonly orders: readonly RetailOrder[];
  readonly cancels: readonly RetailCancel[];
  /** Orders that are a further part of an invoice. */
  readonly parts: number;
  readonly cancelledBy: 'links' | 'customer and product';
  /** Cancellation rows for which no sale was found. */
  readonly unmatched: number;
}

interface Sale {
  readonly order: RetailOrder;
  /** In the order, the first being 1. */
  readonly line: number;
  left: number;
}

/** The name of one cancellation or sale row. */
function rowName(invoice: string, line: number | string): string {
  return `${invoice}/${line}`;
}

function byInvoice(lines: readonly RetailLine[]): Map<string, RetailLine[]> {
  const invoices = new Map<string, RetailLine[]>();
  for (const line of lines) {
    const known = invoices.get(line.invoice);
    if (known === undefined) invoices.set(line.invoice, [line]);
    else known.push(line);
  }
  return invoices;
}

function ordersOf(sales: readonly RetailLine[]): RetailOrder[] {
  const orders: RetailOrder[] = [];
  for (const [invoice, lines] of byInvoice(sales)) {
    const [first] = lines;
    if (first === undefined) continue;
    for (let start = 0; start < lines.length; start += MAX_ITEMS) {
      orders.push({
        number: start === 0 ? invoice : `${invoice}-${start / MAX_ITEMS + 1}`,
        channel: channelOfCountry(first.country),
        customer: first.customer,
        at: first.at,
        lines: lines.slice(start, start + MAX_ITEMS),
      });
    }
  }
  // stable: orders of the same moment keep the order of the file
  return orders.sort((a, b) => a.at - b.at);
}

class Cancelling {
  readonly #cancels = new Map<string, RetailCancel>();

  /** Adds up the units that one cancellation takes back of one order. */
  add({ invoice, at }: RetailLine, sale: Sale, units: number): void {
    sale.left -= units;
    const name = `${invoice}/${sale.order.number}`;
    const cancel = this.#cancels.get(name) ?? { order: sale.order, at, units: new Map<number, number>() };
    cancel.units.set(sale.line, (cancel.units.get(sale.line) ?? 0) + units);
    this.#cancels.set(name, cancel);
  }

  all(): RetailCancel[] {
    return [...this.#cancels.values()].sort((a, b) => a.at - b.at);
  }
}

interface Link {
  readonly cancel: string;
  readonly sale: string;
  readonly units: number;
}

const LINK_COLUMNS = ['cancel_invoice', 'cancel_line', 'sale_invoice', 'sale_line', 'units'];

/** The links beside the file, if they are there. */
async function readLinks(retailFile: string): Promise<Link[] | undefined> {
  const path = ['online_retail_cancel_links.csv.gz', 'online_retail_cancel_links.csv']
    .map((name) => join(dirname(retailFile), name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined) return undefined;
  const links: Link[] = [];
  await readRows(path, LINK_COLUMNS, {
    take(row) {
      links.push({
        cancel: rowName(row['cancel_invoice'] ?? '', row['cancel_line'] ?? ''),
        sale: rowName(row['sale_invoice'] ?? '', row['sale_line'] ?? ''),
        units: Number(row['units']),
      });
    },
    skip() {},
  });
  return links;
}

function cancelByLinks(
  orders: readonly RetailOrder[],
  cancels: readonly RetailLine[],
  links: readonly Link[],
) {
  const sales = new Map<string, Sale>();
  for (const order of orders) {
    for (const [index, line] of order.lines.entries()) {
      sales.set(rowName(line.invoice, line.line), { order, line: index + 1, left: line.units });
    }
  }
  const open = new Map(cancels.map((line) => [rowName(line.invoice, line.line), line]));
  const found = new Set<string>();
  const cancelling = new Cancelling();
  for (const { cancel, sale, units } of links) {
    const [line, sold] = [open.get(cancel), sales.get(sale)];
    if (line === undefined || sold === undefined || sold.order.at > line.at) continue;
    const taken = Math.min(units, sold.left);
    if (!(taken > 0)) continue;
    cancelling.add(line, sold, taken);
    found.add(cancel);
  }
  return { cancels: cancelling.all(), unmatched: cancels.length - found.size };
}

function cancelByCustomer(orders: readonly RetailOrder[], cancels: readonly RetailLine[]) {
  const sold = new Map<string, Sale[]>();
  const cancelling = new Cancelling();
  let next = 0;
  let unmatched = 0;
  for (const line of [...cancels].sort((a, b) => a.at - b.at)) {
    for (let order = orders[next]; order !== undefined && order.at <= line.at; order = orders[++next]) {
      for (const [index, { sku, units }] of order.lines.entries()) {
        const key = `${order.customer}/${sku}`;
        const sale = { order, line: index + 1, left: units };
        const known = sold.get(key);
        if (known === undefined) sold.set(key, [sale]);
        else known.push(sale);
      }
    }
    const candidates = line.customer === null ? undefined : sold.get(`${line.customer}/${line.sku}`);
    const sale = candidates?.findLast(({ left }) => left > 0);
    if (sale === undefined) unmatched++;
    else cancelling.add(line, sale, Math.min(line.units, sale.left));
  }
  return { cancels: cancelling.all(), unmatched };
}

export async function makeRetailOrders(file: RetailFile, path: string): Promise<RetailOrders> {
  const orders = ordersOf(file.sales);
  const links = await readLinks(path);
  const cancelled =
    links === undefined ? cancelByCustomer(orders, file.cancels) : cancelByLinks(orders, file.cancels, links);
  return {
    orders,
    ...cancelled,
    parts: orders.length - new Set(file.sales.map(({ invoice }) => invoice)).size,
    cancelledBy: links === undefined ? 'customer and product' : 'links',
  };
}
