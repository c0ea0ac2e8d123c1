/**
 * A small shop to tell stories with: sales channel G, warehouses W1 and W2, product P. Every shop has its own codes
 * (G-7, W1-7, P-7), so tests share a server without meeting each other; a story says only the short names.
 *
 * shop-catalog: what there is · shop-acts: what happens · shop-reads: what one sees, always after all fills are done.
 */
import { type Problem, RefusedError } from '../../src/contract/call.ts';
import type { TestServer } from './server.ts';
import { actsOf, type ShopActs } from './shop-acts.ts';
import {
  type ChannelInput,
  catalogOf,
  type PolicyInput,
  type ShopCatalog,
  type WarehouseInput,
} from './shop-catalog.ts';
import { readsOf, type ShopReads } from './shop-reads.ts';
import { type ShopSupply, supplyOf } from './shop-supply.ts';

export type Shop = ShopCatalog & ShopActs & ShopReads & { readonly supply: ShopSupply };

export interface Opening {
  /** In the channel's order of preference; W1 and W2 when absent. */
  readonly warehouses?: Readonly<Record<string, Partial<WarehouseInput>>>;
  readonly channel?: Partial<ChannelInput>;
  /** Of product P; nothing may wait when absent. */
  readonly policy?: PolicyInput;
  /** Further products. */
  readonly products?: Readonly<Record<string, PolicyInput>>;
  /** Units of product P received at the start, by warehouse. */
  readonly stock?: Readonly<Record<string, number>>;
}

let shops = 0;

export async function openShop(server: TestServer, opening: Opening = {}): Promise<Shop> {
  shops += 1;
  const catalog = catalogOf(server.client, `-${shops}`);
  const shop: Shop = {
    ...catalog,
    ...actsOf(server.client, catalog),
    ...readsOf(server, catalog),
    supply: supplyOf(server.client, catalog),
  };
  const warehouses = opening.warehouses ?? { W1: {}, W2: {} };
  for (const [code, warehouse] of Object.entries(warehouses)) await shop.putWarehouse(code, warehouse);
  await shop.putChannel('G', { warehouses: Object.keys(warehouses), ...opening.channel });
  const products = { P: opening.policy ?? {}, ...opening.products };
  for (const [sku, policy] of Object.entries(products)) await shop.putProduct(sku, policy);
  for (const [warehouse, units] of Object.entries(opening.stock ?? {}))
    await shop.receive(units, { warehouse });
  return shop;
}

/** The problem an act was refused with; fails when it was not refused. */
export async function refusal(act: Promise<unknown>): Promise<Problem> {
  try {
    await act;
  } catch (error) {
    if (error instanceof RefusedError) return error.problem;
    throw error;
  }
  throw new Error('was not refused');
}

/** Backorders without limit. */
export const BACKORDER: PolicyInput = { backorder: { allowed: true } };

type LimitsInput = NonNullable<NonNullable<PolicyInput['backorder']>['limits']>;

export function backorderUpTo(limits: LimitsInput): PolicyInput {
  return { backorder: { allowed: true, limits } };
}

/** A release far ahead, for pre-orders whose release is not what the test is about. */
const FAR_RELEASE = { at: '2190-06-01', timeZone: 'Europe/Amsterdam' } as const;

/** Pre-orders until `release`; afterwards backorders, unless said otherwise. */
export function preorder(
  limits: LimitsInput = {},
  release: PolicyInput['release'] = FAR_RELEASE,
): PolicyInput {
  return { preorder: { allowed: true, limits }, release };
}

/** What a refused order says of each failing item. */
export function failingItems(problem: Problem): unknown {
  return problem['items'];
}
