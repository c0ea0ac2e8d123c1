/**
 * Gathers orders that arrive at the same time into batches. While two batches run, arriving orders collect; when
 * one ends the next goes. A lone order waits for nobody, a crowd is served together; who stands in line for too long
 * is turned away (placing-line), and who wants a product that somebody else holds waits apart (held-orders).
 *
 * A product never stands in two running batches (they would queue on each other's commit: 1.2 times slower), and
 * orders of one product keep their order of arrival. Two in flight are 1.7 times one; three add nothing; up to
 * 256 orders a batch are 1.2 times 64. A batch that fails unexpectedly is run again order by order, so that one bad
 * order never fails its neighbours; one that fails since the database is not there would only fail as often. One of which
 * nobody knows whether it was committed is placed again: what was placed is recognised by its number.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';
import { isOutage, OutcomeUnknownError, sqlState } from '../../db/connection/failures.ts';
import type { Answered } from '../frame/once.ts';
import type { Asker, OverloadedError } from '../frame/overload.ts';
import { HeldOrders, type ProductLocks } from './held-orders.ts';
import type { PlaceRequest } from './place-request.ts';
import { isWanted, PlacingLine, skusOf, type Waiting } from './placing-line.ts';

const IN_FLIGHT = 2;
/**
 * While a batch runs, a second one starts only when so many orders stand in line: small ones cost more than they save (64
 * clients: 1.1 to 1.2 times the orders).
 */
const WORTH_A_SECOND = 32;
/** A batch that runs for longer is held up by something: then a second one starts for whoever comes. */
const HELD_UP_MS = 200;
/** Orders that came together wait for each other for so long. */
const PATIENCE_TOGETHER_MS = 30_000;
/** How often the line is looked through for those who have waited too long, or have gone. */
const LOOK_EVERY_MS = 250;

type Place = (requests: readonly PlaceRequest[]) => Promise<Answered<PlacedOrder>[]>;

export class OrderBatcher {
  readonly #place: Place;
  readonly #locks: ProductLocks;
  readonly #line = new PlacingLine();
  readonly #held: HeldOrders;
  readonly #busySkus = new Set<string>();
  #running = 0;
  /** When a batch ended last, and when one began or ended. */
  #endedAt = 0;
  #movedAt = 0;
  #look: NodeJS.Timeout | undefined;

  constructor(place: Place, locks: ProductLocks) {
    this.#place = place;
    this.#locks = locks;
    this.#held = new HeldOrders(locks, {
      tryAlone: (waiting) => this.#tryAlone(waiting),
      giveBack: (waiting) => {
        this.#line.giveBack(waiting);
        this.#next();
      },
    });
  }

  /** Why no order is taken just now; undefined when one is. */
  whyFull(): OverloadedError | undefined {
    return this.#line.whyFull(performance.now());
  }

  /** @throws OverloadedError when it was turned away, before anything was done for it */
  async place(request: PlaceRequest, asker: Asker): Promise<Answered<PlacedOrder>> {
    const why = this.whyFull();
    if (why !== undefined) throw why;
    return await this.#join(request, asker);
  }

  /** Takes all or none of them into line; the last may wait for the others. */
  async placeAll(requests: readonly PlaceRequest[], asker: Asker): Promise<Answered<PlacedOrder>[]> {
    const why = this.whyFull();
    if (why !== undefined) throw why;
    const patienceMs = Math.max(asker.patienceMs, PATIENCE_TOGETHER_MS);
    return await Promise.all(requests.map((request) => this.#join(request, { ...asker, patienceMs })));
  }

  #join(request: PlaceRequest, asker: Asker): Promise<Answered<PlacedOrder>> {
    const since = performance.now();
    return new Promise((resolve, reject) => {
      this.#line.join({ request, asker, since, until: since + asker.patienceMs, resolve, reject });
      this.#look ??= setInterval(() => this.#dismissUnwanted(), LOOK_EVERY_MS);
      this.#next();
    });
  }

  #dismissUnwanted(): void {
    const now = performance.now();
    this.#line.dismissUnwanted(now);
    this.#held.dismissUnwanted(now);
    this.#next();
    if (this.#line.length > 0 || this.#held.length > 0) return;
    clearInterval(this.#look);
    this.#look = undefined;
  }

  #next(): void {
    while (this.#running < IN_FLIGHT && this.#line.length > 0) {
      const now = performance.now();
      const isHeldUp = now - this.#movedAt > HELD_UP_MS;
      if (this.#running > 0 && this.#line.length < WORTH_A_SECOND && !isHeldUp) return;
      const kept = { busy: this.#busySkus, isHeld: (sku: string) => this.#held.isHeld(sku) };
      const { batch, apart } = this.#line.take(kept, now);
      if (apart.length > 0) this.#held.add(apart, now);
      if (batch.length === 0) return;
      void this.#run(batch, now);
    }
  }

  async #run(batch: readonly Waiting[], began: number): Promise<void> {
    const skus = skusOf(batch);
    for (const sku of skus) this.#busySkus.add(sku);
    const leavesOthers = this.#line.length > 0;
    this.#running++;
    this.#movedAt = began;
    try {
      await this.#answer(batch);
    } finally {
      const now = performance.now();
      this.#line.end(batch.length, leavesOthers ? now - Math.max(began, this.#endedAt) : undefined);
      this.#endedAt = now;
      this.#movedAt = now;
      this.#running--;
      for (const sku of skus) this.#busySkus.delete(sku);
      this.#next();
    }
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    try {
      resolveAll(batch, await this.#place(batch.map(({ request }) => request)));
    } catch (error) {
      if (error instanceof OutcomeUnknownError) await this.#placeAgain(batch, error);
      else if (isHeldUp(error)) await this.#partHeld(batch);
      else if (batch.length === 1 || isOutage(error)) rejectAll(batch, error);
      else await this.#oneByOne(batch);
    }
  }

  /** Whatever goes wrong now, the doubt about the first time remains. */
  async #placeAgain(batch: readonly Waiting[], doubt: OutcomeUnknownError): Promise<void> {
    try {
      resolveAll(batch, await this.#place(batch.map(({ request }) => request)));
    } catch {
      rejectAll(batch, doubt);
    }
  }

  /** Orders of products that somebody else holds wait apart; the others go on at once. */
  async #partHeld(batch: readonly Waiting[]): Promise<void> {
    const held = await this.#locks.findHeld(skusOf(batch)).catch(() => new Set<string>());
    if (held.size === 0) return await this.#oneByOne(batch);
    this.#held.mark(held, 'held');
    const isHeld = (each: Waiting) => each.request.order.items.some(({ sku }) => held.has(sku));
    this.#held.add(batch.filter(isHeld), performance.now());
    const others = batch.filter((each) => !isHeld(each));
    if (others.length > 0) await this.#answer(others);
  }

  async #oneByOne(batch: readonly Waiting[]): Promise<void> {
    for (const waiting of batch) {
      if (!isWanted(waiting, performance.now()) || (await this.#tryAlone(waiting))) continue;
      this.#held.mark(skusOf([waiting]), 'stuck');
      this.#held.add([waiting], performance.now());
    }
  }

  /** Answers the order; false when it would have to wait for a lock for too long. */
  async #tryAlone(waiting: Waiting): Promise<boolean> {
    try {
      resolveAll([waiting], await this.#place([waiting.request]));
    } catch (error) {
      if (isHeldUp(error)) return false;
      if (error instanceof OutcomeUnknownError) await this.#placeAgain([waiting], error);
      else waiting.reject(error);
    }
    return true;
  }
}

function resolveAll(batch: readonly Waiting[], answers: readonly Answered<PlacedOrder>[]): void {
  for (const [index, waiting] of batch.entries()) {
    const answer = answers[index];
    if (answer === undefined) waiting.reject(new Error('a batch answered too few orders'));
    else waiting.resolve(answer);
  }
}

function rejectAll(batch: readonly Waiting[], error: unknown): void {
  for (const waiting of batch) waiting.reject(error);
}

/** SQLSTATE of a statement that waited for a lock for too long. */
const LOCK_NOT_AVAILABLE = '55P03';

function isHeldUp(error: unknown): boolean {
  return sqlState(error) === LOCK_NOT_AVAILABLE;
}
