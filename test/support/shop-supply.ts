/** Suppliers and purchase orders of a test's shop. What a story does not say is the usual: supplier S, product P, W1. */
import type { CallInput, Client } from '../../src/contract/call.ts';
import type { PurchaseOrderView } from '../../src/contract/purchasing/purchase-orders.ts';
import { fresh } from './shop-acts.ts';
import type { ShopCatalog } from './shop-catalog.ts';

type SupplierInput = NonNullable<CallInput<'putSupplier'>['body']>;
type TermsInput = NonNullable<CallInput<'putSupplierProduct'>['body']>;
interface DraftLine {
  readonly sku?: string;
  readonly warehouse?: string;
  readonly quantity: number;
  readonly expectedOn?: string;
  readonly unitPrice?: number;
}

export interface ShopSupply {
  putSupplier(code?: string, supplier?: Partial<SupplierInput>): Promise<void>;
  putTerms(terms: TermsInput, of?: { readonly supplier?: string; readonly sku?: string }): Promise<void>;
  draft(lines: readonly DraftLine[], number?: string): Promise<PurchaseOrderView>;
  /** Drafts and sends; the number of the order. */
  order(lines: readonly DraftLine[]): Promise<string>;
  send(number: string): Promise<PurchaseOrderView>;
  expect(number: string, expectedOn: string, line?: number): Promise<PurchaseOrderView>;
  receiveOrder(
    number: string,
    units: number,
    where?: { readonly line?: number; readonly reference?: string; readonly warehouse?: string },
  ): Promise<PurchaseOrderView>;
  purchaseOrder(number: string): Promise<PurchaseOrderView>;
}

const DAY_MS = 86_400_000;

/** The day `days` from today in Amsterdam, where warehouses and channels of test shops are. */
export function inDays(days: number): string {
  const day = new Date(Date.now() + days * DAY_MS);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Amsterdam' }).format(day);
}

export function supplyOf(client: Client, { name }: ShopCatalog): ShopSupply {
  async function draft(lines: readonly DraftLine[], number = fresh('PO')): Promise<PurchaseOrderView> {
    const body = {
      supplier: name('S'),
      lines: lines.map(({ sku = 'P', warehouse = 'W1', ...line }) => ({
        ...line,
        sku: name(sku),
        warehouse: name(warehouse),
      })),
    };
    return await client.must('putPurchaseOrder', { params: { purchaseOrder: number }, body });
  }
  const send = (number: string) => client.must('sendPurchaseOrder', { params: { purchaseOrder: number } });
  return {
    draft,
    send,
    async putSupplier(code = 'S', supplier = {}) {
      const body = {
        name: 'Supplier',
        currency: 'EUR',
        timeZone: 'Europe/Amsterdam',
        leadDays: 14,
        ...supplier,
      };
      await client.must('putSupplier', { params: { supplier: name(code) }, body });
    },
    async putTerms(body, { supplier = 'S', sku = 'P' } = {}) {
      await client.must('putSupplierProduct', { params: { supplier: name(supplier), sku: name(sku) }, body });
    },
    async order(lines) {
      const { number } = await draft(lines);
      await send(number);
      return number;
    },
    expect: (number, expectedOn, line = 1) =>
      client.must('quoteExpectedDates', {
        params: { purchaseOrder: number },
        body: { lines: [{ line, expectedOn }] },
      }),
    receiveOrder: (number, units, { line = 1, reference = fresh('DN'), warehouse = 'W1' } = {}) =>
      client.must('receivePurchaseOrder', {
        params: { purchaseOrder: number },
        body: { reference, warehouse: name(warehouse), lines: [{ line, units }] },
      }),
    purchaseOrder: (number) => client.must('getPurchaseOrder', { params: { purchaseOrder: number } }),
  };
}
