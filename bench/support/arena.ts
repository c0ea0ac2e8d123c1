/**
 * Where a proof is fought: one or more servers on one database, every call counted, every answer judged. An answer of
 * 500 or above and a refusal nobody asked for are violations; so is whatever a part of the proof finds wrong. The
 * arena goes on after a violation, so that one run shows all of them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Answered, CallInput, Client } from '../../src/contract/call.ts';
import { createClient } from '../../src/contract/client.ts';
import type { AnswerOf, OperationId } from '../../src/contract/operations.ts';
import { outstanding } from '../../src/contract/outstanding.ts';
import { within } from './bounded.ts';
import { brokenLaws } from './broken-laws.ts';
import { type Random, seededRandom } from './seeded-random.ts';

/** At most so many violations are kept word for word. */
const MAX_KEPT = 50;
const SETTLED_WITHIN_MS = 60_000;

export interface Arena {
  readonly random: Random;
  /** Calls any of the servers; counts, and notes answers of 500 and above. */
  call<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<Answered<Id>>;
  /** The same; a refusal outside `expected` is a violation. Undefined when refused. */
  expect<Id extends OperationId>(
    id: Id,
    input: CallInput<Id>,
    expected: readonly string[],
  ): Promise<AnswerOf<Id> | undefined>;
  /** For preparation: must succeed. */
  must<Id extends OperationId>(id: Id, input: CallInput<Id>): Promise<AnswerOf<Id>>;
  /** A code, number or reference not used before in this arena. */
  fresh(prefix: string): string;
  /** Notes a violation unless `holds`. */
  check(holds: boolean, what: string): void;
  /** Waits until no fill is outstanding. */
  settle(): Promise<void>;
  /** Settles, then runs verify on the database; each law it finds broken is a violation. */
  verify(after: string): Promise<void>;
  readonly tally: Tally;
}

export interface Tally {
  operations: number;
  /** Requests that were turned away unheard, and sent again. */
  shed: number;
  serverErrors: number;
  violations: number;
  readonly notes: string[];
}

export async function settled(address: string, limitMs = SETTLED_WITHIN_MS): Promise<void> {
  await within(limitMs, 'no fill is outstanding', async () =>
    (await outstanding(address, 'fills')) === 0 ? true : undefined,
  );
}

/** Waits until every customer has been told what moved. */
export async function promisesSettled(address: string, limitMs = SETTLED_WITHIN_MS): Promise<void> {
  await within(limitMs, 'no promise is outstanding', async () =>
    (await outstanding(address, 'promises')) === 0 ? true : undefined,
  );
}

function createTally(): Tally & { violation(what: string): void } {
  return {
    operations: 0,
    shed: 0,
    serverErrors: 0,
    violations: 0,
    notes: [],
    violation(what) {
      this.violations += 1;
      if (this.notes.length < MAX_KEPT) this.notes.push(what);
    },
  };
}

export interface ArenaOptions {
  readonly addresses: readonly string[];
  readonly databaseUrl: string;
  readonly seed: number;
}

/** A crowd on a slow machine is turned away at times. Sent again as it is asked to be, and an error when that never helps. */
const MOST_TRIES = 60;
const SEND_AGAIN_MS = 500;

function isShed(answered: Answered<OperationId>): boolean {
  return answered.status === 503 && !answered.ok && answered.problem.code === 'overloaded';
}

function callsOf(
  clients: readonly Client[],
  random: Random,
  tally: ReturnType<typeof createTally>,
): Pick<Arena, 'call' | 'expect' | 'must'> {
  const call: Arena['call'] = async (id, input) => {
    tally.operations += 1;
    let answered = await random.pick(clients).call(id, input);
    for (let tries = 1; isShed(answered) && tries < MOST_TRIES; tries++) {
      tally.shed += 1;
      await pause(SEND_AGAIN_MS);
      answered = await random.pick(clients).call(id, input);
    }
    if (answered.status >= 500) {
      tally.serverErrors += 1;
      if (tally.notes.length < MAX_KEPT) tally.notes.push(`${id}: ${JSON.stringify(answered)}`);
    }
    return answered;
  };
  return {
    call,
    async expect(id, input, expected) {
      const answered = await call(id, input);
      if (answered.ok) return answered.value;
      const { code, detail } = answered.problem;
      const known = answered.status >= 500 || expected.includes(code);
      if (!known) tally.violation(`${id} was refused: ${code}: ${detail}`);
      return undefined;
    },
    async must(id, input) {
      const answered = await call(id, input);
      if (!answered.ok) throw new Error(`${id} was refused: ${JSON.stringify(answered.problem)}`);
      return answered.value;
    },
  };
}

export function openArena({ addresses, databaseUrl, seed }: ArenaOptions): Arena {
  const random = seededRandom(seed);
  const tally = createTally();
  let last = 0;
  async function settle(): Promise<void> {
    for (const address of addresses) await settled(address);
  }
  return {
    random,
    tally,
    ...callsOf(addresses.map(createClient), random, tally),
    fresh(prefix) {
      last += 1;
      return `${prefix}-${seed}-${last}`;
    },
    check(holds, what) {
      if (!holds) tally.violation(what);
    },
    settle,
    async verify(after) {
      await settle();
      for (const broken of await brokenLaws(databaseUrl)) tally.violation(`after ${after}: ${broken}`);
    },
  };
}
