/**
 * What a node keeps of policies, products and configuration decides what ships and what is refused. A decision ends by what
 * it began with, whatever others read or forget meanwhile; a copy never goes back; what was undone leaves nothing behind.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp, ProductIds } from '../../../src/app/frame/app.ts';
import { configurationNow } from '../../../src/app/frame/change-configuration.ts';
import { enter } from '../../../src/app/frame/gate.ts';
import { openReader } from '../../../src/app/frame/reader.ts';
import type { ChannelId, ProductId } from '../../../src/core/kernel/ids.ts';
import { type PolicyInput, putPolicyRow } from '../../../src/db/catalog/catalog.ts';
import { raiseConfigurationVersion, setPromiseSettings } from '../../../src/db/catalog/configuration.ts';
import type { PolicyLookup } from '../../../src/db/catalog/policies.ts';
import { PolicyCache, raisePolicyVersion } from '../../../src/db/catalog/policies.ts';
import { ProductFactsCache } from '../../../src/db/catalog/product-facts.ts';
import { inTransaction, onSnapshot, openDatabase, type Tx } from '../../../src/db/database.ts';
import { readClock } from '../../../src/db/gate/clock.ts';
import { ownConfiguration } from '../../../src/db/gate/configuration-lock.ts';
import { useTestServer } from '../../support/server.ts';
import { openShop } from '../../support/shop.ts';

const server = useTestServer();
const ANY_CHANNEL = 1 as ChannelId;
/** Products a node keeps in these tests: fewer than one decision needs. */
const FEW = 4;
const FAR = '2099-01-01T00:00:00.000Z';

let app: App;

beforeAll(() => {
  const db = openDatabase({ url: server().databaseUrl, connections: 4 });
  app = {
    ...createApp(db, () => undefined),
    policies: new PolicyCache(FEW),
    productFacts: new ProductFactsCache(FEW),
  };
});

afterAll(async () => {
  await app.db.destroy();
});

function policyReleasedOn(at: string): PolicyInput {
  const limits = {
    perOrder: null,
    perCustomer: null,
    perChannel: null,
    perProduct: null,
    upToIncoming: false,
  };
  return {
    backorder: { allowed: false, until: null, limits },
    preorder: { allowed: true, limits },
    release: { at, timeZone: 'UTC' },
  };
}

/** Ten products of which each may be pre-ordered until 2099. */
async function productsOf2099(): Promise<ProductId[]> {
  const preorder = { preorder: { allowed: true }, release: { at: '2099-01-01', timeZone: 'UTC' } };
  const names = Array.from({ length: 10 }, (_, index) => `N${index}`);
  const shop = await openShop(server(), {
    products: Object.fromEntries(names.map((name) => [name, preorder])),
  });
  const ids = await app.productIds.find(names.map((name) => shop.name(name)));
  expect(ids.size).toBe(names.length);
  return [...ids.values()].sort((a, b) => a - b);
}

/** Releases as a decision sees them. */
function releases(policy: PolicyLookup, products: readonly ProductId[]): (string | null)[] {
  return products.map((product) => {
    const { releaseAt } = policy(product, ANY_CHANNEL);
    return releaseAt === null ? null : new Date(releaseAt).toISOString();
  });
}

async function changePolicy(tx: Tx, product: ProductId, at: string): Promise<void> {
  await putPolicyRow(tx, { product, channel: null }, policyReleasedOn(at));
  await raisePolicyVersion(tx, product);
}

/** A promise with the means to keep it. */
function signal(): { readonly came: Promise<void>; readonly give: () => void } {
  let give: () => void = () => undefined;
  const came = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { came, give };
}

const UNDONE = new Error('undone on purpose');

/** Runs `story` and undoes it. */
async function undone(story: (tx: Tx) => Promise<void>): Promise<void> {
  const ran = inTransaction(app.db, async (tx) => {
    await story(tx);
    throw UNDONE;
  });
  await expect(ran).rejects.toBe(UNDONE);
}

describe('a decision', () => {
  it('knows the policy of each of its products, though they are more than a node keeps', async () => {
    const products = await productsOf2099();
    await inTransaction(app.db, (tx) => enter(app, tx, { about: products.slice(0, 3) }));
    const seen = await inTransaction(app.db, async (tx) => {
      const gate = await enter(app, tx, { about: products });
      return releases(gate.world.policy, products);
    });
    expect(seen).toEqual(products.map(() => FAR));
  });

  it('keeps its policies while others look at so many products that a node forgets', async () => {
    const products = await productsOf2099();
    const held = products.slice(0, 2);
    const seen = await inTransaction(app.db, async (tx) => {
      const gate = await enter(app, tx, { about: held });
      for (const other of products.slice(2))
        await onSnapshot(app.db, (reader) => openReader(app, reader, [other]));
      return releases(gate.world.policy, held);
    });
    expect(seen).toEqual(held.map(() => FAR));
  });

  it('keeps its policies while a reader on an older snapshot looks at them', async () => {
    const [product = 0 as ProductId] = await productsOf2099();
    await inTransaction(app.db, (tx) => changePolicy(tx, product, '2020-01-01'));
    const [began, entered, read] = [signal(), signal(), signal()];
    const reader = onSnapshot(app.db, async (tx) => {
      await readClock(tx);
      began.give();
      await entered.came;
      const { policy } = await openReader(app, tx, [product]);
      read.give();
      return releases(policy, [product]);
    });
    await began.came;
    await inTransaction(app.db, (tx) => changePolicy(tx, product, '2099-01-01'));
    const seen = await inTransaction(app.db, async (tx) => {
      const { world } = await enter(app, tx, { about: [product] });
      const before = releases(world.policy, [product]);
      entered.give();
      await read.came;
      return [before, releases(world.policy, [product])];
    });
    expect(seen).toEqual([[FAR], [FAR]]);
    expect(await reader).toEqual(['2020-01-01T00:00:00.000Z']);
  });

  it('fails rather than decide about a product that was not read', async () => {
    const [product = 0 as ProductId, other = 0 as ProductId] = await productsOf2099();
    const gate = await inTransaction(app.db, (tx) => enter(app, tx, { about: [product] }));
    expect(() => gate.world.policy(other, ANY_CHANNEL)).toThrow(/read before they are asked for/);
    const facts = await inTransaction(app.db, (tx) =>
      app.productFacts.at(tx, [{ product, policyVersion: 1 }]),
    );
    expect(() => facts(other)).toThrow(/read before they are asked for/);
  });
});

describe('what was undone', () => {
  it('leaves no policy behind, though the next change has the same version', async () => {
    const [product = 0 as ProductId] = await productsOf2099();
    await undone(async (tx) => {
      await changePolicy(tx, product, '2020-01-01');
      const { world } = await enter(app, tx, { about: [product] });
      expect(releases(world.policy, [product])).toEqual(['2020-01-01T00:00:00.000Z']);
    });
    await inTransaction(app.db, (tx) => changePolicy(tx, product, '2050-01-01'));
    const gate = await inTransaction(app.db, (tx) => enter(app, tx, { about: [product] }));
    expect(releases(gate.world.policy, [product])).toEqual(['2050-01-01T00:00:00.000Z']);
  });

  it('leaves no configuration behind, though the next change has the same version', async () => {
    async function changeQuietDays(tx: Tx, quietDays: number): Promise<void> {
      await ownConfiguration(tx);
      await setPromiseSettings(tx, { promiseConfidence: 80, quietDays });
      await raiseConfigurationVersion(tx);
    }
    await undone(async (tx) => {
      await changeQuietDays(tx, 7);
      expect((await configurationNow(app, tx)).quietDays).toBe(7);
    });
    await inTransaction(app.db, (tx) => changeQuietDays(tx, 9));
    const { quietDays } = await inTransaction(app.db, (tx) => configurationNow(app, tx));
    expect(quietDays).toBe(9);
  });
});

it('SKUs are found, though they are more than a node remembers', async () => {
  const shop = await openShop(server(), { products: { A: {}, B: {}, C: {}, D: {}, E: {} } });
  const skus = ['A', 'B', 'C', 'D', 'E'].map((name) => shop.name(name));
  const ids = new ProductIds(app.db, FEW);
  await ids.find(skus.slice(0, 3));
  for (let round = 0; round < 3; round++) expect([...(await ids.find(skus)).keys()].sort()).toEqual(skus);
});
