/**
 * The benchmark: a server process on embedded PostgreSQL, 100,000 products in 10 warehouses, orders of three items of
 * which a fifth of the units wait, and receipts for products that 100,000 items wait for. Beside the figures stands what
 * bare SQL reaches on the same database in the same run, since absolute figures are those of a machine.
 *
 *   npm run bench -- [--seconds 15] [--products 100000] [--only orders,rules,receipts,promises] [--json]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '../src/contract/client.ts';
import { openDatabase } from '../src/db/database.ts';
import { migrate } from '../src/db/schema/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded-postgres.ts';
import { type Ceiling, ceiling } from './bench/ceiling.ts';
import { type Figure, tableOf } from './bench/figures.ts';
import { type OrderFigures, placeOrders } from './bench/orders.ts';
import { type Answers, movedOrder, quotes } from './bench/promises.ts';
import { deepReceipt, wideReceipt } from './bench/receipts.ts';
import { useNoRules, useRules } from './bench/rules.ts';
import { loadShop } from './bench/shop.ts';
import { postmasterOf } from './support/cpu-time.ts';
import { removeFolder, temporaryFolder } from './support/embedded.ts';
import { say } from './support/options.ts';
import { type ServerProcess, startServer } from './support/server-process.ts';

const { values: given } = parseArgs({
  options: {
    seconds: { type: 'string', default: '15' },
    products: { type: 'string', default: '100000' },
    only: { type: 'string', default: 'receipts,orders,rules,promises' },
    json: { type: 'boolean', default: false },
    /** A folder to which the server's processor profile is written. */
    profile: { type: 'string' },
  },
});
const seconds = Number(given.seconds);
const products = Number(given.products);
const parts = new Set(given.only.split(','));
/** Items waiting for the deep receipt, and products of the wide one. */
const DEEP = 100_000;
const WIDE = 10_000;
const MANY_UNITS = 50_000;
const WARM_UP_SECONDS = 3;
const MEGABYTE = 1_048_576;

const note = (text: string) => {
  if (!given.json) say(text);
};

function rateFigure(name: string, figures: OrderFigures, more: Partial<Figure>): Figure {
  const { p50, p99, refused, cpuSeconds, rate, serverMicros, databaseMicros } = figures;
  const details = [
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    `${Math.round(serverMicros)} us server + ${Math.round(databaseMicros)} us database an order`,
    `generator ${Math.round((cpuSeconds / seconds) * 100)} % of a core`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return { name, value: rate, unit: 'orders/s', note: details.join(', '), ...more };
}

async function orderFigures(server: ServerProcess, bare: Ceiling, database: number): Promise<Figure[]> {
  const load = (connections: number, hot: string | null, length = seconds) => {
    const run = `${connections}-${hot ?? 'spread'}-${length}`;
    note(`  ${connections} connection(s), ${hot === null ? 'spread out' : 'one hot product'} …`);
    return placeOrders(server, { connections, seconds: length, products, hot, run, database });
  };
  await load(64, null, WARM_UP_SECONDS);
  const alone = await load(1, null);
  const spread = await load(64, null);
  const crowd = await load(256, null);
  const hot = await load(64, 'SKU-1');
  const hotCrowd = await load(256, 'SKU-1');
  const ofBare = (rate: number) => ({ ratio: { of: 'bare SQL', value: rate / bare.rate } });
  const ofSpread = (rate: number, than: number) => ({ ratio: { of: 'spread out', value: rate / than } });
  const peak = Math.max(...[alone, spread, crowd, hot, hotCrowd].map((each) => each.memory)) / MEGABYTE;
  return [
    {
      name: 'bare SQL, no rules, no HTTP',
      value: bare.rate,
      unit: 'orders/s',
      note: `${Math.round(bare.databaseMicros)} us database an order`,
    },
    {
      name: 'one order alone, p50',
      value: alone.p50,
      unit: 'ms',
      target: { atMost: 5 },
      note: `p99 ${alone.p99.toFixed(1)} ms`,
    },
    rateFigure('64 connections, spread out', spread, { target: { atLeast: 3000 }, ...ofBare(spread.rate) }),
    rateFigure('256 connections, spread out', crowd, { target: { atLeast: 5000 }, ...ofBare(crowd.rate) }),
    rateFigure('64 connections, one hot product', hot, {
      target: { atLeast: 0.8 * spread.rate },
      ...ofSpread(hot.rate, spread.rate),
    }),
    rateFigure('256 connections, one hot product', hotCrowd, {
      target: { atLeast: 0.8 * crowd.rate },
      ...ofSpread(hotCrowd.rate, crowd.rate),
    }),
    { name: 'hot product, 256 connections, p99', value: hotCrowd.p99, unit: 'ms', target: { atMost: 300 } },
    { name: 'server memory, largest', value: peak, unit: 'MB', target: { atMost: 400 } },
  ];
}

/** Rounds of each, one after the other, so that a noisy minute falls on both. */
const RULE_ROUNDS = 3;

async function ruleFigures(server: ServerProcess, database: number): Promise<Figure[]> {
  const rates = { without: [] as number[], under: [] as number[] };
  const load = { connections: 64, products, hot: null, database };
  for (let round = 0; round < RULE_ROUNDS; round++) {
    note(`  64 connections without rules and under 20 rules, round ${round + 1} …`);
    await useNoRules(server.address);
    rates.without.push((await placeOrders(server, { ...load, seconds, run: `without-${round}` })).rate);
    await useRules(server.address);
    rates.under.push((await placeOrders(server, { ...load, seconds, run: `under-${round}` })).rate);
  }
  await useNoRules(server.address);
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [without, under] = [mean(rates.without), mean(rates.under)];
  return [
    { name: '64 connections, no rules', value: without, unit: 'orders/s' },
    {
      name: '64 connections, 20 rules and 10 warehouses',
      value: under,
      unit: 'orders/s',
      target: { atLeast: 0.7 * without },
      ratio: { of: 'no rules', value: under / without },
    },
  ];
}

async function receiptFigures({ address }: ServerProcess): Promise<Figure[]> {
  const client = createClient(address);
  note('  receipts …');
  const one = await deepReceipt(client, 1);
  const many = await deepReceipt(client, MANY_UNITS);
  const wide = await wideReceipt(client, address, WIDE);
  const waiting = `${one.waiting.toLocaleString('en')} waiting`;
  return [
    {
      name: `receipt of 1 unit, ${waiting}: answer`,
      value: one.answeredMs,
      unit: 'ms',
      target: { atMost: 10 },
    },
    { name: 'the same: allocation visible', value: one.firstMs, unit: 'ms', target: { atMost: 100 } },
    {
      name: 'receipt of 50,000 units: first allocation visible',
      value: many.firstMs,
      unit: 'ms',
      target: { atMost: 100 },
    },
    {
      name: 'the same: all allocated',
      value: many.allMs,
      unit: 'ms',
      target: { atMost: 1500 },
      note: `answer after ${many.answeredMs.toFixed(1)} ms`,
    },
    { name: 'receipt over 10,000 products', value: wide, unit: 'items/s', target: { atLeast: 18_000 } },
  ];
}

const QUOTE_CONNECTIONS = 16;

async function promiseFigures({ address }: ServerProcess): Promise<Figure[]> {
  const client = createClient(address);
  note('  a purchase order moves …');
  const moved = await movedOrder(client, address);
  note('  quotes …');
  const alone = await quotes(client, { connections: 1, seconds, products });
  const crowd = await quotes(client, { connections: QUOTE_CONNECTIONS, seconds, products });
  const waiting = `${moved.waiting.toLocaleString('en')} pegged items`;
  const answer = { unit: 'ms', target: { atMost: 20 } } as const;
  const answersOf = ({ median, worst }: Answers) => ({
    value: median,
    note: `slowest of nine ${worst.toFixed(1)} ms`,
    ...answer,
  });
  return [
    { name: `a purchase order with ${waiting} moves: answer`, value: moved.movedMs, ...answer },
    { name: 'right after: the order at the end of the queue', ...answersOf(moved.order) },
    { name: 'right after: a page of 200 of the queue', ...answersOf(moved.page) },
    { name: 'right after: a quote', ...answersOf(moved.quote) },
    {
      name: 'the same: every customer told',
      value: moved.toldMs,
      unit: 'ms',
      target: { atMost: 3000 },
      note: `the first time ${Math.round(moved.firstToldMs)} ms`,
    },
    {
      name: 'quote of 50 products, alone, p99',
      value: alone.p99,
      unit: 'ms',
      target: { atMost: 10 },
      note: `p50 ${alone.p50.toFixed(1)} ms`,
    },
    {
      name: `quotes of 50 products, ${QUOTE_CONNECTIONS} connections`,
      value: crowd.rate,
      unit: 'quotes/s',
      target: { atLeast: 2000 },
      note: `p50 ${crowd.p50.toFixed(1)} ms, p99 ${crowd.p99.toFixed(1)} ms`,
    },
  ];
}

async function measureOn(databaseUrl: string, database: number): Promise<Figure[]> {
  await migrate(databaseUrl);
  const db = openDatabase({ url: databaseUrl, connections: 1, statementTimeoutMs: 600_000 });
  note(`  loading ${products.toLocaleString('en')} products …`);
  try {
    await loadShop(db, { products, deep: DEEP, wide: WIDE });
  } finally {
    await db.destroy();
  }
  const profile = given.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${given.profile}`];
  const server = await startServer({ store: { databaseUrl }, nodeOptions: profile });
  try {
    const figures = parts.has('receipts') ? await receiptFigures(server) : [];
    if (parts.has('promises')) figures.push(...(await promiseFigures(server)));
    if (parts.has('rules')) figures.push(...(await ruleFigures(server, database)));
    if (!parts.has('orders')) return figures;
    note('  bare SQL …');
    const bare = await ceiling(databaseUrl, { seconds, products, database });
    return [...(await orderFigures(server, bare, database)), ...figures];
  } finally {
    await server.stop();
  }
}

async function measure(folder: string): Promise<Figure[]> {
  const dataDir = join(folder, 'data');
  const postgres = await startEmbeddedPostgres({ dataDir });
  let figures: Figure[];
  try {
    figures = await measureOn(postgres.url, await postmasterOf(dataDir));
  } finally {
    await postgres.stop();
  }
  note('  start on the used folder …');
  const server = await startServer({ store: { dataDir } });
  const start: Figure = {
    name: 'start on the used folder',
    value: server.readyMs / 1000,
    unit: 's',
    target: { atMost: 3 },
  };
  await server.stop();
  return [...figures, start];
}

async function main(): Promise<void> {
  note(`bench: ${seconds} s each, ${products.toLocaleString('en')} products in 10 warehouses`);
  const folder = await temporaryFolder('bench');
  try {
    const figures = await measure(folder);
    say(given.json ? JSON.stringify(figures, null, 2) : tableOf(figures));
  } finally {
    await removeFolder(folder);
  }
}

await main();
