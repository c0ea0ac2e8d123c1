/** A shop with very many order items over two years, a tenth of which wait, placed through the API. */
import { startProgress } from '../../../src/cli/progress.ts';
import type { Client } from '../../../src/contract/call.ts';
import type { AnswerOf } from '../../../src/contract/operations.ts';
import { inCrowd } from '../../support/bounded.ts';
import { type Random, seededRandom } from '../../support/seeded-random.ts';

const ITEMS_OF_ORDER = 3;
const BULK = 200;
const CHANNELS = ['web', 'shop', 'amazon', 'bol', 'wholesale'];
const WAREHOUSES = ['north', 'south', 'west'];
const SUPPLIERS = 20;
const PURCHASE_ORDERS = 500;
/** Days over which orders are spread. */
const DAYS = 730;
const DAY_MS = 86_400_000;

export const skuOf = (index: number) => `SKU-${String(index).padStart(6, '0')}`;
export interface LargeShop {
  readonly items: number;
  readonly products: number;
  readonly seed: number;
  /** Whether what was allocated when it was ordered is shipped, too; not when absent. */
  readonly ships?: boolean;
}

interface Filling extends LargeShop {
  readonly client: Client;
  readonly random: Random;
}

/** Some products are asked for far more often than others. */
function anySku({ random, products }: Filling): string {
  return skuOf(Math.floor(random.next() ** 1.5 * products));
}

export async function fillLargeShop(client: Client, shop: LargeShop): Promise<void> {
  const filling = { ...shop, client, random: seededRandom(shop.seed) };
  const { products } = shop;
  for (const code of WAREHOUSES) {
    const body = { name: code, kind: 'own', timeZone: 'Europe/Amsterdam', country: 'NL' } as const;
    await client.must('putWarehouse', { params: { warehouse: code }, body });
  }
  for (const code of CHANNELS) {
    const body = { name: code, currency: 'EUR', timeZone: 'Europe/Amsterdam', warehouses: WAREHOUSES };
    await client.must('putSalesChannel', { params: { channel: code }, body });
  }
  for (let index = 0; index < SUPPLIERS; index++) {
    const body = { name: `Supplier ${index}`, currency: 'EUR', timeZone: 'Europe/Amsterdam', leadDays: 14 };
    await client.must('putSupplier', { params: { supplier: `S${index}` }, body });
  }
  const progress = startProgress({ label: 'products', total: products, unit: 'products' });
  await inCrowd(products, 16, async (index) => {
    const sku = skuOf(index);
    const body = { name: `Product ${index}`, policy: { backorder: { allowed: true } } };
    await client.must('putProduct', { params: { sku }, body });
    await client.must('putSupplierProduct', {
      params: { supplier: `S${index % SUPPLIERS}`, sku },
      body: { unitPrice: 500 },
    });
    progress.advance();
  });
  progress.finish();
  await receive(filling);
  await placeAll(filling);
  await buy(filling);
}

async function receive({ client, items, products }: Filling): Promise<void> {
  const documents = Math.ceil(products / BULK) * WAREHOUSES.length;
  await inCrowd(documents, 4, async (index) => {
    const first = Math.floor(index / WAREHOUSES.length) * BULK;
    const lines = Array.from({ length: Math.min(BULK, products - first) }, (_, at) => {
      const units = Math.max(1, Math.round(demandOf(first + at, { items, products }) * 0.3));
      return { sku: skuOf(first + at), units };
    });
    const warehouse = WAREHOUSES[index % WAREHOUSES.length] ?? '';
    await client.must('receiveStock', { body: { reference: `R-${index}`, warehouse, lines } });
  });
}

/** Expected units of a product: the density of anySku. Nine tenths of it are there. */
function demandOf(index: number, { items, products }: Pick<LargeShop, 'items' | 'products'>): number {
  const share = (index + 0.5) / products;
  const unitsOfProduct = (items * 2) / products;
  return (unitsOfProduct / 1.5) * share ** (1 / 1.5 - 1);
}

async function placeAll(filling: Filling): Promise<void> {
  const { client, random, items } = filling;
  const orders = Math.ceil(items / ITEMS_OF_ORDER);
  const progress = startProgress({ label: 'orders', total: orders, unit: 'orders' });
  const begin = Date.now() - DAYS * DAY_MS;
  const toShip: Parcel[] = [];
  await inCrowd(Math.ceil(orders / BULK), 3, async (bulk) => {
    const first = bulk * BULK;
    const count = Math.min(BULK, orders - first);
    const body = {
      orders: Array.from({ length: count }, (_, at) => ({
        channel: random.pick(CHANNELS),
        number: `O-${first + at}`,
        customer: `c${random.between(1, 100_000)}`,
        placedAt: new Date(begin + ((first + at) / orders) * DAYS * DAY_MS).toISOString(),
        items: Array.from({ length: ITEMS_OF_ORDER }, () => ({
          sku: anySku(filling),
          quantity: random.between(1, 3),
          unitPrice: 995,
        })),
      })),
    };
    const { results } = await client.must('placeOrders', { body });
    if (filling.ships) toShip.push(...results.flatMap(parcelsOf));
    progress.advance(count);
  });
  progress.finish();
  await ship(filling, toShip);
}

interface Parcel {
  readonly order: number;
  readonly warehouse: string;
  readonly items: readonly { readonly line: number; readonly units: number }[];
}

type Placed = AnswerOf<'placeOrders'>['results'][number];

/** What of an order leaves in one piece from each warehouse. */
function parcelsOf(placed: Placed): Parcel[] {
  if (!('order' in placed)) return [];
  const { id, items } = placed.order;
  return WAREHOUSES.flatMap((warehouse) => {
    const there = items.flatMap(({ line, allocations }) =>
      allocations.filter((each) => each.warehouse === warehouse).map(({ units }) => ({ line, units })),
    );
    return there.length === 0 ? [] : [{ order: id, warehouse, items: there }];
  });
}

async function ship({ client }: Filling, parcels: readonly Parcel[]): Promise<void> {
  if (parcels.length === 0) return;
  const progress = startProgress({ label: 'shipments', total: parcels.length, unit: 'shipments' });
  await inCrowd(parcels.length, 16, async (index) => {
    const { order, warehouse, items } = parcels[index] ?? { order: 0, warehouse: '', items: [] };
    const body = { reference: `S-${index}`, warehouse, items: [...items] };
    await client.must('shipItems', { params: { orderId: order }, body });
    progress.advance();
  });
  progress.finish();
}

async function buy({ client, random, products }: Filling): Promise<void> {
  await inCrowd(PURCHASE_ORDERS, 8, async (index) => {
    const supplier = index % SUPPLIERS;
    const lines = Array.from({ length: 10 }, (_, at) => ({
      sku: skuOf((supplier + SUPPLIERS * (index + 37 * at)) % products),
      warehouse: random.pick(WAREHOUSES),
      quantity: 50,
      expectedOn: new Date(Date.now() + random.between(-5, 54) * DAY_MS).toISOString().slice(0, 10),
    }));
    const once = [...new Map(lines.map((line) => [line.sku, line])).values()];
    const params = { purchaseOrder: `P-${index}` };
    await client.must('putPurchaseOrder', { params, body: { supplier: `S${supplier}`, lines: once } });
    await client.must('sendPurchaseOrder', { params });
  });
}
