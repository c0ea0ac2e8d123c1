/**
 * The connection to PostgreSQL: one pool, one way to run a statement, one way to run a transaction.
 *
 * Statements are Kysely's `sql` templates; a value in a template is always a parameter. Statements sent without
 * waiting in between travel together (pipeline mode), so a story of twelve statements costs four round trips.
 * Parsers are set here and nowhere else: int8 becomes an exact number (or throws), timestamptz an Instant,
 * date and numeric stay text.
 */
import { Kysely, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { InvariantError, invariant } from '../core/kernel/assert.ts';
import { instant } from '../core/kernel/time.ts';
import { PipelinedConnection, pipelinedDialect } from './driver.ts';
import { sqlState } from './failures.ts';

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
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.connections ?? 10,
    types: wireTypes,
    pipeline: true,
    statement_timeout: options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS,
    lock_timeout: options.lockTimeoutMs ?? LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'allot',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<Schema>({ dialect: pipelinedDialect(pool, options.prepares ?? true) });
}

/**
 * SQLSTATEs after which the same transaction may succeed when run again: serialization failure, deadlock, and a key
 * that another transaction has just taken (run again, this one reads what stands there).
 */
const RETRYABLE = new Set(['40001', '40P01', '23505']);
const MAX_ATTEMPTS = 8;

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
    }
  }
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
export async function orNothing<Refused>(
  tx: Tx,
  act: () => Promise<Refused | undefined>,
): Promise<Refused | undefined> {
  await sql`savepoint or_nothing`.execute(tx);
  const refused = await act();
  if (refused !== undefined) await sql`rollback to savepoint or_nothing`.execute(tx);
  return refused;
}
