/**
 * The fill worker: serves waiting items whenever a fill is owed. The bell makes it look at once; it also looks by
 * itself, so that a fill owed by a node that died, or by another node, is found within a second or so.
 */
import type { Logger } from 'pino';

/** Time between two looks when nobody rings, in milliseconds. */
const LOOK_EVERY_MS = 500;

export class FillWorker {
  readonly #fillDue: () => Promise<number>;
  readonly #logger: Logger;
  #rung = false;
  #stopped = false;
  #wake: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  /** @param fillDue fills what is due now and says how many products it looked at */
  constructor(fillDue: () => Promise<number>, logger: Logger) {
    this.#fillDue = fillDue;
    this.#logger = logger;
  }

  start(): void {
    this.#running = this.#run();
  }

  ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Ends after the page that is being filled. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#rung = false;
      let looked = 0;
      try {
        looked = await this.#fillDue();
      } catch (error) {
        this.#logger.error({ err: error }, 'filling failed; it stays due and is tried again');
      }
      if (looked === 0 && !this.#rung && !this.#stopped) await this.#rest();
    }
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
