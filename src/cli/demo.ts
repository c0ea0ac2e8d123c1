/**
 * The demo: makes a shop on a running node and plays orders through it, over the API only, as a shop would. Without a
 * file it is an invented shop of four channels and 400 products over four weeks; with one, the invoices of an Online
 * Retail file. The same seed gives the same shop and orders. The caller starts the node and decides what happens after.
 */
import type { Client } from '../contract/call.ts';
import { createClient } from '../contract/client.ts';
import { say, sayJson } from './command.ts';
import { readOutcome, timeToFill } from './demo/fill-times.ts';
import { makeRetailProducts, playRetail } from './demo/play-retail.ts';
import { makeProducts, playShop } from './demo/play-shop.ts';
import { playSupply } from './demo/play-supply.ts';
import { describeResult } from './demo/print-result.ts';
import { chance } from './demo/random.ts';
import type { DemoResult, FileFacts } from './demo/result.ts';
import { readRetailFile } from './demo/retail-file.ts';
import { makeRetailOrders } from './demo/retail-orders.ts';
import { RETAIL_CHANNELS, RETAIL_WAREHOUSES } from './demo/retail-shop.ts';
import { planRetailSupply } from './demo/retail-supply.ts';
import { claimRun, noActs, type Run } from './demo/run.ts';
import { CHANNELS, makeShop, WAREHOUSES } from './demo/shop.ts';
import { planShop } from './demo/shop-plan.ts';
import { makeRules } from './demo/shop-rules.ts';
import { startTally } from './demo/tally.ts';
import { CommandError } from './failure.ts';
import { type Progress, type ProgressOptions, startProgress } from './progress.ts';

export interface DemoOptions {
  /** An Online Retail file, .csv or .csv.gz, to play instead of the invented shop. */
  readonly orders?: string;
  readonly seed?: number;
  /** How many orders the invented shop gets. */
  readonly count?: number;
  /** No progress is shown. */
  readonly silent?: boolean;
}

export interface DemoConnection {
  /** Of the running node, such as http://127.0.0.1:4400 */
  readonly address: string;
}

const DEFAULT_SEED = 7;
const DEFAULT_ORDERS = 4_000;

interface Stage {
  readonly client: Client;
  readonly address: string;
  readonly seed: number;
  /** Shows progress of one part of the run until it ends. */
  during<Value>(part: ProgressOptions, act: (progress: Progress) => Promise<Value>): Promise<Value>;
}

function setStage(options: DemoOptions, { address }: DemoConnection): Stage {
  return {
    client: createClient(address),
    address,
    seed: options.seed ?? DEFAULT_SEED,
    async during(part, act) {
      const progress = startProgress({ ...part, silent: options.silent ?? false });
      try {
        return await act(progress);
      } finally {
        progress.finish();
      }
    },
  };
}

type Played = Pick<DemoResult, 'products' | 'file' | 'supply'> & {
  readonly run: Run;
  readonly clock: string;
};

async function demoShop(stage: Stage, count: number): Promise<Played> {
  const { client, address, seed } = stage;
  const now = Date.now();
  const source = chance(seed);
  await makeShop(client, WAREHOUSES, CHANNELS);
  const products = await stage.during({ label: 'Products', unit: 'products', total: 400 }, (progress) =>
    makeProducts({ client, progress }, source.split('assortment'), now),
  );
  await makeRules(client);
  const plan = planShop(products, count, { chance: source.split('plan'), now });
  const [first] = plan.opening;
  if (first === undefined) throw new Error('the shop opens with nothing');
  const claimed = await claimRun(client, first, (number) => `R${number}-`);
  const run = await stage.during({ label: 'Orders', unit: 'orders', total: count }, async (progress) => {
    const playing: Run = { client, address, ...claimed, tally: startTally(), acts: noActs(), progress };
    await playShop(playing, { plan, products }, source.split('acts'));
    return playing;
  });
  const supply = await stage.during(
    { label: 'Supply', unit: 'products', total: products.length },
    (progress) => playSupply({ ...run, progress }, products, source.split('supply')),
  );
  const clock = 'on the clock of the four weeks that were played';
  return { run, products: products.length, file: null, supply, clock };
}

async function demoFile(stage: Stage, path: string): Promise<Played> {
  const { client, address, seed } = stage;
  const file = await stage.during({ label: 'File', unit: 'rows', total: 0 }, (progress) =>
    readRetailFile(path, () => progress.advance()),
  );
  const orders = await makeRetailOrders(file, path);
  const deliveries = planRetailSupply(orders.orders, orders.cancels, chance(seed).split('retail supply'));
  const [first] = deliveries;
  if (first === undefined) throw new CommandError(`${path} has no sale that can be read`);
  await makeShop(client, RETAIL_WAREHOUSES, RETAIL_CHANNELS);
  const skus = [...new Set(file.sales.map(({ sku }) => sku))];
  await stage.during({ label: 'Products', unit: 'products', total: skus.length }, (progress) =>
    makeRetailProducts({ client, progress }, skus, file.names),
  );
  const claimed = await claimRun(client, first, (number) => (number === 1 ? '' : `R${number}-`));
  const run = await stage.during(
    { label: 'Orders', unit: 'lines', total: file.sales.length },
    async (progress) => {
      const playing: Run = { client, address, ...claimed, tally: startTally(), acts: noActs(), progress };
      await playRetail(playing, orders, deliveries);
      return playing;
    },
  );
  const facts: FileFacts = {
    path,
    rows: file.rows,
    saleRows: file.sales.length,
    cancelRows: file.cancels.length,
    skipped: Object.fromEntries(file.skipped),
    badRows: file.badRows,
    badExamples: file.badExamples,
    parts: orders.parts,
    cancelledBy: orders.cancelledBy,
    unmatchedCancelRows: orders.unmatched,
  };
  return { run, products: skus.length, file: facts, supply: null, clock: "on the file's own clock" };
}

/** Plays the demo on a running node and counts what came of it. */
export async function runDemo(options: DemoOptions, connection: DemoConnection): Promise<DemoResult> {
  const started = performance.now();
  const stage = setStage(options, connection);
  const played =
    options.orders === undefined
      ? await demoShop(stage, options.count ?? DEFAULT_ORDERS)
      : await demoFile(stage, options.orders);
  const { run } = played;
  const { counts, refusedFor, waiting } = run.tally;
  const { outcome, waits } = await stage.during(
    { label: 'History', unit: 'orders that waited', total: waiting.length },
    (progress) => readOutcome(stage.client, run.tally, () => progress.advance()),
  );
  const { rows } = await stage.client.must('itemsByStatus');
  return {
    address: connection.address,
    seed: stage.seed,
    run: run.number,
    prefix: run.prefix,
    products: played.products,
    seconds: (performance.now() - started) / 1000,
    file: played.file,
    orders: {
      sent: counts.sent,
      accepted: counts.accepted,
      repeated: counts.repeated,
      refused: counts.refused,
      refusedFor: Object.fromEntries(refusedFor),
    },
    units: {
      ordered: counts.ordered,
      atOnce: counts.atOnce,
      later: outcome.later,
      waiting: outcome.waiting,
      unfillable: outcome.unfillable,
      onHold: outcome.onHold,
      cancelledUnserved: outcome.cancelled,
    },
    timeToFill: { ...timeToFill(waits), clock: played.clock, unitsOfUnknownMoment: outcome.unknownMoment },
    acts: run.acts,
    supply: played.supply,
    itemsByStatus: rows,
  };
}

/** Prints the result: as tables, or as one JSON text for machines. */
export function printDemo(result: DemoResult, how: { readonly json?: boolean } = {}): void {
  if (how.json === true) sayJson(result);
  else say(describeResult(result));
}
