/**
 * A PostgreSQL server that is started again whenever it ends although nobody asked it to: killed for its memory, out of
 * disk, crashed. It comes back at the same place, so whoever lost a connection to it makes another.
 *
 * Decision: it is tried for ever, with pauses that grow up to a few seconds. A server that gave up would have to be
 * started by hand after a disk was full for a minute; one that tries too often would only burn the processor. What
 * hinders it is said once, not at each try. A stop on purpose ends the tries.
 */
import type { Postmaster } from './postmaster.ts';

/** The first try comes at once; a server that cannot start now can rarely do so a moment later. */
const FIRST_PAUSE_MS = 250;
/** So that it is there again within seconds after what hindered it has gone. */
const MOST_PAUSE_MS = 2_000;

/** Time and process before each line of PostgreSQL's log: the same words are never the same line. */
const LOG_PREFIX = /^\S+ \S+ \S+ \[\d+\] /gm;

export class KeptPostmaster {
  readonly #start: () => Promise<Postmaster>;
  readonly #log: (line: string) => void;
  #current: Postmaster;
  #stopping = false;
  #endPause: () => void = () => undefined;
  #restarting: Promise<void> = Promise.resolve();

  /** @param start starts a server where `current` runs, once that has ended */
  constructor(current: Postmaster, start: () => Promise<Postmaster>, log: (line: string) => void) {
    this.#current = current;
    this.#start = start;
    this.#log = log;
    this.#watch();
  }

  /** Ends it in order, and waits for that. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#endPause();
    await this.#restarting;
    await this.#current.stop();
  }

  #watch(): void {
    void this.#current.ended.then((reason) => {
      if (!this.#stopping) this.#restarting = this.#startAgain(reason);
    });
  }

  async #startAgain(reason: string): Promise<void> {
    this.#log(`PostgreSQL ended unexpectedly (${reason}); it is started again.`);
    let said = '';
    for (let pause = FIRST_PAUSE_MS; !this.#stopping; pause = Math.min(2 * pause, MOST_PAUSE_MS)) {
      try {
        this.#current = await this.#start();
        this.#log('PostgreSQL serves again.');
        this.#watch();
        return;
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        const hindrance = words.replaceAll(LOG_PREFIX, '');
        if (hindrance !== said) this.#log(`${words}\nIt is tried again and again.`);
        said = hindrance;
        await this.#pause(pause);
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
