/**
 * Lists: a walk by cursor sees every row that was there at its start exactly once and in order, also while rows are
 * being added; filters mean what they say; a cursor that is not one is bad input.
 */
import { describe, expect, it } from 'vitest';
import type { Client } from '../../../src/contract/call.ts';
import { useTestServer } from '../../support/server.ts';
import { settled } from '../../support/settled.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const MAX_PAGES = 200;

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

/** All rows by cursor; `between` happens after each page. */
async function walk<Row>(
  read: (client: Client, cursor: { cursor?: string }) => Promise<Page<Row>>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: { cursor?: string } = {};
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await read(server().client, cursor);
    rows.push(...page.rows);
    if (page.nextCursor === null) return rows;
    cursor = { cursor: page.nextCursor };
    await between();
  }
  throw new Error(`no end after ${MAX_PAGES} pages`);
}

async function shopWithOrders(count: number): Promise<{ shop: Shop; orders: number[] }> {
  const shop = await openShop(server(), { policy: BACKORDER });
  const orders: number[] = [];
  for (let each = 0; each < count; each++)
    orders.push(await shop.place({ items: [{ quantity: 1 }, { quantity: 2 }] }));
  return { shop, orders };
}

describe('a walk by cursor, while rows are being added, sees each row once', () => {
  it('orders, newest first', async () => {
    const { shop, orders } = await shopWithOrders(7);
    const rows = await walk(
      (client, cursor) =>
        client.must('listOrders', { query: { channel: shop.name('G'), limit: 2, ...cursor } }),
      () => shop.place(1),
    );
    expect(rows.map((row) => row.id)).toEqual(orders.toReversed());
  });

  it('order items, newest order first', async () => {
    const { shop, orders } = await shopWithOrders(5);
    const rows = await walk(
      (client, cursor) =>
        client.must('listOrderItems', { query: { sku: shop.name('P'), limit: 3, ...cursor } }),
      () => shop.place(1),
    );
    const keys = rows.map((row) => `${row.orderId}/${row.line}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.toSorted()).toEqual(orders.flatMap((order) => [`${order}/1`, `${order}/2`]).toSorted());
    expect(rows.map((row) => row.orderId)).toEqual(rows.map((row) => row.orderId).toSorted((a, b) => b - a));
  });

  it('the waiting queue, by rank, with the units ahead', async () => {
    const { shop, orders } = await shopWithOrders(4);
    await shop.prioritize(orders[2] ?? 0, 9);
    const late: number[] = [];
    const rows = await walk(
      (client, cursor) => client.must('listWaiting', { query: { sku: shop.name('P'), limit: 3, ...cursor } }),
      async () => late.push(await shop.place({ priority: 50 })),
    );
    const expected = [orders[2], orders[0], orders[1], orders[3]].flatMap((order) => [
      `${order}/1`,
      `${order}/2`,
    ]);
    expect(rows.map((row) => `${row.orderId}/${row.line}`)).toEqual(expected);
    const quiet = await walk((client, cursor) =>
      client.must('listWaiting', { query: { sku: shop.name('P'), limit: 3, ...cursor } }),
    );
    let ahead = 0;
    for (const row of quiet) {
      expect(row.unitsAhead).toBe(ahead);
      ahead += row.backordered + row.preordered + row.unfillable;
    }
    expect(quiet).toHaveLength(8 + late.length);
  });

  it('movements, newest first', async () => {
    const shop = await openShop(server());
    for (let each = 0; each < 7; each++) await shop.receive(1);
    const query = { sku: shop.name('P'), warehouse: shop.name('W1'), limit: 3 };
    const rows = await walk(
      (client, cursor) => client.must('listMovements', { query: { ...query, ...cursor } }),
      () => shop.receive(1),
    );
    expect(rows.map((row) => row.number)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it('inventory levels, by SKU and warehouse', async () => {
    const shop = await openShop(server(), { products: { Q: {}, R: {} } });
    for (const sku of ['P', 'Q', 'R']) {
      await shop.receive(1, { sku });
      await shop.receive(1, { sku, warehouse: 'W2' });
    }
    const rows = await walk((client, cursor) =>
      client.must('listInventoryLevels', { query: { warehouse: shop.name('W2'), limit: 1, ...cursor } }),
    );
    expect(rows.map((row) => shop.short(row.sku))).toEqual(['P', 'Q', 'R']);
    const one = await server().client.must('listInventoryLevels', { query: { sku: shop.name('Q') } });
    expect(one.rows.map((row) => shop.short(row.warehouse))).toEqual(['W1', 'W2']);
  });

  it('products, by SKU', async () => {
    const shop = await openShop(server(), { products: { Q: {}, R: {}, S: {} } });
    const search = shop.name('').slice(1);
    const rows = await walk((client, cursor) =>
      client.must('listProducts', { query: { limit: 2, search, ...cursor } }),
    );
    const mine = rows.map((row) => row.sku).filter((sku) => sku.endsWith(shop.name('')));
    expect(mine).toEqual(['P', 'Q', 'R', 'S'].map(shop.name));
    const all = await walk((client, cursor) =>
      client.must('listProducts', { query: { limit: 3, ...cursor } }),
    );
    const skus = all.map((row) => row.sku);
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus).toEqual(expect.arrayContaining(mine));
  });

  it('allocations of a warehouse, oldest order first', async () => {
    const shop = await openShop(server(), { stock: { W1: 6 } });
    const orders: number[] = [];
    for (let each = 0; each < 5; each++) orders.push(await shop.place(1));
    const rows = await walk((client, cursor) =>
      client.must('listAllocations', { query: { warehouse: shop.name('W1'), limit: 2, ...cursor } }),
    );
    expect(rows.map((row) => row.orderId)).toEqual(orders);
  });

  it('events of an order, newest first', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orderId = await shop.place(9);
    for (let each = 0; each < 5; each++) await shop.cancel(orderId, { 1: 1 });
    const rows = await walk((client, cursor) =>
      client.must('listOrderEvents', { params: { orderId }, query: { limit: 2, ...cursor } }),
    );
    expect(rows.map((row) => row.number)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});

describe('filters', () => {
  it('of orders and items: status, warehouse, number, customer, time', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 1, W2: 1 } });
    const early = await shop.place({ placedAt: '2026-01-01T00:00:00Z', customer: 'Ann' });
    const both = await shop.place({ placedAt: '2026-02-01T00:00:00Z', items: [{ quantity: 3 }] });
    const waits = await shop.place({ placedAt: '2026-03-01T00:00:00Z', number: 'find-me' });
    const channel = shop.name('G');
    const found = async (query: object): Promise<number[]> => {
      const { rows } = await server().client.must('listOrders', { query: { channel, ...query } });
      return rows.map((row) => row.id);
    };
    const items = async (query: object): Promise<number[]> => {
      const { rows } = await server().client.must('listOrderItems', { query: { channel, ...query } });
      return rows.map((row) => row.orderId);
    };
    await settled(server().address);
    for (const list of [found, items]) {
      expect(await list({})).toEqual([waits, both, early]);
      expect(await list({ status: 'backordered' })).toEqual([waits]);
      expect(await list({ status: 'partially_allocated' })).toEqual([both]);
      expect(await list({ warehouse: shop.name('W1') })).toEqual([early]);
      expect(await list({ warehouse: shop.name('W2') })).toEqual([both]);
      expect(await list({ placedFrom: '2026-02-01T00:00:00Z' })).toEqual([waits, both]);
      expect(await list({ placedUntil: '2026-02-01T00:00:00Z' })).toEqual([early]);
      expect(await list({ sku: shop.name('P') })).toEqual([waits, both, early]);
      expect(await list({ sku: 'no such' })).toEqual([]);
    }
    expect(await found({ number: 'find-me' })).toEqual([waits]);
    expect(await found({ customer: 'Ann' })).toEqual([early]);
  });

  it('items by status count items, units and value', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    await shop.place({ items: [{ quantity: 2, unitPrice: 250 }] });
    await shop.place({ items: [{ quantity: 4, unitPrice: 1_000_000_000_000 }] });
    await shop.place({ items: [{ quantity: 5, unitPrice: 1 }] });
    const { rows } = await server().client.must('itemsByStatus', { query: { channel: shop.name('G') } });
    const counted = rows.filter((row) => row.items > 0).map(({ status, items }) => [status, items]);
    expect(Object.fromEntries(counted)).toEqual({ allocated: 1, partially_allocated: 1, backordered: 1 });
    const partly = rows.find((row) => row.status === 'partially_allocated');
    expect(partly?.quantities).toMatchObject({ ordered: 4, allocated: 1, backordered: 3 });
    expect(partly?.value).toEqual([{ currency: 'EUR', amount: '4000000000000' }]);
  });
});

it('a cursor that is not one, or of another list, is bad input', async () => {
  const { shop } = await shopWithOrders(3);
  const { client } = server();
  const { nextCursor } = await client.must('listOrders', { query: { channel: shop.name('G'), limit: 1 } });
  const bad = { ok: false, status: 400, problem: { code: 'invalid_request' } };
  expect(await client.call('listOrders', { query: { cursor: 'bm9uc2Vuc2U' } })).toMatchObject(bad);
  expect(await client.call('listProducts', { query: { cursor: nextCursor ?? '' } })).toMatchObject(bad);
  expect(await client.call('listOrders', { query: { limit: 201 } })).toMatchObject(bad);
});
