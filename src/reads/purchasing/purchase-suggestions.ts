/** What waits and nobody has bought: by product, with the terms of the supplier that is asked first. */
import { sql } from 'kysely';
import type { QueryOf } from '../../contract/operations.ts';
import type { ProductId } from '../../core/kernel/ids.ts';
import type { Instant, LocalDate } from '../../core/kernel/time.ts';
import type { Database, Tx } from '../../db/database.ts';
import { isQueued, unserved } from '../../db/rank.ts';
import { IS_FOR_ALL } from '../../db/supply/bought-lines.ts';
import { all, given } from '../filters.ts';
import { type Page, pageFrom } from '../page.ts';
import { afterCursor, orderOf, type Sorting } from '../sorting.ts';

export interface UncoveredRow {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly backordered: number;
  readonly preordered: number;
  readonly unfillable: number;
  readonly available: number;
  readonly incoming: number;
  readonly drafted: number;
  readonly uncovered: number;
  readonly waitingSince: Instant;
  /** Of the product's own policy, on the calendar of its zone, while it has not come. */
  readonly releaseOn: LocalDate | null;
}

type Query = Pick<QueryOf<'listPurchaseSuggestions'>, 'limit' | 'cursor' | 'sku' | 'supplier' | 'sort'>;

const SKU = { tie: sql`p.sku`, places: ['whole', 'text'] } as const;
const SUGGESTIONS_BY: Readonly<Record<Query['sort'], Sorting>> = {
  sku: { by: sql`p.sku`, direction: 'up', tie: sql`p.sku`, places: ['text', 'text'] },
  name: { by: sql`p.name`, direction: 'up', tie: sql`p.sku`, places: ['text', 'text'] },
  uncovered: { by: sql`uncovered.units`, direction: 'down', ...SKU },
  oldest: { by: sql`floor(extract(epoch from w.since) * 1000)::bigint`, direction: 'up', ...SKU },
};

function figureOf(sort: Query['sort'], row: UncoveredRow): string | number {
  if (sort === 'sku') return row.sku;
  if (sort === 'name') return row.name;
  return sort === 'uncovered' ? row.uncovered : row.waitingSince;
}

/** Items that are bought for themselves have their own purchase order line and do not count. */
export async function listUncovered(
  db: Database | Tx,
  query: Query,
  only: readonly string[] | undefined,
): Promise<Page<UncoveredRow>> {
  const sorting = SUGGESTIONS_BY[query.sort];
  const conditions = all([
    afterCursor(query.cursor, sorting),
    given(query.sku, (sku) => sql`p.sku = ${sku}`),
    given(only, (skus) => sql`p.sku = any(${[...skus]}::text[])`),
    given(query.supplier, (supplier) => sql`${FIRST_SUPPLIER} = ${supplier}`),
  ]);
  const { rows } = await sql<UncoveredRow>`
    select p.id as product, p.sku, p.name, w.backordered, w.preordered, w.unfillable,
      stock.available, bought.incoming, bought.drafted, uncovered.units as uncovered, w.since as "waitingSince",
      policy.release_on as "releaseOn"
    from product_positions q
    join products p on p.id = q.product_id
    cross join lateral (
      select coalesce(sum(i.backordered), 0)::bigint as backordered,
        coalesce(sum(i.preordered), 0)::bigint as preordered,
        coalesce(sum(i.unfillable), 0)::bigint as unfillable, min(i.waiting_since) as since
      from order_items i
      where i.product_id = q.product_id and ${isQueued('i')}) as w
    cross join lateral (
      select coalesce(sum(l.on_hand - l.allocated), 0)::bigint as available
      from inventory_levels l where l.product_id = q.product_id) as stock
    cross join lateral (
      select coalesce(sum(l.incoming), 0)::bigint as incoming,
        coalesce(sum(l.ordered) filter (where o.stage = 'draft'), 0)::bigint as drafted
      from purchase_order_lines l join purchase_orders o on o.id = l.purchase_order_id
      where l.product_id = q.product_id and ${IS_FOR_ALL}) as bought
    cross join lateral (
      select greatest(0, ${unserved('w')}
        - stock.available - bought.incoming - bought.drafted)::bigint as units) as uncovered
    left join lateral (
      select s.release_local::date as release_on from sell_policies s
      where s.product_id = q.product_id and s.channel_id is null
        and release_instant(s.release_local, s.release_is_date, s.release_zone) > clock_timestamp()) as policy on true
    where ${unserved('q')} > 0 and uncovered.units > 0 and ${conditions}
    order by ${orderOf(sorting)} limit ${query.limit + 1}`.execute(db);
  return pageFrom(rows, query.limit, (row) => [figureOf(query.sort, row), row.sku]);
}

const FIRST_SUPPLIER = sql`(
  select s.code from supplier_products t join suppliers s on s.id = t.supplier_id and s.enabled
  where t.product_id = p.id order by t.preference, s.code limit 1)`;
