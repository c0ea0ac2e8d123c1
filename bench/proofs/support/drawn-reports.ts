/** Reports to time: every measure by every dimension, heavy ones by name, and such as someone may build, drawn at random. */
import type { ReportInput } from '../../../src/contract/reports/report-definition.ts';
import { type DimensionId, dimensionsFor, kindOf } from '../../../src/contract/reports/report-dimensions.ts';
import { MEASURE_IDS, MEASURES } from '../../../src/contract/reports/report-measures.ts';
import { type Random, seededRandom } from '../../support/seeded-random.ts';

const DAY_MS = 86_400_000;
const MOST_MEASURES = 4;
const MOST_DAYS_AGO = 300;

export function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

const BY_PRODUCT: Pick<ReportInput, 'by'> = { by: [{ dimension: 'product' }] };
const ACROSS_CHANNELS: Omit<ReportInput, 'measures'> = { ...BY_PRODUCT, across: { dimension: 'channel' } };
const SHARES_OF_ORDERS = [
  'orders',
  'split_rate',
  'order_fill_rate',
  'order_fill_rate_1',
  'order_fill_rate_7',
  'order_fill_rate_30',
] as const;

export const WIDE: Readonly<Record<string, ReportInput>> = {
  'five sums by product, across channels': {
    measures: ['items', 'value', 'ordered_units', 'shipped_units', 'waiting_units'],
    ...ACROSS_CHANNELS,
  },
  'four percentiles by product, across channels': {
    measures: ['days_waiting_median', 'days_waiting_p90', 'days_to_fill_median', 'days_to_fill_p90'],
    ...ACROSS_CHANNELS,
  },
  'two shares of orders by product, across channels': {
    measures: ['split_rate', 'order_fill_rate'],
    ...ACROSS_CHANNELS,
  },
  'six counts of orders by product, across channels': {
    measures: [...SHARES_OF_ORDERS],
    ...ACROSS_CHANNELS,
  },
  'six counts of orders by status, across months': {
    measures: [...SHARES_OF_ORDERS],
    by: [{ dimension: 'status' }],
    across: { dimension: 'placed', every: 'month' },
  },
  'five of all kinds by product, across channels': {
    measures: ['items', 'unit_fill_rate_7', 'days_to_fill_median', 'split_rate', 'order_fill_rate'],
    ...ACROSS_CHANNELS,
  },
  'items by product and day': {
    measures: ['items'],
    by: [{ dimension: 'product' }, { dimension: 'placed', every: 'day' }],
  },
  'units by product, across months': {
    measures: ['ordered_units'],
    ...BY_PRODUCT,
    across: { dimension: 'placed', every: 'month' },
  },
  'by product, 12 months and the 12 before': {
    measures: ['items', 'value', 'orders'],
    ...BY_PRODUCT,
    period: { dimension: 'placed', last: 12, every: 'month' },
    compare: true,
  },
  'by status, 200 days ago': {
    measures: ['items', 'waiting_units', 'value'],
    by: [{ dimension: 'status' }],
    asOf: daysAgo(200),
  },
  'open by product, 200 days ago': {
    measures: ['waiting_items', 'waiting_units', 'waiting_value'],
    ...BY_PRODUCT,
    asOf: daysAgo(200),
  },
};

/** By its name. */
export type Drawn = readonly [name: string, report: ReportInput];

/** Days one by one. */
export function eachByEach(): Drawn[] {
  return MEASURE_IDS.flatMap((id) =>
    dimensionsFor([id]).map((dimension): Drawn => {
      const by = [{ dimension, ...(kindOf(dimension) === 'date' && { every: 'day' as const }) }];
      return [`${id} by ${dimension}`, { measures: [id], by }];
    }),
  );
}

/** One to four measures of a subject, by one or two dimensions, one in three across another one, one in six of the past. */
export function drawnReports(count: number, seed: number): Drawn[] {
  const from = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const report = drawn(from);
    return [JSON.stringify(report), report];
  });
}

function drawn(from: Random): ReportInput {
  const isPast = from.chance(1 / 6);
  const known = MEASURE_IDS.filter((id) => !isPast || MEASURES[id].past);
  const { subject } = MEASURES[from.pick(known)];
  const all = from.shuffled(known.filter((id) => MEASURES[id].subject === subject));
  const measures = all.slice(0, from.between(1, MOST_MEASURES));
  const [first, second, third] = from.shuffled(dimensionsFor(measures));
  const down = from.chance(1 / 2) ? [first] : [first, second];
  const group = (dimension: DimensionId) => ({
    dimension,
    ...(kindOf(dimension) === 'date' && { every: from.pick(['day', 'week', 'month'] as const) }),
  });
  return {
    measures,
    by: down.filter((each) => each !== undefined).map(group),
    ...(third !== undefined && from.chance(1 / 3) && { across: group(third) }),
    ...(isPast && { asOf: daysAgo(from.between(1, MOST_DAYS_AGO)) }),
  };
}
