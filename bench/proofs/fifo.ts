/**
 * Proof: the waiting queue serves strictly first come, first served. Opening stock, orders and receipts of a file are
 * played through the API in the order of their moments; for every order line the units allocated at once and the
 * moment of its last unit must equal the file, which was worked out by others. The last line is the verdict.
 *
 * The moment of the last unit is read from the item's own history: a fill names the receipt it was served from. After
 * each receipt the proof waits until nothing is owed to anybody, so the fill worker does the serving, not the next
 * order at the gate.
 *
 *   npm run proof:fifo -- [--supply FILE] [--fills FILE]
 */
import { parseArgs } from 'node:util';
import { inFlight } from '../../src/cli/demo/in-flight.ts';
import { settled } from '../../src/cli/demo/settled.ts';
import { type Progress, startProgress } from '../../src/cli/progress.ts';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import { type FillRow, instantOf, readFills, readSupply, type SupplyRow } from './support/fifo-files.ts';
import { type FifoAct, type FifoOrder, planFifo } from './support/fifo-plan.ts';
import { dataFile, runProof } from './support/proof-data.ts';
import { withProofNode } from './support/proof-node.ts';

const WAREHOUSE = 'only';
const CHANNEL = 'shop';
const BULK = 200;
const READING_IN_FLIGHT = 6;
const PAGE = 200;
const SHOWN = 10;

interface Found {
  immediate: number;
  filledAt: string | undefined;
}

/** What the engine did, by line of the file. */
type Answers = Map<FillRow, Found>;

/** An order that did not get everything at once, by its id. */
type ShortOrder = readonly [number, FifoOrder];

async function makeShop(client: Client, skus: Iterable<string>): Promise<void> {
  const zone = { timeZone: 'UTC' };
  await client.must('putWarehouse', {
    params: { warehouse: WAREHOUSE },
    body: { name: 'The only warehouse', kind: 'own', ...zone },
  });
  await client.must('putSalesChannel', {
    params: { channel: CHANNEL },
    body: { name: 'Shop', currency: 'GBP', ...zone, warehouses: [WAREHOUSE] },
  });
  for (const sku of skus) {
    const body = { name: sku, policy: { backorder: { allowed: true } } };
    await client.must('putProduct', { params: { sku }, body });
  }
}

async function receive(client: Client, reference: string, rows: readonly SupplyRow[]): Promise<void> {
  const units = new Map<string, number>();
  for (const row of rows) units.set(row.sku, (units.get(row.sku) ?? 0) + row.units);
  const lines = [...units].filter(([, count]) => count > 0).map(([sku, count]) => ({ sku, units: count }));
  if (lines.length === 0) return;
  await client.must('receiveStock', { body: { reference, warehouse: WAREHOUSE, lines } });
}

/** Places orders in their order and notes what each line got at once. Returns the ids of those still short. */
async function place(client: Client, orders: readonly FifoOrder[], answers: Answers): Promise<ShortOrder[]> {
  const body = {
    orders: orders.map(({ number, at, rows }) => ({
      channel: CHANNEL,
      number,
      placedAt: instantOf(at),
      items: rows.map(({ sku, quantity }) => ({ sku, quantity })),
    })),
  };
  const { results } = await client.must('placeOrders', { body });
  return orders.flatMap((order, index): ShortOrder[] => {
    const result = results[index];
    if (result?.accepted !== true) throw new Error(`order ${order.number} was refused`);
    let short = 0;
    for (const [place, row] of order.rows.entries()) {
      const immediate = result.order.items[place]?.quantities.allocated ?? 0;
      answers.set(row, { immediate, filledAt: immediate === row.quantity ? row.orderedAt : undefined });
      short += row.quantity - immediate;
    }
    return short === 0 ? [] : [[result.order.id, order]];
  });
}

/** Plays all acts; answers with the orders that did not get everything at once. */
async function play(
  proof: { readonly client: Client; readonly address: string; readonly progress: Progress },
  acts: readonly FifoAct[],
  answers: Answers,
): Promise<ShortOrder[]> {
  const { client, address, progress } = proof;
  const short: ShortOrder[] = [];
  let bulk: FifoOrder[] = [];
  async function flush(): Promise<void> {
    if (bulk.length === 0) return;
    short.push(...(await place(client, bulk, answers)));
    progress.advance(bulk.reduce((sum, { rows }) => sum + rows.length, 0));
    bulk = [];
  }
  for (const act of acts) {
    if (act.kind === 'order') {
      bulk.push(act.order);
      if (bulk.length === BULK) await flush();
      continue;
    }
    await flush();
    await receive(client, act.at, act.rows);
    await settled(address);
  }
  await flush();
  await settled(address);
  return short;
}

/** Adds up the fills of an order's lines, oldest first, until each has its quantity. */
async function readFilling(client: Client, [orderId, order]: ShortOrder, answers: Answers): Promise<void> {
  const events = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
    const page = await client.must('listOrderEvents', { params: { orderId }, query });
    events.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const allocated = new Map<number, number>();
  for (const { line, cause, reference, change } of events.reverse()) {
    const before = allocated.get(line) ?? 0;
    const after = before + (change['allocated'] ?? 0);
    allocated.set(line, after);
    const row = order.rows[line - 1];
    const found = row === undefined ? undefined : answers.get(row);
    if (row === undefined || found === undefined || cause === 'placed') continue;
    if (before < row.quantity && after === row.quantity)
      found.filledAt = (reference ?? '').replace(/^receive\//, '');
  }
}

function describeDifference(row: FillRow, found: Found | undefined): string {
  const said =
    found === undefined ? 'nothing' : `${found.immediate} at once, full ${found.filledAt ?? 'never'}`;
  return (
    `${row.sku} invoice ${row.invoice} line ${row.line} (${row.quantity} ordered ${row.orderedAt}): ` +
    `the file says ${row.immediate} at once, full ${row.filledAt ?? 'never'}; Allot says ${said}`
  );
}

function isSame(row: FillRow, found: Found | undefined): boolean {
  return found?.immediate === row.immediate && found.filledAt === row.filledAt;
}

async function prove(
  supply: readonly SupplyRow[],
  fills: readonly FillRow[],
  address: string,
): Promise<Answers> {
  const client = createClient(address);
  const { opening, acts } = planFifo(supply, fills);
  const answers: Answers = new Map();
  await makeShop(client, new Set([...supply, ...fills].map(({ sku }) => sku)));
  await receive(client, 'opening', opening);
  const progress = startProgress({ label: 'fifo', total: fills.length, unit: 'lines' });
  try {
    const short = await play({ client, address, progress }, acts, answers);
    progress.note('reading what was filled when');
    await inFlight(short, READING_IN_FLIGHT, (each) => readFilling(client, each, answers));
  } finally {
    progress.finish();
  }
  return answers;
}

async function main(): Promise<0 | 1> {
  const { values } = parseArgs({ options: { supply: { type: 'string' }, fills: { type: 'string' } } });
  const supply = await readSupply(dataFile('fifo_golden_supply.csv.gz', values.supply));
  const fills = await readFills(dataFile('fifo_golden_fills.csv.gz', values.fills));
  const answers = await withProofNode('fifo', ({ address }) => prove(supply, fills, address));
  const different = fills.filter((row) => !isSame(row, answers.get(row)));
  const lines = different.slice(0, SHOWN).map((row) => describeDifference(row, answers.get(row)));
  for (const line of lines) process.stdout.write(`${line}\n`);
  process.stdout.write(`fifo: ${fills.length - different.length} of ${fills.length}\n`);
  return different.length === 0 ? 0 : 1;
}

await runProof(main);
