/**
 * A node's report store: a process of its own, started again when it ends. While it is not there, or behind,
 * reports are read from the database as if there were none.
 */
import { type ReportStoreAtDesk, StoreError, type StoreReading } from '../app/reports/report-desk.ts';
import type { ReportSource } from '../custom-reports/sources/source.ts';
import { WorkerProcess } from '../platform/worker-process.ts';
import type { StoreRow } from './duck.ts';
import type { NodeMessage, OpenStore, StoreMessage } from './messages.ts';
import { storeReader } from './reader.ts';

const START_AGAIN_MS = 10_000;
/** What was not fed for so long is behind. */
const MAX_BEHIND_MS = 120_000;

interface Log {
  warn(facts: object, message: string): void;
}

interface Pending {
  readonly resolve: (message: StoreMessage & { readonly id: number }) => void;
  readonly reject: (error: Error) => void;
}

/** As it is built, or as it is written where sources run as they are. */
function scriptOf(here: string): URL {
  return new URL(here.endsWith('.ts') ? './worker.ts' : './worker.js', here);
}

export class RemoteReportStore implements ReportStoreAtDesk {
  readonly #options: OpenStore;
  readonly #log: Log;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerProcess | undefined;
  #fedAt: number | undefined;
  #stopped = false;
  #last = 0;
  #again: NodeJS.Timeout | undefined;
  /** Why it was not fed last; undefined while it is. */
  #complaint: string | undefined;
  /** One report at a time. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OpenStore, log: Log) {
    this.#options = options;
    this.#log = log;
  }

  start(): void {
    const worker = new WorkerProcess(scriptOf(import.meta.url), {
      onMessage: (message) => this.#receive(message as StoreMessage),
      onEnd: () => this.#ended(),
    });
    this.#worker = worker;
    this.#send({ act: 'open', store: this.#options });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#again);
    await this.#worker?.stop();
  }

  get isReady(): boolean {
    return this.#fedAt !== undefined && performance.now() - this.#fedAt < MAX_BEHIND_MS;
  }

  async read<T>(story: (source: ReportSource) => Promise<T>, reading: StoreReading): Promise<T> {
    // who leaves while others are before them needs no turn
    let left = false;
    reading.onLeave(() => {
      left = true;
    });
    const turn = this.#turn.then(async () => {
      if (left) throw new StoreError('nobody waits for the report any more');
      return await this.#session(story, reading);
    });
    this.#turn = turn.catch(() => undefined);
    return await turn;
  }

  async #session<T>(story: (source: ReportSource) => Promise<T>, reading: StoreReading): Promise<T> {
    this.#last += 1;
    const session = this.#last;
    let [isOver, isGivenUp] = [false, false];
    const giveUp = () => {
      isGivenUp = true;
      if (!isOver) this.#send({ act: 'interrupt', session });
    };
    const limit = setTimeout(giveUp, reading.limitMs);
    reading.onLeave(giveUp);
    try {
      const { at } = await this.#ask<{ at: string }>((id) => ({ act: 'begin', session, id }));
      const read = async (sql: string, parameters: readonly (string | number | boolean | null)[]) => {
        // between two statements there is nothing to interrupt
        if (isGivenUp) throw new StoreError('the report was given up');
        const { rows } = await this.#ask<{ rows: StoreRow[] }>((id) => ({
          act: 'read',
          session,
          id,
          sql,
          parameters,
        }));
        return rows;
      };
      return await story(storeReader({ read }, at));
    } finally {
      isOver = true;
      clearTimeout(limit);
      this.#send({ act: 'end', session });
    }
  }

  async #ask<Answer>(write: (id: number) => NodeMessage): Promise<Answer> {
    this.#last += 1;
    const id = this.#last;
    const message = await new Promise<StoreMessage>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#send(write(id));
    });
    return message as Answer;
  }

  #send(request: NodeMessage): void {
    this.#worker?.send(request);
  }

  #receive(message: StoreMessage): void {
    if ('id' in message) {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if ('failed' in message) pending?.reject(new StoreError(message.failed));
      else pending?.resolve(message);
    } else if (message.event === 'fed') {
      this.#fedAt = performance.now();
      this.#complaint = undefined;
    } else if (message.event === 'idle') this.#fedAt = undefined;
    else this.#complain(message);
  }

  #complain(
    message: Extract<StoreMessage, { event: 'unavailable' | 'failed' | 'damaged' | 'differed' }>,
  ): void {
    if (message.event === 'unavailable') {
      this.#log.warn({ why: message.why }, 'there is no DuckDB: all reports are read from PostgreSQL');
      this.stop().catch(() => undefined);
      return;
    }
    this.#fedAt = undefined;
    if (message.event === 'failed') {
      // said once, not at each try
      if (this.#complaint !== message.why)
        this.#log.warn({ why: message.why }, 'the report store was not fed');
      this.#complaint = message.why;
    } else if (message.event === 'damaged')
      this.#log.warn({ why: message.why }, 'the report store is damaged: it is made anew');
    else
      this.#log.warn(
        { reports: message.reports },
        'the report store differed from the database: it is made anew',
      );
  }

  #ended(): void {
    this.#fedAt = undefined;
    for (const { reject } of this.#pending.values()) reject(new StoreError('the report store has ended'));
    this.#pending.clear();
    if (this.#stopped) return;
    this.#log.warn({}, 'the report store has ended; it is started again');
    this.#again = setTimeout(() => this.start(), START_AGAIN_MS);
  }
}
