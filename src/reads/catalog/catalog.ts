/** Channels, warehouses and products as they are shown. */
import { type RawBuilder, sql } from 'kysely';
import type { Policy, ProductView, SalesChannelView, WarehouseView } from '../../contract/catalog.ts';
import type { QueryOf } from '../../contract/operations.ts';
import type { Database, Tx } from '../../db/database.ts';

type SortByName = QueryOf<'listSalesChannels'>['sort'];

/** Names are those of people, and may be the same. */
export function inOrderOf(sort: SortByName): RawBuilder<unknown> {
  return sort === 'code' ? sql`code` : sql`name, code`;
}

export async function readSalesChannels(
  db: Database | Tx,
  sort: SortByName = 'code',
): Promise<SalesChannelView[]> {
  const { rows } = await sql<SalesChannelView>`
    select c.code, c.name, c.currency, c.time_zone as "timeZone", c.acceptance, c.shipping,
      c.when_incomplete as "whenIncomplete", c.enabled,
      array(select w.code from channel_warehouses cw join warehouses w on w.id = cw.warehouse_id
        where cw.channel_id = c.id order by cw.preference) as warehouses
    from sales_channels c order by ${inOrderOf(sort)}`.execute(db);
  return rows;
}

export async function readWarehouses(db: Database | Tx, sort: SortByName = 'code'): Promise<WarehouseView[]> {
  const { rows } = await sql<WarehouseView>`
    select code, name, kind, stock, enabled, country, latitude, longitude, time_zone as "timeZone",
      handling_days as "handlingDays", closed_weekdays as "closedWeekdays", closed_dates::text[] as "closedDates"
    from warehouses order by ${inOrderOf(sort)}`.execute(db);
  return rows;
}

interface PolicyJson {
  readonly channel: string | null;
  readonly policy: Policy;
}

/** Policies in the shape of the wire; a release given as a date is shown as a date. */
const POLICIES = sql`
  select coalesce(jsonb_agg(jsonb_build_object('channel', c.code, 'policy', jsonb_build_object(
    'backorder', jsonb_build_object('allowed', s.backorder_allowed, 'until', s.backorder_until,
      'limits', jsonb_build_object('perOrder', s.backorder_per_order, 'perCustomer', s.backorder_per_customer,
        'perChannel', s.backorder_per_channel, 'perProduct', s.backorder_per_product,
        'upToIncoming', s.backorder_up_to_incoming)),
    'preorder', jsonb_build_object('allowed', s.preorder_allowed,
      'limits', jsonb_build_object('perOrder', s.preorder_per_order, 'perCustomer', s.preorder_per_customer,
        'perChannel', s.preorder_per_channel, 'perProduct', s.preorder_per_product,
        'upToIncoming', s.preorder_up_to_incoming)),
    'release', case when s.release_local is not null then jsonb_build_object(
      'at', to_char(s.release_local, case when s.release_is_date then 'YYYY-MM-DD' else 'YYYY-MM-DD"T"HH24:MI' end),
      'timeZone', s.release_zone) end)) order by c.code), '[]')
  from sell_policies s left join sales_channels c on c.id = s.channel_id where s.product_id = p.id`;

export async function readProductView(db: Database | Tx, sku: string): Promise<ProductView | undefined> {
  const { rows } = await sql<Omit<ProductView, 'policy' | 'channelPolicies'> & { policies: PolicyJson[] }>`
    select p.sku, p.name, p.tags, p.weight_grams as "weightGrams", (${POLICIES}) as policies,
      jsonb_build_object('backordered', q.backordered, 'preordered', q.preordered, 'unfillable', q.unfillable)
        as waiting,
      (select coalesce(sum(l.incoming), 0)::bigint from purchase_order_lines l
        where l.product_id = p.id and l.incoming > 0) as incoming,
      (select coalesce(jsonb_agg(jsonb_build_object('warehouse', w.code, 'onHand', l.on_hand,
          'allocated', l.allocated, 'available', l.on_hand - l.allocated) order by w.code), '[]')
        from inventory_levels l join warehouses w on w.id = l.warehouse_id where l.product_id = p.id) as levels
    from products p join product_positions q on q.product_id = p.id where p.sku = ${sku}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { policies, ...rest } = row;
  const own = policies.find((each) => each.channel === null)?.policy ?? NOTHING_WAITS;
  const channelPolicies = policies.flatMap(({ channel, policy }) =>
    channel === null ? [] : [{ channel, policy }],
  );
  return { ...rest, policy: own, channelPolicies };
}

const UNLIMITED = {
  perOrder: null,
  perCustomer: null,
  perChannel: null,
  perProduct: null,
  upToIncoming: false,
};
const NOTHING_WAITS: Policy = {
  backorder: { allowed: false, until: null, limits: UNLIMITED },
  preorder: { allowed: false, limits: UNLIMITED },
  release: null,
};
