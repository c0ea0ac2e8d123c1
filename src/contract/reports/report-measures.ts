/**
 * Measures of custom reports: what can be counted, each of one subject, with a definition in words and as a formula. The
 * SQL of each is in src/custom-reports/sql/measures.ts; a measure that is named here and not there does not compile.
 *
 * Kinds: `units` and `count` are whole numbers and add up; `money` is minor units of one currency and adds up; `distinct`
 * is a count that does not add up over groups (an order of two products is in both); `days` and `share` (0 to 1) do not add up.
 */

/** What a row of figures is about: one table of facts each. */
export const SUBJECTS = [
  'items',
  'changes',
  'allocations',
  'promise_changes',
  'refusals',
  'purchases',
] as const;
export type Subject = (typeof SUBJECTS)[number];

export type MeasureKind = 'units' | 'count' | 'distinct' | 'money' | 'days' | 'share';

export interface Measure {
  readonly subject: Subject;
  readonly kind: MeasureKind;
  readonly definition: string;
  readonly formula: string;
  /** Known for any past moment, from the events. */
  readonly past: boolean;
}

type Said = readonly [kind: MeasureKind, definition: string, formula: string];

function about<Id extends string>(
  subject: Subject,
  past: boolean,
  said: Readonly<Record<Id, Said>>,
): Record<Id, Measure> {
  const entries = Object.entries<Said>(said).map(([id, [kind, definition, formula]]) => [
    id,
    { subject, past, kind, definition, formula },
  ]);
  return Object.fromEntries(entries) as Record<Id, Measure>;
}

const WAITING = 'backordered + pre-ordered + unfillable';

const stateOfItems = about('items', true, {
  items: ['count', 'Order items.', 'count(items)'],
  orders: ['distinct', 'Orders that have such an item.', 'count(distinct orders)'],
  ordered_units: ['units', 'Units that were ordered.', 'sum(ordered)'],
  waiting_units: ['units', 'Units that wait, for whatever reason.', `sum(${WAITING})`],
  backordered_units: ['units', 'Units that wait because nothing is available.', 'sum(backordered)'],
  preordered_units: ['units', 'Units that wait for a release.', 'sum(preordered)'],
  unfillable_units: ['units', 'Units that nobody can serve and that may not wait.', 'sum(unfillable)'],
  pending_units: ['units', 'Units of orders on hold.', 'sum(pending)'],
  allocated_units: ['units', 'Units that have stock and have not left.', 'sum(allocated)'],
  shipped_units: ['units', 'Units that were shipped.', 'sum(shipped)'],
  cancelled_units: ['units', 'Units that were cancelled.', 'sum(cancelled)'],
  waiting_items: ['count', 'Items of which something waits.', `count(items where ${WAITING} > 0)`],
  value: ['money', 'What the ordered units cost the customers.', 'sum(ordered × unit price)'],
  waiting_value: ['money', 'What the waiting units cost the customers.', `sum((${WAITING}) × unit price)`],
  days_waiting_mean: [
    'days',
    'Days that items which wait have waited, on average.',
    'mean(now − waiting since) over waiting items',
  ],
  days_waiting_median: [
    'days',
    'Half of the items which wait have waited at most so many days.',
    'median(now − waiting since) over waiting items',
  ],
  days_waiting_p90: [
    'days',
    'Nine of ten items which wait have waited at most so many days.',
    '90th percentile(now − waiting since) over waiting items',
  ],
});

const lifeOfItems = about('items', true, {
  waited_items: [
    'count',
    'Items of which something had to wait at some time.',
    'count(items that ever waited)',
  ],
  backorder_rate: [
    'share',
    'Share of the items of which something had to wait.',
    'count(items that ever waited) ÷ count(items)',
  ],
  filled_items: [
    'count',
    'Items that waited and got their last unit.',
    'count(items whose waiting ended with stock)',
  ],
  days_to_fill_mean: [
    'days',
    'Days from ordering to the last unit, on average, of items that waited and were filled. Items that still wait are left out, so it looks better than it is: see time to fulfil.',
    'mean(filled − waiting since) over filled items',
  ],
  days_to_fill_median: [
    'days',
    'Half of the filled items waited at most so many days.',
    'median(filled − waiting since) over filled items',
  ],
  days_to_fill_p90: [
    'days',
    'Nine of ten filled items waited at most so many days.',
    '90th percentile(filled − waiting since) over filled items',
  ],
  unit_fill_rate: [
    'share',
    'Share of the units that had stock at the moment they were accepted; pre-orders and orders on hold aside.',
    'sum(units allocated at once) ÷ sum(units accepted)',
  ],
  item_fill_rate: [
    'share',
    'Share of the items of which all units had stock at once; pre-orders and orders on hold aside.',
    'count(items allocated at once) ÷ count(items accepted)',
  ],
  order_fill_rate: [
    'share',
    'Share of the orders of which all items had stock at once; pre-orders and orders on hold aside.',
    '1 − count(distinct orders with an item short) ÷ count(distinct orders accepted)',
  ],
  value_fill_rate: [
    'share',
    'Share of the value that had stock at once; pre-orders and orders on hold aside. In one currency.',
    'sum(units at once × unit price) ÷ sum(units accepted × unit price)',
  ],
  given_up_units: [
    'units',
    'Units that were cancelled or lowered while they waited.',
    'sum(units that left waiting by a cancel or a change)',
  ],
  taken_back_units: [
    'units',
    'Units that had stock and lost it again: a count, a rejection, a hold, another order.',
    'sum(units that went from allocated back to waiting or on hold)',
  ],
});

/** Of the accepted, what had stock some days after it was ordered; an order may come here later than that, and be given stock then. */
const fillRatesWithin = about('items', true, {
  unit_fill_rate_1: [
    'share',
    'Share of the units that had stock at once or within a day of ordering, of orders at least a day old.',
    'sum(units with stock after 1 day) ÷ sum(units accepted)',
  ],
  unit_fill_rate_7: [
    'share',
    'Share of the units that had stock at once or within 7 days of ordering, of orders at least 7 days old.',
    'sum(units with stock after 7 days) ÷ sum(units accepted)',
  ],
  unit_fill_rate_30: [
    'share',
    'Share of the units that had stock at once or within 30 days of ordering, of orders at least 30 days old.',
    'sum(units with stock after 30 days) ÷ sum(units accepted)',
  ],
  item_fill_rate_1: [
    'share',
    'Share of the items of which all units had stock at once or within a day of ordering, of orders at least a day old.',
    'count(items with all their stock after 1 day) ÷ count(items accepted)',
  ],
  item_fill_rate_7: [
    'share',
    'Share of the items of which all units had stock at once or within 7 days of ordering, of orders at least 7 days old.',
    'count(items with all their stock after 7 days) ÷ count(items accepted)',
  ],
  item_fill_rate_30: [
    'share',
    'Share of the items of which all units had stock at once or within 30 days of ordering, of orders at least 30 days old.',
    'count(items with all their stock after 30 days) ÷ count(items accepted)',
  ],
  order_fill_rate_1: [
    'share',
    'Share of the orders of which all items had stock at once or within a day of ordering, of orders at least a day old.',
    '1 − count(distinct orders with an item short after 1 day) ÷ count(distinct orders accepted)',
  ],
  order_fill_rate_7: [
    'share',
    'Share of the orders of which all items had stock at once or within 7 days of ordering, of orders at least 7 days old.',
    '1 − count(distinct orders with an item short after 7 days) ÷ count(distinct orders accepted)',
  ],
  order_fill_rate_30: [
    'share',
    'Share of the orders of which all items had stock at once or within 30 days of ordering, of orders at least 30 days old.',
    '1 − count(distinct orders with an item short after 30 days) ÷ count(distinct orders accepted)',
  ],
  value_fill_rate_1: [
    'share',
    'Share of the value that had stock at once or within a day of ordering, of orders at least a day old. In one currency.',
    'sum(units with stock after 1 day × unit price) ÷ sum(units accepted × unit price)',
  ],
  value_fill_rate_7: [
    'share',
    'Share of the value that had stock at once or within 7 days of ordering, of orders at least 7 days old. In one currency.',
    'sum(units with stock after 7 days × unit price) ÷ sum(units accepted × unit price)',
  ],
  value_fill_rate_30: [
    'share',
    'Share of the value that had stock at once or within 30 days of ordering, of orders at least 30 days old. In one currency.',
    'sum(units with stock after 30 days × unit price) ÷ sum(units accepted × unit price)',
  ],
});

const promisesOfItems = about('items', false, {
  covered_units: [
    'units',
    'Waiting units of which a day was told: supply that is on its way covers them.',
    'sum(waiting units with a promised day)',
  ],
  cover_rate: [
    'share',
    'Share of the waiting units of which a day was told.',
    'sum(waiting units with a promised day) ÷ sum(waiting units)',
  ],
  first_promise_kept: [
    'share',
    'Share of the first promises that were kept: the last unit had stock on the promised day or before. Those that are overdue count as broken, those not yet due are left out.',
    'count(filled on or before the first promised day) ÷ count(filled, or overdue)',
  ],
  last_promise_kept: [
    'share',
    'The same of the day that the customer was told last.',
    'count(filled on or before the last promised day) ÷ count(filled, or overdue)',
  ],
  promise_bias: [
    'days',
    'Days by which filled items came after the first promised day, on average; less than 0 is early.',
    'mean(filled − first promised day)',
  ],
  split_rate: [
    'share',
    'Share of the orders with stock that come from more than one warehouse.',
    'count(distinct orders from 2 warehouses or more) ÷ count(distinct orders with stock)',
  ],
});

const changes = about('changes', true, {
  units_given: ['units', 'Units that got stock after waiting.', 'sum(waiting → allocated)'],
  items_given: ['distinct', 'Items that got stock after waiting.', 'count(distinct items with a fill)'],
  units_lost: ['units', 'Units whose stock was taken back.', 'sum(allocated → waiting or on hold)'],
  units_dropped: ['units', 'Units that were cancelled or lowered while waiting.', 'sum(waiting → nothing)'],
  units_out: ['units', 'Units that were shipped.', 'sum(allocated → shipped)'],
});

const allocations = about('allocations', false, {
  units_held: ['units', 'Units that a warehouse holds for orders.', 'sum(open allocation)'],
  units_sent: ['units', 'Units that a warehouse shipped.', 'sum(shipped allocation)'],
  orders_served: ['distinct', 'Orders that a warehouse serves or served.', 'count(distinct orders)'],
});

const promiseChanges = about('promise_changes', true, {
  promise_changes: ['count', 'Times that customers were told another day.', 'count(changes of a promise)'],
  promises_later: ['count', 'Times that the day moved back.', 'count(changes to a later day)'],
  promises_earlier: ['count', 'Times that the day came nearer.', 'count(changes to an earlier day)'],
  promises_unknown: ['count', 'Times that no day was known any more.', 'count(changes to no day)'],
});

const refusals = about('refusals', true, {
  refused_orders: ['distinct', 'Orders that were refused.', 'count(distinct refused orders)'],
  refused_units: [
    'units',
    'Units that were asked for and refused. An order that is sent again counts again.',
    'sum(wanted)',
  ],
  lost_units: [
    'units',
    'Units beyond what was available and what might have waited.',
    'sum(wanted − available − may wait)',
  ],
});

const purchases = about('purchases', false, {
  purchased_units: ['units', 'Units that were ordered of suppliers; drafts aside.', 'sum(ordered)'],
  received_units: ['units', 'Units that arrived.', 'sum(received)'],
  incoming_units: ['units', 'Units on their way.', 'sum(incoming)'],
  slip_mean: [
    'days',
    'Days by which purchase order lines came after the day quoted first, on average; less than 0 is early.',
    'mean(last receipt − first expected day) over lines that have ended',
  ],
  slip_p90: [
    'days',
    'Nine of ten lines came at most so many days after the day quoted first.',
    '90th percentile(last receipt − first expected day)',
  ],
  late_share: [
    'share',
    'Share of the lines that came after the day quoted first.',
    'count(lines with last receipt after the first expected day) ÷ count(lines that have ended)',
  ],
});

export const MEASURES = {
  ...stateOfItems,
  ...lifeOfItems,
  ...fillRatesWithin,
  ...promisesOfItems,
  ...changes,
  ...allocations,
  ...promiseChanges,
  ...refusals,
  ...purchases,
};

export type MeasureId = keyof typeof MEASURES;
export const MEASURE_IDS = Object.keys(MEASURES) as [MeasureId, ...MeasureId[]];

/** Whether there are 0 where there is nothing; a share or a median of nothing is not known. */
export function isNoneOfNothing(id: MeasureId): boolean {
  return addsUp(id) || MEASURES[id].kind === 'distinct';
}

/** Whether the whole is the sum of its groups. */
export function addsUp(id: MeasureId): boolean {
  return ['units', 'count', 'money'].includes(MEASURES[id].kind);
}
