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
import { noteLoads, type Sourced, sourceUnits, unsource, type Wish } from './source-units.ts';
import type { World } from './world.ts';

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

interface Trial extends Sourced {
  readonly demand: Wish;
}

/** What the order would get, and whether it may be accepted so. */
interface Attempt {
  readonly trials: readonly Trial[];
  /** The trials with what they keep: nothing, when the order is served as a whole and is not complete. */
  readonly settled: readonly Trial[];
  readonly acceptance: Acceptance;
}

/** Decides; when accepted and not on hold, supply and uses of `world` have given what the decision takes. */
export function decideOrder(order: OrderDemand, world: World): Decision {
  const patient = attempt(order, world, true);
  if (!patient.trials.some((trial) => trial.waitsForBetter) || allWait(patient.acceptance)) {
    return conclude(order, patient, world);
  }
  // Units that may not wait are served by the warehouse that has them.
  for (const trial of patient.settled) giveBack(trial, world);
  return conclude(order, attempt(order, world, false), world);
}

/** Whether all that stock does not serve may wait. */
function allWait(acceptance: Acceptance): boolean {
  return acceptance.accepted && acceptance.shortages.every(({ short, waits }) => waits === short);
}

function attempt(order: OrderDemand, world: World, mayWait: boolean): Attempt {
  const { channel, attributes, demands } = order;
  const sourced = sourceUnits({ channel, attributes, mayWait }, demands, world);
  const trials = demands.map((demand, index) => ({
    demand,
    ...present(sourced[index], 'an answer for each wish'),
  }));
  const incomplete = order.whole && (order.lacksOthers || trials.some((trial) => trial.filling.short > 0));
  const settled = incomplete ? trials.map((trial) => giveBack(trial, world)) : trials;
  const acceptance = acceptShortages(
    shortagesOf(order, settled, world),
    { now: world.now, today: () => localDate(world.now, channel.timeZone) },
    order.insist,
  );
  return { trials, settled, acceptance };
}

function conclude(order: OrderDemand, { trials, settled, acceptance }: Attempt, world: World): Decision {
  if (!acceptance.accepted || order.onHold) for (const trial of settled) giveBack(trial, world);
  if (!acceptance.accepted)
    return { accepted: false, failing: withRealAvailable(acceptance.failing, trials) };
  if (order.onHold) {
    return { accepted: true, lines: settled.map((trial) => pendingLine(trial, acceptance.shortages)) };
  }
  noteLoads(
    order.attributes,
    settled.map(({ filling }) => filling),
    world,
  );
  return {
    accepted: true,
    lines: decidedLines(order, { trials: settled, shortages: acceptance.shortages }, world),
  };
}

function giveBack(trial: Trial, world: World): Trial {
  unsource(trial.demand, trial, world);
  return { ...trial, filling: { fills: [], short: trial.demand.units } };
}

function shortagesOf(order: OrderDemand, trials: readonly Trial[], world: World): Shortage[] {
  const byProduct = new Map<ProductId, { wanted: number; short: number }>();
  for (const { demand, filling } of trials) {
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
function withRealAvailable(failing: readonly FailingProduct[], trials: readonly Trial[]): FailingProduct[] {
  return failing.map((each) => {
    let available = 0;
    for (const { demand, filling } of trials) {
      if (demand.product === each.product) available += demand.units - filling.short;
    }
    return { ...each, available };
  });
}

function shortageOf(shortages: readonly AcceptedShortage[], product: ProductId): AcceptedShortage {
  const found = shortages.find((each) => each.product === product);
  return found ?? { product, kind: 'backorder', short: ZERO, waits: ZERO, mayWait: ZERO, bar: null };
}

function pendingLine(trial: Trial, shortages: readonly AcceptedShortage[]): DecidedLine {
  const { demand } = trial;
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
    trials,
    shortages,
  }: { readonly trials: readonly Trial[]; readonly shortages: readonly AcceptedShortage[] },
  world: World,
): DecidedLine[] {
  const places = new Map(shortages.map((each) => [each.product, each.waits]));
  return trials.map(({ demand, filling, explanation }) => {
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
