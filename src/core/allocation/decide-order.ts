/**
 * Decides about new units of an order: what stock serves now, what waits, what is unfillable, or why not at all.
 *
 * Every door asks here: a new order, a raised quantity, a lifted hold, an allocation that a warehouse rejected. The
 * units stand at the end of the queue: whoever waits already and could take the free stock has been served before
 * (the gate sees to it). All lines of one order are decided together; lines with one product are allocated apart
 * and accepted as a sum.
 */
import type { SalesChannel } from '../catalog/sales-channel.ts';
import type { WaitingKind } from '../catalog/sell-policy.ts';
import { present } from '../kernel/assert.ts';
import type { ProductId } from '../kernel/ids.ts';
import { ZERO } from '../kernel/quantity.ts';
import { localDate } from '../kernel/time.ts';
import {
  type Acceptance,
  type AcceptedShortage,
  acceptShortages,
  type FailingProduct,
  type Shortage,
} from '../orders/accept.ts';
import { type BucketChange, bucketChange } from '../orders/buckets.ts';
import { waitingBucket } from '../orders/order-item.ts';
import type { Explanation } from './explanation.ts';
import type { Fill } from './fill.ts';
import type { OrderAttributes } from './order-attributes.ts';
import { noteLoads, type Sourced, sourceUnits, type Wish, type WishingOrder } from './source-units.ts';
import { trialOf, type World } from './world/world.ts';

export interface OrderDemand {
  readonly channel: SalesChannel;
  readonly customer: string | null;
  readonly attributes: OrderAttributes;
  readonly demands: readonly Wish[];
  /** Served as a whole or not at all. */
  readonly whole: boolean;
  /** Other units of this order wait already, so that it cannot be complete by these alone. */
  readonly lacksOthers: boolean;
  /** Never refused: what may not wait is unfillable. */
  readonly insist: boolean;
  /** Judged the same way, but takes nothing yet: all units are pending. */
  readonly onHold: boolean;
  /** Units of this order that wait already, for limits per order. */
  readonly waitingAlready: (product: ProductId, kind: WaitingKind) => number;
}

export interface DecidedLine {
  readonly demand: Wish;
  readonly kind: WaitingKind;
  readonly fills: readonly Fill[];
  readonly change: BucketChange;
  readonly explanation: Explanation;
}

export type Decision =
  | { readonly accepted: true; readonly lines: readonly DecidedLine[] }
  | { readonly accepted: false; readonly failing: readonly FailingProduct[] };

interface SourcedLine extends Sourced {
  readonly demand: Wish;
}

/** What the order would get, and whether it may be accepted so. Nothing of it has reached the world yet. */
interface Attempt {
  readonly trial: World;
  readonly sourced: readonly SourcedLine[];
  /** What it keeps of that: nothing, when the order is served as a whole and is not complete. */
  readonly kept: readonly SourcedLine[];
  readonly acceptance: Acceptance;
}

/**
 * Decides on a trial of the world and commits it when the order is accepted and not on hold: then supply and uses of
 * `world` have given what the decision takes. Else nothing has happened to them.
 */
export function decideOrder(order: OrderDemand, world: World): Decision {
  const patient = attempt(order, { mayWait: true }, world);
  // Units that may not wait are served by the warehouse that has them.
  const inVain = patient.sourced.some(({ waitsForBetter }) => waitsForBetter) && !allWait(patient.acceptance);
  return conclude(order, inVain ? attempt(order, { mayWait: false }, world) : patient, world);
}

/** Whether all that stock does not serve may wait. */
function allWait(acceptance: Acceptance): boolean {
  return acceptance.accepted && acceptance.shortages.every(({ short, waits }) => waits === short);
}

function attempt(order: OrderDemand, { mayWait }: Pick<WishingOrder, 'mayWait'>, world: World): Attempt {
  const { channel, attributes, demands } = order;
  const trial = trialOf(world);
  const found = sourceUnits({ channel, attributes, mayWait }, demands, trial);
  const sourced = demands.map((demand, index) => ({
    demand,
    ...present(found[index], 'an answer for each wish'),
  }));
  const incomplete = order.whole && (order.lacksOthers || sourced.some(({ filling }) => filling.short > 0));
  const kept = incomplete ? sourced.map(withNothing) : sourced;
  const acceptance = acceptShortages(
    shortagesOf(order, kept, world),
    { now: world.now, today: () => localDate(world.now, channel.timeZone) },
    order.insist,
  );
  return { trial, sourced, kept, acceptance };
}

function withNothing(line: SourcedLine): SourcedLine {
  return { ...line, filling: { fills: [], short: line.demand.units } };
}

function conclude(order: OrderDemand, { trial, sourced, kept, acceptance }: Attempt, world: World): Decision {
  if (!acceptance.accepted)
    return { accepted: false, failing: withRealAvailable(acceptance.failing, sourced) };
  const { shortages } = acceptance;
  if (order.onHold) return { accepted: true, lines: kept.map((line) => pendingLine(line, shortages)) };
  if (kept === sourced) trial.supply.commit();
  world.wakeUps.noteAll(trial.wakeUps);
  noteLoads(
    order.attributes,
    kept.map(({ filling }) => filling),
    world,
  );
  return { accepted: true, lines: decidedLines(order, { sourced: kept, shortages }, world) };
}

function shortagesOf(order: OrderDemand, sourced: readonly SourcedLine[], world: World): Shortage[] {
  const byProduct = new Map<ProductId, { wanted: number; short: number }>();
  for (const { demand, filling } of sourced) {
    const sum = byProduct.get(demand.product) ?? { wanted: 0, short: 0 };
    sum.wanted += demand.units;
    sum.short += filling.short;
    byProduct.set(demand.product, sum);
  }
  return [...byProduct].map(([product, { wanted, short }]) => ({
    product,
    wanted,
    short,
    policy: world.policy(product, order.channel.id),
    outstanding: (kind) =>
      world.uses.outstanding(
        kind,
        { product, channel: order.channel.id, customer: order.customer },
        order.waitingAlready(product, kind),
      ),
  }));
}

/** A whole order that gave its units back is refused with what stock could have served, not with nothing. */
function withRealAvailable(
  failing: readonly FailingProduct[],
  sourced: readonly SourcedLine[],
): FailingProduct[] {
  return failing.map((each) => {
    let available = 0;
    for (const { demand, filling } of sourced) {
      if (demand.product === each.product) available += demand.units - filling.short;
    }
    return { ...each, available };
  });
}

function shortageOf(shortages: readonly AcceptedShortage[], product: ProductId): AcceptedShortage {
  const found = shortages.find((each) => each.product === product);
  return found ?? { product, kind: 'backorder', short: ZERO, waits: ZERO, mayWait: ZERO, bar: null };
}

function pendingLine(line: SourcedLine, shortages: readonly AcceptedShortage[]): DecidedLine {
  const { demand } = line;
  return {
    demand,
    kind: shortageOf(shortages, demand.product).kind,
    fills: [],
    change: bucketChange({ pending: demand.units }),
    explanation: { onHold: true },
  };
}

/** Lines in their order: earlier lines of a product get its waiting places first. */
function decidedLines(
  order: OrderDemand,
  {
    sourced,
    shortages,
  }: { readonly sourced: readonly SourcedLine[]; readonly shortages: readonly AcceptedShortage[] },
  world: World,
): DecidedLine[] {
  const places = new Map(shortages.map((each) => [each.product, each.waits]));
  return sourced.map(({ demand, filling, explanation }) => {
    const { product } = demand;
    const { kind, mayWait, bar } = shortageOf(shortages, product);
    const waits = Math.min(filling.short, places.get(product) ?? 0);
    places.set(product, (places.get(product) ?? 0) - waits);
    const unfillable = filling.short - waits;
    const use = { product, channel: order.channel.id, customer: order.customer };
    const ahead = filling.short === 0 ? 0 : world.uses.ofProduct(product);
    if (waits > 0) world.uses.add(kind, use, waits);
    return {
      demand,
      kind,
      fills: filling.fills,
      change: bucketChange({
        allocated: demand.units - filling.short,
        [waitingBucket(kind)]: waits,
        unfillable,
      }),
      explanation: {
        ...explanation,
        ...(filling.short > 0 && { waiting: { kind, waits, unfillable, mayWait, bar, ahead } }),
        ...(order.whole && { whole: true as const }),
      },
    };
  });
}
