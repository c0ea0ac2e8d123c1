/**
 * Figures: counted in the background or not, whole days or parts of them, by supplier or warehouse, they are what one gets
 * by adding up the items. An event that is committed late is counted once. Lists come in the order asked for.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { foldFacts } from '../../../src/app/reports/fold-facts.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { useTestServer } from '../../support/server.ts';
import { settled } from '../../support/settled.ts';
import { BACKORDER, openShop, preorder, type Shop } from '../../support/shop.ts';

const server = useTestServer();

type Query = { readonly channel: string; placedFrom?: string; placedUntil?: string; warehouse?: string };

async function fold(): Promise<void> {
  const db = openDatabase({ url: server().databaseUrl, connections: 1 });
  await foldFacts({ db });
  await db.destroy();
}

/** Items and units by status, from the figure and from the items themselves. */
async function bothWays(query: Query) {
  const { rows } = await server().client.must('itemsByStatus', { query });
  const items = await server().client.must('listOrderItems', { query: { ...query, limit: 200 } });
  const counted: Record<string, { items: number; units: number; value: number }> = {};
  for (const { status, quantities, unitPrice } of items.rows) {
    counted[status] ??= { items: 0, units: 0, value: 0 };
    counted[status].items += 1;
    counted[status].units += quantities.ordered;
    counted[status].value += quantities.ordered * unitPrice;
  }
  const figures = rows.filter((row) => row.items > 0);
  return {
    counted,
    figures: Object.fromEntries(
      figures.map((row) => [
        row.status,
        { items: row.items, units: row.quantities.ordered, value: Number(row.value[0]?.amount) },
      ]),
    ),
  };
}

async function busyShop(): Promise<Shop> {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 6 } });
  const price = { unitPrice: 250 };
  await shop.place({ placedAt: '2026-03-01T10:00:00Z', items: [{ quantity: 4, ...price }] });
  const cancelled = await shop.place({
    placedAt: '2026-03-01T22:00:00Z',
    items: [{ quantity: 1, ...price }, { quantity: 2 }],
  });
  await shop.place({ placedAt: '2026-03-02T09:00:00Z', items: [{ quantity: 7, ...price }] });
  await shop.place({ placedAt: '2026-03-04T00:00:00Z', items: [{ quantity: 3, ...price }] });
  await shop.cancel(cancelled);
  await settled(server().address);
  return shop;
}

describe('order items by status', () => {
  it('is the same counted or not, and as the items say, in whole days and parts of them', async () => {
    const shop = await busyShop();
    const channel = shop.name('G');
    const ranges = [
      {},
      { placedFrom: '2026-03-01T00:00:00Z', placedUntil: '2026-03-03T00:00:00Z' },
      { placedFrom: '2026-03-01T12:00:00Z', placedUntil: '2026-03-04T00:00:00.001Z' },
      { placedFrom: '2026-03-01T21:00:00+01:00', placedUntil: '2026-03-02T08:00:00Z' },
      { placedFrom: '2026-03-01T10:00:00Z' },
      { placedUntil: '2026-03-02T09:00:00Z' },
      { warehouse: shop.name('W1') },
    ];
    for (const counting of ['not counted', 'counted', 'counted and changed']) {
      if (counting === 'counted') await fold();
      if (counting === 'counted and changed') await shop.receive(5);
      await settled(server().address);
      for (const range of ranges) {
        const { figures, counted } = await bothWays({ channel, ...range });
        expect(figures, `${counting}, ${JSON.stringify(range)}`).toEqual(counted);
      }
    }
  });

  it('counts once what is committed after others that began later', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(2);
    await fold();
    const late = new pg.Client({ connectionString: server().databaseUrl });
    await late.connect();
    await late.query('begin');
    await late.query(`
      with given as (
        update order_items set backordered = 1, cancelled = 1, events = 2
        where order_id = ${order} and line = 1 returning order_id, line, product_id, channel_id)
      insert into item_events select order_id, line, 2, now(), pg_current_xact_id(), product_id, channel_id, 'cancelled',
        null, 0, 0, 0, -1, 0, 0, 0, 1, '{cancelled}', '{}', '{}' from given`);
    await shop.place(3);
    await fold();
    await late.query('commit');
    await late.end();
    await fold();
    await shop.place(1);
    const { figures } = await bothWays({ channel: shop.name('G') });
    expect(figures).toEqual({ backordered: { items: 3, units: 6, value: 0 } });
    const { rows } = await server().client.must('itemsByStatus', { query: { channel: shop.name('G') } });
    const backordered = rows.find(({ status }) => status === 'backordered');
    expect(backordered?.quantities).toMatchObject({ ordered: 6, backordered: 5, cancelled: 1 });
  });

  it('refuses codes that do not exist', async () => {
    for (const query of [{ channel: 'NONE' }, { warehouse: 'NONE' }, { supplier: 'NONE' }]) {
      const answered = await server().client.call('itemsByStatus', { query });
      expect(answered).toMatchObject({ ok: false, problem: { detail: expect.stringContaining('NONE') } });
    }
  });
});

describe('other figures', () => {
  it('counts who waits by the days they have waited', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const days = [0, 3, 4, 14, 46, 400];
    for (const day of days) {
      const placedAt = new Date(Date.now() - day * 86_400_000).toISOString();
      await shop.place({ placedAt, items: [{ quantity: 2 }] });
    }
    const { rows } = await server().client.must('waitingByAge', { query: { channel: shop.name('G') } });
    expect(rows.map(({ fromDays, toDays, items }) => [fromDays, toDays, items])).toEqual([
      [0, 3, 2],
      [4, 7, 1],
      [8, 14, 1],
      [15, 21, 0],
      [22, 30, 0],
      [31, 45, 0],
      [46, null, 2],
    ]);
    expect(rows[0]).toMatchObject({ backordered: 4, preordered: 0 });
  });

  it('says what was filled at once, pre-orders and holds aside, in periods that may be empty', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      stock: { W1: 3 },
      products: { Q: preorder() },
    });
    await shop.place(2);
    await shop.place(4);
    await shop.place({ items: [{ sku: 'Q', quantity: 5 }] });
    await shop.place({ hold: 'fraud', items: [{ quantity: 1 }] });
    const query = { channel: shop.name('G'), every: 'day', periods: 3 } as const;
    const expected = { items: 2, itemsAtOnce: 1, units: 6, unitsAtOnce: 3 };
    for (const counted of [false, true]) {
      if (counted) await fold();
      const { rows } = await server().client.must('fillRates', { query });
      expect(rows.map(({ items }) => items)).toEqual([0, 0, 2]);
      expect(rows[2]).toMatchObject(expected);
    }
  });

  it('names stock that lies free beside somebody who waits, and why', async () => {
    const shop = await openShop(server(), {
      policy: BACKORDER,
      products: { Q: BACKORDER },
      stock: { W1: 2 },
    });
    await shop.place({
      shipping: 'complete',
      whenIncomplete: 'give_back',
      items: [{ quantity: 1 }, { sku: 'Q', quantity: 1 }],
    });
    await settled(server().address);
    const { rows } = await server().client.must('listStrandedDemand', { query: { limit: 50 } });
    const mine = rows.find(({ sku }) => sku === shop.name('P'));
    expect(mine).toMatchObject({ available: 2, waiting: 1, first: { line: 1 } });
    expect(mine?.why).toMatchObject({ waits: 1 });
  });

  it('shows what moved last', async () => {
    const shop = await openShop(server(), { stock: { W1: 7 } });
    const { rows } = await server().client.must('listActivity', { query: { limit: 1 } });
    expect(rows).toMatchObject([{ sku: shop.name('P'), kind: 'receive', units: 7, balance: 7 }]);
  });
});

describe('the order of a list', () => {
  it('pages through products and levels by a figure, each once', async () => {
    const amounts = { A: 5, B: 0, C: 5, D: 9, E: 0 };
    const shop = await openShop(server(), {
      products: Object.fromEntries(Object.keys(amounts).map((sku) => [sku, {}])),
    });
    for (const [sku, units] of Object.entries(amounts)) if (units > 0) await shop.receive(units, { sku });
    await server().client.must('putProduct', { params: { sku: shop.name('P') }, body: { name: 'other' } });
    const mine = Object.keys(amounts).map((sku) => shop.name(sku));
    const suffix = shop.name('X').slice(1);
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { rows: { sku: string }[]; nextCursor: string | null } = await server().client.must(
        'listProducts',
        { query: { search: suffix, sort: 'available', limit: 2, ...(cursor !== undefined && { cursor }) } },
      );
      walked.push(...page.rows.map(({ sku }) => sku));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(walked.filter((sku) => mine.includes(sku))).toEqual(
      ['D', 'A', 'C', 'B', 'E'].map((sku) => shop.name(sku)),
    );
    const levels = await server().client.must('listInventoryLevels', {
      query: { warehouse: shop.name('W1'), sort: 'least_available' },
    });
    expect(levels.rows.map(({ available }) => available)).toEqual([5, 5, 9]);
    const wrong = await server().client.call('listProducts', {
      query: { sort: 'waiting', cursor: Buffer.from('["a","b"]').toString('base64url') },
    });
    expect(wrong).toMatchObject({ ok: false, status: 400 });
  });

  it('has buying advice by what is missing, and by since when', async () => {
    const shop = await openShop(server(), {
      products: { A: BACKORDER, B: BACKORDER, C: BACKORDER, D: BACKORDER },
    });
    for (const [sku, units] of Object.entries({ C: 2, A: 7, D: 2 })) {
      await shop.place({ items: [{ sku, quantity: units }] });
    }
    await server().client.must('putProduct', {
      params: { sku: shop.name('D') },
      body: { name: '0', policy: BACKORDER },
    });
    const walk = async (sort: 'sku' | 'name' | 'uncovered' | 'oldest') => {
      const walked: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { sort, limit: 1, ...(cursor !== undefined && { cursor }) };
        const page: { rows: { sku: string }[]; nextCursor: string | null } = await server().client.must(
          'listPurchaseSuggestions',
          { query },
        );
        walked.push(...page.rows.map(({ sku }) => sku));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return walked.filter((sku) => sku.endsWith(shop.name('')));
    };
    const named = (skus: string) => [...skus].map((sku) => shop.name(sku));
    expect(await walk('sku')).toEqual(named('ACD'));
    expect(await walk('uncovered')).toEqual(named('ACD'));
    expect(await walk('oldest')).toEqual(named('CAD'));
    expect((await walk('name'))[0]).toBe(shop.name('D'));
  });

  it('has channels, warehouses and suppliers by name when asked', async () => {
    const shop = await openShop(server());
    const { client } = server();
    for (const [code, name] of [
      ['S1', '2'],
      ['S2', '1'],
      ['S3', '1'],
    ] as const) {
      const params = { supplier: shop.name(code) };
      await client.must('putSupplier', {
        params,
        body: { name, currency: 'EUR', timeZone: 'UTC', leadDays: 1 },
      });
    }
    const mine = ({ rows }: { rows: { code: string }[] }) =>
      rows.map(({ code }) => code).filter((code) => code.endsWith(shop.name('')));
    expect(mine(await client.must('listSuppliers', { query: { sort: 'name' } }))).toEqual(
      ['S2', 'S3', 'S1'].map((code) => shop.name(code)),
    );
    expect(mine(await client.must('listSuppliers'))).toEqual(
      ['S1', 'S2', 'S3'].map((code) => shop.name(code)),
    );
    for (const id of ['listSalesChannels', 'listWarehouses'] as const) {
      const { rows } = await client.must(id, { query: { sort: 'name' } });
      const names = rows.map(({ name, code }) => ({ name, code }));
      const before = (a: string, b: string) => (a < b ? -1 : Number(a > b));
      expect(names).toEqual([...names].sort((a, b) => before(a.name, b.name) || before(a.code, b.code)));
    }
  });

  it('has orders and items oldest first when asked', async () => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const orders = [await shop.place(1), await shop.place(1), await shop.place(1)];
    const query = { channel: shop.name('G'), sort: 'oldest', limit: 2 } as const;
    const first = await server().client.must('listOrders', { query });
    const second = await server().client.must('listOrders', {
      query: { ...query, cursor: first.nextCursor ?? '' },
    });
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(orders);
    const items = await server().client.must('listOrderItems', { query: { ...query, waiting: 'true' } });
    expect(items.rows.map(({ orderId }) => orderId)).toEqual(orders.slice(0, 2));
  });
});
