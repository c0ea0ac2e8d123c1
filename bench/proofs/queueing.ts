/**
 * Proof: what Allot does to a stream of orders and replenishments is what queueing theory says it has to, in two steps. Models
 * whose fill rate and mean backorders are known exactly (analytic_oracles_examples.json) are played by plain arithmetic
 * (support/plain-queue), many replications of each, whose means have to lie within three standard errors of the exact
 * figures. The first of these replications are played through the API as well, each a product of its own; the clock of the
 * models is written onto what was recorded; and the custom reports (fill rates of a period, waiting units as of many moments)
 * have to say of each product what plain arithmetic says, to the unit.
 *
 * Each case begins as long before the days that are read as it takes to forget how it began, which is long where the load is
 * high; all of them end together.
 *
 *   npm run proof:queueing -- [--replications 2000] [--played 20] [--days 120] [--seed 1]
 *
 * Exits 1 when a product differs from plain arithmetic, or a mean is further than three standard errors (over the
 * replications) from the exact one.
 */
import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { settled } from '../../src/cli/demo/settled.ts';
import { startProgress } from '../../src/cli/progress.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { AnswerOf } from '../../src/contract/operations.ts';
import type { ReportInput } from '../../src/contract/reports/report-definition.ts';
import { openDatabase } from '../../src/db/database.ts';
import { inCrowd } from '../support/bounded.ts';
import { numberOptions, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type PlainFigures, plainFigures } from './support/plain-queue.ts';
import { dataFile, runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';
import {
  type Answer,
  type Exact,
  type ModelProduct,
  modelOf,
  type QueueingModel,
} from './support/queueing-models.ts';

const { replications, played, days, seed } = numberOptions({
  replications: 2_000,
  played: 20,
  days: 120,
  seed: 1,
});

const DAY_MS = 86_400_000;
/** Waiting units are read so many days apart; no multiple of a model's own period. */
const READ_EVERY = 1.37;
/** So many orders, or lines, in one request. */
const BULK = 500;
const ERRORS = 3;
/** Rows of one report. */
const MOST_PLAYED = 1000;

interface Played extends ModelProduct {
  readonly sku: string;
  readonly plain: PlainFigures;
}

/** The days on the clock of all models: the last `days` of them are read. */
interface Span {
  /** The first of them, as an instant. */
  readonly start: number;
  readonly from: number;
  readonly until: number;
  /** At which waiting units are read. */
  readonly moments: readonly number[];
}

function spanOf(until: number): Span {
  const from = until - days;
  const moments: number[] = [];
  for (let at = from; at < until; at += READ_EVERY) moments.push(at);
  return { start: Math.floor(Date.now() / DAY_MS - until - 1) * DAY_MS, from, until, moments };
}

/** A rate of a report is a quotient of whole numbers. */
const SAME_RATE = 1e-9;

function timeOf(start: number, at: number): string {
  return new Date(start + Math.round(at * DAY_MS)).toISOString();
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / BULK) }, (_, index) =>
    items.slice(index * BULK, (index + 1) * BULK),
  );
}

async function openShop(client: Client, products: readonly Played[]): Promise<void> {
  await client.must('putWarehouse', {
    params: { warehouse: 'hall' },
    body: { name: 'Hall', kind: 'own', timeZone: 'UTC' },
  });
  await client.must('putSalesChannel', {
    params: { channel: 'web' },
    body: { name: 'Web', currency: 'EUR', timeZone: 'UTC', warehouses: ['hall'] },
  });
  await inCrowd(products.length, 8, async (index) => {
    const { sku = '', name = '' } = products[index] ?? {};
    await client.must('putProduct', {
      params: { sku },
      body: { name, policy: { backorder: { allowed: true } } },
    });
  });
}

interface Receipt {
  readonly reference: string;
  readonly sku: string;
  readonly at: string;
}

/**
 * What happens first to every product, then what happens second …: products do not know of each other. Rests in between,
 * so that what a receipt serves is served by it.
 */
async function play(
  { client, address, start }: { readonly client: Client; readonly address: string; readonly start: number },
  products: readonly Played[],
): Promise<Receipt[]> {
  const rounds = Math.max(...products.map(({ happenings }) => happenings.length));
  const progress = startProgress({ label: 'rounds', total: rounds, unit: 'rounds' });
  const receipts: Receipt[] = [];
  for (let round = 0; round < rounds; round++) {
    const now = products.flatMap(({ sku, happenings }) => {
      const happening = happenings[round];
      return happening === undefined ? [] : [{ sku, ...happening }];
    });
    for (const orders of chunks(now.filter(({ kind }) => kind === 'order'))) {
      await client.must('placeOrders', {
        body: {
          orders: orders.map(({ sku, units, at }) => ({
            channel: 'web',
            number: `${sku}/${round}`,
            placedAt: timeOf(start, at),
            items: [{ sku, quantity: units }],
          })),
        },
      });
    }
    for (const [index, lines] of chunks(now.filter(({ kind }) => kind === 'receipt')).entries()) {
      const reference = `${round}-${index}`;
      await client.must('receiveStock', {
        body: { reference, warehouse: 'hall', lines: lines.map(({ sku, units }) => ({ sku, units })) },
      });
      for (const { sku, at } of lines)
        receipts.push({ reference: `receive/${reference}`, sku, at: timeOf(start, at) });
    }
    await settled(address);
    progress.advance();
  }
  progress.finish();
  return receipts;
}

/** Everything is recorded when its model says it happened: orders when they are placed, fills when their receipt came. */
async function setClock(databaseUrl: string, receipts: readonly Receipt[]): Promise<void> {
  const db = openDatabase({ url: databaseUrl, connections: 1 });
  const column = (name: keyof Receipt) => receipts.map((each) => each[name]);
  await sql`
    update item_events e set recorded_at = o.placed_at from orders o where o.id = e.order_id and e.number = 1`.execute(
    db,
  );
  await sql`
    update item_events e set recorded_at = r.at
    from unnest(${column('reference')}::text[], ${column('sku')}::text[], ${column('at')}::timestamptz[])
      as r(reference, sku, at)
    join products p on p.sku = r.sku
    where e.number > 1 and e.product_id = p.id and e.reference = r.reference`.execute(db);
  const { rows } = await sql<{ events: number }>`
    select count(*) as events from item_events where recorded_at > ${new Date()}::timestamptz - interval '12 hours'`.execute(
    db,
  );
  if (rows[0]?.events !== 0) throw new Error(`${rows[0]?.events} events have no time of their model`);
  await sql`analyze`.execute(db);
  await db.destroy();
}

type Figures = ReadonlyMap<string, readonly number[]>;

async function figuresOf(client: Client, report: ReportInput): Promise<Figures> {
  const answer: AnswerOf<'runReport'> = await client.must('runReport', {
    query: { report: JSON.stringify({ ...report, by: [{ dimension: 'product' }], limit: MOST_PLAYED }) },
  });
  return new Map(answer.rows.map(({ keys, values }) => [keys[0] ?? '', values.map(Number)]));
}

interface Estimate {
  readonly mean: number;
  readonly error: number;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function estimate(values: readonly number[]): Estimate {
  const mean = meanOf(values);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** A share over all replications, with the error of a ratio (the residuals of its parts). */
function ratio(parts: readonly (readonly [part: number, whole: number])[]): Estimate {
  const whole = parts.reduce((sum, [, each]) => sum + each, 0);
  const mean = parts.reduce((sum, [each]) => sum + each, 0) / whole;
  const residuals = estimate(parts.map(([part, all]) => part - mean * all));
  return { mean, error: (residuals.error * parts.length) / whole };
}

interface Read {
  readonly fills: Figures;
  /** By product, at each of the moments. */
  readonly waiting: ReadonlyMap<string, readonly number[]>;
}

async function read(
  client: Client,
  { start, from, until, moments }: Span,
  products: readonly Played[],
): Promise<Read> {
  const day = (at: number) => timeOf(start, at).slice(0, 10);
  const fills = await figuresOf(client, {
    measures: ['unit_fill_rate', 'item_fill_rate', 'ordered_units', 'items'],
    period: { dimension: 'placed', from: day(from), until: day(until) },
  });
  const waiting = new Map(products.map(({ sku }) => [sku, [] as number[]]));
  const progress = startProgress({ label: 'moments', total: moments.length, unit: 'moments' });
  for (const at of moments) {
    const then = await figuresOf(client, { measures: ['waiting_units'], asOf: timeOf(start, at) });
    for (const [sku, units] of waiting) units.push(then.get(sku)?.[0] ?? 0);
    progress.advance();
  }
  progress.finish();
  return { fills, waiting };
}

/** What differs from plain arithmetic for one product, in words. */
function differences({ sku, plain }: Played, { fills, waiting }: Read): string[] {
  const [unitRate = 0, itemRate = 0, units = 0, items = 0] = fills.get(sku) ?? [];
  const own = waiting.get(sku) ?? [];
  const differs = (what: string, is: number, should: number) =>
    Math.abs(is - should) <= SAME_RATE ? [] : [`${what} ${is} instead of ${should}`];
  return [
    ...differs('ordered units', units, plain.orderedUnits),
    ...differs('items', items, plain.orders),
    ...(plain.orders === 0
      ? []
      : [
          ...differs('unit fill rate', unitRate, plain.unitsAtOnce / plain.orderedUnits),
          ...differs('item fill rate', itemRate, plain.ordersAtOnce / plain.orders),
        ]),
    ...plain.waiting.flatMap((should, at) => differs(`waiting at moment ${at}`, own[at] ?? -1, should)),
  ];
}

/** Products that are as plain arithmetic says. */
function judgePaths(products: readonly Played[], figures: Read): number {
  let same = 0;
  for (const product of products) {
    const differing = differences(product, figures);
    if (differing.length === 0) same += 1;
    else say(`${product.sku} of ${product.name}: ${differing.slice(0, 3).join('; ')}`);
  }
  return same;
}

let failures = 0;

function judge(what: string, { mean, error }: Estimate, exact: number): void {
  const away = error === 0 ? (mean === exact ? 0 : Number.POSITIVE_INFINITY) : Math.abs(mean - exact) / error;
  if (away > ERRORS) failures += 1;
  say(
    `${what.padEnd(100)} ${mean.toFixed(4)} ± ${error.toFixed(4)}, exact ${exact.toFixed(4)}: ${away.toFixed(2)} errors away`,
  );
}

function judgeAll(answers: readonly Answer[], plain: ReadonlyMap<string, readonly PlainFigures[]>): void {
  for (const { product, fillRate, orderFillRate, backorders } of answers) {
    const mine = plain.get(product) ?? [];
    if (fillRate !== undefined) {
      const share = ratio(mine.map((each) => [each.unitsAtOnce, each.orderedUnits]));
      judge(`${product}: unit fill rate`, share, fillRate);
    }
    if (orderFillRate !== undefined) {
      const share = ratio(mine.map((each) => [each.ordersAtOnce, each.orders]));
      judge(`${product}: item fill rate`, share, orderFillRate);
    }
    if (backorders !== undefined) {
      const means = estimate(mine.map(({ waiting }) => meanOf(waiting)));
      judge(`${product}: mean waiting units`, means, backorders);
    }
  }
}

interface Replications {
  /** Of all, by the name of the product. */
  readonly plain: ReadonlyMap<string, readonly PlainFigures[]>;
  /** The first ones. */
  readonly products: readonly Played[];
}

/** All cases on one clock: what happens until its end, each from where its own warm-up begins. */
function replicate(models: readonly QueueingModel[], { from, until, moments }: Span): Replications {
  const random = seededRandom(seed);
  const products: Played[] = [];
  const all = new Map<string, PlainFigures[]>();
  for (const model of models) {
    const horizon = model.warmUp + days;
    for (let replication = 0; replication < replications; replication++) {
      for (const { name, happenings } of model.products(random, horizon)) {
        const own = happenings.filter(({ at }) => at <= horizon);
        const onClock = own.map((each) => ({ ...each, at: each.at + until - horizon }));
        const plain = plainFigures(onClock, { from, moments });
        const figures = all.get(name) ?? [];
        figures.push(plain);
        all.set(name, figures);
        if (replication >= played) continue;
        const sku = `M${String(products.length).padStart(4, '0')}`;
        products.push({ name, happenings: onClock, sku, plain });
      }
    }
  }
  return { plain: all, products };
}

await runProof(async () => {
  const examples = JSON.parse(await readFile(dataFile('analytic_oracles_examples.json'), 'utf8')) as Exact[];
  const cases = examples.flatMap((exact) => modelOf(exact) ?? []);
  if (cases.length !== examples.length) throw new Error('the file has a model that this proof does not know');
  const models = cases.map(({ model }) => model);
  if (new Set(models.map(({ name }) => name)).size < models.length) throw new Error('two cases are the same');
  const span = spanOf(Math.max(...models.map(({ warmUp }) => warmUp)) + days);
  const { plain, products } = replicate(models, span);
  if (products.length > MOST_PLAYED)
    throw new Error(`a report shows ${MOST_PLAYED} products, not ${products.length}`);
  judgeAll(
    cases.flatMap(({ answers }) => answers),
    plain,
  );
  return await withProofNode('queueing', async ({ address, databaseUrl }) => {
    const client = createClient(address);
    await openShop(client, products);
    await setClock(databaseUrl, await play({ client, address, start: span.start }, products));
    const same = judgePaths(products, await read(client, span, products));
    say(
      `queueing: ${models.length} cases, ${replications} replications of ${days} days each, ${failures} figures beyond ${ERRORS} standard errors; of those played through Allot ${same} of ${products.length} as plain arithmetic says (seed ${seed})`,
    );
    return failures === 0 && same === products.length && same > 0 ? 0 : 1;
  });
});
