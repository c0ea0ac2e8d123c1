/**
 * Proof: a pre-order never ships before its release, and ships from it on (law L9). Thousands of products, each with
 * one pre-order and its stock there long before, are released at one instant, written as the local times of 43 zones.
 * The API takes releases to the minute, so all fall on the same one: the hardest case. Clients try to ship every order
 * again and again before, at and after the instant; what counts is the database's clock, read from the order views
 * and from the tables. After it, `GET /v1/allocations` has to say soon that every one of them may leave.
 *
 *   npm run proof:release -- [--n 10000] [--clients 64]
 *
 * Local times are worked out with Intl, apart from PostgreSQL. The last line is the figure; exits 1 on any failure.
 */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { settled } from '../../src/cli/demo/settled.ts';
import { type Progress, startProgress } from '../../src/cli/progress.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { inCrowd } from '../support/bounded.ts';
import { brokenLaws } from '../support/broken-laws.ts';
import { numberOptions, say } from '../support/options.ts';
import { runProof } from './support/proof-data.ts';
import { type ProofNode, withProofNode } from './support/proof-node.ts';

/** All around the globe; without zones whose rules Node and PostgreSQL learned at different times. */
const ZONES = `
  Pacific/Kiritimati Pacific/Tongatapu Pacific/Apia Pacific/Chatham Pacific/Auckland Pacific/Fiji Pacific/Norfolk
  Australia/Lord_Howe Australia/Sydney Australia/Brisbane Australia/Adelaide Australia/Darwin Australia/Eucla
  Asia/Tokyo Asia/Shanghai Asia/Jakarta Asia/Yangon Asia/Dhaka Asia/Kathmandu Asia/Kolkata Asia/Karachi Asia/Kabul
  Asia/Dubai Asia/Tehran Africa/Nairobi Africa/Cairo Europe/Helsinki Africa/Johannesburg Europe/Amsterdam
  Africa/Lagos Europe/London Atlantic/Azores Atlantic/Cape_Verde America/Noronha America/Sao_Paulo
  America/St_Johns America/Santiago America/New_York America/Chicago America/Los_Angeles America/Anchorage
  Pacific/Marquesas Etc/GMT+12`
  .trim()
  .split(/\s+/);

const { n, clients } = numberOptions({ n: 10_000, clients: 64 });

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const HALF_YEAR_MS = 183 * 24 * HOUR_MS;
const CHANNEL = 'shop';
const ORDERS_AT_ONCE = 500;
const PAGE = 200;
/** As many as have their open allocations on one page each, so that all are read at the same time. */
const WAREHOUSES = Array.from({ length: Math.min(100, Math.ceil(n / PAGE)) }, (_, index) => `W${index + 1}`);
/** One product in so many is put first, to see how long all of them take here. */
const SAMPLE = 20;
/** So long before the release clients begin to try: some thousands of tries. */
const TRYING_BEFORE_MS = 20_000;
/** With less time left before the release than this it is put off. */
const LEAST_LEFT_MS = TRYING_BEFORE_MS + 5_000;
const SHIPPABLE_WITHIN_MS = 5_000;
const SHIPPED_WITHIN_MS = 60_000 + 50 * n;
/** How far the database's clock may be from what is thought of it here; both are on one machine. */
const CLOCK_SLACK_MS = 10;
const VIOLATIONS_SHOWN = 20;

interface Stage {
  readonly node: ProofNode;
  readonly client: Client;
  readonly database: pg.Client;
  /** The database's clock, as seen from here. */
  readonly clock: () => number;
  readonly found: { violations: number; early: number };
}

interface Preorder {
  readonly sku: string;
  readonly warehouse: string;
  readonly timeZone: string;
  readonly orderId: number;
}

function check({ found }: Stage, holds: boolean, what: string): void {
  if (holds) return;
  found.violations += 1;
  if (found.violations <= VIOLATIONS_SHOWN) say(`  ✗ ${what}`);
}

function iso(instant: number): string {
  return Number.isNaN(instant) ? 'never' : new Date(instant).toISOString();
}

async function databaseNow(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  return rows[0]?.now ?? Number.NaN;
}

/** By the reading that took least of several. */
async function readClock(database: pg.Client): Promise<() => number> {
  const readings = [];
  for (let count = 0; count < 20; count++) {
    const asked = Date.now();
    const now = await databaseNow(database);
    const took = Date.now() - asked;
    readings.push({ took, ahead: now - asked - took / 2 });
  }
  const best = readings.sort((a, b) => a.took - b.took)[0];
  return () => Date.now() + (best?.ahead ?? Number.NaN);
}

/** 'YYYY-MM-DDTHH:MM' as a clock in the zone shows it. */
function localTime(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(instant).replace(' ', 'T');
}

function zonesInWords(release: number): string {
  const ahead = (at: number) => ZONES.map((zone) => (Date.parse(`${localTime(at, zone)}Z`) - at) / HOUR_MS);
  const hours = ahead(release);
  const halfYearLater = ahead(release + HALF_YEAR_MS);
  const summer = hours.filter((each, index) => each > (halfYearLater[index] ?? each));
  const span = `${Math.min(...hours)} to +${Math.max(...hours)} h`;
  return `${new Set(hours).size} offsets from ${span}, ${summer.length} zones in summer time`;
}

async function shown<Value>(
  [label, total, unit]: readonly [label: string, total: number, unit: string],
  work: (progress: Progress) => Promise<Value>,
): Promise<Value> {
  const progress = startProgress({ label, total, unit });
  try {
    return await work(progress);
  } finally {
    progress.finish();
  }
}

async function openShop(client: Client): Promise<void> {
  for (const warehouse of WAREHOUSES) {
    const body = { name: warehouse, kind: 'own', timeZone: 'UTC' } as const;
    await client.must('putWarehouse', { params: { warehouse }, body });
  }
  const body = { name: 'Shop', currency: 'EUR', timeZone: 'UTC', warehouses: WAREHOUSES };
  await client.must('putSalesChannel', { params: { channel: CHANNEL }, body });
}

type Product = Omit<Preorder, 'orderId'>;

async function putProducts(client: Client, products: readonly Product[], release: number): Promise<void> {
  const times = new Map(ZONES.map((zone) => [zone, localTime(release, zone)]));
  await shown(['products', products.length, 'products'], async (progress) => {
    await inCrowd(products.length, clients, async (index) => {
      const { sku = '', timeZone = '' } = products[index] ?? {};
      const policy = { preorder: { allowed: true }, release: { at: times.get(timeZone) ?? '', timeZone } };
      await client.must('putProduct', { params: { sku }, body: { name: sku, policy } });
      progress.advance();
    });
  });
}

/** One order of one unit for each product; each has to be a pre-order. */
async function placeOrders(client: Client, products: readonly Product[]): Promise<Preorder[]> {
  return await shown(['orders', n, 'orders'], async (progress) => {
    const placed: Preorder[] = [];
    for (let from = 0; from < n; from += ORDERS_AT_ONCE) {
      const part = products.slice(from, from + ORDERS_AT_ONCE);
      const orders = part.map(({ sku }) => {
        return { channel: CHANNEL, number: `order-${sku}`, items: [{ sku, quantity: 1 }] };
      });
      const { results } = await client.must('placeOrders', { body: { orders } });
      for (const [index, product] of part.entries()) {
        const result = results[index];
        if (result?.accepted !== true || result.order.items[0]?.quantities.preordered !== 1)
          throw new Error(`${product.sku} was not pre-ordered: ${JSON.stringify(result)}`);
        placed.push({ ...product, orderId: result.order.id });
      }
      progress.advance(part.length);
    }
    return placed;
  });
}

async function receiveAll({ client, node }: Stage, products: readonly Product[]): Promise<void> {
  await shown(['receipts', n, 'units'], async (progress) => {
    for (const warehouse of WAREHOUSES) {
      const there = products.filter((product) => product.warehouse === warehouse);
      const lines = there.map(({ sku }) => ({ sku, units: 1 }));
      await client.must('receiveStock', { body: { reference: `receipt-${warehouse}`, warehouse, lines } });
      progress.advance(lines.length);
    }
    await settled(node.address);
  });
}

interface Scene {
  readonly release: number;
  readonly placed: readonly Preorder[];
}

function minuteAfter(instant: number): number {
  return Math.ceil(instant / MINUTE_MS) * MINUTE_MS;
}

/** Puts the products with a release that leaves `needed` when all are put; again with a later one until it does. */
async function announce(
  { client, database }: Stage,
  products: readonly Product[],
  needed: (expected: number) => number,
): Promise<number> {
  let begun = await databaseNow(database);
  const sample = products.slice(0, Math.ceil(n / SAMPLE));
  await putProducts(client, sample, minuteAfter(begun + HOUR_MS));
  let expected = ((await databaseNow(database)) - begun) * SAMPLE;
  for (;;) {
    begun = await databaseNow(database);
    const release = minuteAfter(begun + 1.2 * expected + needed(expected));
    await putProducts(client, products, release);
    const now = await databaseNow(database);
    expected = now - begun;
    if (release - now >= needed(expected)) return release;
    say(`  too little time is left until ${iso(release)}: the release is put off`);
  }
}

/** Everything in place and some time left until the release. */
async function prepare(stage: Stage): Promise<Scene> {
  const products = Array.from({ length: n }, (_, index) => ({
    sku: `P-${index}`,
    warehouse: WAREHOUSES[index % WAREHOUSES.length] ?? '',
    timeZone: ZONES[index % ZONES.length] ?? '',
  }));
  await openShop(stage.client);
  // Orders and receipts come in bulk: half of what the products took is plenty for them.
  let release = await announce(stage, products, (expected) => LEAST_LEFT_MS + expected / 2);
  const placed = await placeOrders(stage.client, products);
  await receiveAll(stage, products);
  if (release - (await databaseNow(stage.database)) < LEAST_LEFT_MS) {
    release = await announce(stage, products, () => LEAST_LEFT_MS);
    await settled(stage.node.address);
  }
  return { release, placed };
}

interface Sweep {
  readonly shippable: ReadonlySet<number>;
  readonly notReleased: number;
  /** By the database's clock. */
  readonly endedAt: number;
}

/** Reads all open allocations, the warehouses side by side. */
async function sweep(stage: Stage): Promise<Sweep> {
  const shippable = new Set<number>();
  let notReleased = 0;
  await inCrowd(WAREHOUSES.length, WAREHOUSES.length, async (index) => {
    let cursor: string | undefined;
    do {
      const query = {
        warehouse: WAREHOUSES[index] ?? '',
        limit: PAGE,
        ...(cursor !== undefined && { cursor }),
      };
      const page = await stage.client.must('listAllocations', { query });
      for (const { orderId, shippable: mayLeave, notShippable } of page.rows) {
        if (mayLeave) shippable.add(orderId);
        else notReleased += 1;
        const known = mayLeave || notShippable === 'not_released';
        check(stage, known, `order ${orderId} may not leave: ${notShippable}`);
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  });
  return { shippable, notReleased, endedAt: await databaseNow(stage.database) };
}

interface Trying {
  refused: number;
  /** When the last refused try was sent. */
  lastRefused: number;
}

/** Tries once; whether the order left. */
async function tryToShip(
  stage: Stage,
  { orderId, warehouse, sku }: Preorder,
  { release, trying }: { readonly release: number; readonly trying: Trying },
): Promise<boolean> {
  const sent = stage.clock();
  const body = { reference: `ship-${sku}`, warehouse, items: [{ line: 1, units: 1 }] };
  const answered = await stage.client.call('shipItems', { params: { orderId }, body });
  if (answered.ok) {
    const inTime = stage.clock() + CLOCK_SLACK_MS >= release;
    check(stage, inTime, `order ${orderId} was answered as shipped before the release`);
    return true;
  }
  const { code, detail, releaseAt } = answered.problem;
  const named = code === 'not_released' && releaseAt === iso(release);
  check(stage, named, `order ${orderId} was refused: ${code}: ${detail}`);
  const early = sent <= release + CLOCK_SLACK_MS;
  check(stage, early, `order ${orderId} was refused although it was released: ${detail}`);
  trying.refused += 1;
  trying.lastRefused = Math.max(trying.lastRefused, sent);
  return false;
}

/** All clients try all orders, over and over, until everything has left. */
async function shipAll(stage: Stage, { release, placed }: Scene): Promise<Trying> {
  const trying: Trying = { refused: 0, lastRefused: 0 };
  const queue = [...placed];
  await shown(['shipping', n, 'shipments'], async (progress) => {
    await inCrowd(clients, clients, async () => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
        if (await tryToShip(stage, one, { release, trying })) progress.advance();
        else queue.push(one);
        progress.note(`${trying.refused} tries refused`);
        if (stage.clock() > release + SHIPPED_WITHIN_MS) return;
      }
    });
  });
  return trying;
}

/** Looks again and again, from the release on, until every open allocation may leave. */
async function allShippable(stage: Stage, release: number): Promise<Sweep> {
  await pause(Math.max(0, release - stage.clock()));
  for (;;) {
    const seen = await sweep(stage);
    if (seen.notReleased === 0 || seen.endedAt > release + SHIPPED_WITHIN_MS) return seen;
  }
}

/** By the order views: each left, not before its release, and when all were shippable it was shown so or had left. */
async function judgeViews(stage: Stage, { release, placed }: Scene, seen: Sweep): Promise<void> {
  await shown(['reading', n, 'orders'], async (progress) => {
    await inCrowd(n, clients, async (index) => {
      const { orderId = 0, timeZone = '' } = placed[index] ?? {};
      const { items, shipments } = await stage.client.must('getOrder', { params: { orderId } });
      const releaseAt = Date.parse(items[0]?.releaseAt ?? '');
      const shippedAt = Date.parse(shipments[0]?.shippedAt ?? '');
      const what = `order ${orderId} (${timeZone}): released ${iso(releaseAt)}, shipped ${iso(shippedAt)}`;
      const known = seen.shippable.has(orderId) || shippedAt <= seen.endedAt;
      check(stage, releaseAt === release && shippedAt >= releaseAt && known, what);
      progress.advance();
    });
  });
}

/** By the tables; and every other law still holds. */
async function judgeTables(stage: Stage, release: number): Promise<void> {
  const { rows } = await stage.database.query<{ orders: number; early: number; other: number }>(
    `select count(distinct s.order_id)::int as orders,
       (count(*) filter (where s.shipped_at < $1))::int as early,
       (count(*) filter (where l.released_at is distinct from $1))::int as other
     from shipments s join shipment_lines l on l.shipment_id = s.id`,
    [new Date(release)],
  );
  const { orders = 0, early = 0, other = 0 } = rows[0] ?? {};
  stage.found.early = early;
  check(stage, early === 0, `${early} shipments left before the release by the database's clock`);
  check(stage, other === 0, `${other} shipments waited for another release`);
  check(stage, orders === n, `${orders} of ${n} orders have shipped`);
  for (const broken of await brokenLaws(stage.node.databaseUrl)) check(stage, false, `verify: ${broken}`);
}

async function prove(stage: Stage): Promise<0 | 1> {
  const scene = await prepare(stage);
  const { release } = scene;
  say(`  release ${iso(release)}: ${zonesInWords(release)}`);
  const before = await sweep(stage);
  if (before.endedAt >= release) throw new Error('the release came before the look before it');
  const none = before.shippable.size === 0 && before.notReleased === n;
  check(stage, none, `before the release ${before.shippable.size} were shippable`);
  const quiet = Math.max(0, release - TRYING_BEFORE_MS - stage.clock());
  say(`  ${before.notReleased} allocated, none may leave; clients try from ${Math.ceil(quiet / 1000)} s on`);
  await pause(quiet);
  const [trying, seen] = await Promise.all([shipAll(stage, scene), allShippable(stage, release)]);
  const shippedAfter = ((await databaseNow(stage.database)) - release) / 1000;
  await judgeViews(stage, scene, seen);
  await judgeTables(stage, release);
  const after = seen.endedAt - release;
  check(stage, after <= SHIPPABLE_WITHIN_MS, `all were shippable only after ${Math.round(after)} ms`);
  check(stage, trying.refused >= clients, 'too few tries before the release');
  const last = ((trying.lastRefused - release) / 1000).toFixed(3);
  say(
    `  ${trying.refused} tries refused, the last sent at ${last} s; all left by ${shippedAfter.toFixed(1)} s`,
  );
  const { violations, early } = stage.found;
  const within = (Math.ceil(after / 100) / 10).toFixed(1);
  say(`release: ${n} releases in ${ZONES.length} zones, ${early} early, all shippable <= ${within} s after`);
  return violations === 0 ? 0 : 1;
}

await runProof(() =>
  withProofNode('release', async (node) => {
    const database = new pg.Client({ connectionString: node.databaseUrl });
    await database.connect();
    try {
      const clock = await readClock(database);
      const found = { violations: 0, early: 0 };
      return await prove({ node, client: createClient(node.address), database, clock, found });
    } finally {
      await database.end();
    }
  }),
);
