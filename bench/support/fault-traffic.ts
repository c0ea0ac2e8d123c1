/**
 * The traffic of the faults proof: clients who place orders and receive stock whatever happens, and judge each answer. A
 * server whose database is in trouble says 503 and a code that says why, within a bounded time; anything else is a
 * violation. What was not acknowledged is sent again, word for word, when the trouble is over.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { Acknowledged, AcknowledgementLog, Wish } from './acknowledged.ts';
import { inCrowd } from './bounded.ts';
import { nextWish } from './crash-traffic.ts';
import type { Random } from './seeded-random.ts';

const CLIENTS = 6;
/** Longer than anything that a server may wait for. */
const ANSWER_LIMIT_MS = 30_000;
/** A client that was turned away takes a breath. */
const BREATH_MS = 50;
/** What the surroundings may be told to be. */
const TYPED = new Set(['database_unavailable', 'outcome_unknown', 'overloaded']);

export interface FaultTraffic {
  readonly violations: string[];
  /** How often each answer other than a success was given. */
  readonly turnedAway: Map<string, number>;
  start(): void;
  /** Stops the clients and waits for their last answers. */
  stop(): Promise<void>;
  /** Sends what got no acknowledgement again: each must get one now. */
  sendAgain(): Promise<void>;
}

export function createFaultTraffic(address: string, random: Random, log: AcknowledgementLog): FaultTraffic {
  const client = createClient(address);
  const violations: string[] = [];
  const turnedAway = new Map<string, number>();
  const unacknowledged: Wish[] = [];
  let [running, last] = [false, 0];
  let ended: Promise<unknown> = Promise.resolve();

  async function sendOne(wish: Wish): Promise<boolean> {
    const answered = await answerOf(client, wish);
    if (typeof answered === 'object') {
      log.write(answered);
      return true;
    }
    unacknowledged.push(wish);
    turnedAway.set(answered, (turnedAway.get(answered) ?? 0) + 1);
    const [status, code] = answered.split(' ');
    if (status !== '503' || !TYPED.has(code ?? '')) violations.push(`${JSON.stringify(wish)}: ${answered}`);
    return false;
  }

  return {
    violations,
    turnedAway,
    start() {
      running = true;
      ended = inCrowd(CLIENTS, CLIENTS, async () => {
        while (running) {
          last += 1;
          if (!(await sendOne(nextWish(random, last)))) await pause(BREATH_MS);
        }
      });
    },
    async stop() {
      running = false;
      await ended;
    },
    async sendAgain() {
      for (const wish of unacknowledged.splice(0)) {
        const answered = await answerOf(client, wish);
        if (typeof answered === 'object') log.write(answered);
        else violations.push(`sent again when all was well: ${JSON.stringify(wish)}: ${answered}`);
      }
    },
  };
}

/** The acknowledgement, or the answer in words. */
async function answerOf(client: Client, { what, wish }: Wish): Promise<Acknowledged | string> {
  const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
  try {
    if (what === 'order') {
      const items = wish.items.map((item) => ({ ...item }));
      const answered = await client.call('placeOrder', { body: { ...wish, items }, signal });
      return answered.ok
        ? { what, wish, answer: answered.value }
        : `${answered.status} ${answered.problem.code}`;
    }
    const lines = wish.lines.map((line) => ({ ...line }));
    const answered = await client.call('receiveStock', { body: { ...wish, lines }, signal });
    return answered.ok
      ? { what, wish, answer: answered.value }
      : `${answered.status} ${answered.problem.code}`;
  } catch (error) {
    return `no answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
