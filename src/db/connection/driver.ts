/**
 * How statements travel to PostgreSQL: a Kysely driver on node-postgres that sends early and seldom.
 *
 * Measured reasons, at 64 clients placing orders: what is sent in one turn of the event loop leaves in one write (a write
 * for each statement was a quarter of the server's time); `begin` waits for no answer; a statement of a transaction is
 * prepared once a connection and then only named (parsing and planning was a third of the database's time). A
 * commit whose tag is not COMMIT has rolled back without an error of its own, so it throws.
 *
 * The first error of a transaction decides what became of it: those behind it only say that it failed (25P02). A
 * connection that breaks fails what waits for it, ends nothing else, and never goes back to the pool.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { InvariantError, present } from '../../core/kernel/assert.ts';
import {
  ConnectionsTakenError,
  endsTheLink,
  isPoolWait,
  LinkLostError,
  OutcomeUnknownError,
} from './failures.ts';
import type { LinkWatch, Watched } from './link-watch.ts';

/** Prepared statements a connection keeps at most; texts beyond them are sent unnamed. */
const MAX_PREPARED = 500;
const names = new Map<string, string>();

/** The name under which a text is prepared, the same on every connection. */
function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MAX_PREPARED) return undefined;
  const name = `s${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** What node-postgres keeps to itself of a client. */
interface Inside {
  readonly connection: { readonly stream: { cork(): void; uncork(): void; destroy(): void } };
}

/** The longest time of a statement, as a transaction sets it for its own. */
const LIMIT = /^\s*set local statement_timeout = (\d+)/;
/** Who only reads keeps nobody waiting, and may wait for somebody who takes rows slowly. */
const READER_MAY_STAND_STILL = `set local idle_in_transaction_session_timeout = '10min'`;

export class PipelinedConnection implements DatabaseConnection, Watched {
  readonly client: pg.PoolClient;
  readonly session: number;
  /** Within a transaction statements are prepared. */
  prepares = false;
  /** The transaction under way only reads. */
  reads = false;
  /** What the transaction under way failed with first. */
  failure: unknown;
  /** Why nothing more can be sent. */
  broken: Error | undefined;
  limitMs: number;
  readonly #settings: LinkSettings;
  readonly #inside: Inside;
  #corked = false;
  #awaited = 0;
  #heardAt = 0;

  constructor(client: pg.PoolClient, settings: LinkSettings) {
    this.client = client;
    this.#settings = settings;
    this.#inside = client as unknown as Inside;
    this.session = Number(Reflect.get(client, 'processID'));
    this.limitMs = settings.limitMs;
    // Without a listener a connection that is lost while it is in use would end the process.
    client.on('error', (error) => this.#breakOff(error));
    client.once('end', () => settings.watch.remove(this));
    settings.watch.add(this);
  }

  get silentMs(): number | undefined {
    return this.#awaited === 0 ? undefined : performance.now() - this.#heardAt;
  }

  giveUp(why: string): void {
    this.#breakOff(new Error(why));
    this.#inside.connection.stream.destroy();
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = this.prepares && parameters.length > 0 ? preparedName(text) : undefined;
    const { rows } = await this.#answer({
      text,
      values: [...parameters],
      ...(name !== undefined && { name }),
    });
    // What failed since a savepoint is undone with it.
    if (text.startsWith('rollback to')) this.failure = undefined;
    return { rows: (rows ?? []) as R[] };
  }

  begin({ isolationLevel, accessMode }: TransactionSettings): void {
    this.prepares = this.#settings.prepares;
    this.reads = accessMode === 'read only';
    this.failure = undefined;
    this.limitMs = this.#settings.limitMs;
    const level = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`;
    this.send(`begin${level} ${accessMode ?? ''}${this.reads ? `; ${READER_MAY_STAND_STILL}` : ''}`);
  }

  /** Sends without waiting; a failure shows in whatever is waited for next. */
  send(text: string): void {
    this.#answer({ text }).catch(() => undefined);
  }

  async commit(): Promise<void> {
    if (this.broken !== undefined) throw linkLost(this.broken);
    const { command } = await this.#answer({ text: 'commit' }).catch((error: unknown) => {
      if (this.broken === undefined) throw error;
      throw new OutcomeUnknownError('the link to the database was lost while a commit was on its way', {
        cause: this.broken,
      });
    });
    if (command === 'COMMIT') return;
    throw this.failure ?? new InvariantError(`a transaction ended with ${command}, not COMMIT`);
  }

  async #answer(query: pg.QueryConfig): Promise<pg.QueryResult> {
    this.#cork();
    const limit = LIMIT.exec(query.text)?.[1];
    if (limit !== undefined) this.limitMs = Number(limit);
    if (this.#awaited === 0) this.#heardAt = performance.now();
    this.#awaited += 1;
    try {
      return await this.client.query(query);
    } catch (error) {
      throw this.#failed(error);
    } finally {
      this.#awaited -= 1;
      this.#heardAt = performance.now();
    }
  }

  /** Notes what a statement failed with; of a link that broke, why it did. */
  #failed(error: unknown): unknown {
    if (endsTheLink(error)) this.#breakOff(error);
    const failed = this.broken === undefined ? error : linkLost(this.broken);
    this.failure ??= failed;
    this.#settings.watch.noteFailure(failed);
    return failed;
  }

  /** The first reason stays: later ones only say that it is broken. */
  #breakOff(error: Error): void {
    this.broken ??= error;
  }

  /** Collects what is sent until this turn of the event loop is over. */
  #cork(): void {
    if (this.#corked) return;
    const { stream } = this.#inside.connection;
    this.#corked = true;
    stream.cork();
    setImmediate(() => {
      this.#corked = false;
      stream.uncork();
    });
  }

  streamQuery(): never {
    throw new InvariantError('rows are not streamed; read pages');
  }
}

function linkLost(cause: Error): LinkLostError {
  return new LinkLostError(`the link to the database was lost: ${cause.message}`, { cause });
}

interface LinkSettings {
  readonly watch: LinkWatch;
  /** Another pool closes it. */
  readonly isWatchShared: boolean;
  /** false for texts of which there is no end, such as reports: they would take the names of all others. */
  readonly prepares: boolean;
  /** The longest time of a statement, in milliseconds. */
  readonly limitMs: number;
}

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #settings: LinkSettings;
  readonly #connections = new WeakMap<pg.PoolClient, PipelinedConnection>();

  constructor(pool: pg.Pool, settings: LinkSettings) {
    this.#pool = pool;
    this.#settings = settings;
    pool.on('connect', (client) => this.#connections.set(client, new PipelinedConnection(client, settings)));
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      if (isPoolWait(error)) throw new ConnectionsTakenError(error);
      const lost = endsTheLink(error) ? linkLost(error) : error;
      this.#settings.watch.noteConnecting(lost);
      throw lost;
    });
    this.#settings.watch.noteConnecting(undefined);
    return present(this.#connections.get(client), 'the pool tells of each connection it makes');
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    connection.begin(settings);
  }

  async commitTransaction(connection: PipelinedConnection): Promise<void> {
    connection.prepares = false;
    // What was read stands, however the end of a look goes: nobody waits for it.
    if (connection.reads) connection.send('commit');
    else await connection.commit();
  }

  async rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    connection.prepares = false;
    if (connection.broken !== undefined) return;
    // What the story failed with is what counts; a link that breaks now has undone everything as well.
    await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => undefined);
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.client.release(connection.broken);
  }

  async destroy(): Promise<void> {
    const { watch, isWatchShared } = this.#settings;
    await this.#pool.end();
    if (!isWatchShared) await watch.close();
  }
}

export function pipelinedDialect(pool: pg.Pool, settings: LinkSettings): Dialect {
  return {
    createDriver: () => new PipelinedDriver(pool, settings),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}
