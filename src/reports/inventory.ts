/** Lists of products, inventory levels and movements. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../contract/operations.ts';
import { type Instant, isoInstant } from '../core/kernel/time.ts';
import type { Database } from '../db/database.ts';
import { soldBy } from './filters.ts';
import { cursorKey, type Page, pageFrom } from './page.ts';
import { afterCursor, orderOf, type Sorting } from './sorting.ts';

type ProductRow = AnswerOf<'listProducts'>['rows'][number];

const WAITING = sql`(q.backordered + q.preordered + q.unfillable)`;
const PRODUCTS_BY: Readonly<Record<QueryOf<'listProducts'>['sort'], Sorting>> = {
  sku: { by: sql`p.sku`, direction: 'up', tie: sql`p.sku`, like: ['', ''] },
  name: { by: sql`p.name`, direction: 'up', tie: sql`p.sku`, like: ['', ''] },
  waiting: { by: WAITING, direction: 'down', tie: sql`p.sku`, like: [0, ''] },
  available: { by: sql`coalesce(l.available, 0)`, direction: 'down', tie: sql`p.sku`, like: [0, ''] },
  least_available: { by: sql`coalesce(l.available, 0)`, direction: 'up', tie: sql`p.sku`, like: [0, ''] },
};

function keyOfProduct(sort: QueryOf<'listProducts'>['sort'], row: ProductRow): [string | number, string] {
  if (sort === 'sku') return [row.sku, row.sku];
  if (sort === 'name') return [row.name, row.sku];
  if (sort === 'waiting') return [row.backordered + row.preordered + row.unfillable, row.sku];
  return [row.available, row.sku];
}

export async function listProducts(db: Database, query: QueryOf<'listProducts'>): Promise<Page<ProductRow>> {
  const sorting = PRODUCTS_BY[query.sort];
  const pattern = query.search === undefined ? undefined : `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<ProductRow>`
    select p.sku, p.name, coalesce(l.on_hand, 0) as "onHand", coalesce(l.available, 0) as available,
      q.backordered, q.preordered, q.unfillable
    from products p join product_positions q on q.product_id = p.id
    left join lateral (
      select sum(on_hand)::bigint as on_hand, sum(on_hand - allocated)::bigint as available
      from inventory_levels where product_id = p.id) as l on true
    where ${afterCursor(query.cursor, sorting)}
      and ${pattern === undefined ? sql`true` : sql`(p.sku ilike ${pattern} or p.name ilike ${pattern})`}
      and ${query.waiting === undefined ? sql`true` : sql`${WAITING} > 0`}
      and ${query.supplier === undefined ? sql`true` : soldBy(sql`p.id`, query.supplier)}
    order by ${orderOf(sorting)} limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => keyOfProduct(query.sort, row));
}

type LevelRow = AnswerOf<'listInventoryLevels'>['rows'][number];

/** One for each level: tabs stand in no SKU. */
const LEVEL = sql`p.sku || chr(9) || w.code`;
const LEVELS_BY: Readonly<Record<QueryOf<'listInventoryLevels'>['sort'], Sorting>> = {
  sku: { by: sql`p.sku`, direction: 'up', tie: sql`w.code`, like: ['', ''] },
  on_hand: { by: sql`l.on_hand`, direction: 'down', tie: LEVEL, like: [0, ''] },
  available: { by: sql`(l.on_hand - l.allocated)`, direction: 'down', tie: LEVEL, like: [0, ''] },
  least_available: { by: sql`(l.on_hand - l.allocated)`, direction: 'up', tie: LEVEL, like: [0, ''] },
};

function keyOfLevel(sort: QueryOf<'listInventoryLevels'>['sort'], row: LevelRow): [string | number, string] {
  if (sort === 'sku') return [row.sku, row.warehouse];
  return [sort === 'on_hand' ? row.onHand : row.available, `${row.sku}\t${row.warehouse}`];
}

export async function listInventoryLevels(
  db: Database,
  query: QueryOf<'listInventoryLevels'>,
): Promise<Page<LevelRow>> {
  const sorting = LEVELS_BY[query.sort];
  const { rows } = await sql<LevelRow>`
    select p.sku, w.code as warehouse, l.on_hand as "onHand", l.allocated, l.on_hand - l.allocated as available
    from inventory_levels l join products p on p.id = l.product_id join warehouses w on w.id = l.warehouse_id
    where ${afterCursor(query.cursor, sorting)}
      and ${query.sku === undefined ? sql`true` : sql`p.sku = ${query.sku}`}
      and ${query.warehouse === undefined ? sql`true` : sql`w.code = ${query.warehouse}`}
    order by ${orderOf(sorting)} limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => keyOfLevel(query.sort, row));
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
