/**
 * Keeps a report store fed: again and again, with pauses that leave the database to others, and checked once
 * a day.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { differencesOf } from './compare-with-database.ts';
import { DatabaseReader } from './database-reader.ts';
import type { OpenStore, StoreMessage } from './messages.ts';
import { isDamage, ReportStore } from './store.ts';

/** A pause is so many times as long as the feed before it, within limits: the first feed takes minutes. */
const PAUSE_TIMES = 10;
const LEAST_PAUSE_MS = 1_000;
const MOST_PAUSE_MS = 30_000;
/**
 * After a failure, twice as long after each further one; and at most until it is looked again whether a store
 * is needed.
 */
const RETRY_MS = 5_000;
const LOOK_AGAIN_MS = 300_000;
/** Failures in a row after which the store is made anew. */
const MAX_FAILURES = 3;
/** The hour at which a night's check is due, UTC. */
const CHECK_HOUR = 3;
const HOUR_MS = 3_600_000;

/** The day of the last night's check that was due. @param at UTC, as 2026-01-31 12:00:00.123456 */
export function nightOf(at: string): string {
  const instant = Date.parse(`${at.replace(' ', 'T')}Z`);
  return new Date(instant - CHECK_HOUR * HOUR_MS).toISOString().slice(0, 10);
}

/** How long to wait after a feed that took so long, in milliseconds. */
export function pauseAfter(took: number): number {
  return Math.min(Math.max(LEAST_PAUSE_MS, PAUSE_TIMES * took), MOST_PAUSE_MS);
}

export class Feeder {
  readonly #options: OpenStore;
  readonly #report: (message: StoreMessage) => void;
  readonly #stop = new AbortController();
  #store: ReportStore | undefined;
  /** The night that was checked last, or the one in which the store was opened. */
  #checked: string | undefined;
  /** What a reader met since the last feed. */
  #damage: Error | undefined;

  constructor(options: OpenStore, report: (message: StoreMessage) => void) {
    this.#options = options;
    this.#report = report;
  }

  get store(): ReportStore | undefined {
    return this.#store;
  }

  /** What a reader met: a store that is damaged where it is only read is made anew as well. */
  noteFailure(error: unknown): void {
    if (error instanceof Error && isDamage(error)) this.#damage = error;
  }

  #throwDamage(): void {
    const damage = this.#damage;
    this.#damage = undefined;
    if (damage !== undefined) throw damage;
  }

  stop(): void {
    this.#stop.abort();
  }

  async run(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#follow(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        failures += 1;
        const isDamaged = isDamage(error);
        const why = error instanceof Error ? error.message : String(error);
        this.#report({ event: isDamaged ? 'damaged' : 'failed', why });
        if (isDamaged || failures % MAX_FAILURES === 0) await this.#store?.clear().catch(() => undefined);
        // it was there to be replaced, and there is nothing to wait for
        if (isDamaged && failures === 1) continue;
        await this.#pause(Math.min(RETRY_MS * 2 ** (failures - 1), LOOK_AGAIN_MS));
      }
    }
  }

  /** Follows the database on one connection until something fails. */
  async #follow(onFed: () => void): Promise<void> {
    const database = await DatabaseReader.connect(this.#options.databaseUrl);
    try {
      while (!this.#stop.signal.aborted) {
        if ((await database.aboutItems()) < this.#options.fromItems) {
          this.#report({ event: 'idle' });
          await this.#pause(LOOK_AGAIN_MS);
          continue;
        }
        const began = performance.now();
        this.#store ??= await ReportStore.open(this.#options.folder, (why) =>
          this.#report({ event: 'damaged', why }),
        );
        this.#throwDamage();
        const at = await this.#store.feed(database);
        const rest = pauseAfter(performance.now() - began);
        this.#report({ event: 'fed', at });
        onFed();
        await this.#checkDaily(this.#store, database, at);
        await this.#pause(rest);
      }
    } finally {
      await database.close().catch(() => undefined);
    }
  }

  async #checkDaily(store: ReportStore, database: DatabaseReader, at: string): Promise<void> {
    const night = nightOf(at);
    this.#checked ??= night;
    if (night === this.#checked) return;
    this.#checked = night;
    const reports = await differencesOf(store, database);
    if (reports.length === 0) return;
    this.#report({ event: 'differed', reports });
    await store.clear();
  }

  async #pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
