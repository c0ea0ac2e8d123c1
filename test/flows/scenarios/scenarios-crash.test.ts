/**
 * Acceptance scenario 20, with real processes: the node is killed right after it answered the receipt. Its fill worker is
 * switched off, so that the fill is owed for sure when it dies. The next node is asked for nothing but reads.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChildNode, startChildNode } from '../../support/child-node.ts';
import { createDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { settled } from '../../support/settled.ts';
import { BACKORDER } from '../../support/shop.ts';
import { actsOf } from '../../support/shop-acts.ts';
import { catalogOf } from '../../support/shop-catalog.ts';

const TIMEOUT_MS = 180_000;
const nodes: ChildNode[] = [];
let database: Awaited<ReturnType<typeof createDatabase>> | undefined;

beforeAll(async () => {
  database = await createDatabase();
}, TIMEOUT_MS);
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await database?.drop();
}, TIMEOUT_MS);

async function start(environment: Record<string, string> = {}): Promise<ChildNode> {
  const node = await startChildNode(database?.url ?? '', environment);
  nodes.push(node);
  return node;
}

it('20. Kill the process right after a receipt is accepted; start again → the waiting items are filled without anyone asking', {
  timeout: TIMEOUT_MS,
}, async () => {
  const first = await start({ ALLOT_FILL_WORKER: 'off' });
  const catalog = catalogOf(first.client, '');
  const shop = actsOf(first.client, catalog);
  await catalog.putWarehouse('W1');
  await catalog.putChannel('G', { warehouses: ['W1'] });
  await catalog.putProduct('P', BACKORDER);
  const older = await shop.place(5);
  const newer = await shop.place(3);
  const receipt = { reference: 'DN-1', warehouse: 'W1', lines: [{ sku: 'P', units: 6 }] };
  const accepted = await first.client.call('receiveStock', { body: receipt });
  expect(accepted).toMatchObject({ ok: true, status: 201 });
  const owed = await first.client.must('getOrder', { params: { orderId: older } });
  expect(owed.items[0]?.quantities).toMatchObject({ allocated: 0, backordered: 5 });
  await first.kill();

  const second = await start();
  const filled = await eventually('the waiting items are filled', async () => {
    const order = await second.client.must('getOrder', { params: { orderId: older } });
    return order.items[0]?.quantities.allocated === 5 ? order : undefined;
  });
  expect(filled.items[0]).toMatchObject({ quantities: { allocated: 5, backordered: 0 } });
  await settled(second.address);
  const behind = await second.client.must('getOrder', { params: { orderId: newer } });
  expect(behind.items[0]?.quantities).toMatchObject({ allocated: 1, backordered: 2 });
  const again = await second.client.call('receiveStock', { body: receipt });
  expect(again).toMatchObject({ ok: true, repeated: true });
  const { rows } = await second.client.must('listInventoryLevels', { query: { sku: 'P' } });
  expect(rows).toEqual([{ sku: 'P', warehouse: 'W1', onHand: 6, allocated: 6, available: 0 }]);
});
