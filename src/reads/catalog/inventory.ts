/** Lists of products, inventory levels and movements. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import type { Database } from '../../db/database.ts';
import { unserved as unservedUnits } from '../../db/rank.ts';
import { all, given, soldBy } from '../filters.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterCursor, afterRow, orderOf, SORTED, type Sorting } from '../sorting.ts';

type ProductRow = AnswerOf<'listProducts'>['rows'][number];

const WAITING = sql`(${unservedUnits('q')})`;
const AVAILABLE = sql`coalesce(f.available, 0)`;
const SKU = { tie: sql`p.sku`, places: ['whole', 'text'] } as const;
const PRODUCTS_BY: Readonly<Record<QueryOf<'listProducts'>['sort'], Sorting>> = {
  sku: { by: sql`p.sku`, direction: 'up', tie: sql`p.sku`, places: ['text', 'text'] },
  name: { by: sql`p.name`, direction: 'up', tie: sql`p.sku`, places: ['text', 'text'] },
  waiting: { by: WAITING, direction: 'down', ...SKU },
  available: { by: AVAILABLE, direction: 'down', ...SKU },
  least_available: { by: AVAILABLE, direction: 'up', ...SKU },
};

function keyOfProduct(sort: QueryOf<'listProducts'>['sort'], row: ProductRow): [string | number, string] {
  if (sort === 'sku') return [row.sku, row.sku];
  if (sort === 'name') return [row.name, row.sku];
  if (sort === 'waiting') return [unserved(row), row.sku];
  return [row.available, row.sku];
}

/** Sums of all products at once, when they are sorted by them. */
const FREE = sql`
  left join (select product_id, sum(on_hand - allocated)::bigint as available from inventory_levels group by product_id) f
    on f.product_id = p.id`;

export async function listProducts(db: Database, query: QueryOf<'listProducts'>): Promise<Page<ProductRow>> {
  const sorting = PRODUCTS_BY[query.sort];
  const pattern = query.search === undefined ? undefined : `%${query.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const conditions = all([
    afterCursor(query.cursor, sorting),
    given(pattern, () => sql`(p.sku ilike ${pattern} or p.name ilike ${pattern})`),
    given(query.waiting, () => sql`${WAITING} > 0`),
    given(query.supplier, (supplier) => soldBy(sql`p.id`, supplier)),
  ]);
  const byAvailable = query.sort === 'available' || query.sort === 'least_available';
  const { rows } = await sql<ProductRow>`
    select p.sku, p.name, coalesce(l.on_hand, 0) as "onHand", coalesce(l.available, 0) as available,
      p.backordered, p.preordered, p.unfillable
    from (
      select p.id, p.sku, p.name, q.backordered, q.preordered, q.unfillable,
        ${sorting.by} as sorted_by, ${sorting.tie} as tie
      from products p join product_positions q on q.product_id = p.id ${byAvailable ? FREE : sql``}
      where ${conditions} order by ${orderOf(sorting)} limit ${query.limit + 1}
    ) as p
    left join lateral (
      select sum(on_hand)::bigint as on_hand, sum(on_hand - allocated)::bigint as available
      from inventory_levels where product_id = p.id) as l on true
    order by ${orderOf({ ...sorting, ...SORTED })}`.execute(db);
  return pageFrom(rows, query.limit, (row) => keyOfProduct(query.sort, row));
}

type LevelRow = AnswerOf<'listInventoryLevels'>['rows'][number];

/** One number for each level: warehouses are fewer than 2^20. */
const LEVEL = sql`((l.product_id::bigint << 20) | l.warehouse_id)`;
const LEVELS_BY: Readonly<Record<QueryOf<'listInventoryLevels'>['sort'], Sorting>> = {
  sku: { by: sql`p.sku`, direction: 'up', tie: sql`w.code`, places: ['text', 'text'] },
  on_hand: { by: sql`l.on_hand`, direction: 'down', tie: LEVEL, places: ['int', 'whole'] },
  available: { by: sql`(l.on_hand - l.allocated)`, direction: 'down', tie: LEVEL, places: ['int', 'whole'] },
  least_available: {
    by: sql`(l.on_hand - l.allocated)`,
    direction: 'up',
    tie: LEVEL,
    places: ['int', 'whole'],
  },
};

export async function listInventoryLevels(
  db: Database,
  query: QueryOf<'listInventoryLevels'>,
): Promise<Page<LevelRow>> {
  const sorting = LEVELS_BY[query.sort];
  const conditions = all([
    afterCursor(query.cursor, sorting),
    given(query.sku, (sku) => sql`p.sku = ${sku}`),
    given(query.warehouse, (warehouse) => sql`w.code = ${warehouse}`),
  ]);
  const { rows } = await sql<LevelRow & { readonly level: number }>`
    select p.sku, w.code as warehouse, l.on_hand as "onHand", l.allocated, l.on_hand - l.allocated as available,
      ${LEVEL} as level
    from inventory_levels l join products p on p.id = l.product_id join warehouses w on w.id = l.warehouse_id
    where ${conditions}
    order by ${orderOf(sorting)} limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => {
    if (query.sort === 'sku') return [row.sku, row.warehouse];
    return [query.sort === 'on_hand' ? row.onHand : row.available, row.level];
  });
  return { ...page, rows: page.rows.map(({ level: _, ...row }) => row) };
}

type MovementView = AnswerOf<'listMovements'>['rows'][number];

export async function listMovements(
  db: Database,
  query: QueryOf<'listMovements'>,
): Promise<Page<MovementView>> {
  const after = afterRow(query.cursor, { columns: [sql`m.number`], direction: 'down', places: ['int'] });
  const { rows } = await sql<Omit<MovementView, 'recordedAt'> & { recordedAt: Instant }>`
    select m.number, m.kind, m.units, m.balance, m.reason, m.cause, m.recorded_at as "recordedAt"
    from movements m
    where m.product_id = (select id from products where sku = ${query.sku})
      and m.warehouse_id = (select id from warehouses where code = ${query.warehouse})
      and ${after}
    order by m.number desc limit ${query.limit + 1}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.number]);
  return { ...page, rows: page.rows.map((row) => ({ ...row, recordedAt: isoInstant(row.recordedAt) })) };
}
