/**
 * Waiting uses: units that wait, counted in the scopes of the limits. A working copy: what decisions let wait is added for the
 * next ones of the same batch. Whoever asks for what was not loaded meets a bug: no limit is ever judged by a zero
 * that nobody read.
 */
import type { Outstanding, WaitingKind } from '../../catalog/sell-policy.ts';
import { present } from '../../kernel/assert.ts';
import type { ChannelId, ProductId } from '../../kernel/ids.ts';

/** A product, with a channel, and a customer there. */
type Scope = readonly (string | number)[];

export interface WaitingUse {
  readonly product: ProductId;
  readonly channel: ChannelId;
  readonly customer: string | null;
}

export class WaitingUses {
  readonly #units = new Map<string, number>();
  readonly #incoming = new Map<ProductId, number>();
  readonly #beneath: WaitingUses | undefined;

  /** @param beneath what is counted where nothing is set here */
  constructor(beneath?: WaitingUses) {
    this.#beneath = beneath;
  }

  /** Sets what purchase orders are to bring of a product; asked for only by policies that look at it. */
  setIncoming(product: ProductId, units: number): void {
    this.#incoming.set(product, units);
  }

  /** Sets what the database counts for a scope: the product, a channel, or a customer on a channel. */
  set(kind: WaitingKind, scope: Scope, units: number): void {
    this.#units.set(keyOf(kind, scope), units);
  }

  /** Adds to the product, and to its channel and customer where these are counted. */
  add(kind: WaitingKind, { product, channel, customer }: WaitingUse, units: number): void {
    this.set(kind, [product], this.#counted(kind, [product]) + units);
    const others =
      customer === null
        ? [[product, channel]]
        : [
            [product, channel],
            [product, channel, customer],
          ];
    for (const scope of others) {
      const known = this.#known(keyOf(kind, scope));
      if (known !== undefined) this.set(kind, scope, known + units);
    }
  }

  /** Units of the product that wait, as backorders and as pre-orders. */
  ofProduct(product: ProductId): number {
    return this.#counted('backorder', [product]) + this.#counted('preorder', [product]);
  }

  /**
   * What waits already; each member is looked up when it is asked for.
   * @param ofThisOrder units of the same order and product that wait already
   */
  outstanding(kind: WaitingKind, use: WaitingUse, ofThisOrder: number): Outstanding {
    const { product, channel, customer } = use;
    const ofCustomer = () =>
      customer === null ? ofThisOrder : this.#counted(kind, [product, channel, customer]);
    const ofChannel = () => this.#counted(kind, [product, channel]);
    const ofProduct = () => this.#counted(kind, [product]);
    const ofAll = () => this.ofProduct(product);
    const incoming = () => this.#incomingOf(product);
    return {
      order: ofThisOrder,
      get customer() {
        return ofCustomer();
      },
      get channel() {
        return ofChannel();
      },
      get product() {
        return ofProduct();
      },
      get waiting() {
        return ofAll();
      },
      get incoming() {
        return present(incoming(), `what is incoming of product ${product} is not loaded`);
      },
    };
  }

  #counted(kind: WaitingKind, scope: Scope): number {
    const key = keyOf(kind, scope);
    return present(this.#known(key), `what waits as ${key} is not loaded`);
  }

  #known(key: string): number | undefined {
    const beneath = this.#beneath;
    return this.#units.get(key) ?? (beneath === undefined ? undefined : beneath.#known(key));
  }

  #incomingOf(product: ProductId): number | undefined {
    const beneath = this.#beneath;
    return this.#incoming.get(product) ?? (beneath === undefined ? undefined : beneath.#incomingOf(product));
  }
}

function keyOf(kind: WaitingKind, scope: Scope): string {
  return `${kind}/${scope.join('/')}`;
}
