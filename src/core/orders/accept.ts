/**
 * May this order be accepted? One rule for every door: API, import, connectors.
 *
 * It is asked per product, over the sum of the order's lines, and only about the shortage: units that stock can
 * serve need no permission. A strict channel refuses the order when any product is short by more than may wait, and
 * names every such product. A channel that insists takes the order in; what may not wait is unfillable.
 */
import {
  type Outstanding,
  type SellPolicy,
  type WaitingBar,
  type WaitingKind,
  waitingKind,
  waitingRoom,
} from '../catalog/sell-policy.ts';
import type { ProductId } from '../kernel/ids.ts';
import type { Limit } from '../kernel/quantity.ts';
import type { Instant, LocalDate } from '../kernel/time.ts';

/** One product of an order and how much of it no warehouse can serve now. */
export interface Shortage {
  readonly product: ProductId;
  readonly wanted: number;
  /** Sums over lines may pass what one item can hold, so these are plain numbers. */
  readonly short: number;
  readonly policy: SellPolicy;
  /** Units that wait already, of the kind asked for. */
  readonly outstanding: (kind: WaitingKind) => Outstanding;
}

export interface AcceptedShortage {
  readonly product: ProductId;
  readonly kind: WaitingKind;
  readonly short: number;
  /** Units that wait; the rest of the shortage is unfillable. */
  readonly waits: number;
  readonly mayWait: Limit;
  readonly bar: WaitingBar | null;
}

/** A product that keeps an order from being accepted, and what would be accepted instead. */
export interface FailingProduct {
  readonly product: ProductId;
  readonly bar: WaitingBar;
  readonly wanted: number;
  readonly available: number;
  readonly mayWait: Limit;
}

export type Acceptance =
  | { readonly accepted: true; readonly shortages: readonly AcceptedShortage[] }
  | { readonly accepted: false; readonly failing: readonly FailingProduct[] };

export function acceptShortages(
  shortages: readonly Shortage[],
  /** `today` is the channel's local date; asked for only when something is short. */
  when: { readonly now: Instant; readonly today: () => LocalDate },
  insist: boolean,
): Acceptance {
  const accepted: AcceptedShortage[] = [];
  const failing: FailingProduct[] = [];
  for (const { product, wanted, short, policy, outstanding } of shortages) {
    const kind = waitingKind(policy, when.now);
    if (short === 0) {
      accepted.push({ product, kind, short, waits: short, mayWait: 'unlimited', bar: null });
      continue;
    }
    const room = waitingRoom(policy, { kind, today: when.today() }, outstanding(kind));
    const waits = room.units === 'unlimited' ? short : Math.min(short, room.units);
    accepted.push({ product, kind, short, waits, mayWait: room.units, bar: room.bar });
    if (waits < short && room.bar !== null) {
      failing.push({ product, bar: room.bar, wanted, available: wanted - short, mayWait: room.units });
    }
  }
  return failing.length > 0 && !insist
    ? { accepted: false, failing }
    : { accepted: true, shortages: accepted };
}
