/**
 * The promise worker: tells customers what moved. It looks by itself, since nobody waits for it. A product whose queue
 * took long to look at rests for some time afterwards, so that a queue which changes all the time costs a bounded
 * share of the machine; unless supply moved, which everybody is told at once.
 */
import type { Logger } from 'pino';
import type { Published } from '../app/promises/publish-promises.ts';

type Product = Published['product'];
type Publish = (resting: readonly Product[]) => Promise<readonly Published[]>;

/** Time between two looks, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** A product rests so many times as long as it took. */
const REST_FACTOR = 10;
/** Short looks rest not at all. */
const SHORT_MS = 50;

export class PromiseWorker {
  readonly #publish: Publish;
  readonly #logger: Logger;
  readonly #restsUntil = new Map<Product, number>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  /** @param publish looks at products that are due, except those that rest, and says which */
  constructor(publish: Publish, logger: Logger) {
    this.#publish = publish;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#look();
    }, LOOK_EVERY_MS);
  }

  /** Ends after the products that are being looked at. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #look(): Promise<void> {
    try {
      let looked = 1;
      while (looked > 0 && !this.#stopped) looked = await this.#lookOnce();
    } catch (error) {
      this.#logger.error({ err: error }, 'publishing promises failed; they stay due and are tried again');
    }
    if (!this.#stopped) this.start();
  }

  async #lookOnce(): Promise<number> {
    const began = performance.now();
    for (const [product, until] of this.#restsUntil) if (until <= began) this.#restsUntil.delete(product);
    const looked = await this.#publish([...this.#restsUntil.keys()]);
    const took = performance.now() - began;
    const each = took / Math.max(1, looked.length);
    for (const { product } of looked) {
      if (each > SHORT_MS) this.#restsUntil.set(product, performance.now() + each * REST_FACTOR);
    }
    return looked.length;
  }
}
