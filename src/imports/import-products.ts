/**
 * Products from a file, one row a product with its policy; with a channel, the policies of that channel instead.
 * Blank limits are unlimited. Products are written whole, as the API writes them, so a repeat changes nothing.
 */
import { z } from 'zod';
import type { Client } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { asText, asWhole, asWords, asYesOrNo, buildBody, type ColumnRule } from './import-cells.ts';
import { importByPut } from './import-puts.ts';
import type { Importer, ImportResult } from './import-result.ts';

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
  return channel === undefined ? [sku, ...PRODUCT_RULES, ...policy] : [sku, ...policy];
}

const PRODUCT_RULES: readonly ColumnRule[] = [
  { name: 'name', path: ['product', 'name'], read: asText },
  { name: 'tags', path: ['product', 'tags'], read: asWords },
  { name: 'weight_grams', path: ['product', 'weightGrams'], read: asWhole },
];

const { sku } = OPERATIONS.putProduct.params.shape;
const productRow = z.strictObject({ sku, product: OPERATIONS.putProduct.body });
const policyRow = z.strictObject({ sku, policy: OPERATIONS.putChannelPolicy.body.prefault({}) });

const FAULTY_COLUMN = { not_found: 'sku', unknown_channel: 'sku' };

export function importProducts(client: Client, result: ImportResult, channel: string | undefined): Importer {
  const rules = rulesFor(channel);
  const optional = POLICY_RULES.map(({ name }) => name);
  const common = { key: ['sku'], faultyColumn: FAULTY_COLUMN };
  if (channel === undefined) {
    return importByPut(result, {
      ...common,
      columns: { required: ['sku', 'name'], optional: ['tags', 'weight_grams', ...optional] },
      build: (row) => buildBody(row, rules, productRow),
      put: ({ sku: of, product }) => client.call('putProduct', { params: { sku: of }, body: product }),
    });
  }
  return importByPut(result, {
    ...common,
    columns: { required: ['sku'], optional },
    build: (row) => buildBody(row, rules, policyRow),
    put: ({ sku: of, policy }) =>
      client.call('putChannelPolicy', { params: { sku: of, channel }, body: policy }),
  });
}
