/**
 * The fill worker: serves waiting items whenever a fill is owed. The bell makes it look at once; it also looks by
 * itself, so that a fill owed by a node that died, or by another node, is found within a second or so.
 */
import type { Logger } from 'pino';

/** Time between two looks when nobody rings, in milliseconds. */
const LOOK_EVERY_MS = 500;
/** Pages filled at once, of different products: while one waits for the database the other is decided. */
const LANES = 2;

export class FillWorker {
  readonly #fillDue: () => Promise<number>;
  readonly #logger: Logger;
  #rings = 0;
  #stopped = false;
  /** Ends the rest of each lane that rests now. */
  readonly #wakes = new Set<() => void>();
  #running: Promise<unknown> = Promise.resolve();

  /** @param fillDue fills what is due now and says how many products it looked at */
  constructor(fillDue: () => Promise<number>, logger: Logger) {
    this.#fillDue = fillDue;
    this.#logger = logger;
  }

  start(): void {
    this.#running = Promise.all(Array.from({ length: LANES }, () => this.#run()));
  }

  ring(): void {
    this.#rings += 1;
    this.#wakeAll();
  }

  /** Ends after the pages that are being filled. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wakeAll();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const heard = this.#rings;
      let looked = 0;
      try {
        looked = await this.#fillDue();
      } catch (error) {
        this.#logger.error({ err: error }, 'filling failed; it stays due and is tried again');
      }
      if (looked === 0 && heard === this.#rings && !this.#stopped) await this.#rest();
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_EVERY_MS);
      this.#wakes.add(wake);
    });
  }

  #wakeAll(): void {
    for (const wake of [...this.#wakes]) wake();
  }
}
