/** Order items: read under the gate, written only by record-changes (app) through the two statements here. */
import { sql } from 'kysely';
import type { WaitingKind } from '../../core/catalog/sell-policy.ts';
import type { ChannelId, LineNumber, OrderId, ProductId, WarehouseId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { BucketChange, Buckets } from '../../core/orders/buckets.ts';
import type { OrderItem } from '../../core/orders/order-item.ts';
import { booleans, instants, ints, texts } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { unserved } from '../rank.ts';

/** A row of order_items as selected by ITEM_COLUMNS. */
export interface ItemRow extends Buckets {
  readonly order: OrderId;
  readonly line: LineNumber;
  readonly product: ProductId;
  readonly channel: ChannelId;
  readonly customer: string | null;
  readonly kind: WaitingKind;
  readonly whole: boolean;
  readonly bought: boolean;
  readonly priority: number;
  readonly waitingSince: Instant;
  readonly unitPrice: number;
  readonly rejectedBy: readonly WarehouseId[];
  readonly events: number;
}

export const ITEM_COLUMNS = sql`
  i.order_id as "order", i.line, i.product_id as product, i.channel_id as channel, i.customer, i.kind, i.whole, i.bought,
  i.priority, i.waiting_since as "waitingSince", i.unit_price as "unitPrice", i.rejected_by as "rejectedBy", i.events,
  i.ordered, i.pending, i.allocated, i.backordered, i.preordered, i.unfillable, i.shipped, i.cancelled`;

export function itemFrom(row: ItemRow): OrderItem {
  const { ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled, ...rest } =
    row;
  return {
    ...rest,
    buckets: { ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled },
  };
}

export async function readItems(tx: Tx, orders: readonly OrderId[]): Promise<OrderItem[]> {
  const { rows } = await sql<ItemRow>`
    select ${ITEM_COLUMNS} from order_items i
    where i.order_id = any(${ints(orders)}::bigint[]) order by i.order_id, i.line`.execute(tx);
  return rows.map(itemFrom);
}

export async function insertItems(tx: Tx, items: readonly OrderItem[]): Promise<void> {
  const bucket = (name: keyof Buckets) => ints(items.map((item) => item.buckets[name]));
  await sql`
    insert into order_items (order_id, line, product_id, channel_id, customer, unit_price, kind, whole,
      bought, priority, waiting_since, ordered, pending, allocated, backordered, preordered, unfillable,
      shipped, cancelled, events)
    select *, 0, 0, 1 from unnest(
      ${ints(items.map((item) => item.order))}::bigint[],
      ${ints(items.map((item) => item.line))}::smallint[],
      ${ints(items.map((item) => item.product))}::int[],
      ${ints(items.map((item) => item.channel))}::int[],
      ${texts(items.map((item) => item.customer))}::text[],
      ${ints(items.map((item) => item.unitPrice))}::bigint[],
      ${texts(items.map((item) => item.kind))}::text[],
      ${booleans(items.map((item) => item.whole))}::boolean[],
      ${booleans(items.map((item) => item.bought))}::boolean[],
      ${ints(items.map((item) => item.priority))}::smallint[],
      ${instants(items.map((item) => item.waitingSince))}::timestamptz[],
      ${bucket('ordered')}::int[], ${bucket('pending')}::int[], ${bucket('allocated')}::int[],
      ${bucket('backordered')}::int[], ${bucket('preordered')}::int[], ${bucket('unfillable')}::int[])`.execute(
    tx,
  );
}

export interface ItemUpdate {
  readonly item: OrderItem;
  readonly change: BucketChange;
  /** A warehouse that must not be asked again for this item. */
  readonly rejectedBy: WarehouseId | null;
  /** false: it joins the queue. So does an item of which more begins to wait than was bought for it. */
  readonly staysBought: boolean;
}

export async function updateItems(tx: Tx, updates: readonly ItemUpdate[]): Promise<void> {
  const by = (name: keyof Buckets) => ints(updates.map(({ change }) => change[name]));
  await sql`
    update order_items i set
      ordered = i.ordered + c.ordered, pending = i.pending + c.pending, allocated = i.allocated + c.allocated,
      backordered = i.backordered + c.backordered, preordered = i.preordered + c.preordered,
      unfillable = i.unfillable + c.unfillable, shipped = i.shipped + c.shipped,
      cancelled = i.cancelled + c.cancelled, events = i.events + 1,
      bought = i.bought and c.stays_bought and ${unserved('c')} <= 0,
      rejected_by = case when c.rejected_by = 0 then i.rejected_by else i.rejected_by || c.rejected_by end
    from unnest(
      ${ints(updates.map(({ item }) => item.order))}::bigint[],
      ${ints(updates.map(({ item }) => item.line))}::smallint[],
      ${by('ordered')}::int[], ${by('pending')}::int[], ${by('allocated')}::int[], ${by('backordered')}::int[],
      ${by('preordered')}::int[], ${by('unfillable')}::int[], ${by('shipped')}::int[], ${by('cancelled')}::int[],
      ${ints(updates.map(({ rejectedBy }) => rejectedBy ?? 0))}::int[],
      ${booleans(updates.map(({ staysBought }) => staysBought))}::boolean[]
    ) as c(order_id, line, ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled,
      rejected_by, stays_bought)
    where i.order_id = c.order_id and i.line = c.line`.execute(tx);
}

export async function setItemPriority(tx: Tx, order: OrderId, priority: number): Promise<void> {
  await sql`update order_items set priority = ${priority} where order_id = ${order}`.execute(tx);
}
