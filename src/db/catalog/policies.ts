/**
 * Sell policies: needed by every decision and seldom changed, so a node keeps them; the version in the product's position,
 * read under its lock, tells whether the copy is still true. The release instant is computed by PostgreSQL, whose
 * zone rules are the ones that gate shipping: a local time that does not exist or exists twice means the later instant.
 */
import { sql } from 'kysely';
import type { SellPolicy } from '../../core/catalog/sell-policy.ts';
import { present } from '../../core/kernel/assert.ts';
import type { ChannelId, ProductId } from '../../core/kernel/ids.ts';
import { type Limit, quantity } from '../../core/kernel/quantity.ts';
import type { Instant, LocalDate } from '../../core/kernel/time.ts';
import { ints } from '../arrays.ts';
import type { Tx } from '../database.ts';
import { KeptByVersion, keepNothingOf, type ProductVersion } from './kept-by-version.ts';
import { RecentlyUsed } from './recently-used.ts';

interface PolicyRow {
  readonly product: ProductId;
  /** null: the product's own policy. */
  readonly channel: ChannelId | null;
  readonly backorderAllowed: boolean;
  readonly backorderUntil: LocalDate | null;
  readonly backorderLimits: readonly (number | null)[];
  readonly preorderAllowed: boolean;
  readonly preorderLimits: readonly (number | null)[];
  readonly backorderUpToIncoming: boolean;
  readonly preorderUpToIncoming: boolean;
  readonly releaseAt: Instant | null;
}

async function readPolicies(tx: Tx, products: readonly ProductId[]): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select product_id as product, channel_id as channel, backorder_allowed as "backorderAllowed",
      backorder_until as "backorderUntil",
      array[backorder_per_order, backorder_per_customer, backorder_per_channel, backorder_per_product]
        as "backorderLimits",
      preorder_allowed as "preorderAllowed",
      array[preorder_per_order, preorder_per_customer, preorder_per_channel, preorder_per_product]
        as "preorderLimits",
      backorder_up_to_incoming as "backorderUpToIncoming", preorder_up_to_incoming as "preorderUpToIncoming",
      date_trunc('milliseconds', release_instant(release_local, release_is_date, release_zone)) as "releaseAt"
    from sell_policies where product_id = any(${ints(products)}::int[])`.execute(tx);
  return rows;
}

export async function raisePolicyVersion(tx: Tx, product: ProductId): Promise<void> {
  keepNothingOf(tx);
  await sql`
    update product_positions set policy_version = policy_version + 1 where product_id = ${product}`.execute(
    tx,
  );
}

function limitsFrom(
  [perOrder, perCustomer, perChannel, perProduct]: readonly (number | null)[],
  upToIncoming: boolean,
) {
  const limit = (value: number | null | undefined): Limit => (value == null ? 'unlimited' : quantity(value));
  return {
    perOrder: limit(perOrder),
    perCustomer: limit(perCustomer),
    perChannel: limit(perChannel),
    perProduct: limit(perProduct),
    upToIncoming,
  };
}

function policyFrom(row: PolicyRow): SellPolicy {
  return {
    backorder: {
      allowed: row.backorderAllowed,
      until: row.backorderUntil,
      limits: limitsFrom(row.backorderLimits, row.backorderUpToIncoming),
    },
    preorder: {
      allowed: row.preorderAllowed,
      limits: limitsFrom(row.preorderLimits, row.preorderUpToIncoming),
    },
    releaseAt: row.releaseAt,
  };
}

const NOTHING_WAITS: SellPolicy = policyFrom({
  product: 0 as ProductId,
  channel: null,
  backorderAllowed: false,
  backorderUntil: null,
  backorderLimits: [],
  backorderUpToIncoming: false,
  preorderUpToIncoming: false,
  preorderAllowed: false,
  preorderLimits: [],
  releaseAt: null,
});

/**
 * The policy in force for a product on a channel: the channel's where there is one, else the product's. Fixed when it is made,
 * for the products that were asked for; asking it for another one is a bug.
 */
export type PolicyLookup = (product: ProductId, channel: ChannelId) => SellPolicy;

interface KeptPolicies {
  readonly own: SellPolicy;
  readonly byChannel: ReadonlyMap<ChannelId, SellPolicy>;
}

const NO_OVERRIDES: ReadonlyMap<ChannelId, SellPolicy> = new Map();

/** Policies of which a node keeps one object for all products that share them; catalogs have a few hundred. */
const MAX_SHARED = 20_000;

export class PolicyCache {
  readonly #kept: KeptByVersion<KeptPolicies>;
  /** Most products share their policy with others: one object for all that are the same. */
  readonly #same = new RecentlyUsed<string, SellPolicy>(MAX_SHARED);

  /** @param most products kept at once */
  constructor(most?: number) {
    this.#kept = new KeptByVersion(most);
  }

  /** @param versions as read under the products' locks, before the transaction changes any policy itself */
  async at(tx: Tx, versions: Iterable<ProductVersion>): Promise<PolicyLookup> {
    const policies = await this.#kept.at(tx, versions, (products) => this.#read(tx, products));
    return (product, channel) => {
      const found = present(
        policies.get(product),
        'policies of a product are read before they are asked for',
      );
      return found.byChannel.get(channel) ?? found.own;
    };
  }

  async #read(tx: Tx, products: readonly ProductId[]): Promise<Map<ProductId, KeptPolicies>> {
    const rows = new Map<ProductId, PolicyRow[]>(products.map((product) => [product, []]));
    for (const row of await readPolicies(tx, products)) rows.get(row.product)?.push(row);
    return new Map([...rows].map(([product, policies]) => [product, this.#keep(policies)]));
  }

  #keep(policies: readonly PolicyRow[]): KeptPolicies {
    const own = policies.find((row) => row.channel === null);
    const byChannel = policies.flatMap((row): [ChannelId, SellPolicy][] =>
      row.channel === null ? [] : [[row.channel, this.#shared(row)]],
    );
    return {
      own: own === undefined ? NOTHING_WAITS : this.#shared(own),
      byChannel: byChannel.length === 0 ? NO_OVERRIDES : new Map(byChannel),
    };
  }

  #shared(row: PolicyRow): SellPolicy {
    const policy = policyFrom(row);
    const key = JSON.stringify(policy);
    const known = this.#same.get(key);
    if (known !== undefined) return known;
    this.#same.set(key, policy);
    return policy;
  }
}
