/**
 * The sell policy: what of a product may be sold without stock, and as what it then waits.
 *
 * The kind of waiting follows from the release date alone: before the release it is a pre-order, else a backorder.
 * It never depends on whether a limit is set. Units that already wait keep their kind whatever the policy says later.
 */
import { frozen } from '../kernel/frozen.ts';
import { type Limit, MAX_QUANTITY, quantity, remaining, tighter } from '../kernel/quantity.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';

export const WAITING_KINDS = frozen(['backorder', 'preorder']);
export type WaitingKind = (typeof WAITING_KINDS)[number];

export interface WaitingLimits {
  readonly perOrder: Limit;
  readonly perCustomer: Limit;
  readonly perChannel: Limit;
  readonly perProduct: Limit;
  /** No more units of the product may wait than are incoming. */
  readonly upToIncoming: boolean;
}

export interface SellPolicy {
  readonly backorder: {
    readonly allowed: boolean;
    /** Last local day on which backorders are accepted. */
    readonly until: LocalDate | null;
    readonly limits: WaitingLimits;
  };
  readonly preorder: { readonly allowed: boolean; readonly limits: WaitingLimits };
  /** From this instant the product may ship; null when nothing has to pass. */
  readonly releaseAt: Instant | null;
}

export function isReleased({ releaseAt }: Pick<SellPolicy, 'releaseAt'>, now: Instant): boolean {
  return releaseAt === null || now >= releaseAt;
}

export function waitingKind(policy: SellPolicy, now: Instant): WaitingKind {
  return isReleased(policy, now) ? 'backorder' : 'preorder';
}

/** Units of one kind that wait already, by the scopes that limits count in; asked for only where a limit is set. */
export interface Outstanding {
  readonly order: number;
  /** Of this customer on this channel; for a guest, of this order. */
  readonly customer: number;
  readonly channel: number;
  readonly product: number;
  /** Of this product, of both kinds. */
  readonly waiting: number;
  /** Units of this product that purchase orders are to bring to anybody. */
  readonly incoming: number;
}

/** Why no more may wait, in the order in which they are checked. */
export const WAITING_BARS = frozen([
  'preorder_not_allowed',
  'backorder_not_allowed',
  'backorder_window_closed',
  'limit_per_order',
  'limit_per_customer',
  'limit_per_channel',
  'limit_per_product',
  'limit_incoming',
]);

export type WaitingBar = (typeof WAITING_BARS)[number];

export interface WaitingRoom {
  readonly kind: WaitingKind;
  /** How many more units may wait. */
  readonly units: Limit;
  /** What keeps it from being more; null when unlimited. */
  readonly bar: WaitingBar | null;
}

/**
 * How many more units may wait under `policy`.
 * `today` is the channel's local date, in which the backorder window is measured.
 */
export function waitingRoom(
  policy: SellPolicy,
  { kind, today }: { readonly kind: WaitingKind; readonly today: LocalDate },
  outstanding: Outstanding,
): WaitingRoom {
  const closed = closedBy(policy, kind, today);
  if (closed !== null) return { kind, units: quantity(0), bar: closed };
  const { limits } = policy[kind];
  const rooms: [WaitingBar, Limit][] = [
    ['limit_per_order', left(limits.perOrder, () => outstanding.order)],
    ['limit_per_customer', left(limits.perCustomer, () => outstanding.customer)],
    ['limit_per_channel', left(limits.perChannel, () => outstanding.channel)],
    ['limit_per_product', left(limits.perProduct, () => outstanding.product)],
    ['limit_incoming', limits.upToIncoming ? roomInIncoming(outstanding) : 'unlimited'],
  ];
  let units: Limit = 'unlimited';
  let bar: WaitingBar | null = null;
  for (const [candidate, room] of rooms) {
    const least = tighter(units, room);
    if (least !== units) bar = candidate;
    units = least;
  }
  return { kind, units, bar };
}

function left(limit: Limit, used: () => number): Limit {
  return limit === 'unlimited' ? limit : remaining(limit, used());
}

function roomInIncoming(outstanding: Outstanding): Limit {
  return quantity(Math.min(MAX_QUANTITY, Math.max(0, outstanding.incoming - outstanding.waiting)));
}

function closedBy(policy: SellPolicy, kind: WaitingKind, today: LocalDate): WaitingBar | null {
  if (kind === 'preorder') return policy.preorder.allowed ? null : 'preorder_not_allowed';
  if (!policy.backorder.allowed) return 'backorder_not_allowed';
  const { until } = policy.backorder;
  return until !== null && today > until ? 'backorder_window_closed' : null;
}
