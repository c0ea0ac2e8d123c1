/**
 * Acceptance scenario 9 and what surrounds it: a pre-order never ships before its release, by the database's clock,
 * however early the stock is. The release of the scenario is computed from today; that it passes is seen by moving
 * it to the past and, once, by moving it a moment ahead and letting it really pass.
 */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { verify } from '../../../src/app/verify/verify.ts';
import { RefusedError } from '../../../src/contract/call.ts';
import { openDatabase } from '../../../src/db/database.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/server.ts';
import { BACKORDER, openShop, preorder, refusal, type Shop } from '../../support/shop.ts';

const server = useTestServer();
const NEW_YORK = 'America/New_York';
const DAY_MS = 86_400_000;
const FRIDAY = 5;
const PAST = { at: '2026-01-02T00:00', timeZone: NEW_YORK };

/** The next Friday on the calendar in New York, never today. */
function nextFriday(): string {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: NEW_YORK }).format(new Date());
  const noon = new Date(`${today}T12:00:00Z`);
  const days = ((FRIDAY - noon.getUTCDay() + 6) % 7) + 1;
  return new Date(noon.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Midnight of `day` in New York as an instant: 4 or 5 hours behind UTC, whichever reads 00:00 there. */
function midnightInNewYork(day: string): string {
  const clock = new Intl.DateTimeFormat('en-CA', { timeZone: NEW_YORK, hour: '2-digit', hourCycle: 'h23' });
  const candidates = ['04', '05'].map((hour) => new Date(`${day}T${hour}:00:00Z`));
  const found = candidates.find((candidate) => clock.format(candidate) === '00');
  if (found === undefined) throw new Error(`no midnight on ${day}`);
  return found.toISOString();
}

/** Moves the release to `seconds` from now on the database's clock; the API takes whole minutes only. */
async function releaseIn(shop: Shop, seconds: number): Promise<void> {
  const values = [shop.name('P')];
  await inDatabase(
    `update sell_policies set release_is_date = false,
       release_local = (clock_timestamp() + make_interval(secs => $2)) at time zone release_zone
     where product_id = (select id from products where sku = $1)`,
    [...values, seconds],
  );
  await inDatabase(
    `insert into releases_in_force (product_id, since, own, release_at)
     select product_id, clock_timestamp(), true, release_instant(release_local, release_is_date, release_zone)
     from sell_policies where product_id = (select id from products where sku = $1)`,
    values,
  );
  await inDatabase(
    `update product_positions set policy_version = policy_version + 1
     where product_id = (select id from products where sku = $1)`,
    values,
  );
}

/** Ships as soon as that is allowed; every refusal until then must be that the release has not come. */
async function shipWhenReleased(shop: Shop, order: number): Promise<void> {
  await eventually('the release', async () => {
    try {
      return await shop.ship(order, 3, { reference: `released-${order}` });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      expect(error.problem.code).toBe('not_released');
      return undefined;
    }
  });
}

describe('9. Pre-order with release next Friday 00:00 America/New_York', () => {
  const friday = nextFriday();

  it.each([`${friday}T00:00`, friday])(
    '(%s) stock arrives early → allocated, not shippable; released → shippable',
    async (at) => {
      const shop = await openShop(server(), { policy: preorder({}, { at, timeZone: NEW_YORK }) });
      const order = await shop.place(3);
      expect(await shop.units(order)).toEqual({ ordered: 3, preordered: 3 });
      await shop.receive(3);
      expect(await shop.units(order)).toEqual({ ordered: 3, allocated: 3 });
      expect((await shop.item(order)).releaseAt).toBe(midnightInNewYork(friday));
      const query = { warehouse: shop.name('W1') };
      const before = await server().client.must('listAllocations', { query });
      expect(before.rows).toMatchObject([
        { orderId: order, open: 3, shippable: false, notShippable: 'not_released' },
      ]);
      expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'not_released' });
      expect(await shop.level()).toEqual({ onHand: 3, allocated: 3, available: 0 });

      await shop.putProduct('P', preorder({}, PAST));
      const after = await server().client.must('listAllocations', { query });
      expect(after.rows).toMatchObject([{ shippable: true, notShippable: null }]);
      await shop.ship(order, 3);
      expect(await shop.units(order)).toEqual({ ordered: 3, shipped: 3 });
    },
  );

  it('at the release instant shippable, and not before it', async () => {
    const shop = await openShop(server(), { policy: preorder({}, { at: friday, timeZone: NEW_YORK }) });
    const order = await shop.place(3);
    await shop.receive(3);
    expect(await refusal(shop.ship(order, 3))).toMatchObject({ code: 'not_released' });
    await releaseIn(shop, 1.5);
    const release = (await shop.item(order)).releaseAt;
    await shipWhenReleased(shop, order);
    const [shipment] = (await shop.order(order)).shipments;
    expect(Date.parse(shipment?.shippedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(release ?? ''));
  });
});

it('a release moved later keeps allocated units from shipping', async () => {
  const shop = await openShop(server(), { policy: preorder() });
  const order = await shop.place(2);
  await shop.receive(2);
  await shop.putProduct('P', preorder({}, PAST));
  await shop.ship(order, 1);
  await shop.putProduct('P', preorder());
  expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'not_released' });
});

it("the channel's own release gates its orders, the product's the others", async () => {
  const shop = await openShop(server(), { policy: preorder() });
  await shop.putChannel('H', { warehouses: ['W1'] });
  await shop.putChannelPolicy('P', 'H', { ...preorder({}, PAST), ...BACKORDER });
  const early = await shop.place({ channel: 'H', items: [{ quantity: 1 }] });
  const gated = await shop.place({ channel: 'G', items: [{ quantity: 1 }] });
  expect(await shop.units(early)).toEqual({ ordered: 1, backordered: 1 });
  expect(await shop.units(gated)).toEqual({ ordered: 1, preordered: 1 });
  await shop.receive(2);
  await shop.ship(early, 1);
  expect(await refusal(shop.ship(gated, 1))).toMatchObject({ code: 'not_released' });
});

it('after the release what is still short stays a pre-order, first in line by its rank', async () => {
  const shop = await openShop(server(), { policy: { ...preorder(), ...BACKORDER } });
  const early = await shop.place(2);
  await shop.putProduct('P', { ...preorder({}, PAST), ...BACKORDER });
  const late = await shop.place(2);
  expect(await shop.units(early)).toEqual({ ordered: 2, preordered: 2 });
  expect(await shop.units(late)).toEqual({ ordered: 2, backordered: 2 });
  expect(await shop.queue()).toEqual([early, late]);
  await shop.receive(3);
  expect(await shop.units(early)).toEqual({ ordered: 2, allocated: 2 });
  expect(await shop.units(late)).toEqual({ ordered: 2, allocated: 1, backordered: 1 });
});

it('stock on the shelf before the release may be sold, and gated as well', async () => {
  const shop = await openShop(server(), { policy: preorder(), stock: { W1: 1 } });
  const order = await shop.place(2);
  expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 1, preordered: 1 });
  expect(await refusal(shop.ship(order, 1))).toMatchObject({ code: 'not_released' });
});

it('a released pre-order of an order that ships complete does not ship while the rest of its order waits', async () => {
  const shop = await openShop(server(), { policy: preorder(), products: { Q: BACKORDER } });
  const order = await shop.place({
    shipping: 'complete',
    items: [{ quantity: 2 }, { sku: 'Q', quantity: 1 }],
  });
  await shop.receive(2);
  expect(await refusal(shop.ship(order, 2))).toMatchObject({ code: 'not_released' });
  await shop.putProduct('P', preorder({}, PAST));
  expect(await shop.units(order)).toEqual({ ordered: 2, allocated: 2 });
  expect(await refusal(shop.ship(order, 2))).toMatchObject({ code: 'order_incomplete' });
  const query = { warehouse: shop.name('W1') };
  const { rows } = await server().client.must('listAllocations', { query });
  expect(rows).toMatchObject([{ orderId: order, shippable: false, notShippable: 'order_incomplete' }]);
  expect(await shop.level()).toEqual({ onHand: 2, allocated: 2, available: 0 });
  await shop.receive(1, { sku: 'Q' });
  expect(await shop.units(order, 2)).toEqual({ ordered: 1, allocated: 1 });
  await shop.ship(order, 2);
  await shop.ship(order, 1, { line: 2 });
});

it('what shipped is judged by the releases that were in force then, not by what a shipment says of itself', async () => {
  const shop = await openShop(server(), { policy: preorder({}, PAST) });
  await shop.putProduct('P', preorder());
  await shop.putChannel('H', { warehouses: ['W1'] });
  const order = await shop.place(2);
  const other = await shop.place({ channel: 'H', items: [{ quantity: 1 }] });
  await shop.receive(3);
  await shop.putProduct('P', preorder({}, PAST));
  await shop.ship(order, 1, { reference: shop.name('released') });
  await shop.putProduct('P', preorder());
  await shop.putChannelPolicy('P', 'H', preorder({}, PAST));
  await shop.ship(other, 1, { reference: shop.name('by-channel') });
  await shop.deleteChannelPolicy('P', 'H');
  expect(await earlyShipments()).toEqual([]);
  await inDatabase(
    `update shipment_lines set released_at = null where shipment_id in (
       select id from shipments where reference = any($1))`,
    [[shop.name('released'), shop.name('by-channel')]],
  );
  expect(await earlyShipments()).toEqual([]);
  await inDatabase(
    "update shipments set shipped_at = shipped_at + interval '1 hour' where reference = any($1)",
    [[shop.name('released'), shop.name('by-channel')]],
  );
  expect(await earlyShipments()).toEqual([
    expect.stringContaining(`shipment ${shop.name('by-channel')} line 1`),
    expect.stringContaining(`shipment ${shop.name('released')} line 1`),
  ]);
});

/** What verify finds against L9. */
async function earlyShipments(): Promise<readonly string[]> {
  const db = openDatabase({ url: server().databaseUrl, connections: 3 });
  try {
    const { checks } = await verify(db);
    return checks.filter(({ law }) => law === 'L9').flatMap(({ examples }) => examples);
  } finally {
    await db.destroy();
  }
}

async function inDatabase(statement: string, values: readonly unknown[]): Promise<void> {
  const database = new pg.Client({ connectionString: server().databaseUrl });
  await database.connect();
  try {
    await database.query(statement, [...values]);
  } finally {
    await database.end();
  }
}
