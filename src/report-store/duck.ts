/** DuckDB as the report store uses it: a file, statements, and values as the wire has them. */
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';

/** What a value may be where a statement is read: nothing that JSON does not have. */
export type StoreValue = string | number | boolean | null;
export type StoreRow = Readonly<Record<string, StoreValue>>;

const SETTINGS = {
  threads: '2',
  memory_limit: '1500MB',
  preserve_insertion_order: 'false',
  // nothing is fetched from anywhere
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
};

/**
 * Whole numbers that are exact; everything else that is no number, text or boolean as the text it is written
 * as.
 */
function plain(value: DuckDBValue): StoreValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value !== 'bigint') return String(value);
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`a whole number beyond the exact range: ${value}`);
  return number;
}

export class DuckSession {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  async run(text: string): Promise<void> {
    await this.#connection.run(text);
  }

  async read(text: string, parameters: readonly StoreValue[] = []): Promise<StoreRow[]> {
    const reader = await this.#connection.runAndReadAll(text, [...parameters]);
    return reader
      .getRowObjects()
      .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  /** A statement under way ends with an error. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  close(): void {
    this.#connection.closeSync();
  }

  /** Runs statements that come into force together, or not at all. */
  async atOnce(story: () => Promise<void>): Promise<void> {
    await this.run('begin transaction');
    try {
      await story();
      await this.run('commit');
    } catch (error) {
      await this.run('rollback').catch(() => undefined);
      throw error;
    }
  }
}

export class Duck {
  readonly #instance: DuckDBInstance;

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  /** Opens a file, or makes it. @throws when DuckDB is not installed, or another process has the file */
  static async open(file: string): Promise<Duck> {
    const { DuckDBInstance: instances } = await import('@duckdb/node-api');
    return new Duck(await instances.create(file, SETTINGS));
  }

  async connect(): Promise<DuckSession> {
    return new DuckSession(await this.#instance.connect());
  }

  close(): void {
    this.#instance.closeSync();
  }
}
