/**
 * Products from a file, one row a product with its policy; with a channel, the policies of that channel instead.
 * Blank limits are unlimited. Products are written whole, as the API writes them, so a repeat changes nothing.
 */
import { z } from 'zod';
import type { Client } from '../contract/client.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { asText, asWhole, asYesOrNo, buildBody, type ColumnRule } from './import-cells.ts';
import type { Row } from './import-file.ts';
import { type Importer, type ImportResult, problemOfRefusal } from './import-result.ts';

/** Requests under way at once. */
const AT_ONCE = 16;

const LIMITS = {
  per_order: 'perOrder',
  per_customer: 'perCustomer',
  per_channel: 'perChannel',
  per_product: 'perProduct',
};

function limitRules(kind: 'backorder' | 'preorder'): ColumnRule[] {
  return Object.entries(LIMITS).map(([column, member]) => ({
    name: `${kind}_${column}`,
    path: [kind, 'limits', member],
    read: asWhole,
  }));
}

const POLICY_RULES: readonly ColumnRule[] = [
  { name: 'backorder_allowed', path: ['backorder', 'allowed'], read: asYesOrNo, blank: false },
  { name: 'backorder_until', path: ['backorder', 'until'], read: asText },
  ...limitRules('backorder'),
  { name: 'preorder_allowed', path: ['preorder', 'allowed'], read: asYesOrNo, blank: false },
  ...limitRules('preorder'),
  { name: 'release_at', path: ['release', 'at'], read: asText },
  { name: 'release_zone', path: ['release', 'timeZone'], read: asText },
];

/** Where a channel is named, the row is its policy; else the product with its own policy inside. */
function rulesFor(channel: string | undefined): readonly ColumnRule[] {
  const sku: ColumnRule = { name: 'sku', path: ['sku'], read: asText };
  const outer = channel === undefined ? ['product', 'policy'] : ['policy'];
  const policy = POLICY_RULES.map((rule) => ({ ...rule, path: [...outer, ...rule.path] }));
  const name: ColumnRule = { name: 'name', path: ['product', 'name'], read: asText };
  return channel === undefined ? [sku, name, ...policy] : [sku, ...policy];
}

const { sku } = OPERATIONS.putProduct.params.shape;
const productRow = z.strictObject({ sku, product: OPERATIONS.putProduct.body });
const policyRow = z.strictObject({ sku, policy: OPERATIONS.putChannelPolicy.body.prefault({}) });

const FAULTY_COLUMN = { not_found: 'sku', unknown_channel: 'sku' };

export function importProducts(client: Client, result: ImportResult, channel: string | undefined): Importer {
  const rules = rulesFor(channel);
  const kept = new Map<string, Row>();

  async function put(row: Row): Promise<void> {
    const built =
      channel === undefined ? buildBody(row, rules, productRow) : buildBody(row, rules, policyRow);
    if (!built.ok) return await result.reject(row, built.problem);
    const answer =
      'product' in built.value
        ? await client.call('putProduct', { params: { sku: built.value.sku }, body: built.value.product })
        : await client.call('putChannelPolicy', {
            params: { sku: built.value.sku, channel: channel ?? '' },
            body: built.value.policy,
          });
    if (answer.ok) result.accept(1, false);
    else await result.reject(row, problemOfRefusal(answer.problem, FAULTY_COLUMN));
  }
  async function putKept(): Promise<void> {
    const rows = [...kept.values()];
    kept.clear();
    await Promise.all(rows.map(put));
  }
  return {
    columns: {
      required: channel === undefined ? ['sku', 'name'] : ['sku'],
      optional: POLICY_RULES.map((rule) => rule.name),
    },
    async take(row) {
      // Rows of one SKU are put one after the other: the later one stays.
      const key = row.cell('sku');
      if (kept.has(key) || kept.size >= AT_ONCE) await putKept();
      kept.set(key, row);
    },
    finish: putKept,
  };
}
