/** Suppliers from a file, and the terms under which they sell us products; a row is written whole, as the API does. */
import { z } from 'zod';
import type { Client } from '../contract/call.ts';
import { OPERATIONS } from '../contract/operations.ts';
import { buildBody } from './import-cells.ts';
import { importByPut } from './import-puts.ts';
import type { Importer, ImportResult } from './import-result.ts';
import { columnsOf, PURCHASING_COLUMNS } from './purchasing-columns.ts';

const supplierRow = z.strictObject({
  code: OPERATIONS.putSupplier.params.shape.supplier,
  supplier: OPERATIONS.putSupplier.body,
});
const termsRow = z.strictObject({
  ...OPERATIONS.putSupplierProduct.params.shape,
  terms: OPERATIONS.putSupplierProduct.body.prefault({}),
});

export function importSuppliers(client: Client, result: ImportResult): Importer {
  return importByPut(result, {
    columns: columnsOf('suppliers'),
    key: ['code'],
    build: (row) => buildBody(row, PURCHASING_COLUMNS.suppliers, supplierRow),
    put: ({ code, supplier }) => client.call('putSupplier', { params: { supplier: code }, body: supplier }),
    faultyColumn: {},
  });
}

export function importSupplierProducts(client: Client, result: ImportResult): Importer {
  return importByPut(result, {
    columns: columnsOf('supplier-products'),
    key: ['supplier', 'sku'],
    build: (row) => buildBody(row, PURCHASING_COLUMNS['supplier-products'], termsRow),
    put: ({ supplier, sku, terms }) =>
      client.call('putSupplierProduct', { params: { supplier, sku }, body: terms }),
    faultyColumn: { not_found: 'supplier', unknown_sku: 'sku' },
  });
}
