/**
 * Orders of one batch that repeat an earlier one of it, under its key or under its number. They are not placed: the same
 * contents get the earlier one's answer, other contents are refused, as if the earlier one had been placed long ago.
 */
import type { PlacedOrder } from '../../contract/order-views.ts';
import { type Answered, fresh } from '../frame/once.ts';
import { keyReused, orderNumberReused } from '../frame/refusals.ts';
import { nameOf, type PlaceRequest } from './place-request.ts';

export type Repeat =
  | { readonly kind: 'repeats'; readonly index: number; readonly by: 'key' | 'number' }
  | { readonly kind: 'answered'; readonly answer: Answered<PlacedOrder> };

export class RepeatsInBatch {
  readonly #requests: readonly PlaceRequest[];
  readonly #byKey = new Map<string, number>();
  readonly #byNumber = new Map<string, number>();

  constructor(requests: readonly PlaceRequest[]) {
    this.#requests = requests;
  }

  /** How the request repeats one that came earlier under its key; undefined when none did. */
  underKey({ key, sent }: PlaceRequest): Repeat | undefined {
    const index = key === undefined ? undefined : this.#byKey.get(key);
    if (key === undefined || index === undefined) return undefined;
    if (this.#requests[index]?.sent.hash === sent.hash) return { kind: 'repeats', index, by: 'key' };
    return { kind: 'answered', answer: fresh(keyReused(key)) };
  }

  /** How the request repeats one that was accepted under its number; undefined when none was. */
  underNumber(request: PlaceRequest): Repeat | undefined {
    const index = this.#byNumber.get(nameOf(request.order));
    if (index === undefined) return undefined;
    if (this.#requests[index]?.meant.hash === request.meant.hash) {
      return { kind: 'repeats', index, by: 'number' };
    }
    return { kind: 'answered', answer: fresh(orderNumberReused(request.order.number)) };
  }

  /** Notes a request that was answered, whatever the answer; its number is taken when it is accepted. */
  add(index: number, { accepted }: { readonly accepted: boolean }): void {
    const request = this.#requests[index];
    if (request === undefined) return;
    if (request.key !== undefined && !this.#byKey.has(request.key)) this.#byKey.set(request.key, index);
    if (accepted) this.#byNumber.set(nameOf(request.order), index);
  }
}
