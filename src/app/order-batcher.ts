/**
 * Gathers orders that arrive at the same time into batches. While two batches run, arriving orders collect; when
 * one ends the next goes. There is no timer: a lone order waits for nobody, a crowd is served together.
 *
 * A product never stands in two running batches (they would queue on each other's commit: 1.2 times slower), and
 * orders of one product keep their order of arrival. Two in flight are 1.7 times one; three add nothing; up to
 * 256 orders a batch are 1.2 times 64. A batch that fails unexpectedly is run again order by order, so that one bad
 * order never fails its neighbours; one that fails since the database is not there would only fail as often. One of which
 * nobody knows whether it was committed is placed again: what was placed is recognised by its number.
 */
import type { PlacedOrder } from '../contract/order-views.ts';
import { isOutage, OutcomeUnknownError } from '../db/failures.ts';
import type { Answered } from './once.ts';
import type { PlaceRequest } from './place-request.ts';

const IN_FLIGHT = 2;
/**
 * While a batch runs, a second one starts only when so many orders stand in line: small ones cost more than they save (64
 * clients: 1.1 to 1.2 times the orders).
 */
const WORTH_A_SECOND = 32;
const BATCH_ORDERS = 256;
/** How far down the line to look for orders whose products are free. */
const LOOK_AHEAD = 1_024;
/** Orders waiting for a batch at most; more are turned away, to be sent again. */
const MAX_WAITING_ORDERS = 20_000;

export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
}

type Place = (requests: readonly PlaceRequest[]) => Promise<Answered<PlacedOrder>[]>;

interface Waiting {
  readonly request: PlaceRequest;
  readonly resolve: (answer: Answered<PlacedOrder>) => void;
  readonly reject: (error: unknown) => void;
}

export class OrderBatcher {
  readonly #place: Place;
  #line: Waiting[] = [];
  readonly #busySkus = new Set<string>();
  #running = 0;

  constructor(place: Place) {
    this.#place = place;
  }

  place(request: PlaceRequest): Promise<Answered<PlacedOrder>> {
    if (this.#line.length >= MAX_WAITING_ORDERS) {
      return Promise.reject(new OverloadedError(`${MAX_WAITING_ORDERS} orders are waiting to be placed`));
    }
    return new Promise((resolve, reject) => {
      this.#line.push({ request, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < IN_FLIGHT) {
      if (this.#running > 0 && this.#line.length < WORTH_A_SECOND) return;
      const batch = this.#takeBatch();
      if (batch.length === 0) return;
      void this.#run(batch);
    }
  }

  /** The next orders none of whose products is in flight or wanted by an order passed over before them. */
  #takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const passedOver: Waiting[] = [];
    const blocked = new Set(this.#busySkus);
    let index = 0;
    for (; index < this.#line.length && index < LOOK_AHEAD && batch.length < BATCH_ORDERS; index++) {
      const waiting = this.#line[index];
      if (waiting === undefined) break;
      const skus = waiting.request.order.items;
      if (skus.some((item) => blocked.has(item.sku))) {
        passedOver.push(waiting);
        for (const { sku } of skus) blocked.add(sku);
      } else batch.push(waiting);
    }
    if (batch.length > 0) this.#line = passedOver.concat(this.#line.slice(index));
    return batch;
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    const skus = batch.flatMap(({ request }) => request.order.items.map((item) => item.sku));
    for (const sku of skus) this.#busySkus.add(sku);
    this.#running++;
    try {
      await this.#answer(batch);
    } finally {
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
      else if (batch.length === 1 || isOutage(error)) rejectAll(batch, error);
      else for (const waiting of batch) await this.#answer([waiting]);
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
