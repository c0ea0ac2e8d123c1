/**
 * The report store: facts of reports as columns in a file of DuckDB, fed with what changed. It is a cache of one
 * database: it may be deleted at any time, and is made anew when it is not of this database or not whole.
 */
import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import {
  KEPT_CODES,
  KEPT_OF_ORDERS,
  KEPT_PURCHASES,
  KEPT_REFUSALS,
  type Kept,
} from '../custom-reports/facts/kept-facts.ts';
import { Duck, type DuckSession } from './duck.ts';
import type { Changing, Snapshot, Truth } from './truth.ts';

/** Raised when a column comes to mean something else. */
const MEANING = 2;
/** Orders that are read at once: some seconds of work, some tens of megabytes. */
const PIECE = 50_000;

type Codes = (typeof KEPT_CODES)[number];
type Wanted = Parameters<Kept['select']>[0];

const GROUPS: Readonly<Record<Changing, readonly Kept[]>> = {
  orders: KEPT_OF_ORDERS,
  refusals: [KEPT_REFUSALS],
  purchases: [KEPT_PURCHASES],
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

const ALL_KEPT: readonly Codes[] = [...Object.values(GROUPS).flat(), ...KEPT_CODES];

/** Which tables and columns there are, and what they mean: a store of another form is made anew. */
const FORM = createHash('sha256')
  .update(JSON.stringify([MEANING, ...ALL_KEPT.map((each) => [each.table, columnsOf(each)])]))
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

  /** Brings the store up to what is true now: what changed since the last time, or everything. @returns when that was */
  async feed(truth: Truth): Promise<string> {
    const fed = await truth.onSnapshot(async (snapshot) => await this.feedOn(truth, snapshot));
    if (fed !== undefined) return fed;
    if (await this.#has('items')) await this.clear();
    return await this.#make(truth);
  }

  /** Brings it up to a snapshot; undefined when it has to be made anew. */
  async feedOn(truth: Truth, snapshot: Snapshot): Promise<string | undefined> {
    const known = await this.known();
    if (known?.installation !== snapshot.installation) return undefined;
    // of a database that was set back
    if (BigInt(snapshot.boundary) < BigInt(known.boundary)) return undefined;
    return await this.#catchUp(truth, known.boundary, snapshot);
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
  async #make(truth: Truth): Promise<string> {
    for (const each of ALL_KEPT) {
      for (const [table] of placesOf(each))
        await this.#session.run(`create table ${table} (${columnsOf(each)})`);
    }
    const { ends, first } = await truth.onSnapshot(async (snapshot) => ({
      first: snapshot,
      ends: await truth.piecesOfOrders(PIECE),
    }));
    let after = 0;
    for (const end of [...ends, Number.MAX_SAFE_INTEGER]) {
      const [from, until] = [sql.lit(after), sql.lit(end)];
      await truth.onSnapshot(() =>
        this.#put(truth, KEPT_OF_ORDERS, (id) => sql`${id} > ${from} and ${id} <= ${until}`),
      );
      after = end;
    }
    for (const group of [GROUPS.refusals, GROUPS.purchases]) {
      await truth.onSnapshot(() => this.#put(truth, group, () => sql`true`));
    }
    return await truth.onSnapshot(async (snapshot) => await this.#catchUp(truth, first.boundary, snapshot));
  }

  async #catchUp(truth: Truth, boundary: string, snapshot: Snapshot): Promise<string> {
    await this.#session.atOnce(async () => {
      for (const what of Object.keys(GROUPS) as Changing[]) {
        const ids = await truth.changedSince(what, boundary);
        for (let at = 0; at < ids.length; at += PIECE) {
          await this.#replace(truth, what, ids.slice(at, at + PIECE));
        }
      }
      await this.#putCodes(truth);
      await this.#session.run(`create or replace table known as select '${FORM}' as form,
        '${snapshot.installation}' as installation, '${snapshot.boundary}' as boundary, '${snapshot.at}' as "at"`);
    });
    return snapshot.at;
  }

  async #replace(truth: Truth, what: Changing, ids: readonly number[]): Promise<void> {
    await this.#session.run(
      `create or replace temp table changed as select unnest([${ids.join(',')}]::bigint[]) as id`,
    );
    for (const each of GROUPS[what]) {
      for (const [table] of placesOf(each)) {
        await this.#session.run(`delete from ${table} where ${each.key} in (select id from changed)`);
      }
    }
    const list = sql.raw(`'{${ids.join(',')}}'::bigint[]`);
    await this.#put(truth, GROUPS[what], (id) => sql`${id} = any(${list})`);
  }

  async #put(truth: Truth, group: readonly Kept[], wanted: Wanted): Promise<void> {
    for (const each of group) await this.#copy(truth, each, wanted);
  }

  /** Codes as they are now, when they are not the same as last time. */
  async #putCodes(truth: Truth): Promise<void> {
    const seen = JSON.stringify(
      await truth.read(sql`
      select (select revision from configuration) as version, (select max(id) from products) as products,
        (select sum(hashtextextended(s::text, 0)) from suppliers s) as suppliers,
        (select sum(hashtextextended(sp::text, 0)) from supplier_products sp) as terms`),
    );
    if (seen === this.#codes) return;
    for (const each of KEPT_CODES) {
      await this.#session.run(`delete from ${each.table}`);
      await this.#copy(truth, each, () => sql`true`);
    }
    this.#codes = seen;
  }

  async #copy(truth: Truth, each: Codes, wanted: Wanted): Promise<void> {
    const file = join(this.#folder, 'feed.csv');
    await truth.copy(each.select(wanted), file);
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
