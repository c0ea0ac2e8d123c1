/** The waiting queue of a product in rank order, with how many units stand ahead of each item. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { WaitingKind } from '../../core/catalog/sell-policy.ts';
import type { ChannelId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import { type Instant, instant, isoInstant } from '../../core/kernel/time.ts';
import type { Tx } from '../../db/database.ts';
import { cursorKey, type Page, pageFrom } from '../page.ts';

type WaitingView = AnswerOf<'listWaiting'>['rows'][number];

/** A waiting item without its promise, with what that follows from. */
export interface WaitingRow extends Omit<WaitingView, 'promise' | 'promisedOn' | 'waitingSince'> {
  readonly waitingSince: Instant;
  readonly product: ProductId;
  readonly channelId: ChannelId;
  readonly kind: WaitingKind;
  readonly rejectedBy: readonly WarehouseId[];
}

/**
 * The key carries the units ahead of the next page, so that pages need not count from the head again.
 * @param product undefined: there is no such product, and no page
 */
export async function listWaiting(
  tx: Tx,
  query: QueryOf<'listWaiting'>,
  product: ProductId | undefined,
): Promise<Page<WaitingRow> | undefined> {
  const after = cursorKey(query.cursor, ['int', 'instant', 'whole', 'int', 'whole']);
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
    limit ${query.limit + 1}`.execute(tx);
  let ahead: number = after?.[4] ?? 0;
  const counted = rows.map((row) => {
    const unitsAhead = ahead;
    ahead += unitsOf(row);
    return { ...row, unitsAhead };
  });
  return pageFrom(counted, query.limit, (row) => [
    -row.priority,
    row.waitingSince,
    row.orderId,
    row.line,
    row.unitsAhead + unitsOf(row),
  ]);
}

function unitsOf({ backordered, preordered, unfillable }: Omit<WaitingRow, 'unitsAhead'>): number {
  return backordered + preordered + unfillable;
}
