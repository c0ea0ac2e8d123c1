/** The waiting queue of a product in rank order, with how many units stand ahead of each item. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../contract/operations.ts';
import type { WaitingKind } from '../core/catalog/sell-policy.ts';
import type { ChannelId, ProductId, WarehouseId } from '../core/kernel/ids.ts';
import { type Instant, instant, isoInstant } from '../core/kernel/time.ts';
import type { Database, Tx } from '../db/database.ts';
import { cursorKey, type Page, pageFrom } from './page.ts';

type WaitingView = AnswerOf<'listWaiting'>['rows'][number];

/** A waiting item without its promise, with what that follows from. */
export interface WaitingRow extends Omit<WaitingView, 'promise' | 'promisedOn' | 'waitingSince'> {
  readonly waitingSince: Instant;
  readonly product: ProductId;
  readonly channelId: ChannelId;
  readonly kind: WaitingKind;
  readonly rejectedBy: readonly WarehouseId[];
}

/** The key carries the units ahead of the next page, so that pages need not count from the head again. */
export async function listWaiting(
  db: Database | Tx,
  query: QueryOf<'listWaiting'>,
): Promise<Page<WaitingRow> | undefined> {
  const after = cursorKey(query.cursor, [0, 0, 0, 0, 0]);
  const products = await sql<{ id: number }>`select id from products where sku = ${query.sku}`.execute(db);
  const product = products.rows[0]?.id;
  if (product === undefined) return undefined;
  const { rows } = await sql<Omit<WaitingRow, 'unitsAhead'>>`
    select i.order_id as "orderId", o.number as "orderNumber", i.line, c.code as channel, i.customer, i.priority,
      i.waiting_since as "waitingSince", i.backordered, i.preordered, i.unfillable,
      i.product_id as product, i.channel_id as "channelId", i.kind, i.rejected_by as "rejectedBy"
    from order_items i
    join orders o on o.id = i.order_id
    join sales_channels c on c.id = i.channel_id
    where i.product_id = ${product} and i.backordered + i.preordered + i.unfillable > 0 and not i.bought
      and ${
        after === undefined
          ? sql`true`
          : sql`((-i.priority), i.waiting_since, i.order_id, i.line) > (${after[0]}::int,
              ${isoInstant(instant(after[1]))}::timestamptz, ${after[2]}::bigint, ${after[3]}::int)`
      }
    order by i.product_id, (-i.priority), i.waiting_since, i.order_id, i.line
    limit ${query.limit + 1}`.execute(db);
  let ahead: number = after?.[4] ?? 0;
  const counted = rows.map((row) => {
    const unitsAhead = ahead;
    ahead += row.backordered + row.preordered + row.unfillable;
    return { ...row, unitsAhead, behind: ahead };
  });
  const page = pageFrom(counted, query.limit, (row) => [
    -row.priority,
    row.waitingSince,
    row.orderId,
    row.line,
    row.behind,
  ]);
  return {
    ...page,
    rows: page.rows.map(({ behind: _, ...row }) => row),
  };
}
