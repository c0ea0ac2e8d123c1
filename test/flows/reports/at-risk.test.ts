/** Products at risk: said from stock, supply and what is ordered a day; kept each day, and judged when its days are over. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/app/frame/app.ts';
import { scoreRisksDaily } from '../../../src/app/reports/at-risk.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { risksInEnglish } from '../../support/in-english.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();
const DAY_MS = 86_400_000;

/** Units ordered on each of the last days. */
async function sell(
  shop: Shop,
  sku: string,
  { units, days }: { units: number; days: number },
): Promise<void> {
  for (let day = 0; day < days; day++) {
    const placedAt = new Date(Date.now() - day * DAY_MS).toISOString();
    await shop.place({ placedAt, items: [{ sku, quantity: units }] });
  }
}

async function atRisk(shop: Shop) {
  const { rows } = await server().client.must('listAtRisk', { query: { from: 0 } });
  const mine = rows.filter(({ sku }) => ['A', 'B', 'C', 'D'].some((each) => shop.name(each) === sku));
  return Object.fromEntries(mine.map((row) => [row.sku.slice(0, 1), row]));
}

describe('products at risk', () => {
  it('are those that stock and supply do not last for, with the reason', async () => {
    const shop = await openShop(server(), {
      products: { A: BACKORDER, B: BACKORDER, C: BACKORDER, D: BACKORDER },
    });
    for (const [sku, units] of Object.entries({ A: 50, B: 500, C: 50, D: 0 })) {
      if (units > 0) await shop.receive(units, { sku });
    }
    for (const sku of ['A', 'B', 'C']) await sell(shop, sku, { units: 4, days: 10 });
    await sell(shop, 'D', { units: 1, days: 1 });
    await shop.supply.putSupplier();
    await shop.supply.putTerms({ unitPrice: 100 }, { sku: 'C' });
    await shop.supply.order([{ sku: 'C', quantity: 100, expectedOn: inDays(2) }]);
    const { A, B, C, D } = await atRisk(shop);
    expect(A).toMatchObject({
      risk: expect.closeTo(1, 3),
      available: 10,
      perDay: 4,
      runsOutIn: 2,
      nextInDays: null,
    });
    expect(risksInEnglish(A)).toContain('10 free, 4 are ordered a day: that lasts 2 days.');
    expect(B?.risk).toBeLessThan(0.001);
    expect(C).toMatchObject({ nextInDays: 2, nextUnits: 100, runsOutIn: null });
    expect(C?.risk).toBeGreaterThan(0.05);
    expect(C?.risk).toBeLessThan(0.5);
    expect(D).toMatchObject({
      risk: 1,
      waiting: 1,
      why: expect.arrayContaining([{ code: 'waits', waiting: 1, available: 0 }]),
    });
    expect(risksInEnglish(D)).toContain('1 unit waits already, 0 are free.');
  });

  it('are kept each day, once, and judged when the days are over', async () => {
    const shop = await openShop(server(), { products: { A: BACKORDER, B: BACKORDER } });
    const db = openDatabase({ url: server().databaseUrl, connections: 2 });
    const app = createApp(db, () => undefined);
    await scoreRisksDaily(app);
    await scoreRisksDaily(app);
    const before = await sql<{ product: number }>`select product_id as product from risk_scores`.execute(db);
    expect(new Set(before.rows.map(({ product }) => product)).size).toBe(before.rows.length);
    await sql`delete from risk_scores`.execute(db);
    // said 20 days ago of both; only A was ordered beyond its stock 10 days ago
    await sql`
      insert into risk_scores (product_id, day, days, permille)
      select id, (now() at time zone 'UTC')::date - 20, 14, case sku when ${shop.name('A')} then 900 else 100 end
      from products where sku in (${shop.name('A')}, ${shop.name('B')})`.execute(db);
    const placedAt = new Date(Date.now() - 10 * DAY_MS).toISOString();
    await shop.place({ placedAt, items: [{ sku: 'A', quantity: 2 }] });
    await scoreRisksDaily(app);
    await db.destroy();
    const { rows } = await server().client.must('getRiskRecord');
    expect(rows).toMatchObject([
      { from: 0, until: 0.2, said: 1, short: 0 },
      { said: 0 },
      { said: 0 },
      { said: 0 },
      { from: 0.8, until: 1, said: 1, short: 1 },
    ]);
  });
});
