/**
 * Each figure of a report is what the report says of its row and column alone, in whatever way it was made: with few cells or
 * very many, from the report store or the database.
 */
import { describe, expect, it } from 'vitest';
import {
  type Condition,
  type Group,
  type ReportInput,
  reportDefinition,
} from '../../../src/contract/reports/report-definition.ts';
import { runReport } from '../../../src/custom-reports/run.ts';
import type { ReportSource } from '../../../src/custom-reports/sources/source.ts';
import { useBothSources } from '../../support/both-sources.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const both = useBothSources(server);

const DAYS = ['2026-02-03', '2026-02-04', '2026-02-06'];
const ORDERS = ['A', 'AB', 'C', 'BBC', 'AC', 'CAB'];

/** Orders of three days, some of which wait, were filled after waiting, or were given up. */
async function openedShop(): Promise<Shop> {
  const shop = await openShop(server(), { products: { A: BACKORDER, B: BACKORDER, C: BACKORDER } });
  await shop.receive(9, { sku: 'A' });
  for (const [index, skus] of [...ORDERS, ...ORDERS].entries()) {
    const order = await shop.place({
      placedAt: `${DAYS[index % DAYS.length]}T0${index % 7}:00:00Z`,
      items: [...skus].map((sku, line) => ({
        sku,
        quantity: 1 + ((index + line) % 3),
        unitPrice: 100 + index,
      })),
    });
    if (index % 5 === 0) await shop.prioritize(order, index);
  }
  await shop.receive(4, { sku: 'B' });
  await shop.receive(3, { sku: 'C' });
  return shop;
}

const DAY: Group = { dimension: 'placed', every: 'day' };
const PRODUCT: Group = { dimension: 'product' };
const OF_ALL_KINDS: ReportInput['measures'] = [
  'ordered_units',
  'days_waiting_median',
  'orders',
  'value',
  'order_fill_rate',
  'days_to_fill_p90',
];
const CHANGES: ReportInput['measures'] = ['units_given', 'items_given'];

const REPORTS: readonly ReportInput[] = [
  { measures: OF_ALL_KINDS, by: [PRODUCT], across: { dimension: 'status' } },
  { measures: OF_ALL_KINDS, by: [PRODUCT, { dimension: 'status' }], across: DAY },
  { measures: OF_ALL_KINDS, by: [PRODUCT, DAY], across: { dimension: 'priority' } },
  { measures: OF_ALL_KINDS, by: [PRODUCT, DAY], across: { dimension: 'status' } },
  { measures: OF_ALL_KINDS, by: [DAY, PRODUCT] },
  { measures: ['days_waiting_median', 'items'], by: [{ dimension: 'age' }, PRODUCT], across: DAY },
  { measures: CHANGES, by: [{ dimension: 'document' }], across: PRODUCT },
  { measures: ['items_given'], by: [PRODUCT], across: { dimension: 'document' } },
  { measures: ['ordered_units', 'units_given', 'items_given'], by: [PRODUCT], across: { dimension: 'kind' } },
];

function is(group: Group, key: string | null | undefined): Condition[] {
  return [{ dimension: group.dimension, is: [key ?? null] }];
}

async function totalOf(source: ReportSource, report: ReportInput, filters: readonly Condition[][]) {
  const { measures } = report;
  const alone = { measures, filters: [...(report.filters ?? []), ...filters] };
  return (await runReport(source, reportDefinition.parse(alone))).total.values;
}

describe('a figure', () => {
  it('of several subjects stands beside the others without any groups', async () => {
    const shop = await openedShop();
    const filters: ReportInput['filters'] = [[{ dimension: 'channel', is: [shop.name('G')] }]];
    await both().ofBoth(async (source) => {
      const totals = async (measures: ReportInput['measures']) =>
        (await runReport(source, reportDefinition.parse({ measures, filters }))).total.values;
      const [items] = await totals(['items']);
      const [given] = await totals(['items_given']);
      expect(await totals(['items', 'items_given', 'refused_units'])).toEqual([items, given, 0]);
    });
  });

  it.each(REPORTS.map((report) => [JSON.stringify(report), report] as const))(
    'is that of its row and column: %s',
    async (_, input) => {
      const shop = await openedShop();
      const report = { ...input, filters: [[{ dimension: 'channel' as const, is: [shop.name('G')] }]] };
      await both().ofBoth(async (source) => {
        const answer = await runReport(source, reportDefinition.parse(report));
        expect(answer.rows.length).toBeGreaterThan(1);
        for (const { keys, values, cells } of answer.rows) {
          const row = answer.by.map((group, index) => is(group, keys[index]));
          expect(values, `${keys}`).toEqual(await totalOf(source, report, row));
          for (const [index, column] of answer.columns.entries()) {
            if (answer.across === null) continue;
            const cell = await totalOf(source, report, [...row, is(answer.across, column)]);
            expect(cells[index], `${keys} across ${column}`).toEqual(cell);
          }
        }
        for (const [index, column] of answer.columns.entries()) {
          if (answer.across === null) continue;
          const whole = await totalOf(source, report, [is(answer.across, column)]);
          expect(answer.total.cells[index], `${column}`).toEqual(whole);
        }
        expect(answer.total.values).toEqual(await totalOf(source, report, []));
      });
    },
  );

  it.each(['product', 'status', 'priority', 'age', 'customer_group', 'supplier', 'channel'] as const)(
    'of the period before is that of the same %s then',
    async (dimension) => {
      const shop = await openedShop();
      const report: ReportInput = {
        measures: ['ordered_units', 'orders', 'days_waiting_median'],
        by: [{ dimension }],
        filters: [[{ dimension: 'channel', is: [shop.name('G')] }]],
        period: { dimension: 'placed', from: '2026-02-04', until: '2026-02-05' },
        compare: true,
      };
      await both().ofBoth(async (source) => {
        const { rows, total } = await runReport(source, reportDefinition.parse(report));
        expect(rows.length).toBeGreaterThan(0);
        const before: Condition[] = [{ dimension: 'placed', is: ['2026-02-03'] }];
        for (const { keys, before: values } of rows) {
          const row = is({ dimension }, keys[0]);
          expect(values, `${keys}`).toEqual(await totalOf(source, report, [before, row]));
        }
        expect(total.before).toEqual(await totalOf(source, report, [before]));
      });
    },
  );

  it.each(REPORTS.map((report) => [JSON.stringify(report), report] as const))(
    'is the same however few rows are shown: %s',
    async (_, input) => {
      const shop = await openedShop();
      const report = { ...input, filters: [[{ dimension: 'channel' as const, is: [shop.name('G')] }]] };
      await both().ofBoth(async (source) => {
        const all = await runReport(source, reportDefinition.parse(report));
        const few = await runReport(source, reportDefinition.parse({ ...report, limit: 2 }));
        // which of several that are alike come first is not said
        const alike = ({ keys, values, cells }: (typeof all.rows)[number]) => {
          return JSON.stringify([keys.length, values, cells]);
        };
        expect(few.rows.map(alike)).toEqual(all.rows.slice(0, 2).map(alike));
        expect({ ...few, rows: [] }).toEqual({ ...all, rows: [], asOf: few.asOf });
      });
    },
  );
});
