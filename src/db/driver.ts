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
import { InvariantError, present } from '../core/kernel/assert.ts';
import { endsTheLink, LinkLostError, OutcomeUnknownError } from './failures.ts';

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

interface Corked {
  readonly connection: { readonly stream: { cork(): void; uncork(): void } };
}

export class PipelinedConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  /** Within a transaction statements are prepared. */
  prepares = false;
  /** The transaction under way only reads. */
  reads = false;
  /** What the transaction under way failed with first. */
  failure: unknown;
  /** Why nothing more can be sent. */
  broken: Error | undefined;
  #corked = false;

  constructor(client: pg.PoolClient) {
    this.client = client;
    // Without a listener a connection that is lost while it is in use would end the process.
    client.on('error', (error) => this.#breakOff(error));
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.#cork();
    const name = this.prepares && parameters.length > 0 ? preparedName(text) : undefined;
    try {
      const { rows } = await this.client.query({
        text,
        values: [...parameters],
        ...(name !== undefined && { name }),
      });
      // What failed since a savepoint is undone with it.
      if (text.startsWith('rollback to')) this.failure = undefined;
      return { rows: (rows ?? []) as R[] };
    } catch (error) {
      throw this.#failed(error);
    }
  }

  /** Sends without waiting; a failure shows in whatever is waited for next. */
  send(text: string): void {
    this.#cork();
    this.client.query(text).catch((error: unknown) => this.#failed(error));
  }

  async commit(): Promise<void> {
    if (this.broken !== undefined) throw linkLost(this.broken);
    const { command } = await this.client.query('commit').catch((error: unknown) => {
      this.#failed(error);
      if (this.broken === undefined) throw error;
      throw new OutcomeUnknownError('the link to the database was lost while a commit was on its way', {
        cause: this.broken,
      });
    });
    if (command === 'COMMIT') return;
    throw this.failure ?? new InvariantError(`a transaction ended with ${command}, not COMMIT`);
  }

  /** Notes what a statement failed with; of a link that broke, why it did. */
  #failed(error: unknown): unknown {
    if (endsTheLink(error)) this.#breakOff(error);
    const failed = this.broken === undefined ? error : linkLost(this.broken);
    this.failure ??= failed;
    return failed;
  }

  /** The first reason stays: later ones only say that it is broken. */
  #breakOff(error: Error): void {
    this.broken ??= error;
  }

  /** Collects what is sent until this turn of the event loop is over. */
  #cork(): void {
    if (this.#corked) return;
    const { stream } = (this.client as unknown as Corked).connection;
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

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #prepares: boolean;
  readonly #connections = new WeakMap<pg.PoolClient, PipelinedConnection>();

  constructor(pool: pg.Pool, prepares: boolean) {
    this.#pool = pool;
    this.#prepares = prepares;
    pool.on('connect', (client) => this.#connections.set(client, new PipelinedConnection(client)));
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw endsTheLink(error) ? linkLost(error) : error;
    });
    return present(this.#connections.get(client), 'the pool tells of each connection it makes');
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    connection.prepares = this.#prepares;
    connection.reads = accessMode === 'read only';
    connection.failure = undefined;
    connection.send(
      `begin${isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`} ${accessMode ?? ''}`,
    );
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
    await this.#pool.end();
  }
}

/** @param prepares false for texts of which there is no end, such as reports: they would take the names of all others */
export function pipelinedDialect(pool: pg.Pool, prepares: boolean): Dialect {
  return {
    createDriver: () => new PipelinedDriver(pool, prepares),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}
