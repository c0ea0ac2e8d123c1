/**
 * Forgets answers under Idempotency-Keys that were kept long enough, until none is left: in short transactions with pauses
 * between them, so that it neither holds anybody up nor falls behind however many keys an hour brings.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { forgetOldAnswers } from '../db/idempotency.ts';

/** Pause between two transactions of 5,000 answers: ten thousands a second can still be forgotten. */
const PAUSE_MS = 50;

export class AnswerSweeper {
  readonly #db: Database;
  #stopped = false;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Forgets all that is old by now. */
  sweep(): Promise<void> {
    const swept = this.#sweep();
    this.#sweeping = swept.catch(() => undefined);
    return swept;
  }

  async #sweep(): Promise<void> {
    let from: Awaited<ReturnType<typeof forgetOldAnswers>>;
    do {
      from = await forgetOldAnswers(this.#db, from);
      if (from !== undefined) await pause(PAUSE_MS);
    } while (from !== undefined && !this.#stopped);
  }

  /** Waits for the transaction under way; none begins after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#sweeping;
  }
}
