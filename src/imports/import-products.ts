/**
 * Products from a file, one row a product with its policy; with a channel, the policies of that channel instead.
 * Blank limits are unlimited. Of a product that exists only what the file has columns for is changed; a new one needs a name.
 */
import { z } from 'zod';
import type { Client } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import {
  asText,
  asWhole,
  asWords,
  asYesOrNo,
  buildBody,
  buildPatch,
  type ColumnRule,
} from './import-cells.ts';
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
  { name: 'release_at', path: ['release', 'at'], read: asText, clears: ['release'] },
  { name: 'release_zone', path: ['release', 'timeZone'], read: asText },
];

/** Where a channel is named, the row is its policy; else the product with its own policy inside. */
function rulesFor(channel: string | undefined): readonly ColumnRule[] {
  const sku: ColumnRule = { name: 'sku', path: ['sku'], read: asText };
  const outer = channel === undefined ? ['product', 'policy'] : ['policy'];
  const policy = POLICY_RULES.map((rule) => ({
    ...rule,
    path: [...outer, ...rule.path],
    ...(rule.clears !== undefined && { clears: [...outer, ...rule.clears] }),
  }));
  return channel === undefined ? [sku, ...PRODUCT_RULES, ...policy] : [sku, ...policy];
}

const PRODUCT_RULES: readonly ColumnRule[] = [
  { name: 'name', path: ['product', 'name'], read: asText },
  { name: 'tags', path: ['product', 'tags'], read: asWords },
  { name: 'weight_grams', path: ['product', 'weightGrams'], read: asWhole },
];

const { sku } = OPERATIONS.putProduct.params.shape;
const productRow = z.strictObject({ sku, product: OPERATIONS.putProduct.body });
const productPatch = z.strictObject({ sku, product: OPERATIONS.patchProduct.body });
const policyRow = z.strictObject({ sku, policy: OPERATIONS.putChannelPolicy.body.prefault({}) });
const policyPatch = z.strictObject({ sku, policy: OPERATIONS.patchChannelPolicy.body });

const FAULTY_COLUMN = { not_found: 'sku', unknown_channel: 'sku' };

export function importProducts(client: Client, result: ImportResult, channel: string | undefined): Importer {
  const rules = rulesFor(channel);
  const optional = rules.map(({ name }) => name).filter((name) => name !== 'sku');
  const columns = { required: ['sku'], optional, oneOf: optional };
  const common = { columns, rules, key: ['sku'], faultyColumn: FAULTY_COLUMN };
  if (channel === undefined) {
    return importByPut(result, {
      ...common,
      within: 'product',
      build: (row) => buildBody(row, rules, productRow),
      put: ({ sku: of, product }) => client.call('putProduct', { params: { sku: of }, body: product }),
      buildPatch: (row) => buildPatch(row, rules, productPatch),
      patch: ({ sku: of, product }) => client.call('patchProduct', { params: { sku: of }, body: product }),
    });
  }
  return importByPut(result, {
    ...common,
    within: 'policy',
    build: (row) => buildBody(row, rules, policyRow),
    put: ({ sku: of, policy }) =>
      client.call('putChannelPolicy', { params: { sku: of, channel }, body: policy }),
    buildPatch: (row) => buildPatch(row, rules, policyPatch),
    patch: ({ sku: of, policy }) =>
      client.call('patchChannelPolicy', { params: { sku: of, channel }, body: policy }),
  });
}
