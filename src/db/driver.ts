/**
 * How statements travel to PostgreSQL: a Kysely driver on node-postgres that sends early and seldom.
 *
 * Measured reasons, at 64 clients placing orders: what is sent in one turn of the event loop leaves in one write (a write
 * for each statement was a quarter of the server's time); `begin` waits for no answer; a statement of a transaction is
 * prepared once a connection and then only named (parsing and planning was a third of the database's time). A
 * commit whose tag is not COMMIT has rolled back without an error of its own, so it throws.
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
import { InvariantError } from '../core/kernel/assert.ts';

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

class PipelinedConnection implements DatabaseConnection {
  readonly client: pg.PoolClient;
  /** Within a transaction statements are prepared. */
  prepares = false;
  /** The transaction under way only reads. */
  reads = false;
  #corked = false;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.#cork();
    const name = this.prepares && parameters.length > 0 ? preparedName(text) : undefined;
    const { rows } = await this.client.query({
      text,
      values: [...parameters],
      ...(name !== undefined && { name }),
    });
    return { rows: (rows ?? []) as R[] };
  }

  /** Sends without waiting; a failure shows in whatever is waited for next. */
  send(text: string): void {
    this.#cork();
    this.client.query(text).catch(() => undefined);
  }

  async commit(): Promise<void> {
    const { command } = await this.client.query('commit');
    if (command !== 'COMMIT') throw new InvariantError(`a transaction ended with ${command}, not COMMIT`);
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

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #prepares: boolean;
  readonly #connections = new WeakMap<pg.PoolClient, PipelinedConnection>();

  constructor(pool: pg.Pool, prepares: boolean) {
    this.#pool = pool;
    this.#prepares = prepares;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    const client = await this.#pool.connect();
    const known = this.#connections.get(client);
    if (known !== undefined) return known;
    const connection = new PipelinedConnection(client);
    this.#connections.set(client, connection);
    return connection;
  }

  async beginTransaction(connection: PipelinedConnection, settings: TransactionSettings): Promise<void> {
    const { isolationLevel, accessMode } = settings;
    connection.prepares = this.#prepares;
    connection.reads = accessMode === 'read only';
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
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.client.release();
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
