/**
 * Orders are counted once in each row, column and cell and in the whole, however their items differ, and whether there is
 * room for a mark of each way in which they do or not.
 */
import { describe, expect, it } from 'vitest';
import { type ReportInput, reportDefinition } from '../../../src/contract/reports/report-definition.ts';
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';
import { runReport } from '../../../src/custom-reports/run.ts';
import { useBothSources } from '../../support/both-sources.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const both = useBothSources(server);

const DIMENSIONS = ['product', 'status', 'priority', 'placed', 'channel'] as const;
type Counted = (typeof DIMENSIONS)[number];
type Item = Readonly<Record<Counted | 'order', string>>;

const ORDERS = ['A', 'AA', 'AB', 'AAC', 'B', 'CC', 'ABCA', 'BC', 'C', 'AABBC'];

/** Orders of items of many priorities, some of the same product twice, some of which wait. */
async function manyOrders(shop: Shop): Promise<Item[]> {
  await shop.receive(12, { sku: 'A' });
  await shop.receive(5, { sku: 'B' });
  const placed = new Map<number, string>();
  for (let number = 0; number < 3 * ORDERS.length; number++) {
    const month = `2026-0${1 + (number % 3)}-01`;
    const skus = [...(ORDERS[number % ORDERS.length] ?? '')];
    const order = await shop.place({
      placedAt: `${month}T12:00:00Z`,
      items: skus.map((sku) => ({ sku, quantity: 1 })),
    });
    placed.set(order, month);
    await shop.prioritize(order, number);
    if (number % 4 === 0 && (await shop.item(order)).status === 'allocated') await shop.ship(order, 1);
  }
  const items: Item[] = [];
  for (const [id, month] of placed) {
    const { channel, priority, items: all } = await shop.order(id);
    for (const { sku, status } of all) {
      items.push({ order: `${id}`, product: sku, status, priority: `${priority}`, placed: month, channel });
    }
  }
  return items;
}

function ordersOf(items: readonly Item[], where: Partial<Item>): number {
  const matching = items.filter((item) =>
    Object.entries(where).every(([dimension, value]) => item[dimension as Counted] === value),
  );
  return new Set(matching.map(({ order }) => order)).size;
}

function group(dimension: Counted): { dimension: DimensionId } {
  return { dimension };
}

/** One count, for whose marks there is room; and eleven, for which there is not where there are many priorities. */
const ONE = ['orders'] as const;
const MANY = [
  'orders',
  'split_rate',
  'order_fill_rate',
  'order_fill_rate_1',
  'order_fill_rate_7',
  'order_fill_rate_30',
] as const;

describe('counts of orders', () => {
  it('are those of the orders in each row, column and cell', async () => {
    const shop = await openShop(server(), { products: { A: BACKORDER, B: BACKORDER, C: BACKORDER } });
    const items = await manyOrders(shop);
    const filters = [[group('channel')].map((each) => ({ ...each, is: [shop.name('G')] }))];
    const pairs = DIMENSIONS.flatMap((by) => DIMENSIONS.map((across) => ({ by, across })));
    for (const { by, across } of pairs.filter((pair) => pair.by !== pair.across)) {
      for (const measures of [ONE, MANY]) {
        const input: ReportInput = {
          measures: [...measures],
          by: [group(by)],
          across: group(across),
          filters,
        };
        const report = reportDefinition.parse(input);
        for (const answer of await both().ofBoth((source) => runReport(source, report))) {
          const said = JSON.stringify(input);
          expect(answer.total.values[0], said).toBe(ordersOf(items, {}));
          expect(answer.rows.length, said).toBe(new Set(items.map((item) => item[by])).size);
          for (const [index, column] of answer.columns.entries()) {
            const count = ordersOf(items, { [across]: column ?? '' });
            expect(answer.total.cells[index]?.[0], `${said} ${column}`).toBe(count);
          }
          for (const { keys, values, cells } of answer.rows) {
            const row = { [by]: keys[0] ?? '' };
            expect(values[0], `${said} ${keys}`).toBe(ordersOf(items, row));
            for (const [index, column] of answer.columns.entries()) {
              const count = ordersOf(items, { ...row, [across]: column ?? '' });
              expect(cells[index]?.[0], `${said} ${keys} ${column}`).toBe(count);
            }
          }
        }
      }
    }
  });
});
