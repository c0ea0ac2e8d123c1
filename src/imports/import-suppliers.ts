/**
 * Suppliers from a file, and the terms under which they sell us products. Of what exists only what the file has columns for is
 * changed.
 */
import { z } from 'zod';
import type { Client } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { buildBody, buildPatch } from './import-cells.ts';
import { importByPut } from './import-puts.ts';
import type { Importer, ImportResult } from './import-result.ts';
import { PURCHASING_COLUMNS, partialColumnsOf } from './purchasing-columns.ts';

const supplierRow = z.strictObject({
  code: OPERATIONS.putSupplier.params.shape.supplier,
  supplier: OPERATIONS.putSupplier.body,
});
const supplierPatch = z.strictObject({
  code: OPERATIONS.patchSupplier.params.shape.supplier,
  supplier: OPERATIONS.patchSupplier.body,
});
const termsRow = z.strictObject({
  ...OPERATIONS.putSupplierProduct.params.shape,
  terms: OPERATIONS.putSupplierProduct.body.prefault({}),
});

const termsPatch = z.strictObject({
  ...OPERATIONS.patchSupplierProduct.params.shape,
  terms: OPERATIONS.patchSupplierProduct.body,
});

export function importSuppliers(client: Client, result: ImportResult): Importer {
  const rules = PURCHASING_COLUMNS.suppliers;
  return importByPut(result, {
    columns: partialColumnsOf('suppliers', ['code']),
    rules,
    within: 'supplier',
    key: ['code'],
    build: (row) => buildBody(row, rules, supplierRow),
    put: ({ code, supplier }) => client.call('putSupplier', { params: { supplier: code }, body: supplier }),
    buildPatch: (row) => buildPatch(row, rules, supplierPatch),
    patch: ({ code, supplier }) =>
      client.call('patchSupplier', { params: { supplier: code }, body: supplier }),
    faultyColumn: {},
  });
}

export function importSupplierProducts(client: Client, result: ImportResult): Importer {
  const rules = PURCHASING_COLUMNS['supplier-products'];
  return importByPut(result, {
    columns: partialColumnsOf('supplier-products', ['supplier', 'sku']),
    rules,
    within: 'terms',
    key: ['supplier', 'sku'],
    build: (row) => buildBody(row, rules, termsRow),
    put: ({ supplier, sku, terms }) =>
      client.call('putSupplierProduct', { params: { supplier, sku }, body: terms }),
    buildPatch: (row) => buildPatch(row, rules, termsPatch),
    patch: ({ supplier, sku, terms }) =>
      client.call('patchSupplierProduct', { params: { supplier, sku }, body: terms }),
    faultyColumn: { not_found: 'supplier', unknown_sku: 'sku' },
  });
}
