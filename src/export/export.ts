/**
 * Export: everything an outsider needs to recompute the laws, read from one snapshot in flat memory.
 *
 * Each kind of record is one statement over natural keys (SKU, codes, channel and order number), never our
 * ids, so that the same shop on another database exports the same records. Rows come through a cursor,
 * FETCH_ROWS at a time; their order means nothing. A reader who stops for long holds a snapshot open, so
 * write to a file first.
 */
import { sql } from 'kysely';
import type { Instant } from '../core/kernel/time.ts';
import { type Database, limitStatements, onSnapshot, type Tx } from '../db/database.ts';
import { CATALOG_RECORDS } from './catalog.ts';
import { HISTORY_RECORDS } from './history.ts';
import { ORDER_RECORDS } from './orders.ts';
import { type ExportedRecord, type RecordKind, recordOf } from './record.ts';
import { STOCK_RECORDS } from './stock.ts';
import { SUPPLY_RECORDS } from './supply.ts';

/** A statement that reads all there is. */
const STATEMENT_LIMIT_MS = 600_000;

/** Rows per round trip: beyond a thousand it gets no faster, only larger. */
const FETCH_ROWS = 1_000;

const KINDS: readonly RecordKind[] = [
  ...CATALOG_RECORDS,
  ...STOCK_RECORDS,
  ...ORDER_RECORDS,
  ...SUPPLY_RECORDS,
  ...HISTORY_RECORDS,
];

export interface ExportFacts {
  /** The database's clock when the snapshot was taken. */
  readonly exportedAt: Instant;
  /** The last migration that ran. */
  readonly version: string;
}

export interface ExportReader {
  begin(facts: ExportFacts): Promise<void>;
  /** At most FETCH_ROWS records of one kind; the next ones are read when this is done. */
  take(records: readonly ExportedRecord[]): Promise<void>;
}

/** Reads every record of one snapshot into `reader`. */
export async function exportRecords(db: Database, reader: ExportReader): Promise<void> {
  await onSnapshot(db, async (tx) => {
    await allowSlowReader(tx);
    await reader.begin(await readFacts(tx));
    for (const kind of KINDS) await readKind(tx, kind, reader);
  });
}

/** How many records an export will have, near enough for a progress bar. */
export async function estimateRecords(db: Database): Promise<number> {
  const { rows } = await sql<{ records: number }>`
    select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as records
    from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace`.execute(db);
  return rows[0]?.records ?? 0;
}

async function allowSlowReader(tx: Tx): Promise<void> {
  await limitStatements(tx, STATEMENT_LIMIT_MS);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
  await sql`set local work_mem = '64MB'`.execute(tx);
  // All rows are read: plan for the last one, not for the first.
  await sql`set local cursor_tuple_fraction = 1`.execute(tx);
}

async function readFacts(tx: Tx): Promise<ExportFacts> {
  const { rows } = await sql<ExportFacts>`
    select now() as "exportedAt", (select max(name) from kysely_migration) as version`.execute(tx);
  const [facts] = rows;
  if (facts === undefined) throw new Error('a select without from returns one row');
  return facts;
}

async function readKind(tx: Tx, kind: RecordKind, reader: ExportReader): Promise<void> {
  await sql`declare exported no scroll cursor for ${kind.rows}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Record<string, unknown>>`
      fetch forward ${sql.lit(FETCH_ROWS)} from exported`.execute(tx);
    if (rows.length === 0) break;
    await reader.take(rows.map((row) => recordOf(kind, row)));
  }
  await sql`close exported`.execute(tx);
}
