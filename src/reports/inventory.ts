/** Lists of products, inventory levels and movements. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../contract/operations.ts';
import { type Instant, isoInstant } from '../core/kernel/time.ts';
import type { Database } from '../db/database.ts';
import { cursorKey, type Page, pageFrom } from './page.ts';

export async function listProducts(
  db: Database,
  query: QueryOf<'listProducts'>,
): Promise<Page<AnswerOf<'listProducts'>['rows'][number]>> {
  const after = cursorKey(query.cursor, ['']);
  const pattern = query.search === undefined ? undefined : `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<AnswerOf<'listProducts'>['rows'][number]>`
    select p.sku, p.name, coalesce(l.on_hand, 0) as "onHand", coalesce(l.available, 0) as available,
      q.backordered, q.preordered, q.unfillable
    from products p join product_positions q on q.product_id = p.id
    left join lateral (
      select sum(on_hand)::bigint as on_hand, sum(on_hand - allocated)::bigint as available
      from inventory_levels where product_id = p.id) as l on true
    where ${after === undefined ? sql`true` : sql`p.sku > ${after[0]}`}
      and ${pattern === undefined ? sql`true` : sql`(p.sku ilike ${pattern} or p.name ilike ${pattern})`}
      and ${query.waiting === undefined ? sql`true` : sql`q.backordered + q.preordered + q.unfillable > 0`}
    order by p.sku limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => [row.sku]);
}

export async function listInventoryLevels(
  db: Database,
  query: QueryOf<'listInventoryLevels'>,
): Promise<Page<AnswerOf<'listInventoryLevels'>['rows'][number]>> {
  const after = cursorKey(query.cursor, ['', '']);
  const { rows } = await sql<AnswerOf<'listInventoryLevels'>['rows'][number]>`
    select p.sku, w.code as warehouse, l.on_hand as "onHand", l.allocated, l.on_hand - l.allocated as available
    from inventory_levels l join products p on p.id = l.product_id join warehouses w on w.id = l.warehouse_id
    where ${after === undefined ? sql`true` : sql`(p.sku, w.code) > (${after[0]}, ${after[1]})`}
      and ${query.sku === undefined ? sql`true` : sql`p.sku = ${query.sku}`}
      and ${query.warehouse === undefined ? sql`true` : sql`w.code = ${query.warehouse}`}
    order by p.sku, w.code limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => [row.sku, row.warehouse]);
}

type MovementView = AnswerOf<'listMovements'>['rows'][number];

export async function listMovements(
  db: Database,
  query: QueryOf<'listMovements'>,
): Promise<Page<MovementView>> {
  const after = cursorKey(query.cursor, [0]);
  const { rows } = await sql<Omit<MovementView, 'recordedAt'> & { recordedAt: Instant }>`
    select m.number, m.kind, m.units, m.balance, m.reason, m.cause, m.recorded_at as "recordedAt"
    from movements m
    where m.product_id = (select id from products where sku = ${query.sku})
      and m.warehouse_id = (select id from warehouses where code = ${query.warehouse})
      and ${after === undefined ? sql`true` : sql`m.number < ${after[0]}`}
    order by m.number desc limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.number]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, recordedAt: isoInstant(row.recordedAt) })) };
}
