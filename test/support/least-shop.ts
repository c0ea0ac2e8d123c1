/** The least shop that takes orders: channel C, warehouse W, product A, which may wait. */
import type { Client } from '../../src/contract/call.ts';

export async function openLeastShop(client: Client): Promise<void> {
  await client.must('putWarehouse', {
    params: { warehouse: 'W' },
    body: { name: 'W', kind: 'own', timeZone: 'UTC' },
  });
  await client.must('putSalesChannel', {
    params: { channel: 'C' },
    body: { name: 'C', currency: 'EUR', timeZone: 'UTC', warehouses: ['W'] },
  });
  const policy = { backorder: { allowed: true } };
  await client.must('putProduct', { params: { sku: 'A' }, body: { name: 'A', policy } });
}
