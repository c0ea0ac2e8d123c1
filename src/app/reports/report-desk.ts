/**
 * Where reports are run: at most two at once on each node, on connections of their own, each on one snapshot and for a
 * bounded time, and given up when nobody waits for the answer any more. Orders are never kept waiting by who reads.
 */
import { type Outcome, type Refused, refuse } from '../../core/kernel/refusal.ts';
import { databaseSource } from '../../custom-reports/sources/database-source.ts';
import type { ReportSource } from '../../custom-reports/sources/source.ts';
import { sqlState } from '../../db/connection/failures.ts';
import {
  beginReport,
  cancelReport,
  readIn,
  STATEMENT_CANCELLED,
} from '../../db/connection/report-session.ts';
import { type Database, onSnapshot, type Tx } from '../../db/database.ts';

/** Reports that run at once on one node. */
const MAX_RUNNING = 2;
/** Reports that may wait for their turn; more are refused. */
const MAX_WAITING = 20;
/** Longest a statement of a report may run. */
const TIME_LIMIT_MS = 30_000;

/** Calls a listener when nobody waits any more. */
export type OnLeave = (listener: () => void) => void;

export interface StoreReading {
  readonly limitMs: number;
  readonly onLeave: OnLeave;
}

/** A report store beside the database; see decision 12. */
export interface ReportStoreAtDesk {
  /** It knows everything up to a moment ago. */
  readonly isReady: boolean;
  /** Reads on one snapshot of the store. @throws when it cannot be read, or was given up */
  read<T>(story: (source: ReportSource) => Promise<T>, reading: StoreReading): Promise<T>;
}

/** The store could not be read: it has ended, or failed. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

export class ReportDesk {
  readonly #db: Database;
  readonly #timeLimitMs: number;
  readonly #store: ReportStoreAtDesk | undefined;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param db the database, or a replica of it */
  constructor(
    db: Database,
    {
      timeLimitMs = TIME_LIMIT_MS,
      store,
    }: { readonly timeLimitMs?: number; readonly store?: ReportStoreAtDesk } = {},
  ) {
    this.#db = db;
    this.#timeLimitMs = timeLimitMs;
    this.#store = store;
  }

  /** Whether facts come from the report store just now. */
  get readsFromStore(): boolean {
    return this.#store?.isReady ?? false;
  }

  /** Runs what reads the tables of the house. */
  async run<T>(read: (tx: Tx) => Promise<T>, onLeave?: OnLeave): Promise<Outcome<T>> {
    return await this.#inTurn(async (heard) => await this.#read(read, heard), onLeave);
  }

  /** Runs what reads facts: from the report store, or without one from the tables of the house. */
  async report<T>(story: (source: ReportSource) => Promise<T>, onLeave?: OnLeave): Promise<Outcome<T>> {
    return await this.#inTurn(async (heard) => {
      const read = await this.#fromStore(story, heard);
      return read === undefined
        ? await this.#read(async (tx) => await story(databaseSource(readIn(tx))), heard)
        : read.value;
    }, onLeave);
  }

  /** undefined: the database has to be asked. */
  async #fromStore<T>(
    story: (source: ReportSource) => Promise<T>,
    onLeave: OnLeave,
  ): Promise<{ readonly value: T } | undefined> {
    if (!this.#store?.isReady) return undefined;
    const began = performance.now();
    let left = false;
    onLeave(() => {
      left = true;
    });
    try {
      return { value: await this.#store.read(story, { limitMs: this.#timeLimitMs, onLeave }) };
    } catch (error) {
      if (left || performance.now() - began >= this.#timeLimitMs) throw new GivenUpError();
      if (error instanceof StoreError) return undefined;
      throw error;
    }
  }

  async #inTurn<T>(
    read: (onLeave: OnLeave) => Promise<T>,
    onLeave: OnLeave = () => undefined,
  ): Promise<Outcome<T>> {
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
      return { ok: true, value: await read(onLeave) };
    } catch (error) {
      if (error instanceof GivenUpError || sqlState(error) === STATEMENT_CANCELLED)
        return tooSlow(this.#timeLimitMs);
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

/** A report of the store that ran into its limit, or that nobody waits for any more. */
class GivenUpError extends Error {
  override readonly name = 'GivenUpError';
}

function tooSlow(limitMs: number): Refused {
  return refuse(
    'report_too_slow',
    `The report was given up after ${limitMs / 1000} s; choose a shorter period, fewer groups or a filter`,
  );
}
