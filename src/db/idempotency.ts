/**
 * Repeats: the answers kept under Idempotency-Key headers and under the references of stock documents and shipments,
 * written in the transaction of the effect they answer for.
 */
import { sql } from 'kysely';
import type { ProductId } from '../core/kernel/ids.ts';
import type { Instant } from '../core/kernel/time.ts';
import { texts } from './arrays.ts';
import type { Database, Tx } from './database.ts';

/** What a key was used for. */
export interface KeyUse {
  readonly key: string;
  readonly operation: string;
  readonly contentsHash: string;
}

export interface KeptAnswer extends KeyUse {
  /** As JSON, byte by byte as it was first; null while a request of several transactions is under way. */
  readonly answer: string | null;
}

/** How long answers under a key are kept. */
const KEPT_DAYS = 30;

/** Waits for whoever is answering under one of these keys now, then returns what is kept. Sorted: one lock order. */
export async function readKeptAnswers(tx: Tx, keys: readonly string[]): Promise<KeptAnswer[]> {
  if (keys.length === 0) return [];
  const [, { rows }] = await Promise.all([
    sql`
      select pg_advisory_xact_lock(hashtextextended(key, 0))
      from (select distinct key from unnest(${texts(keys)}::text[]) as k(key) order by key) as sorted`.execute(
      tx,
    ),
    sql<KeptAnswer>`
      select key, operation, contents_hash as "contentsHash", coalesce(answer, outcome::text) as answer
      from idempotency_keys where key = any(${texts(keys)}::text[])`.execute(tx),
  ]);
  return rows;
}

export async function keepAnswers(tx: Tx, answers: readonly KeptAnswer[]): Promise<void> {
  if (answers.length === 0) return;
  await sql`
    insert into idempotency_keys (key, operation, contents_hash, answer, recorded_at)
    select *, clock_timestamp() from unnest(
      ${texts(answers.map((each) => each.key))}::text[],
      ${texts(answers.map((each) => each.operation))}::text[],
      ${texts(answers.map((each) => each.contentsHash))}::text[],
      ${texts(answers.map((each) => each.answer))}::text[])`.execute(tx);
}

/** Gives a key that was claimed its answer. */
export async function keepLateAnswer(tx: Tx, key: string, answer: string): Promise<void> {
  await sql`update idempotency_keys set answer = ${answer} where key = ${key}`.execute(tx);
}

/** Answers forgotten by one statement. */
const FORGOTTEN_AT_ONCE = 5_000;

/**
 * Forgets some answers that have been kept long enough, the oldest first; those another node forgets now are left to it.
 * @param from where the one before ended: what it deleted need not be passed over again
 * @returns where this one ended; undefined when nothing is left to forget
 */
export async function forgetOldAnswers(
  db: Database,
  from: Instant | undefined,
): Promise<Instant | undefined> {
  const { rows } = await sql<{ last: Instant | null }>`
    with old as materialized (
      select key, recorded_at from idempotency_keys
      where recorded_at < now() - make_interval(days => ${KEPT_DAYS})
        and recorded_at >= ${from === undefined ? '-infinity' : new Date(from).toISOString()}::timestamptz
      order by recorded_at limit ${FORGOTTEN_AT_ONCE} for update skip locked),
    gone as (delete from idempotency_keys k using old where k.key = old.key)
    select max(recorded_at) as last from old`.execute(db);
  return rows[0]?.last ?? undefined;
}

export interface KeptDocument {
  readonly contentsHash: string;
  /** As JSON, byte by byte as it was first. */
  readonly answer: string;
}

export async function findStockDocument(
  tx: Tx,
  kind: string,
  reference: string,
): Promise<KeptDocument | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${kind}/${reference}`}, 1))`.execute(tx);
  const { rows } = await sql<KeptDocument>`
    select contents_hash as "contentsHash", coalesce(answer_text, answer::text) as answer from stock_documents
    where kind = ${kind} and reference = ${reference}`.execute(tx);
  return rows[0];
}

export async function insertStockDocument(
  tx: Tx,
  document: { kind: string; reference: string; contentsHash: string; now: Instant },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into stock_documents (kind, reference, contents_hash, recorded_at)
    values (${document.kind}, ${document.reference}, ${document.contentsHash}, ${new Date(document.now)})
    returning id`.execute(tx);
  return rows[0]?.id ?? 0;
}

export async function keepDocumentAnswer(tx: Tx, id: number, answer: unknown): Promise<void> {
  await sql`update stock_documents set answer_text = ${JSON.stringify(answer)} where id = ${id}`.execute(tx);
}

export async function findShipment(tx: Tx, reference: string): Promise<KeptDocument | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shipment/${reference}`}, 1))`.execute(tx);
  const { rows } = await sql<KeptDocument>`
    select contents_hash as "contentsHash", coalesce(answer_text, answer::text) as answer
    from shipments where reference = ${reference}`.execute(tx);
  return rows[0];
}

export interface NewShipment {
  readonly order: number;
  readonly warehouse: number;
  readonly reference: string;
  readonly tracking: string | null;
  readonly contentsHash: string;
  readonly now: Instant;
  readonly lines: readonly {
    readonly line: number;
    readonly product: ProductId;
    readonly units: number;
    readonly releasedAt: Instant | null;
  }[];
}

export async function insertShipment(tx: Tx, shipment: NewShipment): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into shipments (order_id, warehouse_id, reference, tracking, contents_hash, shipped_at)
    values (${shipment.order}, ${shipment.warehouse}, ${shipment.reference}, ${shipment.tracking},
      ${shipment.contentsHash}, ${new Date(shipment.now)})
    returning id`.execute(tx);
  const id = rows[0]?.id ?? 0;
  const released = shipment.lines.map((each) =>
    each.releasedAt === null ? null : new Date(each.releasedAt).toISOString(),
  );
  await sql`
    insert into shipment_lines (shipment_id, line, product_id, units, released_at)
    select ${id}, l.* from unnest(
      ${shipment.lines.map((each) => each.line)}::smallint[],
      ${shipment.lines.map((each) => each.product)}::int[],
      ${shipment.lines.map((each) => each.units)}::int[],
      ${texts(released)}::timestamptz[]) as l`.execute(tx);
  return id;
}

export async function keepShipmentAnswer(tx: Tx, id: number, answer: unknown): Promise<void> {
  await sql`update shipments set answer_text = ${JSON.stringify(answer)} where id = ${id}`.execute(tx);
}
