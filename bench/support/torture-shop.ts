/** The small shop in which clients fight: warehouses, one channel over them, products made as they are needed. */
import type { z } from 'zod';
import type { policy } from '../../src/contract/catalog.ts';
import type { PlacedOrder } from '../../src/contract/order-views.ts';
import type { Arena } from './arena.ts';

export type PolicyInput = z.input<typeof policy>;

export interface TortureShop {
  readonly channel: string;
  readonly warehouses: readonly string[];
}

export interface Wish {
  readonly channel: string;
  readonly sku: string;
  readonly quantity?: number;
  readonly customer?: string;
}

const TIME_ZONE = 'Europe/Amsterdam';

export async function openTortureShop(
  arena: Arena,
  warehouseCount: number,
  acceptance: 'strict' | 'accept_always' = 'strict',
): Promise<TortureShop> {
  const warehouses = Array.from({ length: warehouseCount }, () => arena.fresh('W'));
  for (const warehouse of warehouses) {
    const body = { name: warehouse, kind: 'own', timeZone: TIME_ZONE } as const;
    await arena.must('putWarehouse', { params: { warehouse }, body });
  }
  const channel = arena.fresh('C');
  const body = { name: channel, currency: 'EUR', timeZone: TIME_ZONE, acceptance, warehouses };
  await arena.must('putSalesChannel', { params: { channel }, body });
  return { channel, warehouses };
}

/** A new product; its SKU. */
export async function putProduct(arena: Arena, policyInput: PolicyInput): Promise<string> {
  const sku = arena.fresh('P');
  await arena.must('putProduct', { params: { sku }, body: { name: sku, policy: policyInput } });
  return sku;
}

export async function receive(
  arena: Arena,
  warehouse: string,
  lines: Readonly<Record<string, number>>,
): Promise<void> {
  const body = {
    reference: arena.fresh('receipt'),
    warehouse,
    lines: Object.entries(lines).map(([sku, units]) => ({ sku, units })),
  };
  await arena.must('receiveStock', { body });
}

/** Places an order of one item; undefined when it was refused by the policy. */
export async function placeOne(arena: Arena, wish: Wish): Promise<PlacedOrder | undefined> {
  const { channel, sku, quantity = 1, customer = null } = wish;
  const body = { channel, number: arena.fresh('order'), customer, items: [{ sku, quantity }] };
  return await arena.expect('placeOrder', { body }, ['order_refused']);
}

/** Units of one bucket over all items of orders. */
export function unitsIn(
  bucket: 'allocated' | 'backordered' | 'preordered' | 'unfillable',
  orders: readonly (PlacedOrder | undefined)[],
): number {
  return orders.reduce(
    (sum, order) => sum + (order?.items.reduce((units, item) => units + item.quantities[bucket], 0) ?? 0),
    0,
  );
}
