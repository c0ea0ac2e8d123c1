/** Measures of order items, computed plainly from their events. */
import type { MeasureId } from '../../../src/contract/reports/report-measures.ts';
import type { PlainFacts, PlainItem, Units } from './plain-facts.ts';
import { count, distinct, type Measured, mean, over, percentile, share, sum } from './plain-measured.ts';

export const DAY_MS = 86_400_000;
const NOTHING: Units = {
  ordered: 0,
  pending: 0,
  allocated: 0,
  backordered: 0,
  preordered: 0,
  unfillable: 0,
  shipped: 0,
  cancelled: 0,
};

export const waitingOf = ({ backordered, preordered, unfillable }: Units) =>
  backordered + preordered + unfillable;
export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function after(units: Units, change: Units): Units {
  const sum = { ...units };
  for (const name of Object.keys(sum) as (keyof Units)[]) sum[name] += change[name];
  return sum;
}

export function statusOf(units: Units): string {
  const waits = units.preordered + units.backordered;
  if (units.cancelled === units.ordered) return 'cancelled';
  if (units.pending > 0) return 'pending';
  if (units.unfillable > 0) return 'unfillable';
  if (waits > 0 && units.allocated > 0) return 'partially_allocated';
  if (units.preordered > 0) return 'preordered';
  if (units.backordered > 0) return 'backordered';
  if (units.allocated === 0) return 'shipped';
  return units.shipped === 0 ? 'allocated' : 'partially_shipped';
}

/** An item as it stood at a moment, with how it came there. */
export interface Stood {
  readonly item: PlainItem;
  readonly units: Units;
  readonly waiting: number;
  readonly waited: boolean;
  readonly filledAt: number | null;
  readonly accepted: number | null;
  readonly atOnce: number;
  readonly givenUp: number;
  readonly takenBack: number;
  readonly stockAfter: (days: number) => number | null;
}

export function stood(item: PlainItem, at: number): Stood | undefined {
  const events = item.events.filter((event) => event.at <= at);
  const [first] = events;
  if (first === undefined) return undefined;
  let units = NOTHING;
  let [waited, givenUp, takenBack] = [false, 0, 0];
  let filledAt: number | null = null;
  for (const { at: when, change } of events) {
    const before = waitingOf(units);
    units = after(units, change);
    const now = waitingOf(units);
    if (now > 0) waited = true;
    if (now === 0 && before > 0) filledAt = change.allocated + change.shipped > 0 ? when : null;
    const gone = Math.max(change.cancelled, 0) + Math.max(-change.ordered, 0);
    givenUp += Math.min(gone, Math.max(before - now, 0));
    takenBack += Math.min(Math.max(-change.allocated, 0), Math.max(now - before + change.pending, 0));
  }
  const waiting = waitingOf(units);
  const isCounted = first.change.pending === 0 && first.change.preordered === 0;
  return {
    item,
    units,
    waiting,
    waited,
    filledAt: waiting === 0 ? filledAt : null,
    accepted: isCounted ? first.change.ordered : null,
    atOnce: isCounted ? first.change.allocated : 0,
    givenUp,
    takenBack,
    stockAfter(days) {
      const end = item.placedAt + days * DAY_MS;
      if (end > at) return null;
      return events
        .filter((event) => event === first || event.at <= end)
        .reduce((sum, { change }) => sum + change.allocated + change.shipped, 0);
    },
  };
}

/** Not known over several currencies. */
function money(units: (stood: Stood) => number): Measured<Stood> {
  return (facts) => {
    if (new Set(facts.map(({ item }) => item.currency)).size > 1) return null;
    return facts.reduce((total, each) => total + BigInt(units(each)) * each.item.unitPrice, 0n);
  };
}

export const daysWaiting = ({ waiting, item }: Stood, at: number) =>
  waiting > 0 ? (at - item.waitingSince) / DAY_MS : null;
const daysToFill = ({ filledAt, item }: Stood) =>
  filledAt === null ? null : (filledAt - item.waitingSince) / DAY_MS;
const isAccepted = ({ accepted }: Stood) => accepted !== null;
const orderOf = ({ item }: Stood) => item.order;
/** What had stock after so many days, of the items that were accepted as long ago. */
function fillWithin(days: number): Partial<Record<string, Measured<Stood>>> {
  const isKnown = (each: Stood) => isAccepted(each) && each.stockAfter(days) !== null;
  const isShort = (each: Stood) => (each.stockAfter(days) ?? 0) < (each.accepted ?? 0);
  const stock = (each: Stood) => (isKnown(each) ? (each.stockAfter(days) ?? 0) : 0);
  const accepted = (each: Stood) => (isKnown(each) ? (each.accepted ?? 0) : 0);
  return {
    [`unit_fill_rate_${days}`]: share(sum(stock), sum(accepted)),
    [`item_fill_rate_${days}`]: share(
      count((each) => isKnown(each) && !isShort(each)),
      count(isKnown),
    ),
    [`order_fill_rate_${days}`]: wholeOrders(isKnown, isShort),
    [`value_fill_rate_${days}`]: share(money(stock), money(accepted)),
  };
}

/** Of the orders with an item that counts, those without one that is short. */
function wholeOrders(counts: (each: Stood) => boolean, isShort: (each: Stood) => boolean): Measured<Stood> {
  return share(
    (facts) => {
      const counted = facts.filter(counts);
      return new Set(counted.map(orderOf)).size - new Set(counted.filter(isShort).map(orderOf)).size;
    },
    distinct(orderOf, counts),
  );
}

/** Units that wait and of which a day was told. */
function covered({ item, waiting }: Stood): number {
  const dated = (item.promise?.told ?? []).filter(({ on }) => on !== null);
  return Math.min(
    waiting,
    dated.reduce((total, { units }) => total + units, 0),
  );
}

function kept(promised: (item: PlainItem) => string | null | undefined): Measured<Stood> {
  const day = ({ item }: Stood) => promised(item) ?? null;
  const isKept = (each: Stood) => {
    const on = day(each);
    return each.filledAt !== null && on !== null && dayOf(each.filledAt) <= on;
  };
  return (facts, at) => {
    const due = facts.filter((each) => {
      const on = day(each);
      if (on === null) return false;
      return each.filledAt !== null || (each.waiting > 0 && dayOf(at) > on);
    });
    return due.length === 0 ? null : due.filter(isKept).length / due.length;
  };
}

function warehousesOf(facts: readonly Stood[], all: PlainFacts): (order: string) => number {
  const orders = new Set(facts.map(orderOf));
  const found = new Map<string, Set<string>>();
  for (const { order, allocations } of all.items) {
    if (!orders.has(order)) continue;
    for (const { warehouse, open, shipped } of allocations) {
      if (open + shipped > 0) found.set(order, (found.get(order) ?? new Set()).add(warehouse));
    }
  }
  return (order) => found.get(order)?.size ?? 0;
}

function stateMeasures(): Partial<Record<MeasureId, Measured<Stood>>> {
  const units = (name: keyof Units) => sum<Stood>((each) => each.units[name]);
  return {
    items: (facts) => facts.length,
    orders: distinct(orderOf),
    ordered_units: units('ordered'),
    waiting_units: sum(({ waiting }) => waiting),
    backordered_units: units('backordered'),
    preordered_units: units('preordered'),
    unfillable_units: units('unfillable'),
    pending_units: units('pending'),
    allocated_units: units('allocated'),
    shipped_units: units('shipped'),
    cancelled_units: units('cancelled'),
    waiting_items: count(({ waiting }) => waiting > 0),
    value: money((each) => each.units.ordered),
    waiting_value: money(({ waiting }) => waiting),
    days_waiting_mean: over(daysWaiting, mean),
    days_waiting_median: over(daysWaiting, (values) => percentile(values, 0.5)),
    days_waiting_p90: over(daysWaiting, (values) => percentile(values, 0.9)),
  };
}

export function itemMeasures(all: PlainFacts): Partial<Record<MeasureId, Measured<Stood>>> {
  return {
    ...stateMeasures(),
    waited_items: count(({ waited }) => waited),
    backorder_rate: share(
      count(({ waited }) => waited),
      (facts) => facts.length,
    ),
    filled_items: count(({ filledAt }) => filledAt !== null),
    days_to_fill_mean: over(daysToFill, mean),
    days_to_fill_median: over(daysToFill, (values) => percentile(values, 0.5)),
    days_to_fill_p90: over(daysToFill, (values) => percentile(values, 0.9)),
    unit_fill_rate: share(
      sum(({ atOnce }) => atOnce),
      sum(({ accepted }) => accepted ?? 0),
    ),
    item_fill_rate: share(
      count((each) => isAccepted(each) && each.atOnce === each.accepted),
      count(isAccepted),
    ),
    order_fill_rate: wholeOrders(isAccepted, (each) => each.atOnce < (each.accepted ?? 0)),
    value_fill_rate: share(
      money(({ atOnce }) => atOnce),
      money(({ accepted }) => accepted ?? 0),
    ),
    ...fillWithin(1),
    ...fillWithin(7),
    ...fillWithin(30),
    given_up_units: sum(({ givenUp }) => givenUp),
    taken_back_units: sum(({ takenBack }) => takenBack),
    covered_units: sum(covered),
    cover_rate: share(
      sum(covered),
      sum(({ waiting }) => waiting),
    ),
    first_promise_kept: kept(({ promise }) => promise?.firstOn),
    last_promise_kept: kept(({ promise }) => promise?.toldOn),
    promise_bias: over(({ filledAt, item }) => {
      const on = item.promise?.firstOn ?? null;
      return filledAt === null || on === null
        ? null
        : (Date.parse(dayOf(filledAt)) - Date.parse(on)) / DAY_MS;
    }, mean),
    split_rate: (facts) => {
      const warehouses = warehousesOf(facts, all);
      const orders = [...new Set(facts.map(orderOf))].map(warehouses);
      const served = orders.filter((each) => each >= 1).length;
      return served === 0 ? null : orders.filter((each) => each >= 2).length / served;
    },
  };
}
