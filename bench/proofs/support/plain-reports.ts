/**
 * Every measure and dimension of custom reports, computed plainly: loops over an outsider's facts, nothing of the SQL that
 * makes them. Slow on purpose; what is compared with it has to be right for another reason.
 */
import type { DimensionId } from '../../../src/contract/reports/report-dimensions.ts';
import type { MeasureId, Subject } from '../../../src/contract/reports/report-measures.ts';
import type { PlainEvent, PlainFacts, PlainItem, PlainPurchase, PlainRefusal } from './plain-facts.ts';
import {
  DAY_MS,
  dayOf,
  daysWaiting,
  itemMeasures,
  type Stood,
  statusOf,
  stood,
  waitingOf,
} from './plain-items.ts';
import {
  count,
  distinct,
  type Measured,
  mean,
  over,
  percentile,
  share,
  sum,
  type Value,
} from './plain-measured.ts';

interface Happened {
  readonly item: PlainItem;
  readonly event: PlainEvent;
}

const CHANGES: Partial<Record<MeasureId, Measured<Happened>>> = {
  units_given: sum(given),
  items_given: distinct(
    ({ item }) => `${item.order}/${item.line}`,
    (each) => given(each) > 0,
  ),
  units_lost: sum(lost),
  units_dropped: sum(dropped),
  units_out: sum(out),
};

function given({ event: { number, change } }: Happened): number {
  if (number === 1) return 0;
  return Math.min(Math.max(change.allocated + change.shipped, 0), Math.max(-waitingOf(change), 0));
}

function lost({ event: { change } }: Happened): number {
  return Math.min(Math.max(-change.allocated, 0), Math.max(waitingOf(change) + change.pending, 0));
}

function dropped({ event: { change } }: Happened): number {
  const gone = Math.max(change.cancelled, 0) + Math.max(-change.ordered, 0);
  return Math.min(gone, Math.max(-waitingOf(change), 0));
}

function out({ event: { change } }: Happened): number {
  return Math.max(change.shipped, 0);
}

interface Held {
  readonly item: PlainItem;
  readonly allocation: PlainItem['allocations'][number];
}

const ALLOCATIONS: Partial<Record<MeasureId, Measured<Held>>> = {
  units_held: sum(({ allocation }) => allocation.open),
  units_sent: sum(({ allocation }) => allocation.shipped),
  orders_served: distinct(({ item }) => item.order),
};

interface Told {
  readonly item: PlainItem;
  readonly event: PlainItem['promiseEvents'][number];
}

/** The last day of slices; after every day when one is not known. */
function lastDay(slices: unknown): string {
  const days = (slices as { on: string | null }[]).map(({ on }) => on);
  return days.some((on) => on === null)
    ? '9999'
    : (days
        .filter((on) => on !== null)
        .sort()
        .at(-1) ?? '');
}

function moved(told: Told): 'later' | 'earlier' | 'unknown' | 'same' {
  const [before, now] = [lastDay(told.event.old), lastDay(told.event.new)];
  if (now === '' || before === '' || now === before) return 'same';
  if (now === '9999') return 'unknown';
  return now > before ? 'later' : 'earlier';
}

const PROMISE_CHANGES: Partial<Record<MeasureId, Measured<Told>>> = {
  promise_changes: (facts) => facts.length,
  promises_later: count((each) => moved(each) === 'later'),
  promises_earlier: count((each) => moved(each) === 'earlier'),
  promises_unknown: count((each) => moved(each) === 'unknown'),
};

const REFUSALS: Partial<Record<MeasureId, Measured<PlainRefusal>>> = {
  refused_orders: distinct(({ channel, order }) => `${channel}/${order}`),
  refused_units: sum(({ wanted }) => wanted),
  lost_units: sum(({ wanted, available, mayWait }) => Math.max(0, wanted - available - mayWait)),
};

function slip({ received, closed, ordered, lastReceived, firstExpected }: PlainPurchase): number | null {
  if (received + closed < ordered || lastReceived === null || firstExpected === null) return null;
  return (Date.parse(lastReceived) - Date.parse(firstExpected)) / DAY_MS;
}

const PURCHASES: Partial<Record<MeasureId, Measured<PlainPurchase>>> = {
  purchased_units: sum(({ ordered }) => ordered),
  received_units: sum(({ received }) => received),
  incoming_units: sum(({ incoming }) => incoming),
  slip_mean: over(slip, mean),
  slip_p90: over(slip, (values) => percentile(values, 0.9)),
  late_share: share(
    count((each) => (slip(each) ?? 0) > 0),
    count((each) => slip(each) !== null),
  ),
};

type Of<Fact> = (fact: Fact, at: number) => string | null;
type Dimensions<Fact> = Partial<Record<DimensionId, Of<Fact>>>;

const AGES = [
  [4, '0–3'],
  [8, '4–7'],
  [15, '8–14'],
  [22, '15–21'],
  [31, '22–30'],
  [46, '31–45'],
] as const;

function ofItem<Fact extends { readonly item: PlainItem }>(): Dimensions<Fact> {
  return {
    kind: ({ item }) => item.kind,
    channel: ({ item }) => item.channel,
    product: ({ item }) => item.sku,
    supplier: ({ item }) => item.supplier,
    currency: ({ item }) => item.currency,
  };
}
function ofOrder<Fact extends { readonly item: PlainItem }>(): Dimensions<Fact> {
  return {
    customer_group: ({ item }) => item.group,
    country: ({ item }) => item.country,
    priority: ({ item }) => String(item.priority),
    placed: ({ item }) => dayOf(item.placedAt),
  };
}

const BY_ITEM: Dimensions<Stood> = {
  ...ofItem<Stood>(),
  ...ofOrder<Stood>(),
  status: ({ units }) => statusOf(units),
  filled: ({ filledAt }) => (filledAt === null ? null : dayOf(filledAt)),
  age: (each, at) => {
    const days = daysWaiting(each, at);
    return days === null ? null : (AGES.find(([below]) => days < below)?.[1] ?? '46+');
  },
};
const BY_CHANGE: Dimensions<Happened> = {
  ...ofItem<Happened>(),
  cause: ({ event }) => event.cause,
  changed: ({ event }) => dayOf(event.at),
};
const BY_ALLOCATION: Dimensions<Held> = {
  ...ofItem<Held>(),
  ...ofOrder<Held>(),
  warehouse: ({ allocation }) => allocation.warehouse,
};
const BY_PROMISE_CHANGE: Dimensions<Told> = {
  ...ofItem<Told>(),
  cause: ({ event }) => event.cause.split('/')[0] ?? '',
  changed: ({ event }) => dayOf(event.at),
};
const BY_REFUSAL: Dimensions<PlainRefusal> = {
  channel: ({ channel }) => channel,
  currency: ({ currency }) => currency,
  product: ({ sku }) => sku,
  supplier: ({ supplier }) => supplier,
  refusal_code: ({ code }) => code,
  placed: ({ at }) => dayOf(at),
  changed: ({ at }) => dayOf(at),
};
const BY_PURCHASE: Dimensions<PlainPurchase> = {
  product: ({ sku }) => sku,
  supplier: ({ supplier }) => supplier,
  warehouse: ({ warehouse }) => warehouse,
  sent: ({ sentAt }) => dayOf(sentAt),
  expected: ({ firstExpected }) => firstExpected,
};

/** The figures of a measure, in all and by the values of a dimension. */
export interface PlainFigures {
  readonly total: Value;
  readonly by: ReadonlyMap<string | null, Value>;
}

interface PlainSubject {
  readonly measures: readonly MeasureId[];
  readonly dimensions: readonly DimensionId[];
  figures(measure: MeasureId, dimension: DimensionId): PlainFigures;
}

function subject<Fact>(
  { facts, at }: { readonly facts: readonly Fact[]; readonly at: number },
  measures: Partial<Record<MeasureId, Measured<Fact>>>,
  dimensions: Dimensions<Fact>,
): PlainSubject {
  return {
    measures: Object.keys(measures) as MeasureId[],
    dimensions: Object.keys(dimensions) as DimensionId[],
    figures(measure, dimension) {
      const [measured, of] = [measures[measure], dimensions[dimension]];
      if (measured === undefined || of === undefined)
        throw new Error(`${measure} by ${dimension} is not known`);
      const groups = new Map<string | null, Fact[]>();
      for (const fact of facts) {
        const key = of(fact, at);
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [fact]);
        else group.push(fact);
      }
      return {
        total: measured(facts, at),
        by: new Map([...groups].map(([key, group]) => [key, measured(group, at)])),
      };
    },
  };
}

/** All subjects as they stood at a moment. */
export function plainSubjects(all: PlainFacts, at: number): Readonly<Record<Subject, PlainSubject>> {
  const items = all.items.flatMap((item) => stood(item, at) ?? []);
  const changes = all.items
    .flatMap((item) => item.events.filter((event) => event.at <= at).map((event) => ({ item, event })))
    .filter((each) => [given, lost, dropped, out].some((units) => units(each) > 0));
  const held = all.items.flatMap((item) =>
    item.allocations
      .filter(({ open, shipped }) => open + shipped > 0)
      .map((allocation) => ({ item, allocation })),
  );
  const told = all.items.flatMap((item) =>
    item.promiseEvents
      .filter((event) => event.old !== null && event.at <= at)
      .map((event) => ({ item, event })),
  );
  return {
    items: subject({ facts: items, at }, itemMeasures(all), BY_ITEM),
    changes: subject({ facts: changes, at }, CHANGES, BY_CHANGE),
    allocations: subject({ facts: held, at }, ALLOCATIONS, BY_ALLOCATION),
    promise_changes: subject({ facts: told, at }, PROMISE_CHANGES, BY_PROMISE_CHANGE),
    refusals: subject({ facts: all.refusals.filter((each) => each.at <= at), at }, REFUSALS, BY_REFUSAL),
    purchases: subject({ facts: all.purchases, at }, PURCHASES, BY_PURCHASE),
  };
}
