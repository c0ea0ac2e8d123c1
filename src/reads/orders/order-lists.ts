/** Lists of orders and of order items, by when they were accepted, with the filters they share. */
import { type RawBuilder, sql } from 'kysely';
import type { AnswerOf, QueryOf } from '../../contract/operations.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import type { Buckets } from '../../core/orders/buckets.ts';
import { type ItemStatus, itemStatus } from '../../core/orders/item-status.ts';
import type { Database } from '../../db/database.ts';
import { unserved } from '../../db/rank.ts';
import { bucketSums } from '../bucket-sums.ts';
import { all, allocatedIn, given, onChannel, placedWithin, soldBy } from '../filters.ts';
import { cursorKey, type Page, pageFrom } from '../page.ts';
import { afterRow } from '../sorting.ts';

type Condition = RawBuilder<unknown>;

type Filters = Pick<
  QueryOf<'listOrderItems'>,
  'status' | 'channel' | 'sku' | 'warehouse' | 'supplier' | 'waiting' | 'placedFrom' | 'placedUntil'
>;

/** Conditions on an order `o`. */
function orderConditions({ channel, placedFrom, placedUntil }: Filters): (Condition | undefined)[] {
  return [
    given(channel, (code) => onChannel(sql`o.channel_id`, code)),
    ...placedWithin(placedFrom, placedUntil),
  ];
}

/**
 * Statuses of which something is unserved or on hold; the index unserved_by_status holds them and no others.
 */
const UNSERVED: ReadonlySet<ItemStatus> = new Set([
  'pending',
  'unfillable',
  'preordered',
  'backordered',
  'partially_allocated',
]);

/** Statuses of which something waits; one that is on hold waits for the hold. */
const WAITING: ReadonlySet<ItemStatus> = new Set([
  'unfillable',
  'preordered',
  'backordered',
  'partially_allocated',
]);

function hasStatus(status: ItemStatus): Condition {
  if (!UNSERVED.has(status)) return sql`i.status = ${status}`;
  return sql`i.status = ${status} and i.pending + ${unserved('i')} > 0`;
}

/** Conditions on an item `i`. */
function itemConditions({ status, sku, warehouse, supplier, waiting }: Filters): (Condition | undefined)[] {
  return [
    given(status, hasStatus),
    given(sku, () => sql`i.product_id = (select id from products where sku = ${sku})`),
    given(warehouse, allocatedIn),
    given(supplier, (code) => soldBy(sql`i.product_id`, code)),
    given(waiting, () => sql`${unserved('i')} > 0`),
  ];
}

interface OrderListRow extends Buckets {
  readonly id: number;
  readonly number: string;
  readonly channel: string;
  readonly currency: string;
  readonly customer: string | null;
  readonly priority: number;
  readonly placedAt: Instant;
  readonly acceptedAt: Instant;
  readonly hold: string | null;
  readonly shipping: 'partial' | 'complete';
  readonly whenIncomplete: 'hold' | 'give_back';
}

export async function listOrders(
  db: Database,
  query: QueryOf<'listOrders'>,
): Promise<Page<AnswerOf<'listOrders'>['rows'][number]>> {
  const isOldest = query.sort === 'oldest';
  const direction = isOldest ? sql`asc` : sql`desc`;
  const items = itemConditions(query);
  const conditions = [
    ...orderConditions(query),
    afterRow(query.cursor, {
      columns: [sql`o.id`],
      direction: isOldest ? 'up' : 'down',
      places: ['whole'],
    }),
    given(query.number, (number) => sql`o.number = ${number}`),
    given(query.customer, (customer) => sql`o.customer = ${customer}`),
    items.some((each) => each !== undefined)
      ? sql`o.id in (select i.order_id from order_items i where ${all(items)})`
      : undefined,
  ];
  const { rows } = await sql<OrderListRow>`
    select o.*, c.code as channel, c.currency, sums.* from (
      select o.id, o.number, o.customer, o.priority, o.placed_at as "placedAt", o.accepted_at as "acceptedAt",
        o.hold, o.shipping, o.when_incomplete as "whenIncomplete", o.channel_id
      from orders o where ${all(conditions)} order by o.id ${direction} limit ${query.limit + 1}) as o
    join sales_channels c on c.id = o.channel_id
    cross join lateral (select ${bucketSums('i')} from order_items i where i.order_id = o.id) as sums
    order by o.id ${direction}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.id]);
  return { ...page, rows: page.rows.map(orderRow) };
}

function bucketsOf(row: Buckets): Buckets {
  const { ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled } = row;
  return { ordered, pending, allocated, backordered, preordered, unfillable, shipped, cancelled };
}

function orderRow(row: OrderListRow) {
  const quantities = bucketsOf(row);
  const { id, number, channel, currency, customer, priority, hold, shipping, whenIncomplete } = row;
  return {
    id,
    number,
    channel,
    currency,
    customer,
    status: itemStatus(quantities),
    priority,
    placedAt: isoInstant(row.placedAt),
    acceptedAt: isoInstant(row.acceptedAt),
    hold,
    shipping,
    whenIncomplete,
    quantities: { ...quantities },
  };
}

function itemOrder({ sort }: QueryOf<'listOrderItems'>): Condition {
  return sort === 'oldest' ? sql`i.order_id, i.line` : sql`i.order_id desc, i.line`;
}

/**
 * The items of a page. Those that wait stand in several statuses, each of which has its place in the index.
 */
function chosenItems(query: QueryOf<'listOrderItems'>): Condition {
  const after = cursorKey(query.cursor, ['whole', 'small']);
  const further = query.sort === 'oldest' ? sql`>` : sql`<`;
  const conditions = [
    ...orderConditions(query),
    ...itemConditions(query),
    after === undefined
      ? undefined
      : // the bound alone is a range of the index; the rest is checked at its edge
        sql`i.order_id ${further}= ${after[0]} and (i.order_id <> ${after[0]} or i.line > ${after[1]})`,
  ];
  const chosen = (also?: Condition) => sql`
    select i.* from order_items i join orders o on o.id = i.order_id
    where ${all([...conditions, also])} order by ${itemOrder(query)} limit ${query.limit + 1}`;
  if (query.waiting === undefined || query.status !== undefined) return chosen();
  const each = [...WAITING].map((status) => sql`(${chosen(hasStatus(status))})`);
  return sql`
    select * from (${sql.join(each, sql` union all `)}) as i
    order by ${itemOrder(query)} limit ${query.limit + 1}`;
}

interface ItemListRow extends Buckets {
  readonly orderId: number;
  readonly line: number;
  readonly orderNumber: string;
  readonly channel: string;
  readonly currency: string;
  readonly sku: string;
  readonly status: ItemStatus;
  readonly kind: 'backorder' | 'preorder';
  readonly unitPrice: number;
  readonly waitingSince: Instant;
}

export async function listOrderItems(
  db: Database,
  query: QueryOf<'listOrderItems'>,
): Promise<Page<AnswerOf<'listOrderItems'>['rows'][number]>> {
  const { rows } = await sql<ItemListRow>`
    select i.order_id as "orderId", i.line, o.number as "orderNumber", c.code as channel, c.currency, p.sku,
      i.status, i.kind, i.unit_price as "unitPrice", i.waiting_since as "waitingSince", i.ordered, i.pending,
      i.allocated, i.backordered, i.preordered, i.unfillable, i.shipped, i.cancelled
    from (${chosenItems(query)}) as i
    join orders o on o.id = i.order_id
    join sales_channels c on c.id = o.channel_id
    join products p on p.id = i.product_id
    order by ${itemOrder(query)}`.execute(db);
  const page = pageFrom(rows, query.limit, (row) => [row.orderId, row.line]);
  return {
    ...page,
    rows: page.rows.map((row) => {
      const { orderId, line, orderNumber, channel, currency, sku, status, kind, unitPrice } = row;
      return {
        orderId,
        line,
        orderNumber,
        channel,
        currency,
        sku,
        status,
        kind,
        unitPrice,
        waitingSince: isoInstant(row.waitingSince),
        quantities: { ...bucketsOf(row) },
      };
    }),
  };
}
