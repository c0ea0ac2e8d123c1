/**
 * The shop behind the WideWorldImporters files. A customer's sales channel is its buying group where it has one, else
 * its category, so there are seven. One warehouse serves them all; a second one, which serves nobody, keeps what was
 * delivered and never picked. Suppliers sell under the terms of the files: the outer is the pack, and each product has
 * its lead time. Everything may be backordered without limit.
 */
import { inFlight } from '../../../src/cli/demo/in-flight.ts';
import type { Client } from '../../../src/contract/call.ts';
import type { WwiCustomer, WwiData, WwiProduct } from './wwi-files.ts';
import { skuOf, type WwiPlan } from './wwi-plan.ts';

export const SHELF = 'shelf';
export const SURPLUS = 'surplus';

const ZONE = { timeZone: 'UTC' };
const MAKING_IN_FLIGHT = 6;
/** Of a supplier of no product. */
const USUAL_LEAD_DAYS = 14;

/** The names are those of the original database; the files only have the numbers. */
const GROUPS: Readonly<Record<number, readonly [string, string]>> = {
  1: ['tailspin', 'Tailspin Toys'],
  2: ['wingtip', 'Wingtip Toys'],
};
const CATEGORIES: Readonly<Record<number, readonly [string, string]>> = {
  3: ['novelty', 'Novelty shops'],
  4: ['supermarket', 'Supermarkets'],
  5: ['computer', 'Computer stores'],
  6: ['gift', 'Gift stores'],
  7: ['corporate', 'Corporate customers'],
};

function channelOf({ buyingGroup, category, id }: WwiCustomer): string {
  const found = (buyingGroup === undefined ? undefined : GROUPS[buyingGroup]) ?? CATEGORIES[category];
  if (found === undefined) throw new Error(`customer ${id} is of the unknown category ${category}`);
  return found[0];
}

/** Channel by customer. */
export function channelsOf(customers: readonly WwiCustomer[]): Map<number, string> {
  return new Map(customers.map((each) => [each.id, channelOf(each)]));
}

export function supplierCode(supplier: number): string {
  return `S${supplier}`;
}

async function makeProduct(
  client: Client,
  { id, name, supplier, leadDays, packSize }: WwiProduct,
  price: number,
) {
  const sku = skuOf(id);
  const policy = { backorder: { allowed: true } };
  await client.must('putProduct', { params: { sku }, body: { name, policy } });
  await client.must('putSupplierProduct', {
    params: { supplier: supplierCode(supplier), sku },
    body: { packSize, leadDays, unitPrice: price },
  });
}

/** What a unit cost last. */
function costs({ purchaseLines }: WwiData): Map<number, number> {
  return new Map(purchaseLines.map(({ product, unitPrice }) => [product, unitPrice]));
}

export async function makeWwiShop(client: Client, data: WwiData, plan: WwiPlan): Promise<void> {
  for (const [warehouse, name] of [
    [SHELF, 'The shelf'],
    [SURPLUS, 'Delivered, never picked'],
  ] as const)
    await client.must('putWarehouse', { params: { warehouse }, body: { name, kind: 'own', ...ZONE } });
  for (const [channel, name] of [...Object.values(GROUPS), ...Object.values(CATEGORIES)]) {
    const body = { name, currency: 'USD', ...ZONE, warehouses: [SHELF] };
    await client.must('putSalesChannel', { params: { channel }, body });
  }
  for (const { id, name } of data.suppliers) {
    const leads = data.products.filter(({ supplier }) => supplier === id).map(({ leadDays }) => leadDays);
    const leadDays = leads.length === 0 ? USUAL_LEAD_DAYS : Math.max(...leads);
    const body = { name, currency: 'USD', ...ZONE, leadDays };
    await client.must('putSupplier', { params: { supplier: supplierCode(id) }, body });
  }
  const cost = costs(data);
  await inFlight(data.products, MAKING_IN_FLIGHT, (each) =>
    makeProduct(client, each, cost.get(each.id) ?? 0),
  );
  const lines = [...plan.opening].map(([sku, units]) => ({ sku, units }));
  if (lines.length > 0)
    await client.must('receiveStock', { body: { reference: 'opening', warehouse: SHELF, lines } });
}
