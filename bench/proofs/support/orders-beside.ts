/**
 * What reports cost those who place orders: the most that can be placed is measured first; then orders come at half of that,
 * evenly, in turns of ten seconds with and without reports that are asked for without pause.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../../src/contract/call.ts';
import { READY_MADE } from '../../../web/reports/ready-made.ts';
import { say } from '../../support/options.ts';
import { type Random, seededRandom } from '../../support/seeded-random.ts';
import { skuOf } from './large-shop.ts';

const IN_FLIGHT = 16;
const TURN_MS = 10_000;
const TURNS = 4;
/** Orders may become slower by so much. */
const MOST_SLOWER = 0.1;

interface Shop {
  readonly products: number;
  readonly seed: number;
}

class Orders {
  readonly #client: Client;
  readonly #shop: Shop;
  readonly #random: Random;
  #last = 0;

  constructor(client: Client, shop: Shop) {
    this.#client = client;
    this.#shop = shop;
    this.#random = seededRandom(shop.seed + 1);
  }

  async place(): Promise<void> {
    this.#last += 1;
    const items = Array.from({ length: 3 }, () => ({
      sku: skuOf(this.#random.between(0, this.#shop.products - 1)),
      quantity: 1,
    }));
    await this.#client.must('placeOrder', {
      body: { channel: 'web', number: `beside-${this.#shop.seed}-${this.#last}`, items },
    });
  }
}

/** Orders placed in a second, when each of some callers places one after the other. */
async function capacity(orders: Orders): Promise<number> {
  const end = performance.now() + TURN_MS;
  let placed = 0;
  async function call(): Promise<void> {
    while (performance.now() < end) {
      await orders.place();
      placed += 1;
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, call));
  return placed / (TURN_MS / 1000);
}

interface Turn {
  /** Orders that were answered in a second. */
  readonly rate: number;
  /** Milliseconds from when an order was due to its answer: half of the orders took at most so long, and 95 of 100. */
  readonly median: number;
  readonly p95: number;
}

/** Orders are due evenly, whether those before are answered or not. */
async function turn(orders: Orders, perSecond: number): Promise<Turn> {
  const began = performance.now();
  const count = Math.round((perSecond * TURN_MS) / 1000);
  const took: number[] = [];
  const calls: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    const due = began + (index * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    calls.push(orders.place().then(() => void took.push(performance.now() - due)));
  }
  await Promise.all(calls);
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(took.length * share)] ?? 0;
  return { rate: count / ((performance.now() - began) / 1000), median: at(0.5), p95: at(0.95) };
}

/** @returns whether orders became slower by more than they may */
export async function ordersBeside(client: Client, shop: Shop): Promise<boolean> {
  const orders = new Orders(client, shop);
  const most = await capacity(orders);
  const turns: Record<'alone' | 'beside', Turn[]> = { alone: [], beside: [] };
  let reports = 0;
  for (let number = 0; number < TURNS; number++) {
    turns.alone.push(await turn(orders, most / 2));
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        for (const report of Object.values(READY_MADE)) {
          if (isOver) break;
          await client.must('runReport', { query: { report: JSON.stringify(report) } });
          reports += 1;
        }
      }
    })();
    turns.beside.push(await turn(orders, most / 2));
    isOver = true;
    await reading;
  }
  const mean = (which: keyof typeof turns, of: (turn: Turn) => number) =>
    turns[which].reduce((sum, each) => sum + of(each), 0) / TURNS;
  say(`orders: ${most.toFixed(0)} a second at most; at half of that, ${TURNS} turns each:`);
  for (const which of ['alone', 'beside'] as const) {
    const [rate, median, p95] = [
      mean(which, (each) => each.rate),
      mean(which, (each) => each.median),
      mean(which, (each) => each.p95),
    ];
    say(
      `  ${which.padEnd(8)}${rate.toFixed(0)} a second, answered after ${median.toFixed(1)} ms (median) and ${p95.toFixed(1)} ms (95 of 100)`,
    );
  }
  const slower = 1 - mean('beside', ({ rate }) => rate) / mean('alone', ({ rate }) => rate);
  say(`  ${reports} reports beside them; orders are placed ${(slower * 100).toFixed(1)} % more slowly`);
  return slower > MOST_SLOWER;
}
