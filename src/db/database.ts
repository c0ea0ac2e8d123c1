/**
 * The connection to PostgreSQL: one pool, one way to run a statement, one way to run a transaction.
 *
 * Statements are Kysely's `sql` templates; a value in a template is always a parameter. Statements sent without
 * waiting in between travel together (pipeline mode), so a story of twelve statements costs four round trips.
 * Parsers are set here and nowhere else: int8 becomes an exact number (or throws), timestamptz an Instant,
 * date and numeric stay text.
 */
import { randomInt } from 'node:crypto';
import { Kysely, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { InvariantError, invariant, present } from '../core/kernel/assert.ts';
import type { Outcome } from '../core/kernel/refusal.ts';
import { instant } from '../core/kernel/time.ts';
import { PipelinedConnection, pipelinedDialect } from './connection/driver.ts';
import { sqlState } from './connection/failures.ts';
import { LinkWatch } from './connection/link-watch.ts';

/** No schema types: every statement names its row type where it is written. */
export type Schema = Record<string, never>;
export type Database = Kysely<Schema>;
export type Tx = Pick<Transaction<Schema>, 'isTransaction' | 'getExecutor'>;

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184 } as const;

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new InvariantError(`int8 out of the exact range: ${text}`);
  return value;
}

function parserFor(oid: number): ((text: string) => unknown) | undefined {
  if (oid === OID.int8) return exactInteger;
  if (oid === OID.timestamptz) return (text) => instant(new Date(text).getTime());
  if (oid === OID.date || oid === OID.timestamp) return (text) => text;
  return undefined;
}

export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => parserFor(oid) ?? pg.types.getTypeParser(oid, format),
};

/** Longest a single statement may run; reports that need longer say so themselves. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** Longest that a statement waits for a lock: who holds one for longer is no story of ours. */
const LOCK_TIMEOUT_MS = 5_000;

export interface DatabaseOptions {
  readonly url: string;
  /** Connections kept at most: two batches, the fill worker, and readers. */
  readonly connections?: number;
  readonly statementTimeoutMs?: number;
  /** Longest that a statement waits for a lock. */
  readonly lockTimeoutMs?: number;
  /** Whether statements of transactions are prepared once a connection; they are unless said otherwise. */
  readonly prepares?: boolean;
  /** Another pool of this node on the same database, closed after this one: one watch looks after the links of both. */
  readonly beside?: Database;
}

/** To make a connection, and to get one when all are in use: whoever waits longer is told to come again. */
const CONNECTION_LIMIT_MS = 5_000;
/**
 * A node that stands still (paused, asleep) keeps the locks of its transactions, and everybody who wants them waiting. No
 * story thinks that long between two statements.
 */
const STAND_STILL_LIMIT_MS = 5_000;
/** Both ends notice within half a minute that the machine at the other is gone. */
const KEEPALIVE = { idleS: 10, intervalS: 5, probes: 3, unacknowledgedMs: 20_000 } as const;
const SESSION_OPTIONS = [
  `tcp_keepalives_idle=${KEEPALIVE.idleS}`,
  `tcp_keepalives_interval=${KEEPALIVE.intervalS}`,
  `tcp_keepalives_count=${KEEPALIVE.probes}`,
  `tcp_user_timeout=${KEEPALIVE.unacknowledgedMs}`,
];

const watches = new WeakMap<Database, LinkWatch>();

export function openDatabase(options: DatabaseOptions): Database {
  const limitMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    types: wireTypes,
    pipeline: true,
    statement_timeout: limitMs,
    lock_timeout: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STAND_STILL_LIMIT_MS,
    options: SESSION_OPTIONS.map((setting) => `-c ${setting}`).join(' '),
    application_name: 'allot',
    connectionTimeoutMillis: CONNECTION_LIMIT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEPALIVE.idleS * 1_000,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const shared = options.beside && present(watches.get(options.beside), 'every database is opened here');
  const watch = shared ?? new LinkWatch(options.url);
  const link = {
    watch,
    isWatchShared: shared !== undefined,
    prepares: options.prepares ?? true,
    limitMs: limitMs === 0 ? Infinity : limitMs,
  };
  const db = new Kysely<Schema>({ dialect: pipelinedDialect(pool, link) });
  watches.set(db, watch);
  return db;
}

/** Why nothing can be placed just now, in a sentence, within five seconds; undefined when the database is ready. */
export async function whyNotReady(db: Database): Promise<string | undefined> {
  return await present(watches.get(db), 'every database is opened here').whyNotReady();
}

/**
 * SQLSTATEs after which the same transaction may succeed when run again: serialization failure, deadlock, and a key
 * that another transaction has just taken (run again, this one reads what stands there).
 */
const RETRYABLE = new Set(['40001', '40P01', '23505']);
const MAX_ATTEMPTS = 8;
/** Pauses double, so that those who met do not meet again, and are short beside what a request takes. */
const FIRST_PAUSE_MS = 4;
const MOST_PAUSE_MS = 256;

/**
 * Runs `story` in one read-committed transaction, again when that can help (RETRYABLE, at most
 * MAX_ATTEMPTS times). `story` must therefore have no effect outside the database.
 */
export async function inTransaction<T>(db: Database, story: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((transaction) => pipelined(transaction, story));
    } catch (error) {
      const state = sqlState(error);
      if (attempt >= MAX_ATTEMPTS || state === undefined || !RETRYABLE.has(state)) throw error;
      await pauseBefore(attempt);
    }
  }
}

/** Half of the pause is by chance: two that met would otherwise meet again. */
async function pauseBefore(attempt: number): Promise<void> {
  const most = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MOST_PAUSE_MS);
  const milliseconds = most / 2 + randomInt(most / 2 + 1);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Longest time of each further statement of a transaction; of those that take longer than any request may. */
export async function limitStatements(tx: Tx, limitMs: number): Promise<void> {
  await sql`set local statement_timeout = ${sql.lit(limitMs)}`.execute(tx);
}

/** Runs `story` on one snapshot that sees no later change (reads that must agree with each other). */
export async function onSnapshot<T>(db: Database, story: (tx: Tx) => Promise<T>): Promise<T> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((transaction) => pipelined(transaction, story));
}

/**
 * Statements of a Kysely transaction wait for each other, each a round trip. Here they go to the connection as they come
 * and PostgreSQL runs them in that order; a story that has ended can send no more.
 */
async function pipelined<T>(transaction: Transaction<Schema>, story: (tx: Tx) => Promise<T>): Promise<T> {
  const serial = transaction.getExecutor();
  return await serial.provideConnection(async (connection) => {
    let ended = false;
    const executor = serial.withConnectionProvider({
      provideConnection: async (send) => {
        invariant(!ended, 'a statement was sent after its transaction had ended');
        return await send(connection);
      },
    });
    try {
      return await story({ isTransaction: true, getExecutor: () => executor });
    } catch (error) {
      throw firstFailure(connection) ?? error;
    } finally {
      ended = true;
    }
  });
}

/**
 * What failed first is what happened. Which error a story ends with is chance: statements under way fail behind the first
 * with 25P02, and whoever waits for one of them hears that.
 */
function firstFailure(connection: unknown): unknown {
  return connection instanceof PipelinedConnection ? connection.failure : undefined;
}

/** Runs `act`; what it wrote is undone when it answers with a refusal. */
export async function orNothing<T>(tx: Tx, act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  await sql`savepoint or_nothing`.execute(tx);
  const outcome = await act();
  if (!outcome.ok) await sql`rollback to savepoint or_nothing`.execute(tx);
  return outcome;
}
