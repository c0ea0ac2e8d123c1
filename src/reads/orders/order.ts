/** One order as it stands: its items with their buckets, allocations and shipments, from one snapshot. */
import { sql } from 'kysely';
import type { OrderView } from '../../contract/order-views.ts';
import type { OrderId } from '../../core/kernel/ids.ts';
import { type Instant, isoInstant } from '../../core/kernel/time.ts';
import { type Buckets, NO_UNITS, SPLIT } from '../../core/orders/buckets.ts';
import { itemStatus } from '../../core/orders/item-status.ts';
import type { Database, Tx } from '../../db/database.ts';
import { RELEASE_IN_FORCE } from './release-in-force.ts';

interface HeadRow {
  id: number;
  number: string;
  channel: string;
  currency: string;
  customer: string | null;
  priority: number;
  placedAt: Instant;
  acceptedAt: Instant;
  hold: string | null;
  shipping: OrderView['shipping'];
  whenIncomplete: OrderView['whenIncomplete'];
  shipTo: OrderView['shipTo'];
  customerGroup: string | null;
  itemGatePercent: number | null;
  orderGatePercent: number | null;
  items: readonly ItemJson[];
  shipments: OrderView['shipments'];
}

interface ItemJson extends Buckets {
  line: number;
  sku: string;
  kind: 'backorder' | 'preorder';
  bought: boolean;
  unitPrice: number;
  waitingSince: string;
  releaseAt: string | null;
  allocations: OrderView['items'][number]['allocations'];
}

/** An order without its promises, which follow from what other orders want and what is coming. */
export interface OrderFacts extends Omit<OrderView, 'items' | 'promisedOn'> {
  readonly items: readonly Omit<OrderView['items'][number], 'promise'>[];
}

export async function readOrderFacts(db: Database | Tx, id: OrderId): Promise<OrderFacts | undefined> {
  const { rows } = await sql<HeadRow>`
    select o.id, o.number, c.code as channel, c.currency, o.customer, o.priority, o.placed_at as "placedAt",
      o.accepted_at as "acceptedAt", o.hold, o.shipping, o.when_incomplete as "whenIncomplete",
      o.ship_to as "shipTo", o.customer_group as "customerGroup", o.item_gate_percent as "itemGatePercent",
      o.order_gate_percent as "orderGatePercent",
      (select jsonb_agg(jsonb_build_object(
          'line', i.line, 'sku', p.sku, 'kind', i.kind, 'bought', i.bought, 'unitPrice', i.unit_price,
          'waitingSince', i.waiting_since, 'releaseAt', case when i.kind = 'preorder' then policy.release_at end,
          'ordered', i.ordered, 'pending', i.pending, 'allocated', i.allocated, 'backordered', i.backordered,
          'preordered', i.preordered, 'unfillable', i.unfillable, 'shipped', i.shipped, 'cancelled', i.cancelled,
          'allocations', coalesce(held.allocations, '[]')) order by i.line)
        from order_items i
        join products p on p.id = i.product_id
        ${RELEASE_IN_FORCE}
        left join lateral (
          select jsonb_agg(jsonb_build_object('warehouse', w.code, 'open', a.open, 'picked', a.picked,
            'shipped', a.shipped, 'rejected', a.warehouse_id = any(i.rejected_by),
            'acknowledged', a.acknowledged, 'expectedOn', a.expected_on)
            order by cw.preference nulls last, w.code) as allocations
          from allocations a join warehouses w on w.id = a.warehouse_id
          left join channel_warehouses cw on cw.channel_id = i.channel_id and cw.warehouse_id = a.warehouse_id
          where a.order_id = i.order_id and a.line = i.line) as held on true
        where i.order_id = o.id) as items,
      (select coalesce(jsonb_agg(jsonb_build_object('reference', s.reference, 'warehouse', w.code,
          'tracking', s.tracking, 'shippedAt', s.shipped_at,
          'items', (select jsonb_agg(jsonb_build_object('line', l.line, 'units', l.units) order by l.line)
            from shipment_lines l where l.shipment_id = s.id)) order by s.id), '[]')
        from shipments s join warehouses w on w.id = s.warehouse_id where s.order_id = o.id) as shipments
    from orders o join sales_channels c on c.id = o.channel_id where o.id = ${id}`.execute(db);
  const [row] = rows;
  return row === undefined ? undefined : orderFacts(row);
}

function iso(text: string): string {
  return new Date(text).toISOString();
}

function orderFacts({ items, shipments, placedAt, acceptedAt, ...head }: HeadRow): OrderFacts {
  return {
    ...head,
    placedAt: isoInstant(placedAt),
    acceptedAt: isoInstant(acceptedAt),
    status: itemStatus(totalOf(items)),
    items: items.map(
      ({ line, sku, kind, bought, unitPrice, waitingSince, releaseAt, allocations, ...quantities }) => ({
        line,
        sku,
        status: itemStatus(quantities),
        kind,
        bought,
        quantities,
        unitPrice,
        waitingSince: iso(waitingSince),
        releaseAt: releaseAt === null ? null : iso(releaseAt),
        allocations,
      }),
    ),
    shipments: shipments.map((each) => ({ ...each, shippedAt: iso(each.shippedAt) })),
  };
}

/** An order's buckets are the sums of its items'. */
function totalOf(items: readonly Buckets[]): Buckets {
  const total: Record<keyof Buckets, number> = { ...NO_UNITS };
  for (const item of items) {
    total.ordered += item.ordered;
    for (const bucket of SPLIT) total[bucket] += item[bucket];
  }
  return total;
}
