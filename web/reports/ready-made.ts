/** Reports that everybody needs, to begin with: each is what one could have put together. */
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import type { Words } from '../words/en/en.ts';
import { reportText } from './definition.ts';

export type ReadyMade = keyof Words['reports']['readyMade'];

const BY_MONTH = [{ dimension: 'placed', every: 'month' }] as const;
const LAST_YEAR = { dimension: 'placed', last: 12, every: 'month' } as const;

export const READY_MADE: Readonly<Record<ReadyMade, ReportInput>> = {
  status: {
    measures: ['items', 'orders', 'ordered_units', 'waiting_units', 'allocated_units', 'shipped_units'],
    by: [{ dimension: 'status' }],
  },
  open: {
    measures: [
      'waiting_units',
      'backordered_units',
      'preordered_units',
      'waiting_items',
      'days_waiting_mean',
      'days_waiting_p90',
      'covered_units',
      'cover_rate',
    ],
    by: [{ dimension: 'product' }],
    filters: [[{ dimension: 'age', isNot: [null] }]],
  },
  ageing: {
    measures: ['waiting_units'],
    by: [{ dimension: 'age' }],
    across: { dimension: 'kind' },
    filters: [[{ dimension: 'age', isNot: [null] }]],
    show: 'stacked_bar',
  },
  fill_time: {
    measures: [
      'filled_items',
      'days_to_fill_mean',
      'days_to_fill_median',
      'days_to_fill_p90',
      'waiting_items',
    ],
    by: [...BY_MONTH],
    period: LAST_YEAR,
  },
  fill_rates: {
    measures: [
      'unit_fill_rate',
      'item_fill_rate',
      'order_fill_rate',
      'value_fill_rate',
      'unit_fill_rate_7',
      'unit_fill_rate_30',
    ],
    by: [{ dimension: 'placed', every: 'week' }],
    period: { dimension: 'placed', last: 12, every: 'week' },
    show: 'line',
  },
  promises: {
    measures: ['first_promise_kept', 'last_promise_kept', 'promise_bias', 'waited_items'],
    by: [{ dimension: 'supplier' }],
  },
  promise_changes: {
    measures: ['promise_changes', 'promises_later', 'promises_earlier', 'promises_unknown'],
    by: [{ dimension: 'cause' }, { dimension: 'product' }],
    period: { dimension: 'changed', last: 1, every: 'day' },
  },
  filled: {
    measures: ['units_given', 'items_given'],
    by: [{ dimension: 'document' }],
    filters: [[{ dimension: 'cause', is: ['filled'] }]],
    period: { dimension: 'changed', last: 1, every: 'day' },
  },
  launches: {
    measures: ['ordered_units'],
    by: [{ dimension: 'placed', every: 'day' }],
    across: { dimension: 'product' },
    filters: [[{ dimension: 'kind', is: ['preorder'] }]],
    period: { dimension: 'placed', last: 56, every: 'day' },
    show: 'line',
  },
  lost: {
    measures: ['refused_orders', 'refused_units', 'lost_units'],
    by: [{ dimension: 'product' }, { dimension: 'refusal_code' }],
    period: { dimension: 'changed', last: 30, every: 'day' },
  },
  churn: {
    measures: ['units_given', 'units_lost', 'units_dropped'],
    by: [{ dimension: 'changed', every: 'week' }],
    period: { dimension: 'changed', last: 12, every: 'week' },
    show: 'bar',
  },
  revenue: { measures: ['waiting_value', 'waiting_units'], by: [{ dimension: 'channel' }], show: 'bar' },
  slip: {
    measures: ['slip_mean', 'slip_p90', 'late_share', 'received_units'],
    by: [{ dimension: 'supplier' }],
  },
};

export const READY_MADE_IDS = Object.keys(READY_MADE) as ReadyMade[];

/** The one that a report is, if it is one of them. */
export function readyMadeOf(report: string): ReadyMade | undefined {
  return READY_MADE_IDS.find((id) => reportText(READY_MADE[id]) === report);
}
