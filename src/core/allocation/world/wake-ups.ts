/**
 * Wake-ups: instants at which an item that found nothing may find something although no stock has moved: a rule begins or
 * ends, a warehouse has a new day, it has waited long enough for a better one. Its product is looked at again then.
 */
import type { ProductId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

export class WakeUps {
  readonly #earliest = new Map<ProductId, Instant>();

  note(product: ProductId, at: Instant): void {
    const known = this.#earliest.get(product);
    if (known === undefined || at < known) this.#earliest.set(product, at);
  }

  /** Notes what was noted elsewhere, in a trial. */
  noteAll(others: WakeUps): void {
    for (const [product, at] of others.#earliest) this.note(product, at);
  }

  /** The earliest instant of each product noted since the last call. */
  drain(): { readonly product: ProductId; readonly at: Instant }[] {
    const noted = [...this.#earliest].map(([product, at]) => ({ product, at }));
    this.#earliest.clear();
    return noted;
  }
}
