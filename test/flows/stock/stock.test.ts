/**
 * Stock documents: each way in which stock becomes free serves the queue, each way in which it goes takes from the
 * end of the queue and never from what is picked, and a document happens with all of its lines or not at all.
 */
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();

describe('who waits is served by', () => {
  const ways: Record<string, (shop: Shop) => Promise<unknown>> = {
    'a receipt': (shop) => shop.receive(2),
    'a return': (shop) => shop.returned(2),
    'a correction': (shop) => shop.adjust(2),
    'a count': (shop) => shop.count(2),
    'a transfer from a warehouse that does not serve the channel': async (shop) => {
      await shop.putWarehouse('W9');
      await shop.receive(2, { warehouse: 'W9' });
      expect(await shop.queue()).toHaveLength(1);
      await shop.transfer(2, { from: 'W9', to: 'W2' });
    },
    'a warehouse switched on': async (shop) => {
      await shop.putWarehouse('W1', { enabled: false });
      await shop.receive(2);
      expect(await shop.queue()).toHaveLength(1);
      await shop.putWarehouse('W1', { enabled: true });
    },
    "a warehouse added to the channel's list": async (shop) => {
      await shop.putWarehouse('W3');
      await shop.receive(2, { warehouse: 'W3' });
      expect(await shop.queue()).toHaveLength(1);
      await shop.putChannel('G', { warehouses: ['W1', 'W2', 'W3'] });
    },
    'an external warehouse whose stock is no longer managed': async (shop) => {
      await shop.putWarehouse('X', { kind: 'external' });
      await shop.putChannel('G', { warehouses: ['W1', 'X'] });
      expect(await shop.queue()).toHaveLength(1);
      await shop.putWarehouse('X', { kind: 'external', stock: 'unmanaged' });
    },
  };
  it.each(Object.entries(ways))('%s', async (_, way) => {
    const shop = await openShop(server(), { policy: BACKORDER });
    const order = await shop.place(2);
    await way(shop);
    expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 2 });
    expect(await shop.queue()).toEqual([]);
  });
});

describe('less on hand than allocated', () => {
  const ways: Record<string, (shop: Shop) => Promise<unknown>> = {
    'after a count': (shop) => shop.count(1),
    'after damage': (shop) => shop.damage(2),
    'after a correction': (shop) => shop.adjust(-2),
  };

  it.each(Object.entries(ways))('%s takes back from the end of the queue', async (_, way) => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const first = await shop.place(2);
    const last = await shop.place(1);
    await way(shop);
    expect(await shop.units(first)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
    expect(await shop.units(last)).toEqual({ ordered: 1, backordered: 1 });
    expect(await shop.queue()).toEqual([first, last]);
    expect(await shop.level()).toEqual({ onHand: 1, allocated: 1, available: 0 });
  });

  it.each(Object.entries(ways))('%s never takes picked units', async (_, way) => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const first = await shop.place(2);
    const last = await shop.place(1);
    await shop.pick(last, 1);
    await way(shop);
    expect(await shop.units(last)).toEqual({ ordered: 1, allocated: 1 });
    expect(await shop.units(first)).toEqual({ ordered: 2, backordered: 2 });
  });

  it.each(Object.entries(ways))('%s below what is picked is refused', async (_, way) => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const order = await shop.place(3);
    await shop.pick(order, 2);
    expect(await refusal(way(shop))).toMatchObject({ code: 'below_picked' });
    expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
    expect(await shop.level()).toEqual({ onHand: 3, allocated: 3, available: 0 });
  });

  it('takes back what another warehouse can serve at once', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2, W2: 1 } });
    const order = await shop.place(2);
    await shop.count(0);
    expect(await shop.allocations(order)).toEqual({ W2: 1 });
    expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  });

  it('takes free units before any allocation', async () => {
    const shop = await openShop(server(), { stock: { W1: 5 } });
    const order = await shop.place(2);
    const document = await shop.count(2);
    expect(document.lines).toMatchObject([
      { change: -3, onHand: 2, allocated: 2, available: 0, takenBack: [] },
    ]);
    expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 2 });
  });
});

describe('a document that asks too much', () => {
  it.each(['damage', 'adjust'] as const)('%s: more than is on hand is refused', async (kind) => {
    const shop = await openShop(server(), { stock: { W1: 2 } });
    const act = kind === 'damage' ? shop.damage(3) : shop.adjust(-3);
    expect(await refusal(act)).toMatchObject({ code: 'too_many_units' });
    expect(await shop.level()).toEqual({ onHand: 2, allocated: 0, available: 2 });
  });

  it('a transfer moves available units only', async () => {
    const shop = await openShop(server(), { stock: { W1: 5 } });
    const order = await shop.place(3);
    const way = { from: 'W1', to: 'W2' };
    expect(await refusal(shop.transfer(3, way))).toMatchObject({ code: 'insufficient_available' });
    await shop.transfer(2, way);
    expect(await shop.level('W1')).toEqual({ onHand: 3, allocated: 3, available: 0 });
    expect(await shop.level('W2')).toEqual({ onHand: 2, allocated: 0, available: 2 });
    expect(await shop.allocations(order)).toEqual({ W1: 3 });
    expect((await shop.ledger('W1')).at(-1)).toMatchObject({ kind: 'transfer_out', units: -2, balance: 3 });
    expect((await shop.ledger('W2')).at(-1)).toMatchObject({ kind: 'transfer_in', units: 2, balance: 2 });
  });

  it('happens with all of its lines or not at all', async () => {
    const shop = await openShop(server(), { products: { Q: {} }, stock: { W1: 5 } });
    const lines = [
      { sku: shop.name('P'), units: 1 },
      { sku: shop.name('Q'), units: 1 },
    ];
    const body = { reference: 'broken-1', warehouse: shop.name('W1'), reason: 'rain', lines };
    const refused = await server().client.call('damageStock', { body });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'too_many_units' } });
    expect(await shop.level()).toEqual({ onHand: 5, allocated: 0, available: 5 });
    await shop.receive(1, { sku: 'Q' });
    await server().client.must('damageStock', { body });
    expect(await shop.level()).toEqual({ onHand: 4, allocated: 0, available: 4 });
  });

  it('is refused for what is not known', async () => {
    const shop = await openShop(server());
    expect(await refusal(shop.receive(1, { warehouse: 'nowhere' }))).toMatchObject({
      code: 'unknown_warehouse',
    });
    expect(await refusal(shop.receive(1, { sku: 'nothing' }))).toMatchObject({ code: 'unknown_sku' });
  });
});

it('the ledger is numbered 1, 2, 3 … and its balances add up to what is on hand', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  await shop.receive(5);
  const order = await shop.place(2);
  await shop.ship(order, 1);
  await shop.adjust(-1);
  await shop.damage(1);
  await shop.count(2);
  await shop.returned(3);
  await shop.transfer(2, { from: 'W1', to: 'W2' });
  const ledger = await shop.ledger();
  expect(ledger.map(({ kind, units, balance }) => [kind, units, balance])).toEqual([
    ['receive', 5, 5],
    ['ship', -1, 4],
    ['adjust', -1, 3],
    ['damage', -1, 2],
    ['count', 0, 2],
    ['return', 3, 5],
    ['transfer_out', -2, 3],
  ]);
  expect(ledger.map((movement) => movement.number)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await shop.level()).toEqual({ onHand: 3, allocated: 1, available: 2 });
});

describe('a warehouse', () => {
  it('switched off gives nothing new and keeps and ships what it gave', async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
    const before = await shop.place(1);
    await shop.putWarehouse('W1', { enabled: false });
    const after = await shop.place(1);
    expect(await shop.units(after)).toEqual({ ordered: 1, backordered: 1 });
    expect(await shop.allocations(before)).toEqual({ W1: 1 });
    await shop.ship(before, 1);
    expect(await shop.level()).toEqual({ onHand: 2, allocated: 0, available: 2 });
  });

  it("taken from the channel's list gives nothing new; the order of the list is the preference", async () => {
    const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 2, W2: 2 } });
    await shop.putChannel('G', { warehouses: ['W2', 'W1'] });
    expect(await shop.allocations(await shop.place(3))).toEqual({ W1: 1, W2: 2 });
    await shop.putChannel('G', { warehouses: ['W2'] });
    expect(await shop.units(await shop.place(1))).toEqual({ ordered: 1, backordered: 1 });
  });

  it('with stock on hand cannot become one without', async () => {
    const shop = await openShop(server(), { stock: { W1: 1 } });
    const act = shop.putWarehouse('W1', { kind: 'external', stock: 'unmanaged' });
    expect(await refusal(act)).toMatchObject({ code: 'warehouse_in_use' });
    expect(await shop.level()).toEqual({ onHand: 1, allocated: 0, available: 1 });
  });
});

it('a disabled channel refuses new orders, and its waiting items go on being served', async () => {
  const shop = await openShop(server(), { policy: BACKORDER });
  const order = await shop.place(2);
  await shop.putChannel('G', { enabled: false });
  expect(await refusal(shop.place(1))).toMatchObject({ code: 'channel_disabled' });
  await shop.receive(2);
  expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 2 });
});

it('two channels on one stock see one number and one queue', async () => {
  const shop = await openShop(server(), { policy: BACKORDER, stock: { W1: 3 } });
  await shop.putChannel('H', { warehouses: ['W1'] });
  await shop.place({ channel: 'G', items: [{ quantity: 2 }] });
  const second = await shop.place({ channel: 'H', items: [{ quantity: 2 }] });
  const third = await shop.place({ channel: 'G', items: [{ quantity: 1 }] });
  expect(await shop.units(second)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  expect(await shop.queue()).toEqual([second, third]);
  await shop.receive(1, { warehouse: 'W2' });
  expect(await shop.units(second)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
  expect(await shop.units(third)).toEqual({ ordered: 1, allocated: 1 });
});
