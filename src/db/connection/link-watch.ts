/**
 * Whether the database is still there, asked on a connection of its own with short limits.
 *
 * Decision: silence alone proves nothing, since a statement may take half a minute; and a link that has died in the middle
 * (a cable, a firewall that forgot it, a machine that stands still) says nothing at all. So whoever waits for long is looked
 * at from beside: if the database answers nobody, or the session in question has nothing to do while its answer is waited
 * for, the connection is given up. Only what is seen twice counts. So requests end within seconds instead of minutes, and
 * no slow statement is ever taken for a dead link.
 */
import pg from 'pg';
import { refuseNewerSchema, SchemaError } from '../schema/schema.ts';
import { sqlState, whyUnavailable } from './failures.ts';

/** Between two looks. */
const LOOK_EVERY_MS = 1_000;
/** Answers take milliseconds, as a rule. */
const SILENT_AFTER_MS = 2_000;
/** For a connection, and for an answer: together less than whoever asks for readiness waits. */
const PROBE_LIMIT_MS = 2_000;
/** Beyond the longest time of a statement PostgreSQL has said that it gave up. */
const GRACE_MS = 5_000;
/** Looks in a row that must agree. */
const LOOKS = 2;

/** A connection that can wait for an answer. */
export interface Watched {
  /** The session that works for it. */
  readonly session: number;
  /** Since it waits without having heard anything, in milliseconds; undefined when it waits for nothing. */
  readonly silentMs: number | undefined;
  /** The longest time of its statements, in milliseconds. */
  readonly limitMs: number;
  giveUp(why: string): void;
}

/** After these it is not known whether anything can be written: 25006 read-only, disk full, disk failed. */
const CANNOT_WRITE = new Set(['25006', '53100', '58030']);

export class LinkWatch {
  readonly #pool: pg.Pool;
  readonly #watched = new Set<Watched>();
  /** How many looks in a row found something to be dead. */
  readonly #doubts = new Map<Watched, number>();
  #timer: NodeJS.Timeout | undefined;
  #readiness: Promise<string | undefined> | undefined;
  #notWritten: string | undefined;
  #notConnected: string | undefined;

  constructor(url: string) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: PROBE_LIMIT_MS,
      query_timeout: PROBE_LIMIT_MS,
      application_name: 'allot watch',
    });
    this.#pool.on('error', () => undefined);
  }

  add(watched: Watched): void {
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  remove(watched: Watched): void {
    this.#watched.delete(watched);
    this.#doubts.delete(watched);
  }

  /** Notes what a statement failed with: readiness then asks whether anything can be written. */
  noteFailure(error: unknown): void {
    if (CANNOT_WRITE.has(sqlState(error) ?? '')) this.#notWritten = whyUnavailable(error);
  }

  /** Notes whether a connection could be made. @param error undefined when it could */
  noteConnecting(error: unknown): void {
    this.#notConnected =
      error === undefined
        ? undefined
        : (whyUnavailable(error) ?? 'No connection to the database can be made');
  }

  /** Why nothing can be placed just now, in a sentence; undefined when nothing is known that hinders it. */
  async whyNotReady(): Promise<string | undefined> {
    // however many ask, it is looked once
    this.#readiness ??= this.#whyNotReady().finally(() => {
      this.#readiness = undefined;
    });
    return await this.#readiness;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#pool.end();
  }

  async #whyNotReady(): Promise<string | undefined> {
    try {
      const { rows } = await this.#pool.query<{ refuses: boolean; leastSchema: string }>(
        `select pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as refuses,
          least_schema as "leastSchema" from configuration`,
      );
      const [row] = rows;
      if (row === undefined) return 'The database has no configuration; run allot migrate';
      if (row.refuses) return 'The database takes no changes just now: it is read-only';
      refuseNewerSchema(row.leastSchema);
      if (this.#notWritten !== undefined) {
        await this.#pool.query(WRITE);
        this.#notWritten = undefined;
      }
      return this.#notConnected;
    } catch (error) {
      if (error instanceof SchemaError) return error.message;
      return whyUnavailable(error) ?? 'The database does not answer';
    }
  }

  async #look(): Promise<void> {
    const silent = [...this.#watched].filter(
      ({ silentMs }) => silentMs !== undefined && silentMs >= SILENT_AFTER_MS,
    );
    for (const each of this.#doubts.keys()) if (!silent.includes(each)) this.#doubts.delete(each);
    if (silent.length === 0) return;
    const dead = await this.#whoIsDead(silent);
    for (const watched of silent) {
      const { silentMs, limitMs } = watched;
      // it may have heard something meanwhile
      if (silentMs === undefined || silentMs < SILENT_AFTER_MS) continue;
      const doubts = dead.has(watched) ? (this.#doubts.get(watched) ?? 0) + 1 : 0;
      this.#doubts.set(watched, doubts);
      if (doubts >= LOOKS) watched.giveUp('the database did not answer, and is not at work on it');
      else if (silentMs > limitMs + GRACE_MS) watched.giveUp('the database did not answer in time');
    }
  }

  async #whoIsDead(silent: readonly Watched[]): Promise<ReadonlySet<Watched>> {
    try {
      const { rows } = await this.#pool.query<{ pid: number }>(
        `select pid from pg_stat_activity where pid = any($1::int[]) and state <> 'active'`,
        [silent.map(({ session }) => session)],
      );
      const resting = new Set(rows.map(({ pid }) => pid));
      return new Set(silent.filter(({ session }) => resting.has(session)));
    } catch (error) {
      // a server that says no is there
      return new Set(sqlState(error) === undefined ? silent : []);
    }
  }
}

/** Takes room on the disk and gives it back. */
const WRITE = `
  create temporary table allot_room on commit drop as
  select repeat(md5(n::text), 60) as room from generate_series(1, 10) as n`;
