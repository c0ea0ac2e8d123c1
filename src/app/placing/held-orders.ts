/**
 * Orders of products that somebody else holds: a session of psql, a long transaction of another program. One such row
 * must not stop the orders of all others, so a batch waits for a lock only for a moment, and what it could not have
 * waits here, apart from the line, for a bounded time.
 *
 * Waiting for one product must not hold another: so nothing is placed from here while a product is held. We wait at
 * the lock of one held product alone, in its queue (whoever fills it page after page lets us in), and give its orders
 * back to the line when it is free. An order that failed alone although none of its own products is held (it needs what
 * another holds) is tried here, alone, and keeps no batch waiting.
 */

import { OverloadedError } from '../frame/overload.ts';
import { isWanted, skusOf, type Waiting } from './placing-line.ts';

/** Longest that an order waits apart. */
const MAX_APART_MS = 5_000;
/** Orders apart at most. */
const MAX_APART = 1_000;
/** Products remembered as held; beyond it we start over, and find out again. */
const MAX_MARKED = 10_000;
/** Wait before the next try when the database could not be asked. */
const PAUSE_MS = 200;

/** The locks of products, as they are for everybody. */
export interface ProductLocks {
  /** Those of the products that another transaction holds just now. */
  findHeld(skus: ReadonlySet<string>): Promise<ReadonlySet<string>>;
  /** Waits until a product is free, or for as long as one waits for a lock. */
  waitFor(sku: string): Promise<void>;
}

interface Ways {
  /** Tries one order; false when it had to wait for a lock for too long. Answers it otherwise. */
  readonly tryAlone: (waiting: Waiting) => Promise<boolean>;
  /** Takes orders back into line. */
  readonly giveBack: (waiting: readonly Waiting[]) => void;
}

/** held: its own row is. stuck: something else that its orders need. */
type Mark = 'held' | 'stuck';

export class HeldOrders {
  readonly #locks: ProductLocks;
  readonly #ways: Ways;
  readonly #marks = new Map<string, Mark>();
  #apart: Waiting[] = [];
  #isServed = false;

  constructor(locks: ProductLocks, ways: Ways) {
    this.#locks = locks;
    this.#ways = ways;
  }

  get length(): number {
    return this.#apart.length;
  }

  isHeld(sku: string): boolean {
    return this.#marks.has(sku);
  }

  mark(skus: Iterable<string>, mark: Mark): void {
    if (this.#marks.size >= MAX_MARKED) this.#marks.clear();
    for (const sku of skus) this.#marks.set(sku, mark);
  }

  /** Takes orders that have a marked product. */
  add(waiting: readonly Waiting[], now: number): void {
    for (const each of waiting) {
      if (this.#apart.length >= MAX_APART) each.reject(heldTooLong());
      else {
        each.until = Math.min(each.until, now + MAX_APART_MS);
        this.#apart.push(each);
      }
    }
    if (!this.#isServed && this.#apart.length > 0) void this.#serve();
  }

  /** Turns away whoever has waited too long. */
  dismissUnwanted(now: number): void {
    this.#apart = this.#apart.filter((each) => {
      if (now >= each.until && !each.asker.hasLeft()) {
        each.reject(heldTooLong());
        return false;
      }
      return isWanted(each, now);
    });
  }

  async #serve(): Promise<void> {
    this.#isServed = true;
    while (this.#apart.length > 0) {
      try {
        await this.#look();
      } catch {
        // out of reach: the orders wait on, and not for long
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      this.dismissUnwanted(performance.now());
    }
    this.#isServed = false;
  }

  async #look(): Promise<void> {
    const held = await this.#locks.findHeld(skusOf(this.#apart));
    const free = this.#apart.filter((each) => ![...skusOf([each])].some((sku) => held.has(sku)));
    this.#apart = this.#apart.filter((each) => !free.includes(each));
    const stuck = free.filter((each) => [...skusOf([each])].some((sku) => this.#marks.get(sku) === 'stuck'));
    const others = free.filter((each) => !stuck.includes(each));
    for (const sku of skusOf(others)) this.#marks.delete(sku);
    if (others.length > 0) this.#ways.giveBack(others);
    for (const each of stuck) await this.#tryStuck(each);
    const [first] = held;
    if (free.length === 0 && first !== undefined) await this.#locks.waitFor(first);
  }

  async #tryStuck(waiting: Waiting): Promise<void> {
    if (!isWanted(waiting, performance.now())) return;
    if (await this.#ways.tryAlone(waiting)) for (const sku of skusOf([waiting])) this.#marks.delete(sku);
    else this.#apart.push(waiting);
  }
}

function heldTooLong(): OverloadedError {
  return new OverloadedError('A product of the order is held by another session; send it again', {
    retryAfterMs: MAX_APART_MS,
  });
}
