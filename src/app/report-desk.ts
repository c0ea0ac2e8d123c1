/**
 * Where reports are run: at most two at once on each node, on connections of their own, each on one snapshot and for a
 * bounded time, and given up when nobody waits for the answer any more. Orders are never kept waiting by who reads.
 */
import { refuse } from '../core/kernel/refusal.ts';
import { type Database, onSnapshot, sqlState, type Tx } from '../db/database.ts';
import { beginReport, cancelReport, STATEMENT_CANCELLED } from '../db/report-session.ts';

/** Reports that run at once on one node. */
const MAX_RUNNING = 2;
/** Reports that may wait for their turn; more are refused. */
const MAX_WAITING = 20;
/** Longest a statement of a report may run. */
const TIME_LIMIT_MS = 30_000;

type Refused = ReturnType<typeof refuse>;
export type Ran<T> = { readonly ok: true; readonly value: T } | Refused;

/** Calls a listener when nobody waits any more. */
export type OnLeave = (listener: () => void) => void;

export class ReportDesk {
  readonly #db: Database;
  readonly #timeLimitMs: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param db the database, or a replica of it */
  constructor(db: Database, timeLimitMs = TIME_LIMIT_MS) {
    this.#db = db;
    this.#timeLimitMs = timeLimitMs;
  }

  async run<T>(read: (tx: Tx) => Promise<T>, onLeave: OnLeave = () => undefined): Promise<Ran<T>> {
    if (this.#waiting.length >= MAX_WAITING) {
      return refuse('reports_busy', `${MAX_WAITING} reports wait already; try again in a moment`);
    }
    let left = false;
    onLeave(() => {
      left = true;
    });
    await this.#turn();
    try {
      if (left) return tooSlow(0);
      return { ok: true, value: await this.#read(read, onLeave) };
    } catch (error) {
      if (sqlState(error) === STATEMENT_CANCELLED) return tooSlow(this.#timeLimitMs);
      throw error;
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    while (this.#running >= MAX_RUNNING) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }

  async #read<T>(read: (tx: Tx) => Promise<T>, onLeave: OnLeave): Promise<T> {
    return await onSnapshot(this.#db, async (tx) => {
      const session = await beginReport(tx, this.#timeLimitMs);
      let running = true;
      onLeave(() => {
        if (running) cancelReport(this.#db, session).catch(() => undefined);
      });
      try {
        return await read(tx);
      } finally {
        running = false;
      }
    });
  }
}

function tooSlow(limitMs: number): Refused {
  return refuse(
    'report_too_slow',
    `The report was given up after ${limitMs / 1000} s; choose a shorter period, fewer groups or a filter`,
  );
}
