/**
 * The wire of suppliers: who they are, when they work, and what they sell us under which terms. Written whole with
 * PUT under a code the merchant chose, as all of the catalog is.
 */
import { z } from 'zod';
import { patchSchema } from '../merge-patch.ts';
import { operation } from '../operation.ts';
import {
  closedDates,
  closedWeekdays,
  code,
  currency,
  minorUnits,
  name,
  page,
  pageOf,
  sku,
  sortByName,
  timeZone,
  units,
  unitsOrNone,
} from '../values.ts';

const leadDays = z.int().min(0).max(1000).describe('Open days of the supplier from order to arrival');

const supplierBody = z.strictObject({
  name,
  currency,
  timeZone,
  leadDays,
  closedWeekdays,
  closedDates,
  minimumOrder: minorUnits
    .nullable()
    .default(null)
    .describe('Least value of an order in minor units; null: any'),
  overReceiptPercent: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('How much more than was ordered may be counted in'),
  enabled: z.boolean().default(true),
});
const supplier = supplierBody.extend({ code });

const termsBody = z.strictObject({
  supplierSku: name.nullable().default(null).describe("The supplier's own name for the product"),
  preference: z.int().min(1).max(100).default(1).describe('1 is asked first'),
  unitPrice: minorUnits.default(0),
  packSize: units.default(1).describe('Ordered in multiples of it'),
  minimumUnits: unitsOrNone.default(0),
  leadDays: leadDays.nullable().default(null).describe("null: the supplier's"),
  promiseByLeadTime: z
    .boolean()
    .default(false)
    .describe('What no purchase order covers is promised for when an order of today would arrive'),
  buyToOrder: z.boolean().default(false).describe('Units that wait get a purchase order line of their own'),
});
const terms = termsBody.extend({ sku, supplier: code });

const supplierPath = z.strictObject({ supplier: code });
const termsPath = z.strictObject({ supplier: code, sku });

export const supplierOperations = {
  listSuppliers: operation({
    method: 'GET',
    path: '/v1/suppliers',
    tag: 'Purchasing',
    summary: 'List the suppliers',
    query: sortByName,
    answer: z.object({ rows: z.array(supplier) }),
  }),
  getSupplier: operation({
    method: 'GET',
    path: '/v1/suppliers/{supplier}',
    tag: 'Purchasing',
    summary: 'Read a supplier',
    params: supplierPath,
    answer: supplier,
    refusals: ['not_found'],
  }),
  putSupplier: operation({
    method: 'PUT',
    path: '/v1/suppliers/{supplier}',
    tag: 'Purchasing',
    summary: 'Create or replace a supplier',
    params: supplierPath,
    body: supplierBody,
    answer: supplier,
  }),
  patchSupplier: operation({
    method: 'PATCH',
    path: '/v1/suppliers/{supplier}',
    tag: 'Purchasing',
    summary: 'Change part of a supplier',
    params: supplierPath,
    body: patchSchema(supplierBody),
    answer: supplier,
    refusals: ['not_found'],
  }),
  listSupplierProducts: operation({
    method: 'GET',
    path: '/v1/suppliers/{supplier}/products',
    tag: 'Purchasing',
    summary: 'What a supplier sells us, by SKU',
    params: supplierPath,
    query: z.strictObject(page),
    answer: pageOf(terms),
    refusals: ['not_found'],
  }),
  putSupplierProduct: operation({
    method: 'PUT',
    path: '/v1/suppliers/{supplier}/products/{sku}',
    tag: 'Purchasing',
    summary: 'Set the terms under which a supplier sells us a product',
    params: termsPath,
    body: termsBody,
    answer: terms,
    refusals: ['not_found', 'unknown_sku'],
  }),
  patchSupplierProduct: operation({
    method: 'PATCH',
    path: '/v1/suppliers/{supplier}/products/{sku}',
    tag: 'Purchasing',
    summary: 'Change part of the terms under which a supplier sells us a product',
    params: termsPath,
    body: patchSchema(termsBody),
    answer: terms,
    refusals: ['not_found', 'unknown_sku'],
  }),
  deleteSupplierProduct: operation({
    method: 'DELETE',
    path: '/v1/suppliers/{supplier}/products/{sku}',
    tag: 'Purchasing',
    summary: 'The supplier no longer sells us this product; orders under way go on',
    params: termsPath,
    answer: z.object({ deleted: z.boolean() }),
    refusals: ['not_found', 'unknown_sku'],
  }),
};

export type SupplierView = z.output<typeof supplier>;
export type SupplierTerms = z.output<typeof terms>;
