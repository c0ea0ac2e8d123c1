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
import type { Warehouse } from '../inventory/warehouse.ts';
import type { LineNumber, ProductId, WarehouseId } from '../kernel/ids.ts';
import { type Quantity, ZERO } from '../kernel/quantity.ts';
import { localDate } from '../kernel/time.ts';
import {
  type AcceptedShortage,
  acceptShortages,
  type FailingProduct,
  type Shortage,
} from '../orders/accept.ts';
import { type BucketChange, bucketChange } from '../orders/buckets.ts';
import { waitingBucket } from '../orders/order-item.ts';
import { rankWarehouses } from '../sourcing/rank-warehouses.ts';
import { asked, type Explanation } from './explanation.ts';
import { type Fill, type Filling, fill, type Offer } from './fill.ts';
import type { World } from './world.ts';

export interface Demand {
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly units: Quantity;
  readonly rejectedBy: readonly WarehouseId[];
}

export interface OrderDemand {
  readonly channel: SalesChannel;
  readonly customer: string | null;
  readonly demands: readonly Demand[];
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
  readonly demand: Demand;
  readonly kind: WaitingKind;
  readonly fills: readonly Fill[];
  readonly change: BucketChange;
  readonly explanation: Explanation;
}

export type Decision =
  | { readonly accepted: true; readonly lines: readonly DecidedLine[] }
  | { readonly accepted: false; readonly failing: readonly FailingProduct[] };

interface Trial {
  readonly demand: Demand;
  readonly warehouses: readonly Warehouse[];
  readonly offers: readonly Offer[];
  readonly filling: Filling;
}

/** Decides; when accepted and not on hold, supply and uses of `world` have given what the decision takes. */
export function decideOrder(order: OrderDemand, world: World): Decision {
  const trials = order.demands.map((demand) => tryToFill(demand, order.channel, world));
  const incomplete = order.whole && (order.lacksOthers || trials.some((trial) => trial.filling.short > 0));
  const settled = incomplete ? trials.map((trial) => giveBack(trial, world)) : trials;
  const acceptance = acceptShortages(
    shortagesOf(order, settled, world),
    { now: world.now, today: () => localDate(world.now, order.channel.timeZone) },
    order.insist,
  );
  if (!acceptance.accepted || order.onHold) {
    if (!incomplete) for (const trial of trials) giveBack(trial, world);
  }
  if (!acceptance.accepted)
    return { accepted: false, failing: withRealAvailable(acceptance.failing, trials) };
  const lines = order.onHold
    ? settled.map((trial) => pendingLine(trial, acceptance.shortages))
    : decidedLines(order, { trials: settled, shortages: acceptance.shortages }, world);
  return { accepted: true, lines };
}

function tryToFill(demand: Demand, channel: SalesChannel, world: World): Trial {
  const warehouses = rankWarehouses(channel, world.warehouses, demand.rejectedBy);
  const offers = world.supply.offers(demand.product, warehouses);
  const filling = fill(demand.units, offers);
  world.supply.take(demand.product, filling.fills, world.warehouses);
  return { demand, warehouses, offers, filling };
}

function giveBack(trial: Trial, world: World): Trial {
  world.supply.putBack(trial.demand.product, trial.filling.fills, world.warehouses);
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
  return found ?? { product, kind: 'backorder', waits: ZERO, mayWait: ZERO, bar: null };
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
  return trials.map(({ demand, warehouses, offers, filling }) => {
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
        asked: asked(warehouses, offers, filling),
        ...(filling.short > 0 && { waiting: { kind, waits, unfillable, mayWait, bar, ahead } }),
        ...(order.whole && { whole: true as const }),
      },
    };
  });
}
