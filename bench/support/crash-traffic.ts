/**
 * The traffic of the crash proof: a few clients who place orders and receive stock without pause. Orders want a little
 * more than arrives, so that items always wait. A request without an answer is remembered and sent again, word for
 * word, when the server is back: it may have happened or not, but never twice.
 */
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import {
  type Acknowledged,
  type AcknowledgementLog,
  send,
  UnexpectedAnswerError,
  type Wish,
} from './acknowledged.ts';
import { inCrowd } from './bounded.ts';
import type { Random } from './seeded-random.ts';

const CLIENTS = 8;
const CHANNEL = 'SHOP';
const WAREHOUSES = ['NORTH', 'SOUTH'];
const SKUS = Array.from({ length: 12 }, (_, index) => `SKU-${index}`);
/** A request that hangs on a dead server is given up. */
const RETRIES = 5;

export interface CrashTraffic {
  /** Starts the clients; they run until `pause`. */
  start(address: string, onReceipt: () => void): void;
  /** Stops them and waits for their last answers. */
  pause(): Promise<void>;
  /** Sends what got no answer again. */
  sendAgain(address: string): Promise<void>;
  readonly violations: string[];
}

export async function prepareShop(client: Client): Promise<void> {
  const timeZone = 'Europe/Amsterdam';
  for (const warehouse of WAREHOUSES) {
    await client.must('putWarehouse', {
      params: { warehouse },
      body: { name: warehouse, kind: 'own', timeZone },
    });
  }
  const channel = { name: 'Shop', currency: 'EUR', timeZone, warehouses: [...WAREHOUSES] };
  await client.must('putSalesChannel', { params: { channel: CHANNEL }, body: channel });
  for (const sku of SKUS) {
    const policy = { backorder: { allowed: true } };
    await client.must('putProduct', { params: { sku }, body: { name: sku, policy } });
  }
}

export function nextWish(random: Random, number: number): Wish {
  const skus = random.shuffled(SKUS).slice(0, 3);
  if (random.chance(0.7)) {
    const items = skus.map((sku) => ({ sku, quantity: random.between(1, 5) }));
    return { what: 'order', wish: { channel: CHANNEL, number: `order-${number}`, items } };
  }
  const lines = skus.map((sku) => ({ sku, units: random.between(1, 11) }));
  return {
    what: 'receipt',
    wish: { reference: `receipt-${number}`, warehouse: random.pick(WAREHOUSES), lines },
  };
}

export function createTraffic(random: Random, log: AcknowledgementLog): CrashTraffic {
  let last = 0;
  let running = false;
  let ended: Promise<unknown> = Promise.resolve();
  const unanswered: Wish[] = [];
  const violations: string[] = [];

  async function sendOne(client: Client, wish: Wish): Promise<Acknowledged | undefined> {
    try {
      const acknowledged = await send(client, wish);
      if (acknowledged === undefined) unanswered.push(wish);
      else log.write(acknowledged);
      return acknowledged;
    } catch (error) {
      if (!(error instanceof UnexpectedAnswerError)) throw error;
      violations.push(`${wish.what} ${JSON.stringify(wish.wish)}: ${error.message}`);
      return undefined;
    }
  }

  return {
    violations,
    start(address, onReceipt) {
      const client = createClient(address);
      running = true;
      ended = inCrowd(CLIENTS, CLIENTS, async () => {
        while (running) {
          last += 1;
          const acknowledged = await sendOne(client, nextWish(random, last));
          if (acknowledged?.what === 'receipt') onReceipt();
          // No answer: the server is gone, and hammering on its door helps nobody.
          if (acknowledged === undefined) return;
        }
      });
    },
    async pause() {
      running = false;
      await ended;
    },
    async sendAgain(address) {
      const client = createClient(address);
      for (let tries = 0; tries < RETRIES && unanswered.length > 0; tries++) {
        for (const wish of unanswered.splice(0)) await sendOne(client, wish);
      }
      for (const { what, wish } of unanswered.splice(0))
        violations.push(`${what} never answered: ${JSON.stringify(wish)}`);
    },
  };
}

/** Products of which units wait although some are free, in words. Every warehouse serves the one channel. */
export async function waitingBesideStock(client: Client): Promise<string[]> {
  const found: string[] = [];
  for (const sku of SKUS) {
    const { waiting, levels } = await client.must('getProduct', { params: { sku } });
    const free = levels.reduce((sum, level) => sum + level.available, 0);
    if (free > 0 && waiting.backordered > 0)
      found.push(`${sku}: ${waiting.backordered} wait beside ${free} free`);
  }
  return found;
}
