/**
 * PostgreSQL as the report store reads it: on one snapshot what changed since a boundary, and selects copied
 * into files.
 *
 * The boundary is a transaction: what was written by those below it is known. It never passes the oldest one
 * under way, so that nothing that commits late is lost; what is read twice is only replaced.
 */
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { wireTypes } from '../db/database.ts';

/** Compiles statements and runs none. */
export const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** The text of a statement without parameters: COPY takes none. */
function textOf(statement: RawBuilder<unknown>): string {
  const { sql: text, parameters } = statement.compile(compiler);
  if (parameters.length > 0) throw new Error(`a statement to copy has parameters: ${text}`);
  return text;
}

export interface Snapshot {
  /** Which database this is. */
  readonly installation: string;
  /** Everything below this transaction is in the snapshot: text of xid8. */
  readonly boundary: string;
  /** Its time: UTC, as 2026-01-31 12:00:00.123456. */
  readonly at: string;
}

const SNAPSHOT = `
  select c.installation, pg_snapshot_xmin(pg_current_snapshot())::text as boundary,
    to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as at
  from configuration c`;
/**
 * With both ends, since PostgreSQL takes a range with one end for a third of the table, and reads all of it.
 */
const SINCE = `transaction_id >= $1::xid8 and transaction_id < '18446744073709551615'::xid8`;
const CHANGED = {
  orders: `
    select order_id from item_events where ${SINCE} union select order_id from promise_events where ${SINCE}`,
  refusals: `select id from order_refusals where ${SINCE}`,
  purchases: `select distinct purchase_order_id from purchase_order_events where ${SINCE}`,
};
export type Changing = keyof typeof CHANGED;

const CONNECT_LIMIT_MS = 10_000;
const KEEPALIVE_AFTER_MS = 10_000;
const CLOSE_LIMIT_MS = 2_000;

/** What node-postgres keeps to itself of a client. */
interface Inside {
  readonly connection: { readonly stream: { destroy(): void } };
}

export class DatabaseReader {
  readonly #client: pg.Client;

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  static async connect(url: string): Promise<DatabaseReader> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'allot report store',
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE_AFTER_MS,
      types: wireTypes,
    });
    // A connection that breaks fails the statement under way; without a listener it would end the process.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`set work_mem = '64MB'; set jit = off; set timezone = 'UTC'`);
    return new DatabaseReader(client);
  }

  async onSnapshot<T>(story: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    await this.#client.query('begin isolation level repeatable read read only');
    try {
      const { rows } = await this.#client.query<Snapshot>(SNAPSHOT);
      const [snapshot] = rows;
      if (snapshot === undefined) throw new Error('the database has no configuration');
      return await story(snapshot);
    } finally {
      await this.#client.query('commit');
    }
  }

  /** Ids of the records that changed in transactions from the boundary on, ascending. */
  async changedSince(what: Changing, boundary: string): Promise<number[]> {
    const { rows } = await this.#client.query<[number]>({
      text: `${CHANGED[what]} order by 1`,
      values: [boundary],
      rowMode: 'array',
    });
    return rows.map(([id]) => id);
  }

  /** About how many order items there are, as PostgreSQL has counted last. */
  async aboutItems(): Promise<number> {
    const { rows } = await this.#client.query<{ items: number }>(
      `select greatest(reltuples, 0)::bigint as items from pg_class where oid = 'order_items'::regclass`,
    );
    return rows[0]?.items ?? 0;
  }

  /** The ids of orders at which pieces of so many orders end, ascending; the last piece has no end. */
  async piecesOfOrders(orders: number): Promise<number[]> {
    const { rows } = await this.#client.query<{ id: number }>(
      `select id from (select id, row_number() over (order by id) as place from orders) as o
       where place % $1 = 0 order by id`,
      [orders],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Writes what a select returns into a file of CSV without a head: null is nothing, an empty text is in
   * quotes.
   */
  async copy(statement: RawBuilder<unknown>, file: string): Promise<void> {
    const stream = this.#client.query(copyTo(`copy (${textOf(statement)}) to stdout (format csv)`));
    await pipeline(stream, createWriteStream(file));
  }

  async read<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    const { sql: text, parameters } = statement.compile(compiler);
    const { rows } = await this.#client.query(text, [...parameters]);
    return rows as Row[];
  }

  /** A link that is dead cannot say goodbye. */
  async close(): Promise<void> {
    const { stream } = (this.#client as unknown as Inside).connection;
    const late = setTimeout(() => stream.destroy(), CLOSE_LIMIT_MS);
    await this.#client.end().finally(() => clearTimeout(late));
  }
}
