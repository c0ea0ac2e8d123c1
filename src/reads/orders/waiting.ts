/** The waiting queue of a product in rank order, with how many units stand ahead of each item. */
import { sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import type { Rank } from '../../core/allocation/queue-policy.ts';
import type { WaitingKind } from '../../core/catalog/sell-policy.ts';
import {
  type ChannelId,
  lineNumber,
  orderId,
  type ProductId,
  type WarehouseId,
} from '../../core/kernel/ids.ts';
import { type Instant, instant } from '../../core/kernel/time.ts';
import { unserved } from '../../core/orders/buckets.ts';
import type { Tx } from '../../db/database.ts';
import { comesAfter, inRankOrder, isQueued } from '../../db/rank.ts';
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
    where i.product_id = ${product} and ${isQueued('i')}
      and ${comesAfter('i', after && placeOf(after))}
    order by ${inRankOrder('i')}
    limit ${query.limit + 1}`.execute(tx);
  let ahead: number = after?.[4] ?? 0;
  const counted = rows.map((row) => {
    const unitsAhead = ahead;
    ahead += unserved(row);
    return { ...row, unitsAhead };
  });
  return pageFrom(counted, query.limit, (row) => [
    -row.priority,
    row.waitingSince,
    row.orderId,
    row.line,
    row.unitsAhead + unserved(row),
  ]);
}

/** The place that the key of a page names. */
function placeOf([priority, waitingSince, order, line]: readonly [
  number,
  number,
  number,
  number,
  number,
]): Rank {
  return {
    priority: -priority,
    waitingSince: instant(waitingSince),
    order: orderId(order),
    line: lineNumber(line),
  };
}
