/** The decisions about one item with what was stored of each, and the names that make them readable. */

import { sql } from 'kysely';
import type { Explanation } from '../../core/allocation/explanation.ts';
import type { OrderId, ProductId } from '../../core/kernel/ids.ts';
import type { Instant } from '../../core/kernel/time.ts';
import type { SourcingRule } from '../../core/sourcing/rule.ts';
import type { Tx } from '../../db/database.ts';
import { explanationFrom, type StoredExplanation } from '../../db/orders/stored-explanation.ts';

export interface ItemDecision {
  readonly number: number;
  readonly at: Instant;
  readonly cause: string;
  readonly explanation: Explanation;
}

/** Most events shown, the newest first. */
const MAX_DECISIONS = 100;

export async function readItemDecisions(tx: Tx, order: OrderId, line: number): Promise<ItemDecision[]> {
  const { rows } = await sql<Omit<ItemDecision, 'explanation'> & { readonly explanation: StoredExplanation }>`
    select number, recorded_at as at, cause, explanation from item_events
    where order_id = ${order} and line = ${line} order by number desc limit ${MAX_DECISIONS}`.execute(tx);
  return rows.map((row) => ({ ...row, explanation: explanationFrom(row.explanation) }));
}

export interface ItemNames {
  readonly sku: string;
  /** Names of warehouses by code. */
  readonly warehouses: ReadonlyMap<string, string>;
}

export async function readItemNames(tx: Tx, product: ProductId): Promise<ItemNames> {
  const [products, warehouses] = await Promise.all([
    sql<{ sku: string }>`select sku from products where id = ${product}`.execute(tx),
    sql<{ code: string; name: string }>`select code, name from warehouses`.execute(tx),
  ]);
  return {
    sku: products.rows[0]?.sku ?? '',
    warehouses: new Map(warehouses.rows.map(({ code, name }) => [code, name])),
  };
}

/** Rules by code, by the version of their set. */
export type RuleNames = ReadonlyMap<number, ReadonlyMap<string, SourcingRule>>;

export async function readRuleNames(tx: Tx, versions: readonly number[]): Promise<RuleNames> {
  if (versions.length === 0) return new Map();
  const { rows } = await sql<{ version: number; rules: readonly SourcingRule[] }>`
    select version, rules from rule_sets where version = any(${[...new Set(versions)]}::int[])`.execute(tx);
  return new Map(
    rows.map(({ version, rules }) => [version, new Map(rules.map((rule) => [rule.code, rule]))]),
  );
}
