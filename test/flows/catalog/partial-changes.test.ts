/**
 * Part of a product, policy, supplier, warehouse or channel is changed without saying the rest: what is not named stays, null
 * clears, and the whole must still be valid.
 */
import { expect, it } from 'vitest';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, refusal } from '../../support/shop.ts';

const server = useTestServer();
const RELEASE = { at: '2031-01-01', timeZone: 'Europe/Amsterdam' };

async function shopWithGame() {
  const shop = await openShop(server());
  const sku = shop.name('GAME');
  const { client } = server();
  const policy = { preorder: { allowed: true, limits: { perOrder: 3 } }, release: RELEASE };
  await client.must('putProduct', {
    params: { sku },
    body: { name: 'Game', tags: ['disc'], weightGrams: 90, policy },
  });
  const patch = (body: object) => client.must('patchProduct', { params: { sku }, body: body as never });
  return { shop, sku, client, patch };
}

it('a new name leaves release, policy, tags and weight as they are', async () => {
  const { patch } = await shopWithGame();
  expect(await patch({ name: 'Game deluxe' })).toMatchObject({
    name: 'Game deluxe',
    tags: ['disc'],
    weightGrams: 90,
    policy: { preorder: { allowed: true, limits: { perOrder: 3, perChannel: null } }, release: RELEASE },
  });
});

it('null clears, a list is replaced whole, an object member by member', async () => {
  const { patch } = await shopWithGame();
  const policy = { preorder: { limits: { perCustomer: 2 } } };
  expect(await patch({ weightGrams: null, tags: ['box', 'new'], policy })).toMatchObject({
    weightGrams: null,
    tags: ['box', 'new'],
    policy: { preorder: { allowed: true, limits: { perOrder: 3, perCustomer: 2 } }, release: RELEASE },
  });
});

it('what would leave the whole invalid is refused by field, and nothing is changed', async () => {
  const { patch, client, sku } = await shopWithGame();
  const refused = await refusal(patch({ name: 'Other', policy: { release: null } }));
  expect(refused).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(refused.detail).toContain('policy.release: a release is needed where pre-orders are allowed');
  expect(await client.must('getProduct', { params: { sku } })).toMatchObject({
    name: 'Game',
    policy: { release: RELEASE },
  });
});

it('a member that nobody knows, and a patch of nothing, are refused', async () => {
  const { patch } = await shopWithGame();
  expect(await refusal(patch({ colour: 'red' }))).toMatchObject({ status: 400 });
  expect(await refusal(patch({}))).toMatchObject({ status: 400 });
});

it('what does not exist is not made', async () => {
  const { client, shop } = await shopWithGame();
  const params = { sku: shop.name('NONE') };
  expect(await client.call('patchProduct', { params, body: { name: 'x' } })).toMatchObject({ status: 404 });
});

it('a disabled supplier and warehouse stay disabled when something else of them is changed', async () => {
  const { client, shop } = await shopWithGame();
  await shop.supply.putSupplier('S', { enabled: false });
  const supplier = { supplier: shop.name('S') };
  expect(await client.must('patchSupplier', { params: supplier, body: { leadDays: 9 } })).toMatchObject({
    leadDays: 9,
    enabled: false,
  });
  const params = { warehouse: shop.name('W1') };
  await client.must('patchWarehouse', { params, body: { enabled: false } });
  expect(await client.must('patchWarehouse', { params, body: { name: 'Hall' } })).toMatchObject({
    name: 'Hall',
    enabled: false,
  });
  const channel = { channel: shop.name('G') };
  await client.must('patchSalesChannel', { params: channel, body: { shipping: 'complete' } });
  expect(await client.must('patchSalesChannel', { params: channel, body: { name: 'Shop' } })).toMatchObject({
    name: 'Shop',
    shipping: 'complete',
  });
});

it("a channel without a policy of its own begins from the product's", async () => {
  const { client, shop, sku } = await shopWithGame();
  const params = { sku, channel: shop.name('G') };
  const { channelPolicies } = await client.must('patchChannelPolicy', {
    params,
    body: { preorder: { limits: { perOrder: 1 } } },
  });
  expect(channelPolicies).toMatchObject([
    {
      channel: shop.name('G'),
      policy: { preorder: { allowed: true, limits: { perOrder: 1 } }, release: RELEASE },
    },
  ]);
  await shop.putChannelPolicy('GAME', 'G', BACKORDER);
  const again = await client.must('patchChannelPolicy', {
    params,
    body: { backorder: { until: '2031-01-01' } },
  });
  expect(again.channelPolicies[0]?.policy).toMatchObject({
    backorder: { allowed: true, until: '2031-01-01' },
    preorder: { allowed: false },
  });
});

it('terms of a supplier keep what is not named', async () => {
  const { client, shop, sku } = await shopWithGame();
  await shop.supply.putSupplier();
  const params = { supplier: shop.name('S'), sku };
  expect(await client.call('patchSupplierProduct', { params, body: { unitPrice: 5 } })).toMatchObject({
    status: 404,
  });
  await client.must('putSupplierProduct', { params, body: { packSize: 6, unitPrice: 100 } });
  expect(await client.must('patchSupplierProduct', { params, body: { unitPrice: 120 } })).toMatchObject({
    packSize: 6,
    unitPrice: 120,
  });
});

it('two people who change different members at once both have their change', async () => {
  const { client, shop } = await shopWithGame();
  await shop.supply.putSupplier('S', { leadDays: 1 });
  const params = { supplier: shop.name('S') };
  for (let round = 2; round < 12; round++) {
    await Promise.all([
      client.must('patchSupplier', { params, body: { leadDays: round } }),
      client.must('patchSupplier', { params, body: { overReceiptPercent: round } }),
    ]);
    expect(await client.must('getSupplier', { params })).toMatchObject({
      leadDays: round,
      overReceiptPercent: round,
    });
  }
});
