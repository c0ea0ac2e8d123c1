/**
 * The SQL of some telling reports, to be read: see examples/*.sql. A change of the compiler shows there as a
 * change of what runs; `npx vitest run src/custom-reports -u` writes them anew.
 */
import { expect, test } from 'vitest';
import { formatSql } from '../../../test/support/format-sql.ts';
import { type ReportInput, reportDefinition } from '../../contract/reports/report-definition.ts';
import { compiler } from '../../report-store/database-reader.ts';
import { databaseSource } from '../sources/database-source.ts';
import type { ReportSource } from '../sources/source.ts';
import { storeSource } from '../sources/store-source.ts';
import { compile } from './compile.ts';
import { rangesOf } from './periods.ts';

const TODAY = '2026-06-15';
const read = async () => await Promise.reject(new Error('an example is not run'));
const SOURCES: Readonly<Record<'database' | 'store', ReportSource>> = {
  database: databaseSource(read),
  store: storeSource({ at: `${TODAY} 12:00:00.000000`, read }),
};

interface Example {
  /** What is asked, in one sentence. */
  readonly asks: string;
  readonly of: keyof typeof SOURCES;
  readonly report: ReportInput;
}

const EXAMPLES: Readonly<Record<string, Example>> = {
  'one-measure-by-product': {
    asks: 'Which ten products have most units waiting?',
    of: 'database',
    report: { measures: ['waiting_units'], by: [{ dimension: 'product' }], limit: 10 },
  },
  'rows-and-columns': {
    asks: 'Items and their value by status, with a column for each sales channel.',
    of: 'database',
    report: {
      measures: ['items', 'value'],
      by: [{ dimension: 'status' }, { dimension: 'currency' }],
      across: { dimension: 'channel' },
    },
  },
  'orders-counted-once': {
    asks: 'How many orders of each channel have an item of each status, whatever other items they have?',
    of: 'store',
    report: { measures: ['orders'], by: [{ dimension: 'status' }], across: { dimension: 'channel' } },
  },
  'many-cells': {
    asks: 'How long did items wait, by product and day, where there may be millions of cells?',
    of: 'store',
    report: {
      measures: ['waiting_units', 'days_waiting_p90'],
      by: [{ dimension: 'product' }, { dimension: 'channel' }],
      across: { dimension: 'placed', every: 'day' },
      limit: 50,
    },
  },
  'two-subjects': {
    asks: 'What of each product was ordered of us, beside what we ordered of suppliers.',
    of: 'database',
    report: { measures: ['ordered_units', 'purchased_units'], by: [{ dimension: 'product' }] },
  },
  'past-period-with-filter': {
    asks: 'The share of units that had stock at once, by month of the last quarter, as of a past moment, on one channel.',
    of: 'database',
    report: {
      measures: ['unit_fill_rate'],
      by: [{ dimension: 'placed', every: 'month' }],
      filters: [[{ dimension: 'channel', is: ['WEB'] }]],
      period: { dimension: 'placed', last: 1, every: 'quarter' },
      asOf: '2026-06-01T00:00:00.000Z',
    },
  },
};

test.each(Object.entries(EXAMPLES))('%s', async (name, { asks, of, report }) => {
  const parsed = reportDefinition.parse(report);
  const range = rangesOf(parsed, TODAY).now;
  const { sql: text, parameters } = compile(SOURCES[of], parsed, { range }).compile(compiler);
  const given = parameters.map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`);
  const written = `-- ${asks} (${of})\n${given.join('')}${formatSql(text)}`
    .replaceAll('\u0001', '\\u0001')
    .replaceAll('\u0002', '\\u0002');
  await expect(written).toMatchFileSnapshot(`../examples/${name}.sql`);
});
