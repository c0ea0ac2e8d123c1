/**
 * What the API answered to the orders of a run, counted as it answers: accepted, refused and why, units allocated at
 * once. Nothing here is worked out from the plan. It also keeps what is needed to ask later how long things waited:
 * which orders did not get everything at once, and at which moment each act that may free stock happened on the
 * clock of the orders.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';

/** An accepted order that did not get everything at once. */
export interface WaitingOrder {
  readonly id: number;
  /** On the clock of the orders, in ms since 1970. */
  readonly placedAt: number;
}

interface Moment {
  /** On the clock of the orders. */
  readonly at: number;
  /** On the clock of the wall. */
  readonly sentAt: number;
}

export interface Counts {
  sent: number;
  accepted: number;
  /** Sent before, by an earlier run, and answered as then. */
  repeated: number;
  refused: number;
  ordered: number;
  atOnce: number;
}

export interface Tally {
  readonly counts: Readonly<Counts>;
  readonly waiting: readonly WaitingOrder[];
  /** How many orders were refused for each reason; an order refused for two reasons counts for both. */
  readonly refusedFor: ReadonlyMap<string, number>;
  accept(order: PlacedOrder, placedAt: number, repeated: boolean): void;
  refuse(refusal: { readonly code: string; readonly details?: unknown }): void;
  /** An act that may free stock is about to be sent; fills name it by this reference. */
  actAt(reference: string, at: number): void;
  /** When the act behind a fill happened, on the clock of the orders; undefined for an act of somebody else. */
  momentOf(reference: string, recordedAt: number): number | undefined;
}

interface FailingItem {
  readonly code: string;
}

function isFailingItem(value: unknown): value is FailingItem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** The reasons of a refusal: those of its failing items, else its own code. */
function reasonsOf({ code, details }: { readonly code: string; readonly details?: unknown }): string[] {
  const items: unknown =
    typeof details === 'object' && details !== null && 'items' in details ? details.items : undefined;
  const failing = Array.isArray(items) ? items.filter(isFailingItem) : [];
  return failing.length === 0 ? [code] : [...new Set(failing.map((item) => item.code))];
}

export function startTally(): Tally {
  const counts: Counts = { sent: 0, accepted: 0, repeated: 0, refused: 0, ordered: 0, atOnce: 0 };
  const refusedFor = new Map<string, number>();
  const waiting: WaitingOrder[] = [];
  const moments = new Map<string, Moment[]>();
  return {
    counts,
    waiting,
    refusedFor,
    accept(order, placedAt, repeated) {
      counts.sent++;
      counts.accepted++;
      if (repeated) counts.repeated++;
      let missing = 0;
      for (const { quantities } of order.items) {
        counts.ordered += quantities.ordered;
        counts.atOnce += quantities.allocated;
        missing += quantities.ordered - quantities.allocated;
      }
      if (missing > 0) waiting.push({ id: order.id, placedAt });
    },
    refuse(refusal) {
      counts.sent++;
      counts.refused++;
      for (const reason of reasonsOf(refusal)) refusedFor.set(reason, (refusedFor.get(reason) ?? 0) + 1);
    },
    actAt(reference, at) {
      const moment = { at, sentAt: Date.now() };
      const known = moments.get(reference);
      if (known === undefined) moments.set(reference, [moment]);
      else known.push(moment);
    },
    momentOf(reference, recordedAt) {
      const known = moments.get(reference);
      return (known?.findLast(({ sentAt }) => sentAt <= recordedAt) ?? known?.[0])?.at;
    },
  };
}
