/** Keeps a report store fed: again and again, with pauses that leave the database to others, and checked once a day. */
import { setTimeout as pause } from 'node:timers/promises';
import { differencesOf } from './check.ts';
import type { OpenStore, Told } from './messages.ts';
import { ReportStore } from './store.ts';
import { Truth } from './truth.ts';

/** Of the time, so much at most goes into feeding: a pause is as many times as long as the feed before it. */
const PAUSE_TIMES = 10;
const LEAST_PAUSE_MS = 1_000;
/** After a failure, twice as long after each further one; and at most until it is looked again whether a store is needed. */
const RETRY_MS = 5_000;
const LOOK_AGAIN_MS = 300_000;
/** Failures in a row after which the store is made anew. */
const MAX_FAILURES = 3;
/** The hour from which a day's check is due, UTC. */
const CHECK_FROM_HOUR = 3;

export class Feeder {
  readonly #options: OpenStore;
  readonly #tell: (told: Told) => void;
  readonly #stop = new AbortController();
  #store: ReportStore | undefined;
  #checkedOn = '';

  constructor(options: OpenStore, tell: (told: Told) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  get store(): ReportStore | undefined {
    return this.#store;
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
        this.#tell({ told: 'failed', why: error instanceof Error ? error.message : String(error) });
        if (failures % MAX_FAILURES === 0) await this.#store?.clear().catch(() => undefined);
        await this.#pause(Math.min(RETRY_MS * 2 ** (failures - 1), LOOK_AGAIN_MS));
      }
    }
  }

  /** Follows the database on one connection until something fails. */
  async #follow(onFed: () => void): Promise<void> {
    const truth = await Truth.connect(this.#options.databaseUrl);
    try {
      while (!this.#stop.signal.aborted) {
        if ((await truth.aboutItems()) < this.#options.fromItems) {
          this.#tell({ told: 'idle' });
          await this.#pause(LOOK_AGAIN_MS);
          continue;
        }
        const began = performance.now();
        this.#store ??= await ReportStore.open(this.#options.folder);
        const at = await this.#store.feed(truth);
        this.#tell({ told: 'fed', at });
        onFed();
        await this.#checkDaily(this.#store, truth, at);
        await this.#pause(Math.max(LEAST_PAUSE_MS, PAUSE_TIMES * (performance.now() - began)));
      }
    } finally {
      await truth.close().catch(() => undefined);
    }
  }

  async #checkDaily(store: ReportStore, truth: Truth, at: string): Promise<void> {
    const [day = '', time = ''] = at.split(' ');
    const isFirst = this.#checkedOn === '';
    if (this.#checkedOn === day || Number(time.slice(0, 2)) < CHECK_FROM_HOUR) return;
    this.#checkedOn = day;
    // a store that was just opened waits for its first night
    if (isFirst) return;
    const reports = await differencesOf(store, truth);
    if (reports.length === 0) return;
    this.#tell({ told: 'differed', reports });
    await store.clear();
  }

  async #pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
