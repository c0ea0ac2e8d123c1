/** Sell policies: read under the gate, written by the catalog. The release instant is computed by PostgreSQL, whose
 * zone rules are the ones that gate shipping: a local time that does not exist or exists twice means the later instant. */
import { sql } from 'kysely';
import type { SellPolicy } from '../core/catalog/sell-policy.ts';
import type { ChannelId, ProductId } from '../core/kernel/ids.ts';
import { type Limit, quantity } from '../core/kernel/quantity.ts';
import type { Instant, LocalDate } from '../core/kernel/time.ts';
import { ints } from './arrays.ts';
import type { Tx } from './database.ts';

export interface PolicyRow {
  readonly product: ProductId;
  /** null: the product's own policy. */
  readonly channel: ChannelId | null;
  readonly backorderAllowed: boolean;
  readonly backorderUntil: LocalDate | null;
  readonly backorderLimits: readonly (number | null)[];
  readonly preorderAllowed: boolean;
  readonly preorderLimits: readonly (number | null)[];
  readonly releaseAt: Instant | null;
}

export async function readPolicies(tx: Tx, products: readonly ProductId[]): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select product_id as product, channel_id as channel, backorder_allowed as "backorderAllowed",
      backorder_until as "backorderUntil",
      array[backorder_per_order, backorder_per_customer, backorder_per_channel, backorder_per_product]
        as "backorderLimits",
      preorder_allowed as "preorderAllowed",
      array[preorder_per_order, preorder_per_customer, preorder_per_channel, preorder_per_product]
        as "preorderLimits",
      date_trunc('milliseconds', release_local at time zone release_zone) as "releaseAt"
    from sell_policies where product_id = any(${ints(products)}::int[])`.execute(tx);
  return rows;
}

function limitsFrom([perOrder, perCustomer, perChannel, perProduct]: readonly (number | null)[]) {
  const limit = (value: number | null | undefined): Limit => (value == null ? 'unlimited' : quantity(value));
  return {
    perOrder: limit(perOrder),
    perCustomer: limit(perCustomer),
    perChannel: limit(perChannel),
    perProduct: limit(perProduct),
  };
}

function policyFrom(row: PolicyRow): SellPolicy {
  return {
    backorder: {
      allowed: row.backorderAllowed,
      until: row.backorderUntil,
      limits: limitsFrom(row.backorderLimits),
    },
    preorder: { allowed: row.preorderAllowed, limits: limitsFrom(row.preorderLimits) },
    releaseAt: row.releaseAt,
  };
}

const NOTHING_WAITS: SellPolicy = policyFrom({
  product: 0 as ProductId,
  channel: null,
  backorderAllowed: false,
  backorderUntil: null,
  backorderLimits: [],
  preorderAllowed: false,
  preorderLimits: [],
  releaseAt: null,
});

/** Looks up the policy in force: the channel's where there is one, else the product's. */
export function policyLookup(
  rows: readonly PolicyRow[],
): (product: ProductId, channel: ChannelId) => SellPolicy {
  const byKey = new Map(rows.map((row) => [`${row.product}/${row.channel ?? ''}`, policyFrom(row)]));
  return (product, channel) =>
    byKey.get(`${product}/${channel}`) ?? byKey.get(`${product}/`) ?? NOTHING_WAITS;
}
