/**
 * Proof by faults between a server and its PostgreSQL: sessions terminated and killed, restarts, the cable cut, frozen or
 * slow, the answer to a commit lost, no writing, no connections, no room. Each kind several times under traffic. While it
 * lasts only 503 with a code that says why; within five seconds after it the server is ready and places orders again,
 * everything acknowledged is there once, what was not acknowledged has one effect when it is sent again, and in the end
 * every law holds.
 *
 *   npm run proof:faults -- [--n 10] [--only KIND] [--seed S]
 *
 * A full disk needs a disk that may be filled: a small one is mounted where root runs this, else it is not run and said so.
 * The last line is the figure; it exits 1 when something was lost or any answer was not as it should be.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClient } from '../../src/contract/client.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../../src/platform/postgres/embedded-postgres.ts';
import { type AcknowledgementLog, lost, openLog } from '../support/acknowledged.ts';
import { settled } from '../support/arena.ts';
import { within } from '../support/bounded.ts';
import { brokenLaws } from '../support/broken-laws.ts';
import { prepareShop } from '../support/crash-traffic.ts';
import { DatabaseProxy } from '../support/database-proxy.ts';
import { removeFolder, temporaryFolder } from '../support/embedded.ts';
import { type Damaged, DISK_FULL, FAULTS } from '../support/fault-kinds.ts';
import { createFaultTraffic, type FaultTraffic } from '../support/fault-traffic.ts';
import { freshSeed, say } from '../support/options.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type ServerProcess, startServer } from '../support/server-process.ts';

const HEALED_WITHIN_MS = 5_000;
/** Beyond this it is not slow, it hangs. */
const HANGS_AFTER_MS = 60_000;
/** Acknowledged before a fault comes, so that there is traffic. */
const WARM = 10;
/** Room for a small database and its log. */
const SMALL_DISK = '400m';

const { values: given } = parseArgs({
  options: { n: { type: 'string' }, only: { type: 'string' }, seed: { type: 'string' } },
});
const options = { n: Number(given.n ?? 10), seed: Number(given.seed ?? freshSeed()), only: given.only };

interface Field {
  readonly damaged: Damaged;
  readonly server: ServerProcess;
  readonly log: AcknowledgementLog;
  readonly traffic: FaultTraffic;
  readonly violations: string[];
}

interface Tally {
  faults: number;
  acknowledged: number;
  turnedAway: number;
  slowestMs: number;
  readonly violations: string[];
  /** What servers logged as errors of their own, to explain violations. */
  readonly complaints: string[];
}

/** A PostgreSQL, a proxy before it, a server and its clients, all of their own. */
async function withField(place: string, fight: (field: Field) => Promise<void>, tally: Tally): Promise<void> {
  const dataDir = join(place, 'data');
  // what was acknowledged is kept elsewhere: the disk of the data may be full
  const folder = await temporaryFolder('faults-log');
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const proxy = await DatabaseProxy.start(postgres.url);
  const server = await startServer({ store: { databaseUrl: proxy.url } });
  const log = openLog(join(folder, 'acknowledged.ndjson'));
  const traffic = createFaultTraffic(server.address, seededRandom(options.seed), log);
  const note = (violation: string) => tally.violations.push(violation);
  const damaged = { proxy, address: server.address, dataDir, databaseUrl: postgres.url, note };
  const field = { damaged, server, log, traffic, violations: tally.violations };
  try {
    await prepareShop(createClient(server.address));
    await fight(field);
    await judgeAll(field, postgres, tally);
  } finally {
    log.close();
    await server.kill();
    await proxy.stop();
    await postgres.stop();
    await removeFolder(folder);
  }
}

async function judgeAll(
  { server, log, traffic }: Field,
  postgres: EmbeddedPostgres,
  tally: Tally,
): Promise<void> {
  await settled(server.address);
  tally.violations.push(...(await lost(createClient(server.address), log.entries)), ...traffic.violations);
  tally.violations.push(...(await brokenLaws(postgres.url)));
  tally.complaints.push(...server.complaints);
  tally.acknowledged += log.entries.length;
  for (const times of traffic.turnedAway.values()) tally.turnedAway += times;
}

async function isReady({ server }: Field): Promise<true | undefined> {
  const response = await fetch(`${server.address}/health/ready`).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.ok === true ? true : undefined;
}

/** One fault under traffic; @returns how long it took until the server was ready and placed orders again */
async function round(field: Field, kind: string): Promise<number> {
  const { log, traffic, server, violations } = field;
  const from = log.entries.length;
  traffic.start();
  try {
    await within(
      HANGS_AFTER_MS,
      'there is traffic',
      async () => log.entries.length >= from + WARM || undefined,
    );
    await FAULTS[kind]?.(field.damaged);
    const healed = performance.now();
    const before = log.entries.length;
    await within(HANGS_AFTER_MS, 'the server is ready', () => isReady(field));
    await within(
      HANGS_AFTER_MS,
      'orders are placed again',
      async () => log.entries.length > before || undefined,
    );
    const took = performance.now() - healed;
    if (took > HEALED_WITHIN_MS) violations.push(`${kind}: placing again after ${Math.round(took)} ms only`);
    return took;
  } catch (error) {
    violations.push(`${kind}: ${String(error)}; the server ${server.runs() ? 'runs' : 'has ended'}`);
    field.damaged.proxy.heal();
    return HANGS_AFTER_MS;
  } finally {
    await traffic.stop();
    await traffic.sendAgain();
    violations.push(...(await lost(createClient(server.address), log.entries.slice(from))));
  }
}

async function rounds(field: Field, kind: string, tally: Tally): Promise<void> {
  const before = new Map(field.traffic.turnedAway);
  const known = tally.violations.length;
  let slowestMs = 0;
  for (let time = 1; time <= options.n; time++) slowestMs = Math.max(slowestMs, await round(field, kind));
  tally.faults += options.n;
  tally.slowestMs = Math.max(tally.slowestMs, slowestMs);
  const answers = [...field.traffic.turnedAway].map(([answer, times]) => [
    answer,
    times - (before.get(answer) ?? 0),
  ]);
  const turned = answers.filter(([, times]) => times !== 0).map(([answer, times]) => `${times} x ${answer}`);
  say(
    `  ${kind}: ${options.n} times, placing again <= ${seconds(slowestMs)} s, ${turned.join(', ') || 'nobody turned away'}` +
      `, ${tally.violations.length - known} violations`,
  );
}

/** Runs on a small disk of its own. @returns false where none can be mounted */
async function onSmallDisk(act: (folder: string) => Promise<void>): Promise<boolean> {
  const folder = await temporaryFolder('faults-disk');
  const disk = join(folder, 'disk');
  try {
    await mkdir(disk);
    try {
      const mount = ['-t', 'tmpfs', '-o', `size=${SMALL_DISK},mode=755`, 'tmpfs', disk];
      execFileSync('mount', mount, { stdio: 'ignore' });
    } catch {
      return false;
    }
    try {
      await act(disk);
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
    return true;
  } finally {
    await removeFolder(folder);
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

async function main(): Promise<void> {
  const kinds = options.only === undefined ? Object.keys(FAULTS) : [options.only];
  const unknown = kinds.find((kind) => !Object.hasOwn(FAULTS, kind));
  if (unknown !== undefined)
    throw new Error(`--only must be one of ${Object.keys(FAULTS).join(', ')}, not ${unknown}`);
  say(`faults: ${kinds.length} kinds, ${options.n} times each, seed ${options.seed}`);
  const tally: Tally = {
    faults: 0,
    acknowledged: 0,
    turnedAway: 0,
    slowestMs: 0,
    violations: [],
    complaints: [],
  };
  const onAnyDisk = kinds.filter((kind) => kind !== DISK_FULL);
  let run = onAnyDisk.length;
  const folder = await temporaryFolder('faults');
  try {
    const fight = async (field: Field) => {
      for (const kind of onAnyDisk) await rounds(field, kind, tally);
    };
    if (onAnyDisk.length > 0) await withField(folder, fight, tally);
  } finally {
    await removeFolder(folder);
  }
  if (kinds.includes(DISK_FULL)) {
    const full = (field: Field) => rounds(field, DISK_FULL, tally);
    if (await onSmallDisk((disk) => withField(disk, full, tally))) run += 1;
    else say(`  ${DISK_FULL}: not run, since no disk can be mounted here`);
  }
  for (const violation of tally.violations.slice(0, 50)) say(`  ${violation.slice(0, 1000)}`);
  if (tally.violations.length > 0)
    for (const complaint of tally.complaints) say(`  the server: ${complaint.slice(0, 4000)}`);
  say(
    `faults: ${tally.faults} faults of ${run} kinds, ${tally.acknowledged} acknowledged, ${tally.turnedAway} turned away,` +
      ` ${tally.violations.length} violations, placing again <= ${seconds(tally.slowestMs)} s`,
  );
  process.exitCode = tally.violations.length === 0 ? 0 : 1;
}

await main();
