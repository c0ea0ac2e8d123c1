/**
 * The database's clock decides, never a node's (law L9): two nodes whose own clocks are two days ahead and two days behind
 * neither ship a pre-order early nor keep a released one back, and take orders as any other node would.
 */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/contract/call.ts';
import { type ChildNode, startChildNode } from '../../support/child-node.ts';
import { useTestServer } from '../../support/server.ts';
import { openShop, preorder, refusal, type Shop } from '../../support/shop.ts';
import { wrongClock } from '../../support/wrong-clock.ts';

const DAY_MS = 86_400_000;
const START_MS = 120_000;

const server = useTestServer();
const nodes = new Map<string, ChildNode>();
const CLOCKS = [
  ['two days ahead', 2 * DAY_MS],
  ['two days behind', -2 * DAY_MS],
] as const;

beforeAll(async () => {
  for (const [name, shift] of CLOCKS) {
    const environment = { ...wrongClock(shift), ALLOT_FILL_WORKER: 'off', ALLOT_REPORT_STORE: 'off' };
    nodes.set(name, await startChildNode(server().databaseUrl, environment));
  }
}, START_MS);

afterAll(async () => {
  for (const node of nodes.values()) await node.kill();
});

/** A day from now by the database's clock, which the tests share; behind when negative. */
function release(days: number) {
  return { at: new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 16), timeZone: 'UTC' };
}

function ship(client: Client, shop: Shop, { id, reference }: { id: number; reference: string }) {
  const body = { reference, warehouse: shop.name('W1'), items: [{ line: 1, units: 1 }] };
  return client.must('shipItems', { params: { orderId: id }, body });
}

describe.each(CLOCKS)('a node whose clock is %s', (name, shift) => {
  function client(): Client {
    const node = nodes.get(name);
    if (node === undefined) throw new Error('the node runs only while tests do');
    return node.client;
  }

  it('is told the wrong time by JavaScript', () => {
    const environment = { ...process.env, ...wrongClock(shift) };
    const asked = ['-p', 'Math.min(Date.now(), new Date().getTime(), +new Date())'];
    const told = Number(execFileSync(process.execPath, asked, { env: environment, encoding: 'utf8' }));
    expect(Math.abs(told - Date.now() - shift)).toBeLessThan(DAY_MS / 2);
  });

  it('ships a pre-order from its release on, and not before', async () => {
    const shop = await openShop(server(), { policy: preorder({}, release(1)), stock: { W1: 2 } });
    const placed = await client().must('placeOrder', {
      body: {
        channel: shop.name('G'),
        number: shop.name('early'),
        items: [{ sku: shop.name('P'), quantity: 5 }],
      },
    });
    await shop.receive(3);
    expect(await shop.units(placed.id)).toEqual({ ordered: 5, allocated: 5 });
    const early = await refusal(ship(client(), shop, { id: placed.id, reference: `early${shift}` }));
    expect(early).toMatchObject({ code: 'not_released' });

    await shop.putProduct('P', preorder({}, release(-1)));
    await ship(client(), shop, { id: placed.id, reference: `released${shift}` });
    expect(await shop.units(placed.id)).toEqual({ ordered: 5, allocated: 4, shipped: 1 });
    const [shipment] = (await shop.order(placed.id)).shipments;
    expect(Math.abs(Date.parse(shipment?.shippedAt ?? '') - Date.now())).toBeLessThan(DAY_MS / 2);
  });

  it('lets units wait as pre-orders until the release, and as nothing afterwards', async () => {
    const shop = await openShop(server(), { policy: preorder({}, release(1)) });
    const order = (number: string) => ({
      body: {
        channel: shop.name('G'),
        number: shop.name(number),
        items: [{ sku: shop.name('P'), quantity: 1 }],
      },
    });
    const before = await client().must('placeOrder', order('before'));
    expect(await shop.units(before.id)).toEqual({ ordered: 1, preordered: 1 });
    await shop.putProduct('P', preorder({}, release(-1)));
    const after = await refusal(client().must('placeOrder', order('after')));
    expect(after).toMatchObject({ code: 'order_refused' });
  });
});
