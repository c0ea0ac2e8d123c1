/**
 * Turns at something of which there is only so much, such as connections to the database: so many at once, the others in
 * a line that is bounded in number and time. Whoever cannot have a turn in time is turned away before anything is
 * done for them, and whoever has gone is passed over. So nobody's many can take what all others need.
 */
import { type Asker, OverloadedError } from './overload.ts';

interface Waiting {
  readonly asker: Asker;
  readonly begin: () => void;
  readonly reject: (error: OverloadedError) => void;
}

export interface TurnBounds {
  /** What they are turns at, for messages: 'trials of rules'. */
  readonly what: string;
  readonly atOnce: number;
  readonly mostWaiting: number;
}

export class Turns {
  readonly #bounds: TurnBounds;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(bounds: TurnBounds) {
    this.#bounds = bounds;
  }

  /** Runs `act` in its turn. @throws OverloadedError when its turn does not come in time */
  async run<T>(asker: Asker, act: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#bounds.atOnce) await this.#wait(asker);
    else this.#running += 1;
    try {
      return await act();
    } finally {
      this.#pass();
    }
  }

  /** The turn goes to the next who is still there, or to nobody. */
  #pass(): void {
    for (const waiting of this.#waiting) {
      this.#waiting.delete(waiting);
      if (!waiting.asker.hasLeft()) {
        waiting.begin();
        return;
      }
      waiting.reject(new OverloadedError('Whoever sent the request has gone', { retryAfterMs: 0 }));
    }
    this.#running -= 1;
  }

  async #wait(asker: Asker): Promise<void> {
    const { what, mostWaiting } = this.#bounds;
    // who began already, such as a file of which pages were sent, is not turned away
    const isBounded = Number.isFinite(asker.patienceMs);
    if (isBounded && this.#waiting.size >= mostWaiting) throw this.#tooMany(asker);
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        asker,
        begin() {
          clearTimeout(late);
          resolve();
        },
        reject(error) {
          clearTimeout(late);
          reject(error);
        },
      };
      const turnAway = () => {
        this.#waiting.delete(waiting);
        reject(
          new OverloadedError(`Too many ${what} at once; send it again`, { retryAfterMs: asker.patienceMs }),
        );
      };
      const late = isBounded ? setTimeout(turnAway, asker.patienceMs) : undefined;
      this.#waiting.add(waiting);
    });
  }

  #tooMany({ patienceMs }: Asker): OverloadedError {
    const { what, mostWaiting } = this.#bounds;
    return new OverloadedError(`${mostWaiting} ${what} wait already; send it again`, {
      retryAfterMs: patienceMs,
    });
  }
}
