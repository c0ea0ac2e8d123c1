/**
 * The line of orders that wait to be placed, bounded by time. Under more orders than can be placed, all of them would
 * wait longer than anybody stays, and be placed for nobody (measured: 57 % of the orders in time at five times the
 * capacity). So whoever would wait longer than a second by the rate at which the line moves is turned away on arrival,
 * whoever has gone or waited too long leaves the line before anything is done for them, and those who are taken are
 * still there.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';
import type { Answered } from '../frame/once.ts';
import { type Asker, OverloadedError } from '../frame/overload.ts';
import type { PlaceRequest } from './place-request.ts';

const MAX_BATCH = 256;
/** So many share the cost of a batch well enough: 256 are 1.2 times as quick. */
const MIN_BATCH = 64;
/** A batch is made no larger than what takes so long by the rate: whoever is in it waits for all of it. */
const BATCH_MS = 250;
/** How far down the line to look for orders whose products are free. */
const LOOK_AHEAD = 1_024;
/** Longest time to the answer that is expected of anybody who joins the line. */
const MAX_EXPECTED_MS = 1_000;
/** So many are always taken, whatever the rate says: a batch. */
const ALWAYS_TAKEN = MIN_BATCH;
/** What an order takes before any rate was measured. */
const FIRST_GUESS = { orders: MAX_BATCH, milliseconds: MAX_BATCH / 2 };
/** What earlier batches still weigh in the rate after each new one. */
const KEPT_OF_EARLIER = 0.7;

/** An order in line. */
export interface Waiting {
  readonly request: PlaceRequest;
  readonly asker: Asker;
  /** On the clock of performance.now(), in milliseconds. */
  readonly since: number;
  /** When it is turned away, on the same clock. */
  until: number;
  readonly resolve: (answer: Answered<PlacedOrder>) => void;
  readonly reject: (error: unknown) => void;
}

export function skusOf(waiting: readonly Waiting[]): Set<string> {
  return new Set(waiting.flatMap(({ request }) => request.order.items.map(({ sku }) => sku)));
}

/** Whether anybody still wants it; turns it away when it has waited too long, or nobody is there any more. */
export function isWanted(waiting: Waiting, now: number): boolean {
  if (waiting.asker.hasLeft()) {
    waiting.reject(new OverloadedError('Whoever sent the order has gone', { retryAfterMs: 0 }));
    return false;
  }
  if (now < waiting.until) return true;
  const waited = Math.max(1, Math.round((now - waiting.since) / 1000));
  const message = `The order waited ${waited} s and was not placed; send it again`;
  waiting.reject(new OverloadedError(message, { retryAfterMs: now - waiting.since }));
  return false;
}

/** Which products no batch may have now. */
interface Kept {
  /** In a batch that runs. */
  readonly busy: ReadonlySet<string>;
  /** Held by somebody else, so that orders of them wait apart. */
  readonly isHeld: (sku: string) => boolean;
}

export class PlacingLine {
  #waiting: Waiting[] = [];
  #rate = FIRST_GUESS;
  /** Taken out of the line and not placed yet. */
  #underWay = 0;

  get length(): number {
    return this.#waiting.length;
  }

  /** What whoever joins now has to expect: by the rate, and no less than what the first in line has waited already. */
  #expectedMs(now: number): number {
    const [first] = this.#waiting;
    return Math.max(this.#ahead * this.#msPerOrder, first === undefined ? 0 : now - first.since);
  }

  get #ahead(): number {
    return this.#waiting.length + this.#underWay;
  }

  get #msPerOrder(): number {
    return this.#rate.milliseconds / this.#rate.orders;
  }

  /** Why nobody may join now; undefined when one may. */
  whyFull(now: number): OverloadedError | undefined {
    const retryAfterMs = this.#expectedMs(now);
    if (this.#ahead < ALWAYS_TAKEN || retryAfterMs <= MAX_EXPECTED_MS) return undefined;
    const message = `${this.#ahead} orders stand in line already; nothing was changed, send it again`;
    return new OverloadedError(message, { retryAfterMs });
  }

  join(waiting: Waiting): void {
    this.#waiting.push(waiting);
  }

  /** These were taken and could not be placed yet: they are the next. */
  giveBack(waiting: readonly Waiting[]): void {
    this.#waiting = [...waiting, ...this.#waiting];
  }

  /**
   * A batch has ended. The rate follows those that left others waiting: a small one says nothing about a crowd.
   * @param milliseconds undefined: it left nobody
   */
  end(orders: number, milliseconds: number | undefined): void {
    this.#underWay -= orders;
    if (milliseconds === undefined) return;
    this.#rate = {
      orders: this.#rate.orders * KEPT_OF_EARLIER + orders,
      milliseconds: this.#rate.milliseconds * KEPT_OF_EARLIER + milliseconds,
    };
  }

  dismissUnwanted(now: number): void {
    this.#waiting = this.#waiting.filter((each) => isWanted(each, now));
  }

  /**
   * The next orders none of whose products is in a running batch or wanted by an order passed over before them; apart,
   * those with a product that somebody else holds.
   */
  take(kept: Kept, now: number): { readonly batch: Waiting[]; readonly apart: Waiting[] } {
    const batch: Waiting[] = [];
    const apart: Waiting[] = [];
    const passedOver: Waiting[] = [];
    const blocked = new Set(kept.busy);
    const most = Math.min(MAX_BATCH, Math.max(MIN_BATCH, Math.floor(BATCH_MS / this.#msPerOrder)));
    let index = 0;
    for (; index < this.#waiting.length && index < LOOK_AHEAD && batch.length < most; index++) {
      const waiting = this.#waiting[index];
      if (waiting === undefined) break;
      if (!isWanted(waiting, now)) continue;
      const { items } = waiting.request.order;
      if (items.some(({ sku }) => kept.isHeld(sku))) apart.push(waiting);
      else if (items.some(({ sku }) => blocked.has(sku))) {
        passedOver.push(waiting);
        for (const { sku } of items) blocked.add(sku);
      } else batch.push(waiting);
    }
    this.#waiting = passedOver.concat(this.#waiting.slice(index));
    this.#underWay += batch.length;
    return { batch, apart };
  }
}
