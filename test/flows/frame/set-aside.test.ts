/**
 * One bad thing does not stop all others: whatever fails about one product, at any statement of its fill, everybody else is
 * served and may act, and so may whoever acts on it without taking its stock. When the fault is gone it heals by itself.
 *
 * Faults are triggers that fail for one product, each on one table that a fill writes, and only where a fill writes it.
 */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../src/app/verify/verify.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';
import { settled } from '../../support/settled.ts';
import { openShop, refusal, type Shop } from '../../support/shop.ts';
import type { PolicyInput } from '../../support/shop-catalog.ts';
import { inDays } from '../../support/shop-supply.ts';

const server = useTestServer();
const POLICY: PolicyInput = { backorder: { allowed: true, limits: { perChannel: 1000 } } };

let database: pg.Client;
beforeAll(async () => {
  database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
  await database.query(`
    create function fail_on_purpose() returns trigger language plpgsql as $$
    begin
      if new.product_id = tg_argv[0]::int then raise exception 'broken on purpose'; end if;
      return new;
    end $$`);
});
afterAll(() => database.end());

interface Fault {
  readonly table: string;
  readonly on: 'insert' | 'update' | 'insert or update';
  /** When it fails; a fill does this and no other act of the test. */
  readonly when: string;
}

const FAULTS: readonly Fault[] = [
  { table: 'order_items', on: 'update', when: 'new.allocated > old.allocated' },
  { table: 'allocations', on: 'insert', when: 'new.open > 0' },
  { table: 'inventory_levels', on: 'update', when: 'new.allocated > old.allocated' },
  { table: 'item_events', on: 'insert', when: "new.cause = 'filled'" },
  { table: 'limit_counters', on: 'update', when: 'new.backordered < old.backordered' },
  {
    table: 'product_positions',
    on: 'update',
    when: 'old.fill_due_at is not null and new.fill_due_at is null',
  },
];

/** Breaks product P of the shop; answers with what mends it. */
async function breakProduct(shop: Shop, { table, on, when }: Fault): Promise<() => Promise<void>> {
  const found = await database.query<{ id: number }>('select id from products where sku = $1', [
    shop.name('P'),
  ]);
  await database.query(
    `create trigger broken before ${on} on ${table} for each row when (${when})
     execute function fail_on_purpose('${found.rows[0]?.id}')`,
  );
  return async () => {
    await database.query(`drop trigger broken on ${table}`);
  };
}

interface SetAside {
  readonly sku: string;
  readonly work: string;
  readonly attempts: number;
  readonly error: string;
}

async function readyNames(): Promise<readonly SetAside[]> {
  const response = await fetch(`${server().address}/health/ready`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { setAside?: SetAside[] }).setAside ?? [];
}

async function isSetAside(sku: string, work: string): Promise<true | undefined> {
  return (await readyNames()).some((each) => each.sku === sku && each.work === work) ? true : undefined;
}

async function isBack(sku: string): Promise<true | undefined> {
  return (await readyNames()).some((each) => each.sku === sku) ? undefined : true;
}

async function violations(): Promise<string[]> {
  const db = openDatabase({ url: server().databaseUrl, connections: 3 });
  try {
    const { checks } = await verify(db);
    return checks.filter((check) => check.violations > 0).flatMap(({ law, examples }) => [law, ...examples]);
  } finally {
    await db.destroy();
  }
}

/** P broken, Q well; of each some wait, and an order that is served as a whole waits for both. Then both arrive. */
async function brokenShop(fault: Fault) {
  const shop = await openShop(server(), { policy: POLICY, products: { Q: POLICY } });
  const first = await shop.place(1);
  const second = await shop.place(1);
  const well = await shop.place({ items: [{ sku: 'Q', quantity: 2 }] });
  const items = [
    { sku: 'P', quantity: 1 },
    { sku: 'Q', quantity: 1 },
  ];
  const tied = await shop.place({ shipping: 'complete', whenIncomplete: 'give_back', items });
  const mend = await breakProduct(shop, fault);
  const lines = [
    { sku: shop.name('P'), units: 4 },
    { sku: shop.name('Q'), units: 5 },
  ];
  const body = { reference: shop.name('both'), warehouse: shop.name('W1'), lines };
  await server().client.must('receiveStock', { body });
  await eventually('P is set aside', () => isSetAside(shop.name('P'), 'fill'));
  return { shop, first, second, well, tied, mend };
}
type BrokenShop = Awaited<ReturnType<typeof brokenShop>>;

async function othersActAsEver({ shop, well }: BrokenShop): Promise<void> {
  expect(await shop.units(well)).toEqual({ ordered: 2, allocated: 2 });
  const more = await shop.place({ items: [{ sku: 'Q', quantity: 1 }] });
  expect(await shop.units(more)).toEqual({ ordered: 1, allocated: 1 });
  await shop.change(more, { 1: 2 });
  await shop.cancel(more);
  await shop.count(6, { sku: 'Q' });
}

/** What needs no fill of P, and takes nothing of it. */
async function actsOnIt({ shop, first }: BrokenShop, { table }: Fault): Promise<void> {
  await shop.receive(1);
  await shop.putProduct('P', POLICY);
  await shop.putChannel('G', { name: 'Renamed' });
  await shop.putWarehouse('W2', { name: 'Renamed' });
  const cancelled = await shop.place({ items: [{ quantity: 1 }], hold: 'to be checked' });
  await shop.cancel(cancelled);
  // a hold writes the counters as a fill does
  if (table === 'limit_counters') return;
  await shop.hold(first);
  await shop.lift(first);
  expect(await shop.units(first)).toEqual({ ordered: 1, backordered: 1 });
}

/** Sends one order for P, the same each time, under a key. */
function placingUnderKey(shop: Shop): () => Promise<Response> {
  const body = JSON.stringify(shop.orderBody(1));
  const headers = { 'content-type': 'application/json', 'idempotency-key': shop.name('again') };
  return () => fetch(`${server().address}/v1/orders`, { method: 'POST', headers, body });
}

describe.each(FAULTS)('a product that cannot be filled ($table)', (fault) => {
  it('leaves all others served and free to act, and heals when the fault is gone', async () => {
    const broken = await brokenShop(fault);
    const { shop, first, second, tied, mend } = broken;
    const place = placingUnderKey(shop);
    try {
      await othersActAsEver(broken);
      await actsOnIt(broken, fault);
      // nobody overtakes who waits, and what was refused for now is not kept under its key
      const refused = await place();
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await refused.json()).toMatchObject({ code: 'product_set_aside', skus: [shop.name('P')] });
      expect(await refusal(shop.change(second, { 1: 2 }))).toMatchObject({ code: 'product_set_aside' });
      expect(await shop.units(tied)).toEqual({ ordered: 1, backordered: 1 });
      const found = await violations();
      expect(found).toContain('L11');
      expect(found.join('\n')).toContain(shop.name('P'));
    } finally {
      await mend();
    }
    await eventually('P is back', () => isBack(shop.name('P')));
    for (const each of [first, second, tied]) {
      expect(await shop.units(each)).toEqual({ ordered: 1, allocated: 1 });
    }
    expect((await place()).status).toBe(201);
    await settled(server().address);
    expect(await violations()).toEqual([]);
  });
});

it('a batch of orders of which one meets a broken product takes in the others', async () => {
  const shop = await openShop(server(), { policy: POLICY, products: { Q: POLICY } });
  await shop.place(1);
  const mend = await breakProduct(shop, {
    table: 'order_items',
    on: 'update',
    when: 'new.allocated > old.allocated',
  });
  await shop.receive(1);
  const orders = Array.from({ length: 40 }, (_, index) =>
    shop.orderBody({ items: [{ sku: index === 20 ? 'P' : 'Q', quantity: 1 }] }),
  );
  const { results } = await server().client.must('placeOrders', { body: { orders } });
  expect(results.filter(({ accepted }) => accepted)).toHaveLength(39);
  expect(results[20]).toMatchObject({ accepted: false, refusal: { code: 'product_set_aside' } });
  await mend();
  await eventually('P is back', () => isBack(shop.name('P')));
});

it('two products that fail only together are set aside together, and come back together', async () => {
  const shop = await openShop(server(), { policy: POLICY, products: { Q: POLICY } });
  const items = [
    { sku: 'P', quantity: 1 },
    { sku: 'Q', quantity: 1 },
  ];
  const tied = await shop.place({ shipping: 'complete', whenIncomplete: 'give_back', items });
  const other = await shop.place(1);
  const mend = await breakProduct(shop, {
    table: 'item_events',
    on: 'insert',
    when: `new.order_id = ${tied}`,
  });
  await shop.receive(1, { sku: 'Q' });
  await shop.receive(2);
  await eventually('P is set aside', () => isSetAside(shop.name('P'), 'fill'));
  await mend();
  await eventually('P is back', () => isBack(shop.name('P')));
  await eventually('Q is back', () => isBack(shop.name('Q')));
  expect(await shop.units(tied)).toEqual({ ordered: 1, allocated: 1 });
  expect(await shop.units(other)).toEqual({ ordered: 1, allocated: 1 });
});

it('pauses grow while a product fails', async () => {
  const shop = await openShop(server(), { policy: POLICY });
  await shop.place(1);
  const mend = await breakProduct(shop, {
    table: 'order_items',
    on: 'update',
    when: 'new.allocated > old.allocated',
  });
  await shop.receive(1);
  const attempts = (least: number) =>
    eventually(`attempt ${least}`, async () =>
      (await readyNames()).find((each) => each.sku === shop.name('P') && each.attempts >= least),
    );
  await attempts(1);
  const third = await attempts(3);
  expect(third.error).toContain('broken on purpose');
  const { rows } = await database.query<{ pause: number }>(
    'select extract(epoch from next_attempt_at - clock_timestamp())::float as pause from products_set_aside where attempts >= 3',
  );
  expect(rows[0]?.pause).toBeGreaterThan(1);
  await mend();
  await eventually('P is back', () => isBack(shop.name('P')));
});

it('customers of all other products are told what moved while those of one cannot be', async () => {
  const shop = await openShop(server(), { policy: POLICY, products: { Q: POLICY, R: POLICY } });
  await shop.supply.putSupplier();
  const skus = ['Q', 'P', 'R'];
  const orders = [];
  for (const sku of skus) orders.push(await shop.place({ items: [{ sku, quantity: 1 }] }));
  const [well = 0, broken = 0, alsoWell = 0] = orders;
  const number = await shop.supply.order(skus.map((sku) => ({ sku, quantity: 1, expectedOn: inDays(10) })));
  const told = async (order: number) => (await shop.item(order)).promise?.told?.on;
  const isTold = (order: number, day: string) =>
    eventually(`order ${order} is told ${day}`, async () => ((await told(order)) === day ? true : undefined));
  for (const order of orders) await isTold(order, inDays(10));
  const mend = await breakProduct(shop, { table: 'promises', on: 'update', when: 'new.told is not null' });
  for (const line of [1, 2, 3]) await shop.supply.expect(number, inDays(40), line);
  await isTold(well, inDays(40));
  await isTold(alsoWell, inDays(40));
  await eventually('P is set aside', () => isSetAside(shop.name('P'), 'promise'));
  expect(await told(broken)).toBe(inDays(10));
  const metrics = await (await fetch(`${server().address}/metrics`)).text();
  expect(metrics).toMatch(/^allot_products_set_aside\{work="promise"\} 1$/m);
  expect(metrics).toMatch(/^allot_products_set_aside\{work="fill"\} 0$/m);
  expect(metrics).toMatch(/^allot_promises_outstanding 0$/m);
  await mend();
  await isTold(broken, inDays(40));
  await eventually('P is back', () => isBack(shop.name('P')));
});
