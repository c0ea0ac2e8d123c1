/**
 * The report store: facts of reports as columns in a file of DuckDB, fed with what changed. It is a cache of
 * one database: it may be deleted at any time, and is made anew when it is not of this database or not whole.
 */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import {
  STORED_CODES,
  STORED_OF_ORDERS,
  STORED_PURCHASES,
  STORED_REFUSALS,
  type StoredTable,
} from '../custom-reports/facts/stored-facts.ts';
import type { Changing, DatabaseReader, Snapshot } from './database-reader.ts';
import { Duck, type DuckSession } from './duck.ts';

/** Raised when a column comes to mean something else. */
const MEANING = 2;
/** Orders that are read at once: some seconds of work, some tens of megabytes. */
const PIECE = 50_000;

type Codes = (typeof STORED_CODES)[number];
type Wanted = Parameters<StoredTable['select']>[0];

const GROUPS: Readonly<Record<Changing, readonly StoredTable[]>> = {
  orders: STORED_OF_ORDERS,
  refusals: [STORED_REFUSALS],
  purchases: [STORED_PURCHASES],
};

function columnsOf({ types }: Codes): string {
  return Object.entries(types)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');
}

/** Where what is copied as `states` goes: items as they are, and the states they were in. */
const PLACES: Readonly<Record<string, readonly (readonly [table: string, condition: string])[]>> = {
  states: [
    ['items', '"until" is null'],
    ['past_items', '"until" is not null'],
  ],
};

function placesOf({ table }: Codes): readonly (readonly [table: string, condition: string])[] {
  return PLACES[table] ?? [[table, 'true']];
}

const ALL_STORED: readonly Codes[] = [...Object.values(GROUPS).flat(), ...STORED_CODES];

/** Which tables and columns there are, and what they mean: a store of another form is made anew. */
const FORM = createHash('sha256')
  .update(JSON.stringify([MEANING, ...ALL_STORED.map((each) => [each.table, columnsOf(each)])]))
  .digest('hex');

export class ReportStore {
  readonly #folder: string;
  #duck: Duck;
  #session: DuckSession;
  #codes = '';

  private constructor(folder: string, opened: { duck: Duck; session: DuckSession }) {
    this.#folder = folder;
    this.#duck = opened.duck;
    this.#session = opened.session;
  }

  /**
   * @param folder of its own, which is there
   * @param onDamage hears why a store that was there could not be read: it is made anew
   */
  static async open(folder: string, onDamage: (why: string) => void): Promise<ReportStore> {
    try {
      return new ReportStore(folder, await openFile(folder));
    } catch (error) {
      if (isOfAnother(error)) throw error;
      await removeFiles(folder);
      const opened = await openFile(folder);
      onDamage(String(error));
      return new ReportStore(folder, opened);
    }
  }

  /** A reader of its own, which sees the store as it is when it first reads. */
  async connect(): Promise<DuckSession> {
    return await this.#duck.connect();
  }

  /** Up to when everything is known; undefined while the store is not whole. */
  async known(session: DuckSession = this.#session): Promise<Snapshot | undefined> {
    if (!(await this.#has('known', session))) return undefined;
    const [row] = await session.read('select * from known');
    if (row === undefined || row['form'] !== FORM) return undefined;
    return {
      installation: String(row['installation']),
      boundary: String(row['boundary']),
      at: String(row['at']),
    };
  }

  /**
   * Brings the store up to what is true now: what changed since the last time, or everything. @returns when
   * that was
   */
  async feed(database: DatabaseReader): Promise<string> {
    const fed = await database.onSnapshot(async (snapshot) => await this.feedOn(database, snapshot));
    if (fed !== undefined) return fed;
    if (await this.#has('items')) await this.clear();
    return await this.#make(database);
  }

  /** Brings it up to a snapshot; undefined when it has to be made anew. */
  async feedOn(database: DatabaseReader, snapshot: Snapshot): Promise<string | undefined> {
    const known = await this.known();
    if (known?.installation !== snapshot.installation) return undefined;
    // of a database that was set back
    if (BigInt(snapshot.boundary) < BigInt(known.boundary)) return undefined;
    return await this.#catchUp(database, known.boundary, snapshot);
  }

  async #has(table: string, session: DuckSession = this.#session): Promise<boolean> {
    const tables = await session.read(
      'select table_name from information_schema.tables where table_name = $1',
      [table],
    );
    return tables.length > 0;
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    try {
      this.close();
    } catch {
      // what cannot even be closed any more is removed all the same
    }
    await removeFiles(this.#folder);
    const { duck, session } = await openFile(this.#folder);
    this.#duck = duck;
    this.#session = session;
    this.#codes = '';
  }

  close(): void {
    this.#session.close();
    this.#duck.close();
  }

  /** In pieces, each on a snapshot of its own; then what changed meanwhile. */
  async #make(database: DatabaseReader): Promise<string> {
    for (const each of ALL_STORED) {
      for (const [table] of placesOf(each))
        await this.#session.run(`create table ${table} (${columnsOf(each)})`);
    }
    const { ends, first } = await database.onSnapshot(async (snapshot) => ({
      first: snapshot,
      ends: await database.piecesOfOrders(PIECE),
    }));
    let after = 0;
    for (const end of [...ends, Number.MAX_SAFE_INTEGER]) {
      const [from, until] = [sql.lit(after), sql.lit(end)];
      await database.onSnapshot(() =>
        this.#put(database, STORED_OF_ORDERS, (id) => sql`${id} > ${from} and ${id} <= ${until}`),
      );
      after = end;
    }
    for (const group of [GROUPS.refusals, GROUPS.purchases]) {
      await database.onSnapshot(() => this.#put(database, group, () => sql`true`));
    }
    return await database.onSnapshot(
      async (snapshot) => await this.#catchUp(database, first.boundary, snapshot),
    );
  }

  async #catchUp(database: DatabaseReader, boundary: string, snapshot: Snapshot): Promise<string> {
    await this.#session.atOnce(async () => {
      for (const what of Object.keys(GROUPS) as Changing[]) {
        const ids = await database.changedSince(what, boundary);
        for (let at = 0; at < ids.length; at += PIECE) {
          await this.#replace(database, what, ids.slice(at, at + PIECE));
        }
      }
      await this.#putCodes(database);
      await this.#session.run(`create or replace table known as select '${FORM}' as form,
        '${snapshot.installation}' as installation, '${snapshot.boundary}' as boundary, '${snapshot.at}' as "at"`);
    });
    return snapshot.at;
  }

  async #replace(database: DatabaseReader, what: Changing, ids: readonly number[]): Promise<void> {
    await this.#session.run(
      `create or replace temp table changed as select unnest([${ids.join(',')}]::bigint[]) as id`,
    );
    for (const each of GROUPS[what]) {
      for (const [table] of placesOf(each)) {
        await this.#session.run(`delete from ${table} where ${each.key} in (select id from changed)`);
      }
    }
    const list = sql.raw(`'{${ids.join(',')}}'::bigint[]`);
    await this.#put(database, GROUPS[what], (id) => sql`${id} = any(${list})`);
  }

  async #put(database: DatabaseReader, group: readonly StoredTable[], wanted: Wanted): Promise<void> {
    for (const each of group) await this.#copy(database, each, wanted);
  }

  /** Codes as they are now, when they are not the same as last time. */
  async #putCodes(database: DatabaseReader): Promise<void> {
    const seen = JSON.stringify(
      await database.read(sql`
      select (select revision from configuration) as version, (select max(id) from products) as products,
        (select sum(hashtextextended(s::text, 0)) from suppliers s) as suppliers,
        (select sum(hashtextextended(sp::text, 0)) from supplier_products sp) as terms`),
    );
    if (seen === this.#codes) return;
    for (const each of STORED_CODES) {
      await this.#session.run(`delete from ${each.table}`);
      await this.#copy(database, each, () => sql`true`);
    }
    this.#codes = seen;
  }

  async #copy(database: DatabaseReader, each: Codes, wanted: Wanted): Promise<void> {
    const file = join(this.#folder, 'feed.csv');
    await database.copy(each.select(wanted), file);
    const columns = Object.entries(each.types).map(
      ([name, type]) => `'${name}': '${type.replaceAll("'", "''")}'`,
    );
    const rows = `read_csv('${file.replaceAll("'", "''")}', header = false, auto_detect = false, delim = ',', quote = '"',
      escape = '"', nullstr = '', allow_quoted_nulls = false, columns = {${columns.join(', ')}})`;
    for (const [table, condition] of placesOf(each)) {
      await this.#session.run(`insert into ${table} select * from ${rows} where ${condition}`);
    }
    await rm(file, { force: true });
  }
}

/** Another process has it open: there is nothing wrong with the file. */
function isOfAnother(error: unknown): boolean {
  return /could not set lock/i.test(String(error));
}

/** Whether DuckDB says that what is in the file is not what was written, or will not go on with it. */
export function isDamage(error: unknown): boolean {
  return /corrupt database|not a valid duckdb|could not read enough bytes|has been invalidated/i.test(
    String(error),
  );
}

function fileIn(folder: string): string {
  return join(folder, 'reports.duckdb');
}

async function openFile(folder: string): Promise<{ duck: Duck; session: DuckSession }> {
  const duck = await Duck.open(fileIn(folder));
  return { duck, session: await duck.connect() };
}

async function removeFiles(folder: string): Promise<void> {
  for (const ending of ['', '.wal', '.tmp']) {
    await rm(`${fileIn(folder)}${ending}`, { recursive: true, force: true });
  }
}
